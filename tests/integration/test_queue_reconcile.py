"""What PostgreSQL says is dispatched, found and taken back, whatever Redis has lost."""

import pytest

from deckgen.domain.jobs import JobStatus
from deckgen.queue import dispatch
from deckgen.queue.client import AsyncOrchestrator
from deckgen.queue.pool import QUEUE_NAME
from deckgen.store import jobs
from deckgen.store.pool import Pool
from deckgen.worker.reconcile import reconcile_once
from deckgen.worker.runtime import Runtime

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
    decks: AsyncOrchestrator, runtime: Runtime, database: Pool, monkeypatch: pytest.MonkeyPatch
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


async def crash(database: Pool, job_id: str) -> None:
    """A worker takes the job, and is never heard of again."""
    assert await jobs.claim(database, job_id, worker_id="dead", lease_seconds=0)


async def test_a_dead_workers_job_is_taken_back(
    decks: AsyncOrchestrator, runtime: Runtime, database: Pool
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
    decks: AsyncOrchestrator, runtime: Runtime, database: Pool
) -> None:
    """The third dead worker is the last: the job fails with a message."""
    job_id = await submit(decks, "d")
    for _ in range(jobs.MAX_CRASHES):
        await crash(database, job_id)
        await reconcile_once(runtime)
    job = await decks.get_job_status(job_id)
    assert job.status is JobStatus.FAILED
    assert job.error is not None
    assert job.error.code == "worker_crashed"
