"""The vocabulary and rules of deckgen, without any I/O: every other package imports from here."""
