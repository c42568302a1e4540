"""The way of each kind of job to its deck: a file each, named as in deckgen/domain/job_kinds."""

import sys
from collections.abc import Awaitable, Callable
from functools import cache
from types import FunctionType
from typing import Any

from deckgen.domain.job_kinds import job_kinds
from deckgen.domain.registry import rows
from deckgen.worker.checkpointed_steps import CheckpointedSteps

Run = Callable[[CheckpointedSteps], Awaitable[Any]]


@cache
def runs() -> dict[str, Run]:
    """Returns the run of each kind of job; TypeError if a kind has no run, or a run no kind."""
    runs_by_kind: dict[str, Run] = {**rows(sys.modules[__name__], FunctionType, "run")}
    if unpaired := sorted(runs_by_kind.keys() ^ job_kinds().keys()):
        raise TypeError(f"Kinds of jobs need a row and a run of the same name: {', '.join(unpaired)}.")
    return runs_by_kind
