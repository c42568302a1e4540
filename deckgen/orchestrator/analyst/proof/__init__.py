"""Proof: the draft becomes a deck once it is proved."""
