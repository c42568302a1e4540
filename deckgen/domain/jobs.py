"""Jobs: requested work, its states and the view that clients get of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field

from deckgen.domain.documents import BaseDocument
from deckgen.domain.job_kinds import job_kinds
from deckgen.domain.job_warnings import JobWarning
from deckgen.domain.model_calls import Usage
from deckgen.domain.steps import Step


class JobStatus(StrEnum):
    """The allowed transitions are enforced by the trigger `job_transitions` in sql/migrations."""

    WAITING = "waiting"
    DELAYED = "delayed"
    ACTIVE = "active"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_terminal(self) -> bool:
        return self in (JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED)


class StepProgress(BaseDocument):
    """`done` and `of` count slides, for the step that writes them; seconds are those of the longest."""

    name: Step
    status: JobStatus = Field(description="waiting, active or completed")
    seconds: float | None = None
    done: int | None = None
    of: int | None = None


class Progress(BaseDocument):
    """A model adds steps once the draft is done; percents are fixed, so they never go back."""

    percent: int = Field(ge=0, le=100)
    steps: list[StepProgress]


@dataclass(frozen=True)
class FinishedStep:
    """The draft names the `model` that is to improve it, the storyline the number of `slides`."""

    step: Step
    part: str
    seconds: float
    model: str | None = None
    slides: int | None = None


class JobError(BaseDocument):
    code: str
    message: str


class Attempt(BaseDocument):
    """One execution: `outcome` is null while it runs; the error is that of this attempt."""

    number: int
    worker_id: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None = Field(
        description="completed, retried, failed, released, crashed or cancelled"
    )
    error: JobError | None


class DeliveryStatus(StrEnum):
    PENDING = "pending"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


class Delivery(BaseDocument):
    """One event on its way to the webhook; `next_attempt_at` is null once it is over."""

    event: str = Field(description="job.completed, job.failed or job.cancelled")
    status: DeliveryStatus
    attempts: int
    last_error: str | None = Field(description="The error of the last attempt")
    next_attempt_at: datetime | None
    delivered_at: datetime | None


class Webhook(BaseDocument):
    url: str = Field(description="Without the query, which may hold a secret")
    deliveries: list[Delivery] = Field(description="One for each time the job has ended")


def _listed(schema: dict[str, Any]) -> None:
    schema["enum"] = [*job_kinds()]


# A newer version, which writes into the same database, may know more of them.
KindName = Annotated[str, Field(json_schema_extra=_listed)]


class KeptDraft(BaseDocument):
    """The reason why slides kept the draft's words, or their place in the draft."""

    reason: str
    slides: list[str]


class ModelWork(BaseDocument):
    """The share of a deck that a model wrote: the slides in its words, those that kept the draft's
    words, and why.
    """

    written: int
    kept: int
    reasons: list[KeptDraft] = []

    @classmethod
    def of(cls, deck: Any) -> "ModelWork | None":
        """Returns the work on a deck as JSON; None if no model was to write any of its slides."""
        origins = [(slide["id"], slide.get("made", {})) for slide in deck.get("slides", [])]
        written = sum(origin.get("engine") == "model" for _, origin in origins)
        kept = sum(bool(origin.get("fallback")) for _, origin in origins)
        if not written and not kept:
            return None
        reasons: dict[str, list[str]] = {}
        for slide, origin in origins:
            if origin.get("reason"):
                reasons.setdefault(origin["reason"], []).append(slide)
        return cls(
            written=written,
            kept=kept,
            reasons=[KeptDraft(reason=reason, slides=slides) for reason, slides in reasons.items()],
        )

    @property
    def sentences(self) -> list[str]:
        """The sentences for a person: none if every slide is the model's."""
        if not self.reasons:
            return []
        of = self.written + self.kept
        summary = f"{self.kept} of {of} slides kept the draft's words:"
        if not self.kept:
            summary = "The model wrote the slides, but:"
        return [
            summary,
            *(f"  {', '.join(kept_draft.slides)}: {kept_draft.reason}" for kept_draft in self.reasons),
        ]


