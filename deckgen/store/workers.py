"""The workers that live."""

from deckgen.store.pool import Pool
from deckgen.store.queries import queries

DEAD_SECONDS = 10.0


async def beat(pool: Pool, worker_id: str, *, concurrency: int) -> None:
    """Say that a worker lives, and forget those that have long not said so."""
    await queries().beat(pool, worker_id=worker_id, concurrency=concurrency)
    await queries().remove_dead_workers(pool, seconds=DEAD_SECONDS)


async def remove(pool: Pool, worker_id: str) -> None:
    await queries().remove_worker(pool, worker_id=worker_id)
