"""What is removed of jobs that are over, a bounded number of rows at a time.

Rows that somebody else has locked are skipped, so that a purge waits for nobody and a second one beside
it does no harm.
"""

from dataclasses import dataclass
from datetime import datetime

from deckgen.domain.outages import OUTAGE_CODES, WARN_DAYS
from deckgen.store.pool import Pool, transaction
from deckgen.store.queries import queries

A_DAY = 86_400
NO_SECONDS = 0.0  # what infrastructure failed is treated as the others
OUTAGES = sorted(OUTAGE_CODES)
MOST_COUNTED = 10_000


@dataclass(frozen=True)
class Page:
    """How many rows were purged on a page, and the key after which the next begins; None at the end."""

    purged: int
    after: str | None


async def remove_jobs(
    pool: Pool, *, seconds: float, most: int, outage_seconds: float | None = NO_SECONDS
) -> int:
    """Remove jobs that ended longer ago than `seconds`; how many these were, at most `most`.

    Not those that infrastructure failed, and a person has yet to see to, for `outage_seconds`.
    """
    kept = {"outages": OUTAGES, "outage_seconds": outage_seconds}
    return int(await queries().remove_jobs(pool, seconds=seconds, most=most, **kept))


async def purge_jobs(
    pool: Pool,
    after: str,
    *,
    completed: int | None,
    failed: int | None,
    users: int,
    most: int,
    outage_seconds: float | None = NO_SECONDS,
) -> Page:
    """Of the next `users` users, purge the jobs beyond the bounds; None keeps all.

    If there were `most` or more, the next page is the same again. As in `remove_jobs`, what waits for a
    person is kept beside the bounds.
    """
    bounds = {"completed": completed, "failed": failed, "outage_seconds": outage_seconds}
    row = await queries().purge_jobs(
        pool, after=after, users=users, most=most, outages=OUTAGES, **bounds
    )
    if row["jobs"] >= most:
        return Page(row["jobs"], after)
    return Page(row["jobs"], row["last_user"] if row["users"] == users else None)


@dataclass(frozen=True)
class Expiring:
    """Jobs that will not be kept for a person much longer, and when the first of them failed."""

    jobs: int
    first_failed_at: datetime


async def expiring(pool: Pool, *, outage_days: float) -> Expiring | None:
    """Those that have no more than WARN_DAYS left, or a fourth of few days; None if there are none."""
    warned = min(WARN_DAYS, outage_days / 4)
    row = await queries().outages_that_expire(
        pool,
        outages=OUTAGES,
        from_seconds=(outage_days - warned) * A_DAY,
        to_seconds=outage_days * A_DAY,
        most=MOST_COUNTED,
    )
    return Expiring(row["jobs"], row["first"]) if row["jobs"] else None


async def first_today(pool: Pool, walk: str) -> bool:
    """Whether nobody has asked so today (UTC)."""
    return bool(await queries().first_today(pool, walk=walk))


async def remove_datasets(pool: Pool, after: str, *, most: int) -> Page:
    """Of the next `most` datasets, remove those that neither a deck nor a job needs."""
    async with transaction(pool) as connection:
        row = await queries().lock_unneeded_datasets(connection, after=after, most=most)
        if row["unneeded"]:
            # What committed before the locks were there is seen by this statement and not by the first.
            await queries().remove_datasets(connection, datasets=row["unneeded"])
    return Page(len(row["unneeded"]), row["last_dataset"] if row["datasets"] == most else None)


async def place(pool: Pool, walk: str) -> str:
    """Where a walk is to be gone on with; "" is the beginning."""
    return str(await queries().purge_place(pool, walk=walk) or "")


async def keep_place(pool: Pool, walk: str, after: str) -> None:
    await queries().keep_purge_place(pool, walk=walk, after=after)
