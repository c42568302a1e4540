"""The thing that a job waits for, in a sentence."""

from dataclasses import dataclass

from deckgen.domain.jobs import JobError, JobStatus


@dataclass(frozen=True)
class QueueState:
    """The queue around a job. `is_dispatched`: a worker may take it; `reason`: why workers refuse."""

    has_workers: bool
    has_taking: bool
    paused: bool
    is_dispatched: bool
    reason: str | None


def waiting_for(status: JobStatus, error: JobError | None, queue: QueueState) -> str | None:
    """Returns what a job waits for; None if it runs or has ended."""
    if status not in (JobStatus.WAITING, JobStatus.DELAYED):
        return None
    if queue.paused:
        return "The queue is paused. The job runs once it is resumed."
    if not queue.has_workers:
        return "No worker is running. The job continues as soon as one starts."
    if not queue.has_taking:
        return f"No worker can take jobs right now. {queue.reason} The job continues on its own."
    if status is JobStatus.DELAYED and error is not None:
        return f"{error.message} The job is retried automatically."
    if queue.is_dispatched:
        return "A worker with a free slot."
    return "The jobs ahead of it in the queue."
