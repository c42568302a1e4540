"""What infrastructure failed is kept until a person has seen to it, for so many days at most."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from deckgen.config.settings import Settings
from deckgen.domain.outages import OUTAGE_CODES
from deckgen.queue.service import AsyncOrchestrator
from deckgen.worker.jobs.purge import run_purge
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.ended_jobs import end_earlier
from tests.found_jobs import complete, fail, failed_jobs, statuses, submit
from tests.work import work


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Nothing is kept of other jobs, but for the rows of thirty days."""
    return settings.model_copy(update={"retain_completed": 0, "retain_failed": 0})


async def whole(database: OwnDatabase) -> set[str]:
    rows = await database.fetch("SELECT id::text FROM jobs WHERE purged_at IS NULL")
    return {row["id"] for row in rows}


@pytest.mark.parametrize("code", sorted(OUTAGE_CODES))
async def test_an_outage_is_kept(
    decks: AsyncOrchestrator, database: OwnDatabase, runtime: Runtime, code: str
) -> None:
    """Beside a job that its own table failed, and that is purged."""
    kept, own = await failed_jobs(decks, database, "ab", code=code)
    await database.execute("UPDATE jobs SET error_code = 'query_timeout' WHERE id = $1", UUID(own))
    await run_purge(runtime)
    assert await whole(database) == {kept}
    await decks.retry_job(kept)
    await work(runtime, kept)
    assert await statuses(database, [kept]) == ["completed"]


async def test_outages_take_no_place_of_others(
    decks: AsyncOrchestrator, database: OwnDatabase, runtime: Runtime
) -> None:
    """The bound counts the jobs that failed by themselves: a storm does not push them out."""
    runtime.settings = runtime.settings.model_copy(update={"retain_failed": 2})
    own = await failed_jobs(decks, database, "abc", code="query_timeout")
    outages = await failed_jobs(decks, database, "defgh")
    await run_purge(runtime)
    assert await whole(database) == {*own[1:], *outages}


@pytest.mark.parametrize("how", ["dismissed", "retried", "completed", "limit", "cancelled"])
async def test_what_was_seen_to_goes(
    decks: AsyncOrchestrator, database: OwnDatabase, runtime: Runtime, how: str
) -> None:
    """Dismissed, retried, followed by a deck, or beyond the limit: it is kept no longer than others."""
    job_id, other = await failed_jobs(decks, database, "ab")
    match how:
        case "dismissed":
            await decks.dismiss_job(job_id)
        case "retried":
            await decks.retry_job(job_id)
            await fail(database, job_id, code="query_timeout")
        case "completed":
            await complete(database, await submit(decks, "a"))
        case "limit":
            await end_earlier(database, job_id, 30.1)
            runtime.settings = runtime.settings.model_copy(update={"retain_days": "all"})
        case "cancelled":
            await decks.retry_job(job_id)
            await decks.cancel_job(job_id)
    await run_purge(runtime)
    assert await whole(database) == {other}


async def test_a_deck_from_before_says_nothing(
    decks: AsyncOrchestrator, database: OwnDatabase, runtime: Runtime
) -> None:
    """Only a deck that was completed after the failure shows that somebody has seen to it."""
    first = await submit(decks, "a")
    await complete(database, first)
    (job_id,) = await failed_jobs(decks, database, "a")
    await run_purge(runtime)
    assert await whole(database) == {job_id}


@pytest.mark.parametrize(
    ("retain", "outage", "days", "left"),
    [
        (30, 30, 29, 1),
        (30, 30, 31, 0),
        (7, 30, 29, 1),
        (7, 30, 31, 0),
        (7, 0, 8, 0),
        (0, 30, 1, 1),
        (7, "all", 10_000, 1),
        (60, 30, 31, 1),
    ],
)
async def test_rows_are_kept_as_long(
    decks: AsyncOrchestrator,
    database: OwnDatabase,
    runtime: Runtime,
    retain: Any,
    outage: Any,
    days: float,
    left: int,
) -> None:
    """RETAIN_DAYS do not remove it before RETAIN_OUTAGE_DAYS are over: the longer of the two counts."""
    (job_id,) = await failed_jobs(decks, database, "a")
    await end_earlier(database, job_id, days)
    update = {"retain_days": retain, "retain_outage_days": outage}
    runtime.settings = runtime.settings.model_copy(update=update)
    await run_purge(runtime)
    assert await database.fetchval("SELECT count(*) FROM jobs") == left


async def test_none_are_kept(decks: AsyncOrchestrator, database: OwnDatabase, runtime: Runtime) -> None:
    """With RETAIN_OUTAGE_DAYS=0 they are treated as all others."""
    await failed_jobs(decks, database, "ab")
    runtime.settings = runtime.settings.model_copy(update={"retain_outage_days": 0})
    await run_purge(runtime)
    assert await whole(database) == set()


async def warned(runtime: Runtime, caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """What one purge says of outages that expire."""
    caplog.clear()
    await run_purge(runtime)
    logged = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    return [entry for entry in logged if entry["event"] == "purge.outages_expire"]


async def test_a_warning_comes_before(
    decks: AsyncOrchestrator, database: OwnDatabase, runtime: Runtime, caplog: pytest.LogCaptureFixture
) -> None:
    """In the last week the log says once a day how many expire, and when the first of them does."""
    await database.execute("DELETE FROM purge_places")
    ids = await failed_jobs(decks, database, "abcd")
    await end_earlier(database, ids[0], 22)
    assert await warned(runtime, caplog) == []
    await end_earlier(database, ids[1], 24)
    await end_earlier(database, ids[2], 25)
    (warning,) = await warned(runtime, caplog)
    assert (warning["jobs"], warning["level"]) == (2, "warning")
    days = (datetime.fromisoformat(warning["firstAt"]) - datetime.now(UTC)).total_seconds() / 86_400
    assert days == pytest.approx(5, abs=0.1)
    assert await warned(runtime, caplog) == []
    await database.execute("UPDATE purge_places SET after = '2026-01-01' WHERE walk = 'outages'")
    assert len(await warned(runtime, caplog)) == 1


async def test_the_queue_says_so_too(
    decks: AsyncOrchestrator, database: OwnDatabase, runtime: Runtime
) -> None:
    """A warning stands beside the status, and does not make the queue unhealthy."""
    await database.execute("INSERT INTO workers (id, concurrency) VALUES ('w', 2)")
    ids = await failed_jobs(decks, database, "ab")
    await end_earlier(database, ids[0], 28)
    status = await decks.get_queue_status()
    assert (status.healthy, status.reasons) == (True, [])
    (warning,) = status.warnings
    assert "ends soon for 1 of them" in warning
    assert warning.startswith("Jobs that infrastructure failed are kept for 30 days")
    await decks.dismiss_job(ids[0])
    assert (await decks.get_queue_status()).warnings == []
