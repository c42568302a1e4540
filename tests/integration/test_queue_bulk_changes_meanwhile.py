"""What happens to jobs, to Redis and to the database while many jobs are changed."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from deckgen.domain.errors import Conflict, InvalidRequest, Unavailable
from deckgen.domain.finding import BulkResult
from deckgen.queue import bulk_changes
from deckgen.queue import finding as queue_finding
from deckgen.queue.bulk_changes import BulkRun
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import jobs
from tests.databases import OwnDatabase
from tests.found_jobs import change, complete, fail, failed_jobs, run, statuses, submit, whole
from tests.patience import PATIENCE_SECONDS


async def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Any) -> None:
    """`happens` comes between the count and the first change."""
    whole_run = BulkRun.all

    async def all_(self: BulkRun, matches: Any) -> None:
        await happens()
        await whole_run(self, matches)

    monkeypatch.setattr(BulkRun, "all", all_)


async def test_a_job_that_fails_meanwhile(
    decks: AsyncOrchestrator, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes to match after the count is left alone, also if it had matched before."""
    first, again = await failed_jobs(decks, database, "ab")
    late = await submit(decks, "c")

    async def happens() -> None:
        await fail(database, late)
        await decks.retry_job(again)
        await fail(database, again)

    await meanwhile(monkeypatch, happens)
    changed = await change(decks, "retry", code="internal_error")
    assert changed == BulkResult(matched=2, changed=1, skipped=1, reasons={"changed_meanwhile": 1})
    assert await statuses(database, [first, again, late]) == ["waiting", "failed", "failed"]


