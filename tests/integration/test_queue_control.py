"""Cancel, retry, change of priority, pause: what is done to jobs that were accepted."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from deckgen.config.settings import Settings
from deckgen.domain.errors import Conflict, InvalidRequest, NotFound
from deckgen.domain.jobs import JobStatus
from deckgen.domain.presentations import PresentationStatus
from deckgen.domain.steps import Step
from deckgen.queue.pool import QUEUE_NAME
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import jobs, leases
from deckgen.store.dispatches import mark_dispatched
from deckgen.worker.cancellations import hear_cancellations
from deckgen.worker.reconcile import reconcile_once
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase, opened
from tests.patience import PATIENCE_SECONDS
from tests.stand_in import StandIn, held, problem
from tests.work import last_dispatch, work

BRIEF = {"businessContext": "Test"}
# The statement that chooses has begun, and sees nothing that is committed before it is let go on.
SLOW_CHOICE = """
CREATE OR REPLACE FUNCTION users_with_jobs_to_dispatch() RETURNS TABLE (tenant_id text, user_id text)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7);
  RETURN QUERY SELECT DISTINCT jobs.tenant_id::text, jobs.user_id::text FROM jobs;
END $$
"""


async def submit(decks: AsyncOrchestrator, deck: str = "d", *, priority: int = 5) -> str:
    one = await decks.enqueue_presentation_generation(deck, "u", BRIEF, priority=priority)
    return one.job_id


async def queued(runtime: Runtime) -> list[str]:
    ids = await runtime.delivery.zrange(QUEUE_NAME, 0, -1)
    return [entry.decode().rpartition(":")[0] for entry in ids]


@pytest.fixture
async def own_database(own_database_url: str) -> AsyncIterator[OwnDatabase]:
    async with opened(own_database_url) as pool:
        yield pool


@pytest.fixture
async def own_decks(settings: Settings, own_database_url: str) -> AsyncIterator[AsyncOrchestrator]:
    own = settings.model_copy(update={"database_url": SecretStr(own_database_url)})
    async with AsyncOrchestrator(own) as decks:
        yield decks


@pytest.fixture
async def hearing(runtime: Runtime) -> AsyncIterator[None]:
    """The worker has subscribed to cancellations."""
    task = asyncio.create_task(hear_cancellations(runtime))
    while not (await runtime.delivery.pubsub_numsub("deckgen:cancelled"))[0][1]:  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def failed(runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn) -> str:
    """A job whose second step failed for good."""
    stand_in.answers[Step.ASSEMBLE] = [problem(422, "broken", retryable=False)]
    job_id = await submit(decks)
    await work(runtime, job_id)
    return job_id


async def test_cancel_of_a_waiting_job(
    decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn
) -> None:
    """It never starts, its deck says why there is none, and cancelling it again changes nothing."""
    job_id = await submit(decks)
    await decks.cancel_job(job_id)
    job = await decks.cancel_job(job_id)
    await work(runtime, job_id)
    presentation = await decks.get_presentation("d")
    assert job.status is JobStatus.CANCELLED
    assert stand_in.calls == []
    assert await queued(runtime) == []
    assert presentation.status is PresentationStatus.ERROR
    assert presentation.error_message == "The job was cancelled."


async def test_cancel_of_a_delayed_job(
    decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn
) -> None:
    """A job that waits for its next attempt gets none."""
    stand_in.answers[Step.DRAFT] = [problem(500, "broken", retryable=True)]
    job_id = await submit(decks)
    await work(runtime, job_id)
    job = await decks.cancel_job(job_id)
    assert job.status is JobStatus.CANCELLED


@pytest.mark.usefixtures("hearing")
async def test_cancel_of_an_active_job(
    decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn
) -> None:
    """The step in flight is given up at once, and nothing of it is written."""
    never = asyncio.Event()
    stand_in.answers[Step.DRAFT] = [held(never, {"made": "draft"})]
    job_id = await submit(decks)
    running = asyncio.create_task(work(runtime, job_id))
    await stand_in.called[Step.DRAFT].wait()
    await decks.cancel_job(job_id)
    async with asyncio.timeout(PATIENCE_SECONDS):
        await running
    never.set()
    job = await decks.get_job_status(job_id)
    assert (job.status, job.progress.percent) == (JobStatus.CANCELLED, 0)
    assert [attempt.outcome for attempt in job.history] == ["cancelled"]


async def test_cancel_while_a_worker_claims(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """The attempt that began at the same moment ends with the job."""
    job_id = await submit(decks)
    async with database.acquire() as connection:
        claiming = {"worker_id": "other", "lease_seconds": 60}
        number = await last_dispatch(database, job_id)
        assert await leases.claim(connection, [(job_id, number)], **claiming)  # type: ignore[arg-type]
        cancelling = asyncio.create_task(decks.cancel_job(job_id))
        while not await connection.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    job = await cancelling
    assert job.status is JobStatus.CANCELLED
    assert [attempt.outcome for attempt in job.history] == ["cancelled"]


async def test_cancel_while_a_job_is_dispatched(
    own_decks: AsyncOrchestrator, own_database: OwnDatabase
) -> None:
    """A job that is over by the time that it would be handed over keeps no place of its user's."""
    job_id = await submit(own_decks)
    await own_database.execute("UPDATE jobs SET dispatched_at = NULL")
    await own_database.execute(SLOW_CHOICE)
    async with own_database.acquire() as connection:
        await connection.execute("SELECT pg_advisory_xact_lock(7)")
        choosing = asyncio.create_task(
            mark_dispatched(own_database, None, user_concurrency=1, limit=10)
        )
        while not await connection.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        await jobs.cancel(own_database, job_id)
    assert await choosing == []
    assert await own_database.fetchval("SELECT dispatched_at FROM jobs") is None


