"""Checkpoints: the saved results of steps."""

from typing import Any

from deckgen.domain.steps import Step
from deckgen.store.pool import Pool
from deckgen.store.queries import queries


async def saved(pool: Pool, job_id: str, step: Step, key: str) -> Any | None:
    """The result of a step that was finished with this key, or None."""
    return await queries().step_result(pool, job_id=job_id, step=step, key=key)


async def finished(pool: Pool, job_id: str) -> dict[str, float]:
    """The finished steps of a job with the seconds that each took."""
    return {row["step"]: row["seconds"] async for row in queries().finished_steps(pool, job_id=job_id)}
