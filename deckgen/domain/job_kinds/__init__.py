"""The kinds of jobs, a file each; docs/extending.md says how to add one."""

import sys
from functools import cache

from deckgen.domain.job_kind import JobKind
from deckgen.domain.registry import rows
from deckgen.domain.requests import JobRequest


@cache
def job_kinds() -> dict[str, JobKind]:
    """Returns every kind of job by its name."""
    return {each.name: each for each in rows(sys.modules[__name__], JobKind, "KIND").values()}


def kind_of(request: JobRequest) -> JobKind:
    """Returns the kind of job that a request asks for."""
    return next(each for each in job_kinds().values() if type(request) is each.request)


def changes_deck(kind: str) -> bool:
    """True for a kind of job that is about a deck that there is; false for an unknown one."""
    return kind in job_kinds() and job_kinds()[kind].changes_deck