class Job(BaseDocument):
    """A job as a client sees it. Times are UTC; a delayed job runs again at `run_after`."""

    job_id: str
    kind: KindName = "generate"
    deck_id: str
    user_id: str
    status: JobStatus
    priority: int
    progress: Progress
    attempts: int
    max_attempts: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    run_after: datetime | None
    purged_at: datetime | None = Field(
        default=None, description="The time since which steps, history and webhook are no longer kept"
    )
    dismissed_at: datetime | None = Field(
        default=None, description="The time since which its failure needs no attention"
    )
    error: JobError | None = Field(description="The error of the last attempt")
    waiting_for: str | None = Field(
        default=None, description="What a waiting or delayed job waits for, in a sentence"
    )
    history: list[Attempt] = Field(description="Every attempt, including released ones")
    webhook: Webhook | None = Field(default=None, description="null if the request named none")
    usage: Usage = Field(default=Usage(), description="The cost of its calls to a model so far")
    model: ModelWork | None = Field(
        default=None, description="The share of the deck that a model wrote, once it is completed"
    )
    warnings: list[JobWarning] = Field(
        default=[],
        description="What to know of the deck, once it is completed: the questions that it does not "
        "answer or answers in part, and the warnings of its table. Empty when the job is purged",
    )


def progress(
    status: JobStatus, finished: Sequence[FinishedStep], *, kind: str, has_dataset: bool
) -> Progress:
    """Returns the progress by step; the first step that is not finished is the active one.

    There are no steps for the kind of a newer version.
    """
    has_model = any(entry.model for entry in finished)
    planned = job_kinds()[kind].plan(has_dataset, has_model) if kind in job_kinds() else {}
    slides = max((entry.slides or 0 for entry in finished), default=0)
    steps, percent = [], 0.0
    current = JobStatus.ACTIVE if status is JobStatus.ACTIVE else JobStatus.WAITING
    for step, percent_after in planned.items():
        done = [entry for entry in finished if entry.step is step]
        expected = slides if step is Step.SLIDE else 1
        if len(done) >= max(expected, 1) or status is JobStatus.COMPLETED:
            percent, step_status = percent_after, JobStatus.COMPLETED
        else:
            percent += (percent_after - percent) * len(done) / max(expected, 1)
            step_status, current = current, JobStatus.WAITING
        counted = {"done": len(done), "of": slides} if step is Step.SLIDE and slides else {}
        longest = max((entry.seconds for entry in done), default=None)
        seconds = longest if step_status is JobStatus.COMPLETED else None
        steps.append(StepProgress(name=step, status=step_status, seconds=seconds, **counted))
    return Progress(percent=100 if status is JobStatus.COMPLETED else round(percent), steps=steps)


def progress_of_purged(status: JobStatus) -> Progress:
    """Returns the progress of a job whose steps are no longer kept."""
    return Progress(percent=100 if status is JobStatus.COMPLETED else 0, steps=[])


class Submitted(BaseDocument):
    """The answer to a request: `existing` is true if the deck already had an open job."""

    job_id: str
    deck_id: str
    status: JobStatus
    estimated_time: str
    estimated_seconds: int
    existing: bool = False
    status_url: str
    deck_url: str


class JobCounts(BaseDocument):
    waiting: int = 0
    delayed: int = 0
    active: int = 0
    completed: int = 0
    failed: int = 0
    cancelled: int = 0


class QueueMetrics(BaseDocument):
    """`error_rate` is the failed fraction of the jobs that `ended` in the last five minutes."""

    error_rate: float = 0
    ended: int = 0
    active_jobs: int = 0
    workers: int = Field(default=0, description="The number of running workers")
    oldest_waiting_seconds: float = 0


class Readiness(BaseDocument):
    """The state of an API: `reasons` why it accepts no jobs, `warnings` why accepted ones don't run."""

    reasons: list[str]
    warnings: list[str]


class Alive(BaseDocument):
    """The answer of a process that lives."""

    status: Literal["ok"] = "ok"


class Ready(Alive):
    """The answer of an API that accepts jobs."""

    warnings: list[str] = Field(description="Why accepted jobs don't run, in words")


class QueueStatus(BaseDocument):
    healthy: bool
    jobs: JobCounts
    metrics: QueueMetrics = QueueMetrics()
    paused: bool = Field(default=False, description="No job is started; running ones continue")
    reasons: list[str] = Field(default=[], description="Why the queue is not healthy, in words")
    warnings: list[str] = Field(
        default=[], description="What needs a person's attention although the queue is healthy"
    )
