"""What PostgreSQL says is dispatched, found and taken back, whatever Redis has lost."""

import asyncio
import time
from datetime import timedelta

import pytest

from deckgen.config.settings import Settings
from deckgen.dev.processes import free_port
from deckgen.domain.jobs import JobStatus
from deckgen.domain.steps import Step
from deckgen.queue import dispatch
from deckgen.queue.pool import QUEUE_NAME, create_pool
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import leases
from deckgen.store.leases import Checkpoint
from deckgen.worker.attempt import run_attempt
from deckgen.worker.database_outages import DatabaseOutages
from deckgen.worker.lease_keeper import keep_leases, keep_locks
from deckgen.worker.reconcile import beat_once, reconcile_once
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.patience import PATIENCE_SECONDS
from tests.stand_in import StandIn
from tests.work import save_step, take, work

BRIEF = {"businessContext": "Test"}


async def queued(runtime: Runtime) -> list[str]:
    """Job ids in Redis, in the order in which arq starts them."""
    ids = await runtime.delivery.zrange(QUEUE_NAME, 0, -1)
    return [entry.decode().rpartition(":")[0] for entry in ids]


async def submit(decks: AsyncOrchestrator, deck: str, *, user: str = "u", priority: int = 5) -> str:
    one = await decks.enqueue_presentation_generation(deck, user, BRIEF, priority=priority)
    return one.job_id


async def test_priority_then_age(decks: AsyncOrchestrator, runtime: Runtime) -> None:
    """The most urgent job is delivered first; among equals the oldest."""
    low = await submit(decks, "d1", user="a", priority=1)
    first = await submit(decks, "d2", user="b", priority=9)
    second = await submit(decks, "d3", user="c", priority=9)
    top = await submit(decks, "d4", user="d", priority=10)
    assert await queued(runtime) == [top, first, second, low]


async def test_one_user_does_not_fill_the_queue(decks: AsyncOrchestrator, runtime: Runtime) -> None:
    """Of one user's jobs only USER_CONCURRENCY are handed over; another's is handed over at once."""
    for number in range(10):
        await submit(decks, f"noisy-{number}", user="noisy")
    quiet = await submit(decks, "quiet", user="quiet")
    assert len(await queued(runtime)) == runtime.settings.user_concurrency + 1
    assert quiet in await queued(runtime)


async def test_a_backlog_does_not_go_before_others(
    decks: AsyncOrchestrator, runtime: Runtime, settings: Settings
) -> None:
    """A free slot is another user's, although a backlog was there first; within it, the oldest is."""
    noisy = [await submit(decks, f"n{number}", user="noisy") for number in range(10)]
    quiet = await submit(decks, "quiet", user="quiet")
    first, *ahead = noisy[: settings.user_concurrency]
    await work(runtime, first)
    assert await queued(runtime) == [first, quiet, *ahead, noisy[settings.user_concurrency]]


