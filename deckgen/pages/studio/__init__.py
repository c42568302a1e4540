"""The studio, in which people make decks: a module a page."""
