"""The command `deckgen`; each file holds a group of its commands."""
