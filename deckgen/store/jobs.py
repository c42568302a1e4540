"""Jobs as their clients and operators see and change them; each change of state is one statement."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from deckgen.domain.jobs import (
    Attempt,
    FinishedStep,
    Job,
    JobCounts,
    JobError,
    JobKind,
    JobStatus,
    Progress,
    QueueMetrics,
    Webhook,
    progress,
    progress_of_purged,
)
from deckgen.domain.steps import Step
from deckgen.store import accounts, deliveries
from deckgen.store.pool import Pool, transaction
from deckgen.store.queries import queries

MOST_AHEAD = 1000  # counted by priority; behind more than these, the priority makes no difference


async def cancel(pool: Pool, job_id: str) -> int | None:
    """End a job that is not over; the number of its last dispatch, None if it was over."""
    async with transaction(pool) as connection:
        # A worker that claims the job at this moment has an attempt by now, which is to be ended too.
        await queries().lock_job(connection, job_id=job_id)
        row = await queries().cancel_job(connection, job_id=job_id)
    return row and int(row["dispatch_no"])


async def redrive(pool: Pool, job_id: str) -> bool:
    """Run a failed job again; False if it has not failed, or what it goes on from is gone."""
    return await queries().redrive_job(pool, job_id=job_id) is not None


async def change_priority(pool: Pool, job_id: str, priority: int) -> int | None:
    """Of a job that is not started; the number of its last dispatch, None if it runs or is over."""
    row = await queries().change_priority(pool, job_id=job_id, priority=priority)
    return row and int(row["dispatch_no"])


async def pause(pool: Pool) -> None:
    await queries().pause_queue(pool)


async def resume(pool: Pool) -> None:
    await queries().resume_queue(pool)


async def is_paused(pool: Pool) -> bool:
    return bool(await queries().is_paused(pool))


async def get(pool: Pool, job_id: str) -> Job | None:
    """One job as a client sees it."""
    row = await queries().job(pool, job_id=UUID(job_id))
    if row is None:
        return None
    status = JobStatus(row["status"])
    copied = ("deck_id", "user_id", "priority", "attempts", "max_attempts")
    times = ("created_at", "started_at", "finished_at", "run_after", "purged_at")
    return Job(
        job_id=str(row["id"]),
        kind=JobKind(row["kind"]),
        status=status,
        progress=await _progress(pool, row, status),
        error=_error(row),
        history=await attempts(pool, job_id),
        webhook=await _webhook(pool, row),
        usage=await accounts.of_job(pool, row["id"]),
        **{name: row[name] for name in copied + times},
    )


async def _progress(pool: Pool, row: Any, status: JobStatus) -> Progress:
    if row["purged_at"] is not None:
        return progress_of_purged(status)
    rows = queries().finished_steps(pool, job_id=row["id"])
    no_model = row["policy"].get("maxTokens") == 0
    finished = [_finished(step, no_model=no_model) async for step in rows]
    return progress(
        status,
        finished,
        has_dataset=row["dataset_sha256"] is not None,
        is_revision=row["kind"] == JobKind.REVISE,
    )


def _finished(row: Any, *, no_model: bool) -> FinishedStep:
    step = FinishedStep(**{**dict(row), "step": Step(row["step"])})
    return replace(step, model=None) if no_model else step


async def attempts(pool: Pool, job_id: str) -> list[Attempt]:
    """Every attempt of a job, in order."""
    copied = ("number", "worker_id", "started_at", "ended_at", "outcome")
    rows = queries().attempts_of_job(pool, job_id=job_id)
    return [Attempt(error=_error(row), **{name: row[name] for name in copied}) async for row in rows]


async def _webhook(pool: Pool, row: Any) -> Webhook | None:
    if row["webhook_url"] is None:
        return None
    return Webhook(url=row["webhook_url"], deliveries=await deliveries.of_job(pool, row["id"]))


def _error(row: Any) -> JobError | None:
    if row["error_code"] is None:
        return None
    return JobError(code=row["error_code"], message=row["error_message"])


async def counts(pool: Pool) -> JobCounts:
    return JobCounts(**await queries().count_jobs(pool))


async def metrics(pool: Pool) -> QueueMetrics:
    """What the rows of jobs say of the last minutes."""
    row = await queries().recent_ends(pool)
    waited = await queries().oldest_waiting_seconds(pool)
    return QueueMetrics(
        error_rate=round(row["failed"] / row["ended"], 4) if row["ended"] else 0,
        ended=row["ended"],
        oldest_waiting_seconds=round(waited or 0, 1),
    )


@dataclass(frozen=True)
class Outlook:
    """What a new job has before it: jobs, and the mean seconds of the last ones, if there are any."""

    jobs_ahead: int
    recent_seconds: float | None


async def outlook(pool: Pool, priority: int) -> Outlook:
    row = await queries().outlook(pool, priority=priority, most=MOST_AHEAD)
    ahead = row["ahead"] if row["ahead"] < MOST_AHEAD else row["waiting"]
    return Outlook(row["active"] + ahead, row["seconds"])
