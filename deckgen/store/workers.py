"""The workers that live, and the one of them that puts right what others left behind."""

from dataclasses import dataclass

from deckgen.store.pool import Pool
from deckgen.store.queries import queries

DEAD_SECONDS = 10.0
HEIRS = 2


@dataclass(frozen=True)
class Place:
    """Of the reconciler: whether a worker has it, and whether this one is to look often for it."""

    is_taken: bool
    is_heir: bool


async def beat(pool: Pool, worker_id: str, *, concurrency: int, reason: str = "") -> Place:
    """Say that a worker lives; `reason` is why it takes no job, if it takes none."""
    row = await queries().beat(pool, worker_id=worker_id, concurrency=concurrency, reason=reason)
    return Place(row["is_taken"], row["is_heir"])


async def lead(pool: Pool, worker_id: str, *, seconds: float) -> bool:
    """Take the place of the reconciler, or keep it, for so long; False if another worker has it."""
    return bool(await queries().lead(pool, worker_id=worker_id, seconds=seconds))


async def look_after(pool: Pool, worker_id: str) -> None:
    """What the reconciler does for the workers: forget the dead ones, and name its heirs."""
    await queries().remove_dead_workers(pool, seconds=DEAD_SECONDS)
    await queries().name_heirs(pool, worker_id=worker_id, most=HEIRS)


async def write_probe(pool: Pool, name: str) -> None:
    """Fails if no row can be written."""
    await queries().write_probe(pool, name=name)


async def remove(pool: Pool, worker_id: str) -> None:
    await queries().remove_worker(pool, worker_id=worker_id)
