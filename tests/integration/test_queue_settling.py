"""Calls that were paid for come into the account, whoever asked for them; real PostgreSQL and Redis."""

import json
from uuid import uuid4

import pytest
from asyncpg import InterfaceError

from deckgen.domain.model_calls import Call, Usage
from deckgen.domain.steps import Step, step_key
from deckgen.queue.service import AsyncOrchestrator
from deckgen.queue.settling import settle
from deckgen.redis.unsettled_calls import UNSETTLED, add_unsettled
from deckgen.store.leases import Checkpoint
from deckgen.worker.reconcile import reconcile_once
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.upgrades import submit
from tests.work import save_step, take

CALL = Call(model="m", tokens_in=9, tokens_cached=2, tokens_out=1, cost=0.5, seconds=1)


async def write_down(runtime: Runtime, *keys: str) -> None:
    """What an orchestrator does with a call that is answered."""
    async with runtime.delivery.pipeline() as pipe:
        for key in keys:
            add_unsettled(pipe, key, CALL)
        await pipe.execute()


async def usage_of(decks: AsyncOrchestrator, job_id: str) -> Usage:
    return (await decks.get_job_status(job_id)).usage


async def test_what_nobody_has_saved_is_counted(runtime: Runtime, decks: AsyncOrchestrator) -> None:
    """Any worker does it, beside its jobs, also for a job that is over; nothing is left to be done."""
    job_id = await submit(decks)
    await decks.cancel_job(job_id)
    await write_down(runtime, step_key(job_id, Step.SLIDE, "s1", "?"))
    await reconcile_once(runtime)
    (call,) = (await usage_of(decks, job_id)).by_step
    assert (call.step, call.slide, call.model, call.tokens_in, call.tokens_cached) == (
        "slide",
        "s1",
        "m",
        9,
        2,
    )
    assert (call.tokens_out, call.cost, call.seconds) == (1, 0.5, 1)
    assert not await runtime.delivery.exists(UNSETTLED)


async def test_each_call_is_counted_once(
    runtime: Runtime, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """By its step's key: whether the step was saved before, and however often it is written down."""
    job_id = await submit(decks)
    lease = await take(database, job_id)
    assert lease is not None
    saved, unsaved = (step_key(job_id, Step.SLIDE, part, "?") for part in ("s1", "s2"))
    await save_step(database, lease, saved, Checkpoint(Step.SLIDE, "s1", {}, CALL), seconds=1)
    for _ in range(2):
        await write_down(runtime, saved, unsaved)
        await settle(runtime.delivery, database)
    await save_step(database, lease, unsaved, Checkpoint(Step.SLIDE, "s2", {}, CALL), seconds=1)
    assert [call.slide for call in (await usage_of(decks, job_id)).by_step] == ["s1", "s2"]


async def test_what_cannot_be_counted_holds_nothing_up(
    runtime: Runtime, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """What no deckgen wrote, and calls of removed jobs, are forgotten; the others are counted."""
    job_id = await submit(decks)
    removed = step_key(str(uuid4()), Step.STORYLINE, "", "?")
    await write_down(runtime, "no key", "no:step:x", removed, step_key(job_id, Step.STORYLINE, "", "?"))
    async with runtime.delivery.pipeline() as pipe:
        pipe.hset(UNSETTLED, step_key(job_id, Step.REPAIR, "s1", "?"), "no call")
        too_much = CALL.to_json() | {"tokensCached": 10}
        pipe.hset(UNSETTLED, step_key(job_id, Step.REPAIR, "s2", "?"), json.dumps(too_much))
        await pipe.execute()
    await settle(runtime.delivery, database)
    assert [call.step for call in (await usage_of(decks, job_id)).by_step] == ["storyline"]
    assert not await runtime.delivery.exists(UNSETTLED)


async def test_without_a_database_it_is_kept(runtime: Runtime, decks: AsyncOrchestrator) -> None:
    """What could not be counted is there for the next round."""
    await write_down(runtime, step_key(await submit(decks), Step.STORYLINE, "", "?"))
    await runtime.database.close()
    with pytest.raises(InterfaceError):
        await settle(runtime.delivery, runtime.database.service)
    assert await runtime.delivery.exists(UNSETTLED)
