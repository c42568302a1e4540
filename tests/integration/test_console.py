"""What the console reads of a tenant's jobs: what happened lately, counts beside a filter, one job."""

from datetime import timedelta
from uuid import UUID

import pytest

from deckgen.domain.access import Caller
from deckgen.domain.console import Count, Moment
from deckgen.domain.errors import NotAllowed, NotFound
from deckgen.domain.jobs import JobStatus
from deckgen.domain.steps import Step
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import console, workers
from deckgen.store.leases import Checkpoint
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.found_jobs import ask_earlier, complete, delay, fail, run, submit
from tests.stand_in import StandIn, with_model
from tests.upgrades import SLIDES, made
from tests.work import attempt, save_step, take

ENDED = "UPDATE jobs SET finished_at = finished_at - make_interval(hours => $2) WHERE id = $1"
TOOK = """
UPDATE jobs SET started_at = created_at + interval '2 s', finished_at = created_at + interval '5 s'
WHERE id = $1
"""


async def test_the_overview(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """It counts what was accepted and what ended in the last day and hour, errors by code, and says
    what is open and how long jobs waited and ran.
    """
    done, late, broken, failed, waiting, delayed, running, old = [
        await submit(decks, name) for name in "abcdefgh"
    ]
    for job_id in (done, late, old):
        await complete(database, job_id)
    await database.execute(TOOK, UUID(done))
    await fail(database, broken)
    await fail(database, failed, code="query_timeout")
    await delay(database, delayed)
    await run(database, running)
    await ask_earlier(database, late, 5)
    await database.execute(ENDED, UUID(late), 4)
    await ask_earlier(database, old, 30)
    await database.execute(ENDED, UUID(old), 25)
    told = await decks.console.overview()
    assert (told.day.accepted, told.day.completed, told.day.failed, told.day.cancelled) == (7, 2, 2, 0)
    assert (told.hour.accepted, told.hour.completed, told.hour.failed) == (6, 1, 2)
    assert [(error.code, error.count) for error in told.hour.errors] == [
        ("internal_error", 1),
        ("query_timeout", 1),
    ]
    assert told.day.is_whole
    assert (told.now.waiting, told.now.delayed, told.now.active) == (Count(count=1),) * 3
    assert told.now.oldest_waiting_since == (await decks.get_job_status(waiting)).created_at
    assert (told.waited.p50, told.ran.p95) == (2.0, 3.0)


async def test_the_series(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """A job stands in the half hour in which it was accepted, and in the one in which it ended; all
    together are the day.
    """
    job_id = await submit(decks, "a")
    await complete(database, job_id)
    await ask_earlier(database, job_id, 10.1)
    await database.execute(ENDED, UUID(job_id), 3)
    told = await decks.console.overview()
    assert len(told.series) == 48
    assert told.series[1].begins_at - told.series[0].begins_at == timedelta(minutes=30)
    assert [n for n, stretch in enumerate(told.series) if stretch.accepted] == [27]
    assert [n for n, stretch in enumerate(told.series) if stretch.completed] == [41]
    assert sum(stretch.accepted or 0 for stretch in told.series) == told.day.accepted


async def test_more_than_is_counted(
    decks: AsyncOrchestrator, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then the figures begin later and say so, and the series has no number for what lies before."""
    monkeypatch.setattr(console, "MAX_COUNTED", 2)
    for name, hours in (("a", 9.1), ("b", 4.1), ("c", 2.1)):
        await ask_earlier(database, await submit(decks, name), hours)
    told = await decks.console.overview()
    assert (told.day.accepted, told.day.is_whole, told.hour.is_whole) == (2, False, True)
    assert told.at - told.day.since < timedelta(hours=4.2)
    assert told.series[28].accepted is None
    assert told.series[43].accepted == 1


async def test_an_empty_overview(decks: AsyncOrchestrator) -> None:
    """Of nothing there are zeros, and no times."""
    told = await decks.console.overview()
    assert (told.day.accepted, told.now.waiting.count, told.now.oldest_waiting_since) == (0, 0, None)
    assert (told.waited.p50, told.ran.p95) == (None, None)


async def test_whose_jobs_they_are(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """Another tenant, and a caller bound to another user, see nothing of it."""
    job_id = await submit(decks, "a")
    for other in (decks.of("acme"), decks.acting_for(Caller(user_id="bob", name="key:bob"))):
        told = await other.console.overview()
        assert (told.day.accepted, told.now.waiting.count) == (0, 0)
        assert (await other.console.count_jobs({})).all.count == 0
        with pytest.raises(NotFound):
            await other.console.job(job_id)
        with pytest.raises(NotAllowed):
            await other.console.workers()


async def test_counts_beside_a_filter(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """All statuses are counted, whichever is looked at, with the rest of the filter."""
    mine, other, word = await submit(decks, "a"), await submit(decks, "b", user="v"), "margins"
    await submit(decks, "c", brief="How are margins?")
    await fail(database, mine)
    await complete(database, other)
    counts = decks.console.count_jobs
    found = await counts({"status": "failed"})
    assert found.all == Count(count=3)
    assert {status: count.count for status, count in found.by_status.items() if count.count} == {
        JobStatus.FAILED: 1,
        JobStatus.COMPLETED: 1,
        JobStatus.WAITING: 1,
    }
    assert (await counts({"user": "v"})).all.count == 1
    assert (await counts({"code": "internal_error,query_timeout"})).all.count == 1
    assert (await counts({"q": word})).by_status[JobStatus.WAITING].count == 1


@pytest.mark.parametrize("query", [{}, {"q": "sales"}], ids=str)
async def test_counts_are_bounded(
    decks: AsyncOrchestrator, monkeypatch: pytest.MonkeyPatch, query: dict[str, str]
) -> None:
    """Beyond the bound they say that there are more."""
    monkeypatch.setattr(console, "MAX_COUNT", 2)
    for name in "abc":
        await submit(decks, name)
    found = await decks.console.count_jobs(query)
    assert found.all == Count(count=2, is_more=True)
    assert found.by_status[JobStatus.WAITING] == Count(count=2, is_more=True)


async def test_a_job_s_page(
    decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn, webhook_url: str
) -> None:
    """It has the brief, what happened in order, the calls with their costs by step, and what is to be
    told to whom.
    """
    with_model(stand_in, SLIDES)
    job = await made(runtime, decks)
    page = await decks.console.job(job.job_id)
    assert page.job == job
    assert page.content is not None
    assert page.content.table_name
    whats = [entry.what for entry in page.timeline]
    assert whats[:2] == [Moment.ACCEPTED, Moment.ATTEMPT]
    assert (whats[-1], page.timeline[-1].status) == (Moment.ENDED, JobStatus.COMPLETED)
    attempt_ = page.timeline[1]
    assert attempt_.attempt is not None
    assert (attempt_.until, attempt_.attempt.outcome) == (attempt_.attempt.ended_at, "completed")
    steps = [entry.step.step for entry in page.timeline if entry.step]
    assert steps.count("slide") == SLIDES
    assert [event.number for event in page.events] == list(range(1, page.last_event + 1))
    assert [(cost.step, cost.calls) for cost in page.costs] == [("storyline", 1), ("slide", SLIDES)]
    assert sum(cost.cost for cost in page.costs) == pytest.approx(job.usage.cost)
    assert (page.dispatched_at, page.predecessor, page.successor) == (None, None, None)


async def test_the_jobs_of_a_deck(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """The page leads to the job before and the one after."""
    ids = []
    for _ in range(3):
        ids.append(await submit(decks, "a", webhook_url="https://a.example/?secret=1"))
        await decks.cancel_job(ids[-1])
    page = await decks.console.job(ids[1])
    assert page.predecessor is not None
    assert page.successor is not None
    assert [page.predecessor.job_id, page.successor.job_id] == [ids[0], ids[2]]
    (delivery,) = page.deliveries
    assert (delivery.event, delivery.url) == ("job.cancelled", "https://a.example/")


async def test_a_job_that_waits(decks: AsyncOrchestrator) -> None:
    """It says when it was handed over; nothing else has happened to it."""
    page = await decks.console.job(await submit(decks, "a"))
    assert page.dispatched_at is not None
    assert [entry.what for entry in page.timeline] == [Moment.ACCEPTED, Moment.DISPATCHED]
    assert page.content is not None
    assert page.content.text == "How are sales?"


async def test_events_are_bounded(
    decks: AsyncOrchestrator, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last ones are shown, and the number of all."""
    monkeypatch.setattr(console, "MAX_EVENTS", 2)
    job = await attempt(runtime, decks, await submit(decks, "a"))
    page = await decks.console.job(job.job_id)
    assert [event.number for event in page.events] == [page.last_event - 1, page.last_event]
    assert page.events[-1].kind == "job.completed"


async def test_what_a_worker_is_at(
    decks: AsyncOrchestrator, database: OwnDatabase, job_id: str
) -> None:
    """The step of each job is told, since the last one was saved or the attempt began."""
    await workers.beat(database, "other", concurrency=2)
    await database.execute("UPDATE workers SET seen_at = now() + interval '1 h'")
    lease = await take(database, job_id)
    assert lease is not None
    (before,) = (await decks.console.workers()).workers[0].jobs
    assert before.step_since == before.since
    await save_step(database, lease, "k", Checkpoint(Step(before.step or ""), "", {}, None), seconds=1)
    (after,) = (await decks.get_workers()).workers[0].jobs
    assert after.step not in (None, before.step)
    assert after.step_since is not None
    assert after.step_since > after.since
