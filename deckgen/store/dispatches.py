"""Which jobs are handed over to Redis, and which it has lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from deckgen.store.pool import Pool
from deckgen.store.queries import queries


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
