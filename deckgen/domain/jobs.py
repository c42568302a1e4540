"""Jobs: requested work, its states and what clients are told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from deckgen.domain.documents import Model
from deckgen.domain.job_kinds import job_kinds
from deckgen.domain.model_calls import Usage
from deckgen.domain.steps import Step


class JobStatus(StrEnum):
    """Which transitions lead where is held by the trigger `job_transitions` in sql/migrations."""

    WAITING = "waiting"
    DELAYED = "delayed"
    ACTIVE = "active"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_terminal(self) -> bool:
        return self in (JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED)


class StepProgress(Model):
    """`done` and `of` count the slides, for the step that writes them; seconds are of the longest."""

    name: Step
    status: JobStatus = Field(description="waiting, active or completed")
    seconds: float | None = None
    done: int | None = None
    of: int | None = None


class Progress(Model):
    """A model adds steps once the draft is done, and percents are fixed: they never go back."""

    percent: int = Field(ge=0, le=100)
    steps: list[StepProgress]


@dataclass(frozen=True)
class FinishedStep:
    """`model` is said by the draft: what is to improve it; `slides` by the storyline: how many."""

    step: Step
    part: str
    seconds: float
    model: str | None = None
    slides: int | None = None


class JobError(Model):
    code: str
    message: str


class Attempt(Model):
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


class Delivery(Model):
    """One event on its way to the webhook; `next_attempt_at` is null once it is over."""

    event: str = Field(description="job.completed, job.failed or job.cancelled")
    status: DeliveryStatus
    attempts: int
    last_error: str | None = Field(description="Of the last attempt")
    next_attempt_at: datetime | None
    delivered_at: datetime | None


class Webhook(Model):
    url: str
    deliveries: list[Delivery] = Field(description="One for each time that the job has ended")


def _listed(schema: dict[str, Any]) -> None:
    schema["enum"] = [*job_kinds()]


# A newer version, which writes into the same database, may know more of them.
KindName = Annotated[str, Field(json_schema_extra=_listed)]


class KeptDraft(Model):
    """Why slides have the draft's words instead of a model's, or the draft's place in the deck."""

    reason: str
    slides: list[str]


class ModelWork(Model):
    """What a model wrote of a deck that it was to write: of how many slides the words are its own, of
    how many they are the draft's, and why.
    """

    written: int
    kept: int
    reasons: list[KeptDraft] = []

    @classmethod
    def of(cls, deck: Any) -> "ModelWork | None":
        """Of a deck as JSON; None if no model was to write any of its slides."""
        made = [(slide["id"], slide.get("made", {})) for slide in deck.get("slides", [])]
        written = sum(one.get("engine") == "model" for _, one in made)
        kept = sum(bool(one.get("fallback")) for _, one in made)
        if not written and not kept:
            return None
        reasons: dict[str, list[str]] = {}
        for slide, one in made:
            if one.get("reason"):
                reasons.setdefault(one["reason"], []).append(slide)
        return cls(
            written=written,
            kept=kept,
            reasons=[KeptDraft(reason=reason, slides=slides) for reason, slides in reasons.items()],
        )

    @property
    def sentences(self) -> list[str]:
        """What a person is told: nothing if all is the model's."""
        if not self.reasons:
            return []
        of = self.written + self.kept
        told = f"{self.kept} of {of} slides kept the draft's words:"
        if not self.kept:
            told = "The model wrote the slides, but:"
        return [told, *(f"  {', '.join(one.slides)}: {one.reason}" for one in self.reasons)]


class Job(Model):
    """A job as a client sees it. Times are UTC; `run_after` is when a delayed job runs again."""

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
        default=None, description="Since when steps, history and webhook are not kept any more"
    )
    dismissed_at: datetime | None = Field(
        default=None, description="Since when nothing is to be done about its failure"
    )
    error: JobError | None = Field(description="Of the last attempt")
    waiting_for: str | None = Field(
        default=None, description="What a job that waits or is delayed waits for, in a sentence"
    )
    history: list[Attempt] = Field(description="Every attempt, those that were released too")
    webhook: Webhook | None = Field(default=None, description="Null if the request named none")
    usage: Usage = Field(default=Usage(), description="What it has cost in calls to a model so far")
    model: ModelWork | None = Field(
        default=None, description="What a model wrote of the deck, once it is completed"
    )


def progress(
    status: JobStatus, finished: Sequence[FinishedStep], *, kind: str, has_dataset: bool
) -> Progress:
    """Progress by step; the first step that is not finished is the active one.

    Of the steps of a newer version's kind nothing is known.
    """
    has_model = any(one.model for one in finished)
    planned = job_kinds()[kind].plan(has_dataset, has_model) if kind in job_kinds() else {}
    slides = max((one.slides or 0 for one in finished), default=0)
    steps, percent = [], 0.0
    current = JobStatus.ACTIVE if status is JobStatus.ACTIVE else JobStatus.WAITING
    for step, through in planned.items():
        done = [one for one in finished if one.step is step]
        wanted = slides if step is Step.SLIDE else 1
        if len(done) >= max(wanted, 1) or status is JobStatus.COMPLETED:
            percent, now = through, JobStatus.COMPLETED
        else:
            percent += (through - percent) * len(done) / max(wanted, 1)
            now, current = current, JobStatus.WAITING
        counted = {"done": len(done), "of": slides} if step is Step.SLIDE and slides else {}
        longest = max((one.seconds for one in done), default=None)
        seconds = longest if now is JobStatus.COMPLETED else None
        steps.append(StepProgress(name=step, status=now, seconds=seconds, **counted))
    return Progress(percent=100 if status is JobStatus.COMPLETED else round(percent), steps=steps)


def progress_of_purged(status: JobStatus) -> Progress:
    """What is known without the steps."""
    return Progress(percent=100 if status is JobStatus.COMPLETED else 0, steps=[])


class Submitted(Model):
    """The answer to a request: `estimated_time` in words, `existing` if the deck had an open job."""

    job_id: str
    deck_id: str
    status: JobStatus
    estimated_time: str
    estimated_seconds: int
    existing: bool = False
    status_url: str
    deck_url: str


class JobCounts(Model):
    waiting: int = 0
    delayed: int = 0
    active: int = 0
    completed: int = 0
    failed: int = 0
    cancelled: int = 0


class QueueMetrics(Model):
    """`error_rate` is the fraction that failed of the `ended` jobs of the last five minutes."""

    error_rate: float = 0
    ended: int = 0
    active_jobs: int = 0
    workers: int = Field(default=0, description="Workers that live")
    oldest_waiting_seconds: float = 0


class Readiness(Model):
    """Of an API: `reasons` why it can accept no jobs, `warnings` why nothing becomes of them yet."""

    reasons: list[str]
    warnings: list[str]


class QueueStatus(Model):
    healthy: bool
    jobs: JobCounts
    metrics: QueueMetrics = QueueMetrics()
    paused: bool = Field(default=False, description="Nothing is started; what runs goes on")
    reasons: list[str] = Field(default=[], description="Why it is not healthy, in words")
    warnings: list[str] = Field(
        default=[], description="What a person should see to, although the queue is healthy"
    )
