"""What is removed of jobs that are over, a bounded number of rows at a time.

Rows that somebody else has locked are skipped, so that a purge waits for nobody and a second one beside
it does no harm.
"""

from dataclasses import dataclass

from deckgen.store.pool import Pool, transaction
from deckgen.store.queries import queries


@dataclass(frozen=True)
class Page:
    """How many rows were purged on a page, and the key after which the next begins; None at the end."""

    purged: int
    after: str | None


async def remove_jobs(pool: Pool, *, seconds: float, most: int) -> int:
    """Remove jobs that ended longer ago than `seconds`; how many these were, at most `most`."""
    return int(await queries().remove_jobs(pool, seconds=seconds, most=most))


async def purge_jobs(
    pool: Pool, after: str, *, completed: int | None, failed: int | None, users: int, most: int
) -> Page:
    """Of the next `users` users, purge the jobs beyond the bounds; None keeps all.

    If there were `most` or more, the next page is the same again.
    """
    row = await queries().purge_jobs(
        pool, after=after, completed=completed, failed=failed, users=users, most=most
    )
    if row["jobs"] >= most:
        return Page(row["jobs"], after)
    return Page(row["jobs"], row["last_user"] if row["users"] == users else None)


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
