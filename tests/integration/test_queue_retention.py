"""What is kept of jobs that are over, and what a purge removes."""

import asyncio
import itertools
from types import SimpleNamespace
from uuid import UUID

import asyncpg
import pytest

from deckgen.config.settings import Settings
from deckgen.domain.errors import Conflict
from deckgen.domain.jobs import JobStatus
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import jobs, retention
from deckgen.worker.jobs import purge
from deckgen.worker.jobs.purge import run_purge
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.ended_jobs import BRIEF, completed, end_earlier, failed, submit
from tests.patience import PATIENCE_SECONDS
from tests.stand_in import OFFLINE, StandIn
from tests.work import take, work

WHOLE = "SELECT id FROM jobs WHERE purged_at IS NULL"
KEPT = 2


@pytest.fixture
def settings(
    configured: dict[str, str], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> Settings:
    """Two jobs of a user are kept whole of each kind."""
    return settings.model_copy(update={"retain_completed": KEPT, "retain_failed": KEPT})


async def whole(database: OwnDatabase) -> set[str]:
    """Jobs whose working data are there."""
    return {str(row["id"]) for row in await database.fetch(WHOLE)}


async def working_data(database: OwnDatabase, job_id: str) -> dict[str, int]:
    """Rows of each table that hang on a job."""
    tables = ("job_steps", "job_attempts", "job_events", "deliveries")
    count = "SELECT count(*) FROM {} WHERE job_id = $1"
    return {name: await database.fetchval(count.format(name), UUID(job_id)) for name in tables}


async def test_the_last_ones_of_each_user_are_kept(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """Of one user the oldest completed jobs beyond the bound are purged, of another with few none."""
    mine = await completed(decks, runtime, ["a", "b", "c", "d"])
    others = await completed(decks, runtime, ["e", "f"], user="other")
    await run_purge(runtime)
    assert await whole(database) == {*mine[2:], *others}
    assert await working_data(database, mine[0]) == {
        "job_steps": 0,
        "job_attempts": 0,
        "job_events": 1,
        "deliveries": 0,
    }
    assert (await working_data(database, mine[3]))["job_steps"] == len(OFFLINE)


async def test_each_kind_of_end_has_its_bound(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase, stand_in: StandIn
) -> None:
    """Failed and cancelled jobs are counted apart, and apart from the completed ones."""
    bad = await failed(decks, runtime, stand_in, ["a", "b", "c"])
    gone = [await submit(decks, name) for name in ("d", "e", "f")]
    for job_id in gone:
        await decks.cancel_job(job_id)
    good = await completed(decks, runtime, ["g", "h", "i"])
    await run_purge(runtime)
    assert await whole(database) == {*bad[1:], *gone[1:], *good[1:]}


async def test_a_purged_job_says_how_it_ended(
    decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn
) -> None:
    """Its status, times and error are told, its end is its only event, and it can't be retried."""
    first, *_ = await failed(decks, runtime, stand_in, ["a", "b", "c"])
    before = await decks.get_job_status(first)
    await run_purge(runtime)
    job = await decks.get_job_status(first)
    assert job.purged_at is not None
    assert (job.status, job.error, job.finished_at) == (
        JobStatus.FAILED,
        before.error,
        before.finished_at,
    )
    assert (job.history, job.webhook, job.progress.steps) == ([], None, [])
    assert [event.kind for event in await decks.events_after(first, 0)] == ["job.failed"]
    with pytest.raises(Conflict) as refused:
        await decks.retry_job(first)
    assert refused.value.code == "job_purged"


async def test_jobs_that_are_not_over_are_left_alone(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase, settings: Settings
) -> None:
    """However old they are and however little is kept, waiting and running jobs stay as they are."""
    waiting, running = await submit(decks, "a"), await submit(decks, "b")
    assert await take(database, running)
    await database.execute(
        "UPDATE jobs SET created_at = now() - interval '1 year', started_at = created_at"
    )
    before = await database.fetch("SELECT * FROM jobs ORDER BY id")
    runtime.settings = settings.model_copy(
        update={"retain_completed": 0, "retain_failed": 0, "retain_days": 0}
    )
    await run_purge(runtime)
    assert await database.fetch("SELECT * FROM jobs ORDER BY id") == before
    assert await database.fetchval("SELECT count(*) FROM datasets") == 1
    assert {waiting, running} == await whole(database)


@pytest.mark.parametrize("status", ["pending", "delivered", "given_up"])
async def test_what_is_still_to_be_told_stays(
    runtime: Runtime, settings: Settings, database: OwnDatabase, ended_id: str, status: str
) -> None:
    """A job whose webhook waits for its delivery is touched by no bound; once that is over, by each."""
    await database.execute(
        "UPDATE deliveries SET status = $1::text::delivery_status, dispatched_at = NULL,"
        " last_error = 'x', delivered_at = CASE WHEN $1 = 'delivered' THEN now() END",
        status,
    )
    runtime.settings = settings.model_copy(update={"retain_failed": 0})
    await run_purge(runtime)
    pending = int(status == "pending")
    assert (await working_data(database, ended_id))["deliveries"] == pending
    await end_earlier(database, ended_id, 31)
    await run_purge(runtime)
    assert await database.fetchval("SELECT count(*) FROM jobs") == pending


async def test_nothing_is_kept_or_all(
    decks: AsyncOrchestrator, runtime: Runtime, settings: Settings, database: OwnDatabase
) -> None:
    """`all` keeps every job for ever, 0 none."""
    ids = await completed(decks, runtime, ["a", "b", "c"])
    for job_id in ids:
        await end_earlier(database, job_id, 10_000)
    bounds = ("retain_completed", "retain_failed", "retain_days")
    runtime.settings = settings.model_copy(update=dict.fromkeys(bounds, "all"))
    await run_purge(runtime)
    assert await whole(database) == set(ids)
    runtime.settings = settings.model_copy(update={"retain_completed": 0, "retain_days": "all"})
    await run_purge(runtime)
    assert await whole(database) == set()
    runtime.settings = settings.model_copy(update={"retain_days": 0})
    await run_purge(runtime)
    assert await database.fetchval("SELECT count(*) FROM jobs") == 0


async def test_an_idempotency_key_lives_as_long_as_its_job(
    decks: AsyncOrchestrator, runtime: Runtime, settings: Settings, database: OwnDatabase
) -> None:
    """The key of a purged job is answered with that job; when the job's row goes, the key is free."""
    runtime.settings = settings.model_copy(update={"retain_completed": 0})

    async def ask() -> str:
        one = await decks.enqueue_presentation_generation("d", "u", BRIEF, idempotency_key="k")
        return one.job_id

    first = await ask()
    await work(runtime, first)
    await run_purge(runtime)
    assert await ask() == first
    await end_earlier(database, first, 31)
    await run_purge(runtime)
    assert await ask() != first


async def test_jobs_are_still_counted_rightly(
    decks: AsyncOrchestrator, runtime: Runtime, settings: Settings, database: OwnDatabase
) -> None:
    """A purged job still counts as completed, a removed one does not."""
    ids = await completed(decks, runtime, ["a", "b", "c", "d"])
    await end_earlier(database, ids[0], 31)
    await submit(decks, "e")
    await run_purge(runtime)
    counts = (await jobs.figures(database)).counts
    assert (counts.completed, counts.waiting, counts.active) == (3, 1, 0)


async def test_batches_are_bounded(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """One statement purges as many jobs as it is told to, and says that the page is not done."""
    await completed(decks, runtime, ["a", "b", "c", "d"])
    bounds = {"completed": 0, "failed": 0, "users": 10, "limit": 3}
    first = await retention.purge_jobs(database, "", **bounds)
    second = await retention.purge_jobs(database, "", **bounds)
    assert (first, second) == (retention.Page(3, ""), retention.Page(1, None))


async def test_small_pages_reach_everybody(
    decks: AsyncOrchestrator,
    runtime: Runtime,
    settings: Settings,
    database: OwnDatabase,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With pages of one row, and a time that is over after each, runs one after another purge all."""
    for name in ("USERS_AT_ONCE", "JOBS_AT_ONCE", "DATASETS_AT_ONCE"):
        monkeypatch.setattr(purge, name, 1)
    runtime.settings = settings.model_copy(update={"retain_completed": 0})
    for user in "xyz":
        await completed(decks, runtime, [f"{user}1", f"{user}2"], user=user)
    clock = itertools.count()
    monkeypatch.setattr(purge, "RUN_SECONDS", 4)
    monkeypatch.setattr(purge, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    for _ in range(12):
        await run_purge(runtime)
    assert await whole(database) == set()


async def test_two_purges_at_once(
    decks: AsyncOrchestrator, runtime: Runtime, settings: Settings, database: OwnDatabase
) -> None:
    """They share the work, wait for nobody and leave the same as one."""
    ids = await completed(decks, runtime, [f"d{number}" for number in range(8)])
    await end_earlier(database, ids[0], 31)
    await asyncio.gather(*(run_purge(runtime) for _ in range(4)))
    assert await whole(database) == set(ids[-KEPT:])
    assert (await jobs.figures(database)).counts.completed == 7


async def test_a_locked_job_is_not_waited_for(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """A job that somebody is changing is left for the next run."""
    ids = await completed(decks, runtime, ["a", "b", "c", "d"])
    async with database.acquire() as connection:
        await connection.execute("SELECT FROM jobs WHERE id = $1 FOR UPDATE", UUID(ids[0]))
        async with asyncio.timeout(PATIENCE_SECONDS):
            await run_purge(runtime)
    assert await whole(database) == {ids[0], *ids[2:]}


async def test_a_draining_worker_purges_nothing(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """It has better things to do in its last seconds."""
    ids = await completed(decks, runtime, ["a", "b", "c"])
    runtime.draining.set()
    await run_purge(runtime)
    assert await whole(database) == set(ids)


async def test_only_what_is_over_can_be_purged(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """The database itself refuses to call a waiting job purged."""
    await submit(decks, "a")
    with pytest.raises(asyncpg.CheckViolationError):
        await database.execute("UPDATE jobs SET purged_at = now()")
