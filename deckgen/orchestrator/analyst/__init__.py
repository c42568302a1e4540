"""The offline engine: reads a table, finds what is worth saying, composes a deck, proves it.

Synchronous and CPU-bound, to be run in threads; every function depends on its arguments alone.
"""

from deckgen.domain.uploads.sniff import check_quickly
from deckgen.orchestrator.analyst.answers.finding import find
from deckgen.orchestrator.analyst.narrative.draft import draft
from deckgen.orchestrator.analyst.profiling.profile import profile
from deckgen.orchestrator.analyst.proof.assemble import (
    assemble,
    composed,
    prove,
    retold,
    states_of,
    with_facts_in_use,
)

__all__ = [
    "assemble",
    "check_quickly",
    "composed",
    "draft",
    "find",
    "profile",
    "prove",
    "retold",
    "states_of",
    "with_facts_in_use",
]
