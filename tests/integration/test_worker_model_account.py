"""The account of the calls to a model, with a real PostgreSQL and Redis and a stand-in orchestrator."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from deckgen.domain.calls import Call
from deckgen.domain.jobs import JobStatus
from deckgen.domain.steps import Step
from deckgen.queue.client import AsyncOrchestrator
from deckgen.store import leases
from deckgen.store.leases import Checkpoint, LeaseLostError
from deckgen.store.pool import Pool
from deckgen.worker.keeping import renew_all
from deckgen.worker.lifecycle import drain
from deckgen.worker.runtime import Runtime
from tests.stand_in import StandIn, held, paid, with_model
from tests.upgrades import SLIDES, made, submit
from tests.work import take, work


@pytest.fixture(autouse=True)
def _model(stand_in: StandIn) -> None:
    with_model(stand_in, SLIDES)


async def test_the_account_has_every_call(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, database: Pool
) -> None:
    """Tokens and costs are counted by call, job, user and day, and the last step is told of them."""
    job = await made(runtime, decks)
    calls = SLIDES + 1
    assert (job.usage.calls, job.usage.tokens_in, job.usage.tokens_cached, job.usage.tokens_out) == (
        calls,
        90 * calls,
        5 * calls,
        10 * calls,
    )
    assert job.usage.cost == pytest.approx(0.001 * calls)
    assert [one["slide"] for one in stand_in.calls[-1].request["calls"]] == [None, "s1", "s2", "s3"]
    today = await database.fetchval("SELECT (now() AT TIME ZONE 'UTC')::date")
    (day,) = (await decks.get_account(today, today, "user-1")).days
    assert (day.day, day.user_id, day.model, day.calls) == (today, "user-1", "gpt-test", calls)
    assert not (await decks.get_account(today, today, "another")).days


async def test_what_was_paid_is_counted_whoever_has_the_job(
    decks: AsyncOrchestrator, database: Pool
) -> None:
    """A call that was answered for a job which is over by then is in the account all the same."""
    job_id = await submit(decks)
    lease = await take(database, job_id)
    assert lease is not None
    await decks.cancel_job(job_id)
    call = Call(model="m", tokens_in=9, tokens_cached=0, tokens_out=1, cost=None, seconds=1)
    checkpoint = Checkpoint(Step.STORYLINE, "", {}, call)
    with pytest.raises(LeaseLostError):
        await leases.save_step(database, lease, "key", checkpoint, seconds=1)
    assert (await decks.get_job_status(job_id)).usage.tokens_in == 9


@contextlib.asynccontextmanager
async def cancelled_in_flight(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> AsyncIterator[tuple[str, asyncio.Event]]:
    """A job that was cancelled while its storyline is written, which goes on until the event is set."""
    go_on = asyncio.Event()
    telling = stand_in.results[Step.STORYLINE](stand_in)["result"]  # type: ignore[arg-type]
    stand_in.answers[Step.STORYLINE] = [held(go_on, telling, paid())]
    job_id = await submit(decks)
    running = asyncio.create_task(work(runtime, job_id))
    await stand_in.called[Step.STORYLINE].wait()
    await decks.cancel_job(job_id)
    await renew_all(runtime)
    await running
    yield job_id, go_on


async def test_a_call_in_flight_of_a_cancelled_job_is_in_the_account(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """The provider bills it; nothing else is asked for the job, which is over at once."""
    async with cancelled_in_flight(runtime, decks, stand_in) as (job_id, go_on):
        assert not runtime.held
        assert (await decks.get_job_status(job_id)).usage.calls == 0
        go_on.set()
        await asyncio.wait(runtime.paying.tasks)
        job = await decks.get_job_status(job_id)
        assert (job.status, job.usage.calls) == (JobStatus.CANCELLED, 1)
        assert Step.SLIDE not in stand_in.steps


async def test_drain_waits_for_calls_of_cancelled_jobs(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """A worker that stops has them in the account before it ends."""
    async with cancelled_in_flight(runtime, decks, stand_in) as (job_id, go_on):
        draining = asyncio.create_task(drain(runtime))
        await runtime.draining.wait()
        go_on.set()
        await draining
        assert (await decks.get_job_status(job_id)).usage.calls == 1
