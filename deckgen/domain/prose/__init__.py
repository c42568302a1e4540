"""Numbers that are said in words."""
