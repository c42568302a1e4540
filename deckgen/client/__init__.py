"""What others call: a deckgen over HTTP, and the proof of a deck from its files."""
