"""What several jobs of a worker want of PostgreSQL at the same time goes in one statement."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeVar

from deckgen.domain.jobs import ModelWork
from deckgen.runtime.batching import Batching
from deckgen.store import leases, progress
from deckgen.store.away import durably
from deckgen.store.leases import Checkpoint, Lease, LeaseLostError
from deckgen.store.pool import Pool
from deckgen.store.progress import JobToComplete, StepToSave

MOST = 20  # in one statement: decks and results are large
# Where many jobs run, it saves a third of PostgreSQL's work. No claim waits for it: a user would.
PAUSE_SECONDS = 0.02

Want = TypeVar("Want")
Result = TypeVar("Result")


class Together:
    """Claims, checkpoints and ends of jobs, each as durable as if it went alone."""

    def __init__(self, database: Pool, worker_id: str, lease_seconds: float) -> None:
        async def claim(dispatches: Sequence[tuple[str, int]]) -> list[Any]:
            return await leases.claim(
                database, dispatches, worker_id=worker_id, lease_seconds=lease_seconds
            )

        async def save(steps: Sequence[StepToSave]) -> list[bool]:
            return await progress.save_steps(database, steps)

        async def complete(ends: Sequence[JobToComplete]) -> list[bool]:
            return await progress.complete(database, ends)

        self._claims = _Shared(claim)
        self._steps = _Shared(save, pause=PAUSE_SECONDS)
        self._ends = _Shared(complete, pause=PAUSE_SECONDS)

    async def claim(self, job_id: str, number: int) -> Lease | None:
        """The lease of a job that was dispatched for the `number`th time, as of leases.claim."""
        row = await self._claims.do((job_id, number))
        return row and Lease.of(row)

    async def save_step(
        self, lease: Lease, key: str, checkpoint: Checkpoint, *, seconds: float
    ) -> None:
        """Keep a step's result with its event; LeaseLostError if the job is no longer ours."""
        if not await self._steps.do(StepToSave(lease, key, checkpoint, seconds)):
            raise LeaseLostError(lease.job_id)

    async def complete(self, lease: Lease, deck: object, model_work: ModelWork | None) -> None:
        """The end of a job; LeaseLostError if it is no longer ours."""
        if not await self._ends.do(JobToComplete(lease, deck, model_work)):
            raise LeaseLostError(lease.job_id)


class _Shared(Generic[Want, Result]):
    """One statement for all, and for each by itself if that fails: it may be another's fault.

    A row that somebody has locked, or a value that PostgreSQL refuses, so holds up its own job only.
    """

    def __init__(
        self, write: Callable[[Sequence[Want]], Awaitable[list[Result]]], *, pause: float = 0.0
    ) -> None:
        self._write = write
        self._rounds = Batching[Want, Result](write, max_batch=MOST, pause=pause)

    async def do(self, want: Want) -> Result:
        try:
            return await self._rounds.do(want)
        except Exception:
            [result] = await durably(self._write, [want])
            return result
