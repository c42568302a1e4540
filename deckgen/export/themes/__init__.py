"""How decks look, a file each: docs/extending.md says how to add one. Content knows nothing of it."""
