"""Changes of accepted jobs by clients and operators: PostgreSQL decides, and Redis is told.

The caller has bound the ids of job and deck for the log.
"""

import asyncio
from collections.abc import Mapping, Sequence
from uuid import UUID

import asyncpg

from deckgen.domain.errors import Conflict
from deckgen.domain.job_kinds import changes_deck
from deckgen.domain.jobs import Job, JobStatus
from deckgen.observability.logs import get_logger
from deckgen.queue.dispatch import DISPATCH_TIMEOUT
from deckgen.queue.pool import DeliveryPool
from deckgen.redis.refusals import REDIS_AWAY
from deckgen.store import away, jobs
from deckgen.store import pool as store

log = get_logger(__name__)


async def cancel(database: store.Pool, delivery: DeliveryPool, job_id: str) -> None:
    """End a job that is not over; Conflict if it is over and was not cancelled."""
    async with away.database():
        number = await jobs.cancel(database, job_id)
        if number is None:
            job = await jobs.get(database, job_id)
            if job is not None and job.status != "cancelled":
                raise Conflict(f"The job is already {job.status}.", code="job_is_over")
            return
    log.info("job.cancelled")
    await tell(delivery, {job_id: number}, cancelled=[job_id])


async def redrive(database: store.Pool, job_id: str) -> None:
    """Run a failed job again from its checkpoints.

    Conflict if it has not failed or has none left, or if the deck that it was to change has changed.
    """
    try:
        async with away.database():
            if not await jobs.redrive(database, UUID(job_id)):
                raise _not_redriven(await jobs.get(database, job_id))
        log.info("job.redriven")
    except asyncpg.UniqueViolationError:
        raise Conflict(
            "The deck has a newer job that is not over. Wait for it, or cancel it.",
            code="deck_has_open_job",
        ) from None


async def dismiss(database: store.Pool, job_id: str) -> None:
    """Record that nothing is to be done about a failed job; Conflict if it has not failed."""
    async with away.database():
        dismissed = await jobs.dismiss(database, UUID(job_id))
        job = None if dismissed else await jobs.get(database, job_id)
    if dismissed:
        log.info("job.dismissed")
    elif job is not None and job.status != JobStatus.FAILED:
        raise Conflict(
            f"Only a failed job can be dismissed; this one is {job.status}.", code="job_not_failed"
        )


def _not_redriven(job: Job | None) -> Conflict:
    if job is not None and job.status == JobStatus.FAILED and job.purged_at is not None:
        return Conflict(
            "The checkpoints of this job are no longer kept. Request the deck again.",
            code="job_purged",
        )
    if job is not None and job.status == JobStatus.FAILED and changes_deck(job.kind):
        return Conflict(
            "The deck has changed since this job was requested. Request the change again.",
            code="deck_changed",
        )
    return Conflict("Only a failed job can be retried.", code="job_not_failed")


async def change_priority(
    database: store.Pool, delivery: DeliveryPool, job_id: str, priority: int
) -> None:
    """Change the priority of a waiting job; Conflict if it runs or is over."""
    async with away.database():
        number = await jobs.change_priority(database, job_id, priority)
    if number is None:
        raise Conflict("Only a waiting job can change its priority.", code="job_not_waiting")
    log.info("job.priority_changed", priority=priority)
    await tell(delivery, {job_id: number})


async def tell(
    delivery: DeliveryPool, dispatches: Mapping[str, int], *, cancelled: Sequence[str] = ()
) -> bool:
    """Take back the last dispatch of each job, by its number; False if Redis is away.

    This is best effort: a worker that hears nothing finds out by its lease or by its claim.
    """
    try:
        async with asyncio.timeout(DISPATCH_TIMEOUT):
            await delivery.withdraw(dispatches)
            for job_id in cancelled:
                await delivery.announce_cancel(job_id)
    except REDIS_AWAY as error:
        log.warning("control.not_told", error=repr(error))
        return False
    return True