async def test_a_job_that_changes_before_its_cancel(
    decks: AsyncOrchestrator, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that has ended, was removed, or runs although only waiting ones were meant, is skipped."""
    ended, gone, runs, waits = [await submit(decks, name) for name in "abcd"]

    async def happens() -> None:
        await complete(database, ended)
        await database.execute("DELETE FROM jobs WHERE id = $1", UUID(gone))
        await run(database, runs)

    await meanwhile(monkeypatch, happens)
    changed = await change(decks, "cancel", status="waiting")
    reasons = {"changed_meanwhile": 1, "job_is_over": 1, "job_not_found": 1}
    assert changed == BulkResult(matched=4, changed=1, skipped=3, reasons=reasons)
    assert await statuses(database, [ended, runs, waits]) == ["completed", "active", "cancelled"]


async def test_a_locked_job_is_waited_for_last(
    decks: AsyncOrchestrator, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are changed while somebody holds a job; it is changed as soon as it is let go."""
    ids = [await submit(decks, name) for name in "abc"]
    alone = BulkRun._alone
    waiting = asyncio.Event()

    async def noted(self: BulkRun, match: Any) -> None:
        waiting.set()
        await alone(self, match)

    monkeypatch.setattr(BulkRun, "_alone", noted)
    async with database.acquire() as connection:
        await connection.execute("SELECT FROM jobs WHERE id = $1 FOR UPDATE", UUID(ids[1]))
        changing = asyncio.create_task(change(decks, "cancel", user="u"))
        async with asyncio.timeout(PATIENCE_SECONDS):
            await waiting.wait()
        assert await statuses(database, ids) == ["cancelled", "waiting", "cancelled"]
    assert await changing == whole(3)


async def test_a_job_that_stays_locked(
    decks: AsyncOrchestrator, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for ever: it is skipped, and said to be locked."""
    monkeypatch.setattr(bulk_changes, "LOCK_SECONDS", 0.05)
    ids = [await submit(decks, name) for name in "ab"]
    async with database.acquire() as connection:
        await connection.execute("SELECT FROM jobs WHERE id = $1 FOR UPDATE", UUID(ids[0]))
        changed = await change(decks, "cancel", user="u")
    assert changed == BulkResult(matched=2, changed=1, skipped=1, reasons={"job_is_locked": 1})


async def test_a_collision_in_a_batch(
    decks: AsyncOrchestrator, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job that comes to a deck at the last moment spoils the retry of its own deck only."""
    ids = await failed_jobs(decks, database, "abc")
    redrive = jobs.redrive_many
    came: list[str] = []

    async def late(connection: Any, job_ids: Sequence[UUID]) -> list[UUID]:
        if not came:
            came.append(await submit(decks, "b"))
        return await redrive(connection, job_ids)

    monkeypatch.setattr(jobs, "redrive_many", late)
    changed = await change(decks, "retry", user="u")
    assert changed == BulkResult(matched=3, changed=2, skipped=1, reasons={"deck_has_open_job": 1})
    assert await statuses(database, ids) == ["waiting", "failed", "waiting"]


async def test_batches(
    decks: AsyncOrchestrator, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many jobs go in transactions of so many at most, and all of them come to an end."""
    sizes: list[int] = []
    cancel_many = jobs.cancel_many

    async def counted(connection: Any, job_ids: Any) -> dict[UUID, int]:
        sizes.append(len(job_ids))
        return await cancel_many(connection, job_ids)

    monkeypatch.setattr(bulk_changes, "BATCH", 3)
    monkeypatch.setattr(jobs, "cancel_many", counted)
    for number in range(10):
        await submit(decks, f"d{number}")
    assert await change(decks, "cancel", q="sales") == whole(10)
    assert sizes == [3, 3, 3, 1]


async def test_two_at_once(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """Of two requests for the same jobs each job is changed by one, and told once."""
    ids = await failed_jobs(decks, database, "abcdefgh")
    request = {"code": "internal_error", "count": 8}
    both = await asyncio.gather(*(decks.retry_jobs(request) for _ in range(2)), return_exceptions=True)
    changed = [one.changed for one in both if isinstance(one, BulkResult)]
    refused = [one for one in both if isinstance(one, Conflict)]
    assert sum(changed) == 8
    assert len(changed) + len(refused) == 2
    redriven = "SELECT count(*) FROM job_events WHERE kind = 'job.redriven'"
    assert await database.fetchval(redriven) == 8
    assert await statuses(database, ids) == ["waiting"] * 8


async def test_redis_is_away(
    decks: AsyncOrchestrator, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL decides: all is done without Redis, which is asked once and not for each batch."""
    asked: list[int] = []

    async def away(*_: Any) -> None:
        asked.append(1)
        raise ConnectionError("away")

    monkeypatch.setattr(bulk_changes, "BATCH", 2)
    monkeypatch.setattr("deckgen.queue.pool.DeliveryPool.withdraw", away)
    ids = [await submit(decks, name) for name in "abcdef"]
    assert await change(decks, "cancel", user="u") == whole(6)
    assert await statuses(database, ids) == ["cancelled"] * 6
    assert len(asked) == 1


async def test_the_database_goes_away_half_way(
    decks: AsyncOrchestrator, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said how many were changed by then, and these are all that were."""
    cancel_many = jobs.cancel_many

    async def away(connection: Any, job_ids: Any) -> dict[UUID, int]:
        if await database.fetchval("SELECT count(*) FROM jobs WHERE status = 'cancelled'"):
            raise ConnectionError("away")
        return await cancel_many(connection, job_ids)

    monkeypatch.setattr(bulk_changes, "BATCH", 2)
    monkeypatch.setattr(jobs, "cancel_many", away)
    ids = [await submit(decks, name) for name in "abcd"]
    with pytest.raises(Unavailable) as refused:
        await change(decks, "cancel", user="u")
    assert refused.value.code == "interrupted"
    assert "after 2 of 4 jobs" in refused.value.message
    assert await statuses(database, ids) == ["cancelled", "cancelled", "waiting", "waiting"]


async def test_too_many(decks: AsyncOrchestrator, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is more than one request can do is refused, with what to do."""
    monkeypatch.setattr(queue_finding, "MAX_MATCHES", 2)
    for name in "abc":
        await submit(decks, name)
    with pytest.raises(InvalidRequest) as refused:
        await decks.cancel_jobs({"user": "u", "dryRun": True})
    assert refused.value.code == "too_many_matches"
