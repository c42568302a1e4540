"""Checkpoints: the saved results of steps."""

from deckgen.store.pool import Pool
from deckgen.store.queries import queries


async def finished(pool: Pool, job_id: str) -> dict[str, float]:
    """The finished steps of a job with the seconds that each took."""
    return {row["step"]: row["seconds"] async for row in queries().finished_steps(pool, job_id=job_id)}
