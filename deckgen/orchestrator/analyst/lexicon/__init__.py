"""The meaning of words: names of columns, geography, roles."""
