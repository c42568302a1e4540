"""What a job waits for, in words."""

from typing import Any

import pytest

from deckgen.domain.jobs import JobError, JobStatus
from deckgen.domain.waiting import QueueState, waiting_for

AWAY = "The orchestrator can't be reached."
ERROR = JobError(code="c", message="The table took too long.")
WELL: dict[str, Any] = {
    "has_workers": True,
    "has_taking": True,
    "paused": False,
    "is_dispatched": True,
    "reason": AWAY,
}


@pytest.mark.parametrize(
    ("around", "said"),
    [
        ({}, "A worker with a free slot."),
        ({"is_dispatched": False}, "The jobs ahead of it in the queue."),
        ({"has_taking": False}, AWAY),
        ({"has_taking": False, "has_workers": False}, "No worker is running."),
        ({"has_taking": False, "paused": True}, "The queue is paused."),
    ],
)
def test_a_job_that_waits(around: dict[str, bool], said: str) -> None:
    """What keeps it waiting is told, what concerns all jobs before what concerns this one."""
    sentence = waiting_for(JobStatus.WAITING, None, QueueState(**{**WELL, **around}))
    assert sentence is not None
    assert said in sentence


def test_a_job_that_is_delayed() -> None:
    """It says what went wrong, and that it is tried again."""
    sentence = waiting_for(JobStatus.DELAYED, ERROR, QueueState(**WELL))
    assert sentence == "The table took too long. The job is retried automatically."


@pytest.mark.parametrize(
    "status", [JobStatus.ACTIVE, JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED]
)
def test_a_job_that_does_not_wait(status: JobStatus) -> None:
    """Nothing is said."""
    assert waiting_for(status, ERROR, QueueState(**WELL)) is None
