"""Jobs as clients and operators see and change them; each change of state is one statement."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from deckgen.domain.jobs import (
    Attempt,
    Delivery,
    FinishedStep,
    Job,
    JobCounts,
    JobError,
    JobStatus,
    Progress,
    QueueMetrics,
    Webhook,
    progress,
    progress_of_purged,
)
from deckgen.domain.model_calls import CallOfStep, Usage
from deckgen.domain.steps import PLANS_SLIDES, Step
from deckgen.domain.waiting import QueueState, waiting_for
from deckgen.domain.webhooks import told
from deckgen.store import audit
from deckgen.store.pool import Connection, Pool
from deckgen.store.queries import queries
from deckgen.store.workers import DEAD_SECONDS

MOST_AHEAD = 1000  # counted by priority; behind more than these, the priority makes no difference


async def cancel(pool: Pool, job_id: str) -> int | None:
    """End a job that is not over; returns the number of its last dispatch, None if it was over."""
    async with pool.acquire() as connection:
        # A worker that claims the job at this moment has begun an attempt, which must be ended too.
        await queries().lock_job(connection, job_id=job_id)
        number = (await cancel_many(connection, [UUID(job_id)])).get(UUID(job_id))
        if number is not None:
            await audit.record(connection, "job.cancelled", "job", job_id)
    return number


async def cancel_many(connection: Connection, job_ids: Sequence[UUID]) -> dict[UUID, int]:
    """End the locked jobs that are not over; returns the number of the last dispatch of each."""
    rows = queries().cancel_jobs(connection, job_ids=list(job_ids))
    return {row["id"]: int(row["dispatch_no"]) async for row in rows}


async def redrive(pool: Pool, job_id: UUID) -> bool:
    """Run a failed job again; False if it had not failed, or has no checkpoints left."""
    async with pool.acquire() as connection:
        done = await redrive_many(connection, [job_id])
        if done:
            await audit.record(connection, "job.retried", "job", job_id)
    return bool(done)


async def redrive_many(connection: Connection, job_ids: Sequence[UUID]) -> list[UUID]:
    """Run failed jobs again; returns those that had failed and still have their checkpoints."""
    return [row["id"] async for row in queries().redrive_jobs(connection, job_ids=list(job_ids))]


async def dismiss(pool: Pool, job_id: UUID) -> bool:
    """Record that nothing is to be done about a failed job; False if it has not failed."""
    async with pool.acquire() as connection:
        done = await dismiss_many(connection, [job_id])
        if done:
            await audit.record(connection, "job.dismissed", "job", job_id)
    return bool(done)


async def dismiss_many(connection: Connection, job_ids: Sequence[UUID]) -> list[UUID]:
    """Record that nothing is to be done about failed jobs; returns those that were not dismissed."""
    return [row["id"] async for row in queries().dismiss_jobs(connection, job_ids=list(job_ids))]


async def change_priority(pool: Pool, job_id: str, priority: int) -> int | None:
    """Change a waiting job; returns the number of its last dispatch, None if it runs or is over."""
    async with pool.acquire() as connection:
        number = (await change_priorities(connection, [UUID(job_id)], priority)).get(UUID(job_id))
        if number is not None:
            await audit.record(connection, "job.priority_changed", "job", job_id, priority=priority)
    return number


async def change_priorities(
    connection: Connection, job_ids: Sequence[UUID], priority: int
) -> dict[UUID, int]:
    """Change the waiting ones of these jobs; returns the number of the last dispatch of each."""
    rows = queries().change_priorities(connection, job_ids=list(job_ids), priority=priority)
    return {row["id"]: int(row["dispatch_no"]) async for row in rows}


async def pause(pool: Pool) -> None:
    """The pool is the service's, in the name of who asks."""
    async with pool.acquire() as connection:
        await queries().pause_queue(connection)
        await audit.record(connection, "queue.paused", "queue", None)


async def resume(pool: Pool) -> None:
    """The pool is the service's, in the name of who asks."""
    async with pool.acquire() as connection:
        await queries().resume_queue(connection)
        await audit.record(connection, "queue.resumed", "queue", None)


async def get(pool: Pool, job_id: str) -> Job | None:
    """Returns one job as a client sees it; None if it does not exist."""
    (job,) = await get_many(pool, [job_id])
    return job


async def get_many(pool: Pool, job_ids: Sequence[str]) -> list[Job | None]:
    """Returns jobs as clients see them, in the order of the ids; None for one that does not exist."""
    ids = [UUID(job_id) for job_id in job_ids]
    rows = queries().jobs_as_seen(
        pool, job_ids=list(set(ids)), dead_seconds=DEAD_SECONDS, planning=[*PLANS_SLIDES]
    )
    jobs_by_id = {row["id"]: _job(row) async for row in rows}
    return [jobs_by_id.get(each) for each in ids]


