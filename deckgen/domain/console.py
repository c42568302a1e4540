"""What the console shows of a tenant: its jobs lately, one of them with all that is kept, and costs."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from deckgen.domain.documents import BaseDocument, Id
from deckgen.domain.events import Event
from deckgen.domain.finding import JobBrief
from deckgen.domain.jobs import Attempt, Job, JobStatus
from deckgen.domain.model_calls import Cost, Usage
from deckgen.domain.webhook_log import LoggedDelivery

HOURS, STRETCHES = 24, 48
STRETCH_SECONDS = HOURS * 3600 / STRETCHES
STRETCHES_OF_AN_HOUR = STRETCHES // HOURS
MAX_SPAN_DAYS = 366
LISTED_COSTS = 50


class Count(BaseDocument):
    """A number that is exact up to a bound: with `is_more` there are more than `count`."""

    count: int
    is_more: bool = False

    @classmethod
    def up_to(cls, bound: int, counted: int) -> "Count":
        return cls(count=min(counted, bound), is_more=counted > bound)


class ErrorCount(BaseDocument):
    code: str
    count: int


class Stretch(BaseDocument):
    """An equal part of the day; its numbers are null where more happened since than is counted."""

    begins_at: datetime
    accepted: int | None
    completed: int | None
    failed: int | None
    cancelled: int | None


class Period(BaseDocument):
    """What happened from `since` until now; `is_whole` is false if more happened than is counted."""

    since: datetime
    is_whole: bool
    accepted: int
    completed: int
    failed: int = Field(description="Jobs that stand failed now: one that was retried is none of them")
    cancelled: int
    errors: list[ErrorCount] = Field(description="The failed ones by code, the most frequent first")


class Times(BaseDocument):
    """Seconds: half of the jobs took `p50` at most, 95 of 100 took `p95`. Null without any job."""

    p50: float | None
    p95: float | None


class OpenJobs(BaseDocument):
    """The jobs that are not over."""

    waiting: Count
    delayed: Count
    active: Count
    oldest_waiting_since: datetime | None = Field(
        description="When the job was requested that waits longest"
    )


class Overview(BaseDocument):
    """A tenant's jobs at one moment, and what they came to until then. Times are UTC."""

    at: datetime
    now: OpenJobs
    day: Period
    hour: Period
    series: list[Stretch] = Field(description="The day in equal parts, the oldest first")
    waited: Times = Field(description="From request to start, of the jobs that ended in the last hour")
    ran: Times = Field(
        description="From the first start to the end, of those that were completed, with the pauses "
        "between their attempts"
    )


class FoundCounts(BaseDocument):
    """How many jobs match a filter, whatever their status."""

    all: Count
    by_status: dict[JobStatus, Count]


class SavedStep(BaseDocument):
    """A step that is done: `part` is the slide that it is of, `seconds` what its call took."""

    step: str
    part: str | None
    seconds: float
    finished_at: datetime


class Moment(StrEnum):
    ACCEPTED = "accepted"
    DISPATCHED = "dispatched"  # its id was handed to Redis; not known any more of a job that is over
    ATTEMPT = "attempt"
    STEP = "step"
    ENDED = "ended"


class TimelineEntry(BaseDocument):
    """One thing that happened: of an attempt `until` is its end, null while it runs."""

    at: datetime
    what: Moment
    until: datetime | None = None
    attempt: Attempt | None = None
    step: SavedStep | None = None
    status: JobStatus | None = Field(default=None, description="What the job ended as")


class StepCost(BaseDocument):
    """The calls to models for one step of a job, all its slides together."""

    step: str
    models: list[str]
    calls: int
    tokens_in: int
    tokens_cached: int
    tokens_out: int
    cost: Cost
    unpriced: int = Field(description="Calls without a known price, which `cost` leaves out")


class JobContent(BaseDocument):
    """What a job was asked for, in short; the texts are those that people wrote."""

    text: str = Field(description="The question or brief, up to a length")
    instruction: str | None = Field(description="What a revision is to do")
    industry: str | None
    audience: str | None
    table_name: str | None


class JobPage(BaseDocument):
    """A job with all that is kept of it. What is purged is not there."""

    job: Job
    content: JobContent | None = Field(description="null once it is no longer kept")
    dispatched_at: datetime | None
    trace_id: str | None = Field(description="The trace that its request belongs to")
    timeline: list[TimelineEntry] = Field(description="In order of time")
    events: list[Event] = Field(description="The last ones, in order")
    last_event: int = Field(description="The number of its last event: there are as many")
    costs: list[StepCost]
    deliveries: list[LoggedDelivery] = Field(
        description="To its webhook and to endpoints, newest first"
    )
    predecessor: JobBrief | None = Field(description="The job of the same deck before this one")
    successor: JobBrief | None = Field(description="The one after it")


class CostsRequest(BaseDocument):
    """A span of days that ends today (UTC), and perhaps one user."""

    days: Annotated[int, Field(ge=1, le=MAX_SPAN_DAYS)] = 30
    user: Id | None = None


class Paid(BaseDocument):
    """Calls to models, and what they took. `cost` leaves out the `unpriced` ones."""

    calls: int = 0
    tokens_in: int = 0
    tokens_cached: int = 0
    tokens_out: int = 0
    cost: Cost = 0.0
    unpriced: int = 0
    estimated: int = 0


class DayPaid(Paid):
    day: date


class NamedPaid(Paid):
    name: str = Field(description="A user or a model; deleted ones are `deleted`")


class Costs(BaseDocument):
    """What calls to models cost from `first` to `last` (UTC), both included."""

    first: date
    last: date
    total: Paid
    by_day: list[DayPaid] = Field(description="Every day of the span, the oldest first")
    by_user: list[NamedPaid] = Field(description="Those that cost most, the most first")
    users: int = Field(description="The number of all users with calls")
    by_model: list[NamedPaid]
    models: int


def timeline(
    job: Job, dispatched_at: datetime | None, steps: Sequence[SavedStep]
) -> list[TimelineEntry]:
    """Returns what is known to have happened to a job, in order of time."""
    entries = [TimelineEntry(at=job.created_at, what=Moment.ACCEPTED)]
    if dispatched_at is not None:
        entries.append(TimelineEntry(at=dispatched_at, what=Moment.DISPATCHED))
    for attempt in job.history:
        begin, end = attempt.started_at, attempt.ended_at
        entries.append(TimelineEntry(at=begin, until=end, what=Moment.ATTEMPT, attempt=attempt))
    entries += [TimelineEntry(at=step.finished_at, what=Moment.STEP, step=step) for step in steps]
    entries.sort(key=lambda entry: entry.at)
    if job.finished_at is not None:
        entries.append(TimelineEntry(at=job.finished_at, what=Moment.ENDED, status=job.status))
    return entries


def costs_by_step(usage: Usage) -> list[StepCost]:
    """Returns the calls of a job by step, in the order in which the steps first called."""
    costs = []
    for step in dict.fromkeys(call.step for call in usage.by_step):
        calls = [call for call in usage.by_step if call.step == step]
        costs.append(
            StepCost(
                step=step,
                models=sorted({call.model for call in calls}),
                calls=len(calls),
                tokens_in=sum(call.tokens_in for call in calls),
                tokens_cached=sum(call.tokens_cached for call in calls),
                tokens_out=sum(call.tokens_out for call in calls),
                cost=round(sum(call.cost or 0.0 for call in calls), 6),
                unpriced=sum(call.cost is None for call in calls),
            )
        )
    return costs
