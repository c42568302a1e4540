"""The living workers, and the one of them that is the reconciler."""

from dataclasses import dataclass

from deckgen.domain.workers import Worker
from deckgen.store.pool import Pool
from deckgen.store.queries import queries

DEAD_SECONDS = 10.0
HEIRS = 2


@dataclass(frozen=True)
class ReconcilerPlace:
    """The place of the reconciler: it is free or taken, and this worker is or is not an heir to it."""

    is_taken: bool
    is_heir: bool


async def beat(pool: Pool, worker_id: str, *, concurrency: int, reason: str = "") -> ReconcilerPlace:
    """Record that a worker lives; `reason` says why it takes no job, if it takes none."""
    row = await queries().beat(pool, worker_id=worker_id, concurrency=concurrency, reason=reason)
    return ReconcilerPlace(row["is_taken"], row["is_heir"])


async def lead(pool: Pool, worker_id: str, *, seconds: float) -> bool:
    """Take or keep the place of the reconciler for `seconds`; False if another worker has it."""
    return bool(await queries().lead(pool, worker_id=worker_id, seconds=seconds))


async def look_after(pool: Pool, worker_id: str) -> None:
    """Forget the dead workers, and name the heirs of the reconciler."""
    await queries().remove_dead_workers(pool, seconds=DEAD_SECONDS)
    await queries().name_heirs(pool, worker_id=worker_id, limit=HEIRS)


async def write_probe(pool: Pool, name: str) -> None:
    """Write a row; an error if none can be written."""
    await queries().write_probe(pool, name=name)


async def living(pool: Pool) -> list[Worker]:
    """Returns the workers that live, with what each does."""
    return [Worker(**row) async for row in queries().living_workers(pool, dead_seconds=DEAD_SECONDS)]


async def remove(pool: Pool, worker_id: str) -> None:
    await queries().remove_worker(pool, worker_id=worker_id)
