"""The offline engine: reads a table, finds what is worth saying, composes a deck, proves it.

Synchronous and CPU-bound, to be run in threads; every function depends on its arguments alone.
"""

from deckgen.domain.uploads.sniff import check_quickly
from deckgen.orchestrator.analyst.assemble import (
    assemble,
    composed,
    prove,
    with_facts_in_use,
)
from deckgen.orchestrator.analyst.draft import draft
from deckgen.orchestrator.analyst.findings import find
from deckgen.orchestrator.analyst.profile import profile

__all__ = [
    "assemble",
    "check_quickly",
    "composed",
    "draft",
    "find",
    "profile",
    "prove",
    "with_facts_in_use",
]
