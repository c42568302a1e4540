"""From answers to a draft: the order, the text around them, what the data can't say."""
