"""Decks as files: PowerPoint and a self-contained page. Same deck, same bytes."""
