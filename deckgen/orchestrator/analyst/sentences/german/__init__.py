"""German words: the forms of nouns, what checks look for, the fixed texts of a deck, terms."""
