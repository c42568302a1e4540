"""How each kind of job comes to its deck: a file each, named as in deckgen/domain/job_kinds."""

import sys
from collections.abc import Awaitable, Callable
from functools import cache
from types import FunctionType
from typing import Any

from deckgen.domain.job_kinds import job_kinds
from deckgen.domain.registry import rows
from deckgen.worker.checkpointed_steps import Walk

Run = Callable[[Walk], Awaitable[Any]]


@cache
def runs() -> dict[str, Run]:
    """Returns how each kind of job is run; TypeError if a kind has no run, or a run no kind."""
    found: dict[str, Run] = {**rows(sys.modules[__name__], FunctionType, "run")}
    if odd := sorted(found.keys() ^ job_kinds().keys()):
        raise TypeError(f"Kinds of jobs need a row and a run of the same name: {', '.join(odd)}.")
    return found
