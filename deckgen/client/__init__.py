"""Functions for other programs: a client of deckgen over HTTP, and proofs of decks from files."""
