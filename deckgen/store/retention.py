"""The purge of jobs that are over, a bounded number of rows at a time.

Rows that somebody else has locked are skipped, so a purge waits for nobody, and a second one beside it
does no harm.
"""

from dataclasses import dataclass
from datetime import datetime

from deckgen.domain.outages import OUTAGE_CODES, WARN_DAYS
from deckgen.store.pool import Pool
from deckgen.store.queries import queries

A_DAY = 86_400
NO_SECONDS = 0.0  # jobs that infrastructure failed are kept no longer than others
OUTAGES = sorted(OUTAGE_CODES)
MOST_COUNTED = 10_000


@dataclass(frozen=True)
class Page:
    """The rows that were purged on a page, and the key after which the next begins; None at the end."""

    purged: int
    after: str | None


async def remove_jobs(
    pool: Pool, *, seconds: float, limit: int, outage_seconds: float | None = NO_SECONDS
) -> int:
    """Remove at most `limit` jobs that ended longer ago than `seconds`; returns how many.

    Jobs that infrastructure failed wait for a person, and are kept for `outage_seconds`.
    """
    bounds = {"outages": OUTAGES, "outage_seconds": outage_seconds}
    return int(await queries().remove_jobs(pool, seconds=seconds, limit=limit, **bounds))


async def purge_jobs(
    pool: Pool,
    after: str,
    *,
    completed: int | None,
    failed: int | None,
    users: int,
    limit: int,
    outage_seconds: float | None = NO_SECONDS,
) -> Page:
    """Purge the jobs of the next `users` users that are beyond the bounds; None keeps all.

    If there were `limit` or more, the next page is the same again. As in `remove_jobs`, jobs that wait
    for a person are kept beside the bounds.
    """
    bounds = {"completed": completed, "failed": failed, "outage_seconds": outage_seconds}
    row = await queries().purge_jobs(
        pool, after=after, users=users, limit=limit, outages=OUTAGES, **bounds
    )
    if row["jobs"] >= limit:
        return Page(row["jobs"], after)
    return Page(row["jobs"], row["last_user"] if row["users"] == users else None)


@dataclass(frozen=True)
class Expiring:
    """Jobs that will not be kept for a person much longer, and when the first of them failed."""

    jobs: int
    first_failed_at: datetime


async def expiring(pool: Pool, *, outage_days: float) -> Expiring | None:
    """Returns the jobs that expire within WARN_DAYS, or a fourth of `outage_days`; None without any."""
    warned = min(WARN_DAYS, outage_days / 4)
    row = await queries().outages_that_expire(
        pool,
        outages=OUTAGES,
        from_seconds=(outage_days - warned) * A_DAY,
        to_seconds=outage_days * A_DAY,
        limit=MOST_COUNTED,
    )
    return Expiring(row["jobs"], row["first"]) if row["jobs"] else None


async def first_today(pool: Pool, walk: str) -> bool:
    """True for the first who asks about this walk today (UTC)."""
    return bool(await queries().first_today(pool, walk=walk))


async def remove_datasets(pool: Pool, after: str, *, limit: int) -> Page:
    """Remove those of the next `limit` datasets that neither a deck nor a job needs."""
    async with pool.acquire() as connection:
        row = await queries().lock_unneeded_datasets(connection, after=after, limit=limit)
        if row["unneeded"]:
            # This statement sees what was committed before the locks were taken; the first one does
            # not.
            await queries().remove_datasets(connection, datasets=row["unneeded"])
    return Page(len(row["unneeded"]), row["last_dataset"] if row["datasets"] == limit else None)


async def place(pool: Pool, walk: str) -> str:
    """Returns the key after which a walk goes on; "" is the beginning."""
    return str(await queries().purge_place(pool, walk=walk) or "")


async def keep_place(pool: Pool, walk: str, after: str) -> None:
    await queries().keep_purge_place(pool, walk=walk, after=after)
