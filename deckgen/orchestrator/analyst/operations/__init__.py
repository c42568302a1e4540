"""Operations: what deckgen can do with a table, a room each; docs/extending.md says how to add one."""

import sys
from functools import cache

from deckgen.domain.registry import rows
from deckgen.orchestrator.analyst.planning.operation import Operation


@cache
def operations() -> dict[str, Operation]:
    """Returns every operation by the name of its room."""
    return rows(sys.modules[__name__], Operation, "OPERATION")
