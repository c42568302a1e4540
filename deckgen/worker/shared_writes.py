"""The writes of several jobs of a worker at the same time, in one statement."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeVar

from deckgen.runtime.batching import Batching
from deckgen.store import leases, progress
from deckgen.store.away import durably
from deckgen.store.leases import Checkpoint, Lease, LeaseLostError
from deckgen.store.pool import Database, Pool
from deckgen.store.progress import JobToComplete, StepToSave

MAX_BATCH = 20  # few, as decks and results are large
# With many jobs the pause saves a third of PostgreSQL's work. Claims do without: a user waits for them.
PAUSE_SECONDS = 0.02

Item = TypeVar("Item")
Result = TypeVar("Result")


class SharedWrites:
    """Claims, checkpoints and ends of jobs, each as durable as if it were written alone."""

    def __init__(self, database: Database, worker_id: str, lease_seconds: float) -> None:
        async def claim(dispatches: Sequence[tuple[str, int]]) -> list[Any]:
            return await leases.claim(
                database.service, dispatches, worker_id=worker_id, lease_seconds=lease_seconds
            )

        async def save(pool: Pool, steps: Sequence[StepToSave]) -> list[bool]:
            return await progress.save_steps(pool, steps)

        async def complete(pool: Pool, ends: Sequence[JobToComplete]) -> list[bool]:
            return await progress.complete(pool, ends)

        self._claims = _SharedWrite(claim)
        self._steps = _SharedWrite(_by_tenant(database, save), pause=PAUSE_SECONDS)
        self._ends = _SharedWrite(_by_tenant(database, complete), pause=PAUSE_SECONDS)

    async def claim(self, job_id: str, number: int) -> Lease | None:
        """Take the lease of a job's `number`th dispatch; None as with leases.claim."""
        row = await self._claims.do((job_id, number))
        return row and Lease.of(row)

    async def save_step(
        self, lease: Lease, key: str, checkpoint: Checkpoint, *, seconds: float
    ) -> None:
        """Save a step's result with its event; LeaseLostError if the job is no longer ours."""
        if not await self._steps.do(StepToSave(lease, key, checkpoint, seconds)):
            raise LeaseLostError(lease.job_id)

    async def complete(self, lease: Lease, deck: object) -> None:
        """Complete a job; LeaseLostError if it is no longer ours."""
        if not await self._ends.do(JobToComplete(lease, deck)):
            raise LeaseLostError(lease.job_id)


Held = TypeVar("Held", StepToSave, JobToComplete)


def _by_tenant(
    database: Database, write: Callable[[Pool, Sequence[Held]], Awaitable[list[bool]]]
) -> Callable[[Sequence[Held]], Awaitable[list[bool]]]:
    """Returns what writes for each tenant's jobs with what sees that tenant alone."""

    async def write_all(held: Sequence[Held]) -> list[bool]:
        results: dict[int, bool] = {}
        for tenant in {each.lease.tenant_id for each in held}:
            own = [number for number, each in enumerate(held) if each.lease.tenant_id == tenant]
            written = await write(database.of(tenant), [held[number] for number in own])
            results |= zip(own, written, strict=True)
        return [results[number] for number in range(len(held))]

    return write_all


class _SharedWrite(Generic[Item, Result]):
    """One statement for all; if it fails, one for each, as the fault may be another's.

    So a row that somebody has locked, or a value that PostgreSQL refuses, holds up its own job only.
    """

    def __init__(
        self, write: Callable[[Sequence[Item]], Awaitable[list[Result]]], *, pause: float = 0.0
    ) -> None:
        self._write = write
        self._rounds = Batching[Item, Result](write, max_batch=MAX_BATCH, pause=pause)

    async def do(self, item: Item) -> Result:
        try:
            return await self._rounds.do(item)
        except Exception:
            [result] = await durably(self._write, [item])
            return result
