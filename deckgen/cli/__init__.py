"""The command `deckgen`: what people type, each file a group of commands."""
