"""Jobs: every change of state is one statement, and every write of a worker names its lease token."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from deckgen.domain.briefs import Brief
from deckgen.domain.contract import DatasetInfo
from deckgen.domain.errors import DeckgenError
from deckgen.domain.jobs import (
    Attempt,
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
from deckgen.domain.steps import Step, plan
from deckgen.store import deliveries, steps
from deckgen.store.pool import Pool
from deckgen.store.queries import queries

MAX_CRASHES = 3  # in a row, without a step finished in between
MOST_AHEAD = 1000  # counted by priority; behind more than these, the priority makes no difference
CRASH_MESSAGE = (
    f"The worker died {MAX_CRASHES} times while it made this deck, so it is not tried again. "
    "Try a smaller table, or ask the operator to look at the workers' logs."
)


class LeaseLostError(Exception):
    """Somebody else has the job now, or it is over: stop, and write nothing more."""


@dataclass(frozen=True)
class Lease:
    """The right to work on a job until the lease runs out, proved by `token`.

    `checkpoints` has the results of the steps that were finished before, by their keys.
    """

    job_id: str
    token: int
    deck_id: str
    user_id: str
    brief: Brief
    dataset: DatasetInfo | None
    has_webhook: bool
    priority: int
    attempt: int
    max_attempts: int
    checkpoints: dict[str, Any]


async def claim(
    pool: Pool, job_id: str, number: int, *, worker_id: str, lease_seconds: float
) -> Lease | None:
    """Take the lease of a job that is due; None if another has it or it is over.

    `number` is that of the dispatch that was picked up; None too if it is not the job's last one.
    """
    row = await queries().claim_job(
        pool, job_id=job_id, dispatch_no=number, worker_id=worker_id, lease_seconds=lease_seconds
    )
    if row is None:
        return None
    return Lease(
        job_id=str(row["id"]),
        token=row["lease_token"],
        deck_id=row["deck_id"],
        user_id=row["user_id"],
        brief=Brief.model_validate(row["context"]),
        dataset=_dataset(row),
        has_webhook=row["has_webhook"],
        priority=row["priority"],
        attempt=row["attempts"],
        max_attempts=row["max_attempts"],
        checkpoints=row["checkpoints"] or {},
    )


def _dataset(row: Any) -> DatasetInfo | None:
    if row["dataset_sha256"] is None:
        return None
    return DatasetInfo(
        name=row["dataset_name"], sha256=row["dataset_sha256"], bytes=row["dataset_bytes"]
    )


async def renew(pool: Pool, leases: Sequence[Lease], *, lease_seconds: float) -> set[str]:
    """Prolong leases; returns the ids of the jobs whose lease still held."""
    rows = queries().renew_leases(
        pool,
        job_ids=[lease.job_id for lease in leases],
        lease_tokens=[lease.token for lease in leases],
        lease_seconds=lease_seconds,
    )
    return {str(row["id"]) async for row in rows}


async def save_step(
    pool: Pool, lease: Lease, step: Step, key: str, *, result: Any, usage: Any, seconds: float
) -> None:
    """Keep a step's result with its event; LeaseLostError if the job is no longer ours."""
    await _fenced(
        "save_step", pool, lease, step=step, key=key, result=result, usage=usage, seconds=seconds
    )


async def complete(pool: Pool, lease: Lease, deck: Any) -> None:
    await _fenced("complete_job", pool, lease, deck=deck)


async def fail(pool: Pool, lease: Lease, error: DeckgenError) -> None:
    await _fenced("fail_job", pool, lease, error_code=error.code, error_message=error.message)


async def delay(pool: Pool, lease: Lease, error: DeckgenError, *, seconds: float) -> None:
    """Another attempt follows after `seconds`."""
    await _fenced(
        "delay_job",
        pool,
        lease,
        error_code=error.code,
        error_message=error.message,
        delay_seconds=seconds,
    )


async def release(pool: Pool, lease: Lease) -> None:
    """Give the job back for another worker; no attempt is used."""
    await _fenced("release_job", pool, lease)


async def _fenced(statement: str, pool: Pool, lease: Lease, **values: Any) -> None:
    """Run a statement that changes nothing unless the lease still holds."""
    run = getattr(queries(), statement)
    if await run(pool, job_id=lease.job_id, lease_token=lease.token, **values) is None:
        raise LeaseLostError(lease.job_id)


async def cancel(pool: Pool, job_id: str) -> int | None:
    """End a job that is not over; the number of its last dispatch, None if it was over."""
    row = await queries().cancel_job(pool, job_id=job_id)
    return row and int(row["dispatch_no"])


async def redrive(pool: Pool, job_id: str) -> bool:
    """Run a failed job again; False if it has not failed, or its checkpoints are gone."""
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


@dataclass(frozen=True)
class Reclaimed:
    """A job that was taken back from a silent worker, and what it is now."""

    job_id: str
    deck_id: str
    user_id: str
    status: str
    worker_id: str
    priority: int
    attempt: int
    max_attempts: int


async def reclaim(pool: Pool, *, lease_seconds: float) -> list[Reclaimed]:
    """Take back the jobs of silent workers."""
    rows = queries().reclaim_jobs(
        pool,
        lease_seconds=lease_seconds,
        max_crashes=MAX_CRASHES,
        crash_message=CRASH_MESSAGE,
    )
    copied = ("deck_id", "user_id", "status", "worker_id", "priority", "max_attempts")
    return [
        Reclaimed(
            job_id=str(row["id"]), attempt=row["attempts"], **{name: row[name] for name in copied}
        )
        async for row in rows
    ]


@dataclass(frozen=True)
class Dispatch:
    """One hand-over of a job id to Redis; of equal priority, what is due first is started first."""

    job_id: str
    deck_id: str
    number: int
    priority: int
    due_at: datetime


async def mark_dispatched(
    pool: Pool, user_ids: Sequence[str] | None, *, user_concurrency: int, most: int
) -> list[Dispatch]:
    """Choose what to hand to Redis now, of some users or all; no more than `most` are to wait there."""
    rows = queries().mark_dispatched(
        pool, user_ids=user_ids, user_concurrency=user_concurrency, most=most
    )
    return [
        Dispatch(str(row["id"]), row["deck_id"], row["dispatch_no"], row["priority"], row["due_at"])
        async for row in rows
    ]


async def dispatched(pool: Pool, *, grace_seconds: float) -> list[tuple[str, int]]:
    """(job id, dispatch number) of the jobs that Redis should know since `grace_seconds`."""
    rows = queries().dispatched_jobs(pool, grace_seconds=grace_seconds)
    return [(str(row["id"]), row["dispatch_no"]) async for row in rows]


async def forget_dispatch(pool: Pool, lost: Sequence[tuple[str, int]]) -> None:
    """Redis has lost these: they will be chosen again."""
    await queries().forget_dispatch(
        pool, job_ids=[job_id for job_id, _ in lost], dispatch_nos=[number for _, number in lost]
    )


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
        status=status,
        progress=await _progress(pool, row, status),
        error=_error(row),
        history=await attempts(pool, job_id),
        webhook=await _webhook(pool, row),
        **{name: row[name] for name in copied + times},
    )


async def _progress(pool: Pool, row: Any, status: JobStatus) -> Progress:
    if row["purged_at"] is not None:
        return progress_of_purged(status)
    steps_of_job = plan(has_dataset=row["dataset_sha256"] is not None)
    return progress(status, steps_of_job, await steps.finished(pool, row["id"]))


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
