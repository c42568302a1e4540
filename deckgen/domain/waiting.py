"""What a job waits for, in a sentence."""

from dataclasses import dataclass

from deckgen.domain.jobs import JobError, JobStatus


@dataclass(frozen=True)
class Around:
    """What there is around a job. `is_dispatched`: a worker may take it; `reason`: why some do not."""

    has_workers: bool
    has_taking: bool
    paused: bool
    is_dispatched: bool
    reason: str | None


def waiting_for(status: JobStatus, error: JobError | None, around: Around) -> str | None:
    """None for a job that runs or is over."""
    if status not in (JobStatus.WAITING, JobStatus.DELAYED):
        return None
    if around.paused:
        return "The queue is paused. Somebody has to resume it."
    if not around.has_workers:
        return "No worker lives. It goes on as soon as one is started."
    if not around.has_taking:
        return f"No worker takes jobs just now. {around.reason} It goes on by itself."
    if status is JobStatus.DELAYED and error is not None:
        return f"{error.message} It is tried again by itself."
    if around.is_dispatched:
        return "A worker that has room for it."
    return "Other jobs that are before it."
