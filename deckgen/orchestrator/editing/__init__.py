"""Editing by hand: what a person changed is put into the deck, checked, and marked as theirs.

Numbers are references all the same. What a person asked for beside the brief is computed here, and
nothing that a client says of a fact is believed when a deck is made of it.
"""

from deckgen.orchestrator.editing.asking import answers_again
from deckgen.orchestrator.editing.checking import Checking
from deckgen.orchestrator.editing.edit import edited

__all__ = ["Checking", "answers_again", "edited"]
