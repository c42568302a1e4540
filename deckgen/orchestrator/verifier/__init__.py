"""Verify a deck: compute everything in it again from the data, and name what does not hold.

Nothing of the deck is believed but its brief, which is the reader's own words. What a deck says of
itself (the version that made it, a model that wrote it, its checks) never lessens what is looked at.
"""

from deckgen.orchestrator.verifier.recomputation import Recomputation, recomputed
from deckgen.orchestrator.verifier.verify import compare, verify

__all__ = ["Recomputation", "compare", "recomputed", "verify"]
