"""Parts of a worker's life, one at a time."""

from uuid import UUID

from deckgen.domain.jobs import Job
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store.leases import Checkpoint, Lease
from deckgen.store.pool import Database, Pool
from deckgen.worker.attempt import run_attempt
from deckgen.worker.runtime import Runtime
from deckgen.worker.shared_writes import SharedWrites


async def last_dispatch(database: Pool, job_id: str) -> int:
    number: int = await database.fetchval("SELECT dispatch_no FROM jobs WHERE id = $1", UUID(job_id))
    return number


async def work(runtime: Runtime, job_id: str) -> None:
    """What arq does with the last message about the job; one that is delayed is due now."""
    due = "UPDATE jobs SET run_after = now() WHERE id = $1 AND status = 'delayed'"
    if await runtime.database.service.execute(due, UUID(job_id)) != "UPDATE 0":
        await runtime.dispatcher.dispatch()
    await run_attempt(runtime, job_id, await last_dispatch(runtime.database.service, job_id))


async def attempt(runtime: Runtime, decks: AsyncOrchestrator, job_id: str) -> Job:
    """The job after one more attempt."""
    await work(runtime, job_id)
    return await decks.get_job_status(job_id)


async def take(
    database: Database, job_id: str, *, worker_id: str = "other", lease_seconds: float = 60
) -> Lease | None:
    """Another worker claims the job, as it was dispatched last."""
    number = await last_dispatch(database.service, job_id)
    other = SharedWrites(database, worker_id, lease_seconds)
    return await other.claim(job_id, number)


async def save_step(
    database: Database, lease: Lease, key: str, checkpoint: Checkpoint, *, seconds: float
) -> None:
    """What a worker does with a step that is done."""
    saving = SharedWrites(database, "other", 60)
    await saving.save_step(lease, key, checkpoint, seconds=seconds)
