"""The jobs that are handed over to Redis, and those that it has lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from deckgen.store.pool import Pool
from deckgen.store.queries import queries

User = tuple[str, str]  # the ids of a tenant and of one of its users


@dataclass(frozen=True)
class JobDispatch:
    """One hand-over of a job id to Redis; of equal priority, the job that is due first starts first."""

    job_id: str
    deck_id: str
    number: int
    priority: int
    due_at: datetime


async def mark_dispatched(
    pool: Pool, users: Sequence[User] | None, *, user_concurrency: int, limit: int
) -> list[JobDispatch]:
    """Choose what to hand to Redis now, of some users or all; at most `limit` jobs may wait there."""
    rows = queries().mark_dispatched(
        pool,
        tenant_ids=None if users is None else [tenant for tenant, _ in users],
        user_ids=None if users is None else [user for _, user in users],
        user_concurrency=user_concurrency,
        limit=limit,
    )
    return [
        JobDispatch(str(row["id"]), row["deck_id"], row["dispatch_no"], row["priority"], row["due_at"])
        async for row in rows
    ]


async def dispatched(pool: Pool, *, grace_seconds: float) -> list[tuple[str, int]]:
    """Returns (job id, dispatch number) of jobs that Redis should have known for `grace_seconds`."""
    rows = queries().dispatched_jobs(pool, grace_seconds=grace_seconds)
    return [(str(row["id"]), row["dispatch_no"]) async for row in rows]


async def forget_dispatch(pool: Pool, lost: Sequence[tuple[str, int]]) -> None:
    """Let the jobs that Redis has lost be chosen again."""
    await queries().forget_dispatch(
        pool, job_ids=[job_id for job_id, _ in lost], dispatch_nos=[number for _, number in lost]
    )
