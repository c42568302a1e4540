"""Verification of a deck: everything is computed again from the data, and mismatches are named.

Nothing of the deck is trusted but its brief, which is in the reader's own words. Statements of a deck
about itself (the version that made it, a model that wrote it, its checks) never reduce the checks.
"""

from deckgen.orchestrator.verifier.recomputation import Recomputation, recomputed
from deckgen.orchestrator.verifier.verify import compare, verify

__all__ = ["Recomputation", "compare", "recomputed", "verify"]