def _job(row: Any) -> Job:
    status = JobStatus(row["status"])
    copied = ("deck_id", "user_id", "priority", "attempts", "max_attempts")
    times = ("created_at", "started_at", "finished_at", "run_after", "purged_at", "dismissed_at")
    return Job(
        job_id=str(row["id"]),
        kind=row["kind"],
        status=status,
        progress=_progress(row, status),
        error=_error(row),
        waiting_for=_waiting_for(row, status),
        history=[_attempt(attempt) for attempt in row["history"]],
        webhook=_webhook(row),
        usage=Usage.of(CallOfStep(**call) for call in row["calls"]),
        **_end(row["last_event_data"]),
        **{name: row[name] for name in copied + times},
    )


def _end(data: dict[str, Any] | None) -> dict[str, Any]:
    """Returns what the end of a job says of its deck; an event that is no end, or is gone,
    says nothing."""
    return {name: data[name] for name in ("model", "warnings") if data and name in data}


def _waiting_for(row: Any, status: JobStatus) -> str | None:
    copied = ("paused", "is_dispatched", "reason")
    has_workers, has_taking = row["workers"] > 0, row["taking"] > 0
    around = QueueState(has_workers, has_taking, **{name: row[name] for name in copied})
    return waiting_for(status, _error(row), around)


def _progress(row: Any, status: JobStatus) -> Progress:
    if row["purged_at"] is not None:
        return progress_of_purged(status)
    no_model = row["policy"].get("maxTokens") == 0
    return progress(
        status,
        [_finished(step, no_model=no_model) for step in row["steps"]],
        kind=row["kind"],
        has_dataset=row["dataset_sha256"] is not None,
    )


def _finished(row: Any, *, no_model: bool) -> FinishedStep:
    step = FinishedStep(**{**row, "step": Step(row["step"])})
    return replace(step, model=None) if no_model else step


async def attempts(pool: Pool, job_id: str) -> list[Attempt]:
    """Returns every attempt of a job, in order."""
    return [_attempt(row) async for row in queries().attempts_of_job(pool, job_id=job_id)]


def _attempt(row: Any) -> Attempt:
    copied = ("number", "worker_id", "started_at", "ended_at", "outcome")
    return Attempt(error=_error(row), **{name: row[name] for name in copied})


def _webhook(row: Any) -> Webhook | None:
    if row["webhook_url"] is None:
        return None
    deliveries = [Delivery(**each) for each in row["deliveries"]]
    return Webhook(url=told(row["webhook_url"]), deliveries=deliveries)


def _error(row: Any) -> JobError | None:
    if row["error_code"] is None:
        return None
    return JobError(code=row["error_code"], message=row["error_message"])


@dataclass(frozen=True)
class Figures:
    """The state of the queue at one moment."""

    counts: JobCounts
    metrics: QueueMetrics
    paused: bool
    reason: str  # why no worker takes jobs; "" if one does, or none lives


async def figures(pool: Pool) -> Figures:
    row = await queries().queue_figures(pool, dead_seconds=DEAD_SECONDS)
    counts = JobCounts(**{name: row[name] for name in JobCounts.model_fields})
    ended = row["recently_ended"]
    metrics = QueueMetrics(
        error_rate=round(row["recently_failed"] / ended, 4) if ended else 0,
        ended=ended,
        active_jobs=counts.active,
        workers=row["workers"],
        oldest_waiting_seconds=round(row["oldest_waiting_seconds"] or 0, 1),
    )
    reason = "" if row["taking"] else row["reason"] or ""
    return Figures(counts, metrics, row["paused"], reason)


@dataclass(frozen=True)
class Demand:
    """What could run, and who would run it.

    `runnable` jobs run already, or would if there were a place. `places` are those of the workers that
    are `taking` jobs; a worker that lives has `concurrency` of them, None if none does.
    """

    runnable: int
    taking: int
    places: int
    concurrency: int | None


async def demand(pool: Pool, *, user_concurrency: int, limit: int) -> Demand:
    """Returns the demand for workers; jobs are counted no further than `limit`."""
    row = await queries().queue_demand(
        pool, user_concurrency=user_concurrency, limit=limit, dead_seconds=DEAD_SECONDS
    )
    return Demand(**row)


@dataclass(frozen=True)
class Outlook:
    """The jobs ahead of a new one, and the mean seconds of the last ones, if there are any."""

    jobs_ahead: int
    recent_seconds: float | None


async def outlook(pool: Pool, priority: int) -> Outlook:
    row = await queries().outlook(pool, priority=priority, limit=MOST_AHEAD)
    ahead = row["ahead"] if row["ahead"] < MOST_AHEAD else row["waiting"]
    return Outlook(row["active"] + ahead, row["seconds"])
