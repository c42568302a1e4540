"""deckgen turns a table of data and a brief into a presentation whose every number can be proved."""
