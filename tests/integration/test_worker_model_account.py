"""The account of the calls to a model, with a real PostgreSQL and Redis and a stand-in orchestrator."""

import pytest

from deckgen.domain.model_calls import Call
from deckgen.domain.steps import Step
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store.leases import Checkpoint, LeaseLostError
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.stand_in import StandIn, with_model
from tests.upgrades import SLIDES, made, submit
from tests.work import save_step, take


@pytest.fixture(autouse=True)
def _model(stand_in: StandIn) -> None:
    with_model(stand_in, SLIDES)


async def test_the_account_has_every_call(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, database: OwnDatabase
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
    decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """A call that was answered for a job which is over by then is in the account all the same."""
    job_id = await submit(decks)
    lease = await take(database, job_id)
    assert lease is not None
    await decks.cancel_job(job_id)
    call = Call(model="m", tokens_in=9, tokens_cached=0, tokens_out=1, cost=None, seconds=1)
    checkpoint = Checkpoint(Step.STORYLINE, "", {}, call)
    with pytest.raises(LeaseLostError):
        await save_step(database, lease, "key", checkpoint, seconds=1)
    assert (await decks.get_job_status(job_id)).usage.tokens_in == 9