async def test_what_is_over_stays(decks: AsyncOrchestrator, runtime: Runtime) -> None:
    """A completed job can be neither cancelled nor retried nor hurried."""
    job_id = await submit(decks)
    await work(runtime, job_id)
    for change in (decks.cancel_job(job_id), decks.retry_job(job_id), decks.change_priority(job_id, 9)):
        with pytest.raises(Conflict):
            await change
    assert (await decks.get_job_status(job_id)).status is JobStatus.COMPLETED


async def test_retry_goes_on_from_the_checkpoints(
    decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn
) -> None:
    """A failed job that is retried repeats only the step that failed."""
    job_id = await failed(runtime, decks, stand_in)
    retried = await decks.retry_job(job_id)
    assert (retried.status, retried.error) == (JobStatus.WAITING, None)
    assert job_id in await queued(runtime)
    await work(runtime, job_id)
    job = await decks.get_job_status(job_id)
    assert job.status is JobStatus.COMPLETED
    assert stand_in.steps == [Step.DRAFT, Step.ASSEMBLE, Step.ASSEMBLE]
    assert [attempt.outcome for attempt in job.history] == ["failed", "completed"]


async def test_retry_beside_a_newer_job(
    decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn
) -> None:
    """A deck has one open job at a time: the old one can't be retried while the new one waits."""
    old = await failed(runtime, decks, stand_in)
    await submit(decks)
    with pytest.raises(Conflict) as caught:
        await decks.retry_job(old)
    assert caught.value.code == "deck_has_open_job"


async def test_change_of_priority(decks: AsyncOrchestrator, runtime: Runtime) -> None:
    """A waiting job that becomes more urgent overtakes the others, in Redis too."""
    first, second = await submit(decks, "d1"), await submit(decks, "d2")
    await decks.change_priority(second, 9)
    assert await queued(runtime) == [second, first]


@pytest.mark.parametrize("priority", [0, 11])
async def test_priorities_out_of_range(decks: AsyncOrchestrator, priority: int) -> None:
    """The bounds are those of a new job."""
    job_id = await submit(decks)
    with pytest.raises(InvalidRequest):
        await decks.change_priority(job_id, priority)


async def test_pause_and_resume(decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn) -> None:
    """While the queue is paused jobs are accepted, none is started, and none is lost."""
    before = await submit(decks, "before")
    await decks.pause_queue()
    after = await submit(decks, "after")
    await work(runtime, before)
    await reconcile_once(runtime)
    assert stand_in.calls == []
    assert (await decks.get_queue_status()).paused
    await decks.resume_queue()
    await runtime.delivery.flushdb()
    for job_id in (before, after):
        await work(runtime, job_id)
        assert (await decks.get_job_status(job_id)).status is JobStatus.COMPLETED


async def test_pause_lets_running_jobs_go_on(
    decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn
) -> None:
    """What was started before the pause ends as usual."""
    go_on = asyncio.Event()
    stand_in.answers[Step.DRAFT] = [held(go_on, {"made": "draft"})]
    job_id = await submit(decks)
    running = asyncio.create_task(work(runtime, job_id))
    await stand_in.called[Step.DRAFT].wait()
    await decks.pause_queue()
    go_on.set()
    await running
    assert (await decks.get_job_status(job_id)).status is JobStatus.COMPLETED


@pytest.mark.parametrize("name", ["cancel_job", "retry_job"])
async def test_unknown_jobs(decks: AsyncOrchestrator, name: str) -> None:
    """What does not exist can't be changed."""
    with pytest.raises(NotFound):
        await getattr(decks, name)("00000000-0000-0000-0000-000000000000")


async def test_attempts_are_kept(decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn) -> None:
    """Of each attempt there is its start, end, worker, outcome and error."""
    stand_in.answers[Step.DRAFT] = [problem(500, "broken", retryable=True)]
    job_id = await submit(decks)
    await work(runtime, job_id)
    await runtime.database.service.execute("UPDATE jobs SET run_after = now()")
    await work(runtime, job_id)
    first, second = (await decks.get_job_status(job_id)).history
    assert (first.number, first.outcome, first.worker_id) == (1, "retried", runtime.worker_id)
    assert first.error is not None
    assert first.error.code == "broken"
    assert first.ended_at is not None
    assert first.ended_at >= first.started_at
    assert (second.number, second.outcome, second.error) == (2, "completed", None)
