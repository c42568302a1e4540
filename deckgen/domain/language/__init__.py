"""The words of decks: a folder a language, with its sentences and what is done by rule for it."""