async def test_a_backlog_does_not_wait_for_ever(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """What was handed over minutes ago goes before another user's new job."""
    noisy = [await submit(decks, f"n{number}", user="noisy") for number in range(2)]
    for arq_id, score in await runtime.delivery.zrange(QUEUE_NAME, 0, -1, withscores=True):
        await runtime.delivery.zadd(QUEUE_NAME, {arq_id: score - 120_000})
    quiet = await submit(decks, "quiet", user="quiet")
    assert await queued(runtime) == [*noisy, quiet]


async def test_what_was_begun_goes_first(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """A job that a dead worker left behind is not sent to the end of the line."""
    begun = await submit(decks, "begun", user="a")
    waiting = await submit(decks, "waiting", user="b")
    await crash(database, begun)
    await reconcile_once(runtime)
    assert list(dict.fromkeys(await queued(runtime))) == [begun, waiting]


async def test_an_emptied_redis_is_refilled(
    decks: AsyncOrchestrator, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a FLUSHALL the reconciler alone hands every job over again."""
    monkeypatch.setattr(dispatch, "GRACE_SECONDS", 0)
    ids = [await submit(decks, f"d{number}") for number in range(3)]
    await runtime.delivery.flushdb()
    await reconcile_once(runtime)
    assert await queued(runtime) == ids


async def test_what_is_in_redis_is_left_there(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job that Redis knows is not handed over twice."""
    monkeypatch.setattr(dispatch, "GRACE_SECONDS", 0)
    await submit(decks, "d")
    await reconcile_once(runtime)
    assert await database.fetchval("SELECT dispatch_no FROM jobs") == 1


async def test_a_lock_without_a_lease_holds_nothing_up(
    decks: AsyncOrchestrator, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that ends between arq's lock and the claim leaves a job that is handed over anew."""
    monkeypatch.setattr(dispatch, "GRACE_SECONDS", 0)
    job_id = await submit(decks, "d")
    await runtime.delivery.set(f"arq:in-progress:{job_id}:1", 1)
    await reconcile_once(runtime)
    assert await runtime.delivery.zrange(QUEUE_NAME, 0, -1) == [f"{job_id}:2".encode()]


async def crash(database: OwnDatabase, job_id: str) -> None:
    """A worker takes the job, and is never heard of again."""
    assert await take(database, job_id, worker_id="dead", lease_seconds=0)


async def test_a_dead_workers_job_is_taken_back(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """When a lease runs out, the job waits again and is handed over again."""
    job_id = await submit(decks, "d")
    await runtime.delivery.flushdb()
    await crash(database, job_id)
    await reconcile_once(runtime)
    job = await decks.get_job_status(job_id)
    assert job.status is JobStatus.WAITING
    assert await queued(runtime) == [job_id]


async def test_a_job_that_kills_workers_is_given_up(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """The third dead worker is the last: the job fails with a message."""
    job_id = await submit(decks, "d")
    for _ in range(leases.MAX_CRASHES):
        await crash(database, job_id)
        await reconcile_once(runtime)
    job = await decks.get_job_status(job_id)
    assert job.status is JobStatus.FAILED
    assert job.error is not None
    assert job.error.code == "worker_crashed"


async def test_a_message_of_an_earlier_dispatch_starts_nothing(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase, stand_in: StandIn
) -> None:
    """What a dead worker left in Redis does not get round the order and the bounds of dispatching."""
    job_id = await submit(decks, "d")
    await crash(database, job_id)
    await reconcile_once(runtime)
    await run_attempt(runtime, job_id, 1)
    assert stand_in.calls == []
    await work(runtime, job_id)
    assert (await decks.get_job_status(job_id)).status is JobStatus.COMPLETED


async def test_suspects_run_one_at_a_time(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """Of jobs that saw the same two workers die, one is handed over; the rest follow as it ends."""
    suspects = [await submit(decks, f"suspect-{number}") for number in range(3)]
    for _ in range(2):
        for job_id in suspects:
            await crash(database, job_id)
        await reconcile_once(runtime)
    innocent = await submit(decks, "innocent")
    assert sorted(await handed_over(database)) == sorted([suspects[0], innocent])
    await work(runtime, suspects[0])
    await reconcile_once(runtime)
    assert sorted(await handed_over(database)) == sorted([suspects[1], innocent])


async def handed_over(database: OwnDatabase) -> list[str]:
    rows = await database.fetch("SELECT id FROM jobs WHERE dispatched_at IS NOT NULL")
    return [str(row["id"]) for row in rows]


async def test_a_job_that_gets_on_is_not_suspected(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """Deaths are counted from the last finished step."""
    job_id = await submit(decks, "d")
    for _ in range(leases.MAX_CRASHES - 1):
        await crash(database, job_id)
        await reconcile_once(runtime)
    lease = await take(database, job_id, lease_seconds=0)
    assert lease is not None
    await save_step(database, lease, "key", Checkpoint(Step.DRAFT, "", {}, None), seconds=0)
    await reconcile_once(runtime)
    assert (await decks.get_job_status(job_id)).status is JobStatus.WAITING


async def test_a_restarted_database_blames_no_worker(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """While the server has been up for less than a lease, workers had no chance to renew theirs."""
    a_day = 86_400  # the server of the tests is up for less than that
    job_id = await submit(decks, "d")
    await crash(database, job_id)
    later = await leases.database_time(database) + timedelta(hours=1)
    assert await leases.reclaim(database, lease_seconds=a_day, not_after=later) == []
    assert (await decks.get_job_status(job_id)).status is JobStatus.ACTIVE


async def reclaim(
    database: OwnDatabase, *, since_break: float | None = None, seconds: float = 3600
) -> list[leases.Reclaimed]:
    """Of workers whose leases have a second, by a question that has so many seconds to arrive."""
    not_after = await leases.database_time(database) + timedelta(seconds=seconds)
    return await leases.reclaim(database, lease_seconds=1, not_after=not_after, since_break=since_break)


@pytest.mark.parametrize(("seconds_ago", "blamed"), [(2, False), (10, True)])
async def test_a_database_that_answered_nobody(
    decks: AsyncOrchestrator, database: OwnDatabase, seconds_ago: float, blamed: bool
) -> None:
    """A lease that was renewed before the break says nothing against the job; one after it does."""
    job_id = await submit(decks, "d")
    await crash(database, job_id)
    await database.execute("UPDATE jobs SET lease_until = now() - interval '5 seconds'")
    await reclaim(database, since_break=seconds_ago)
    job = await decks.get_job_status(job_id)
    crashes = await database.fetchval("SELECT crashes FROM jobs")
    assert (job.status, job.attempts, crashes) == (JobStatus.WAITING, 0, int(blamed))
    assert job.history[-1].outcome == ("crashed" if blamed else "released")


async def test_a_question_that_was_long_on_its_way(
    decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """The server may have stood still meanwhile, and nobody could renew a lease: nothing is taken."""
    await crash(database, await submit(decks, "d"))
    assert len(await reclaim(database, seconds=0)) == 0
    assert len(await reclaim(database)) == 1


async def test_after_a_break_workers_have_time(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """Nobody's job is taken back before everybody could renew a lease."""

    async def fails() -> None:
        raise ConnectionResetError

    job_id = await submit(decks, "d")
    await crash(database, job_id)
    with pytest.raises(ConnectionResetError):
        await runtime.database_outages.watch(fails)
    await beat_once(runtime)
    runtime.settings = runtime.settings.model_copy(update={"lease_seconds": PATIENCE_SECONDS})
    await reconcile_once(runtime)
    assert (await decks.get_job_status(job_id)).status is JobStatus.ACTIVE
    runtime.database_outages = DatabaseOutages(PATIENCE_SECONDS)
    runtime.settings = runtime.settings.model_copy(update={"lease_seconds": 0.001})
    await reconcile_once(runtime)
    assert (await decks.get_job_status(job_id)).status is not JobStatus.ACTIVE


async def test_leases_do_not_wait_for_redis(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase, settings: Settings
) -> None:
    """However long Redis is away, a worker that lives keeps its jobs."""
    lease = await take(database, await submit(decks, "d"))
    assert lease is not None
    nowhere = settings.model_copy(update={"redis_port": free_port()})
    runtime.delivery = create_pool(nowhere, retries=1000)
    seen: set[object] = set()
    with runtime.holding(lease, "arq's id", lease_sure_at=time.monotonic()):
        keeping = [asyncio.create_task(keep(runtime)) for keep in (keep_leases, keep_locks)]
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(seen) < 4:
                seen.add(await database.fetchval("SELECT lease_until FROM jobs"))
                await asyncio.sleep(0.02)
        for task in keeping:
            task.cancel()
        await asyncio.gather(*keeping, return_exceptions=True)
