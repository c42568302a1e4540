"""Workers and requests during a deletion: nothing comes back, and nothing is left."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any
from uuid import UUID

import pytest

from deckgen.domain.job_kinds import generate
from deckgen.domain.job_kinds.generate import GenerateRequest
from deckgen.domain.jobs import JobStatus
from deckgen.domain.model_calls import Call
from deckgen.domain.requests import parse
from deckgen.domain.steps import Step, step_key
from deckgen.queue import erasing
from deckgen.queue.service import AsyncOrchestrator
from deckgen.queue.settling import settle
from deckgen.redis.unsettled_calls import add_unsettled
from deckgen.store import admission
from deckgen.store.admission import AdmissionLimits
from deckgen.store.deletions import Batch
from deckgen.store.leases import Checkpoint, LeaseLostError
from deckgen.worker.cancellations import hear_cancellations
from deckgen.worker.reconcile import reconcile_once
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.deletions import A_CALL, ANN, BRIEF, CELL, DECK, complete, names_of, quoting, submit, traces
from tests.patience import PATIENCE_SECONDS
from tests.stand_in import StandIn, held, problem
from tests.work import save_step, take, work

CALL = Call(model="m", tokens_in=9, tokens_cached=2, tokens_out=1, cost=0.5, seconds=1)
WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted"
CALLS = "SELECT tenant_id::text, deck_id::text, user_id::text, cost::float8 FROM model_calls"


@pytest.fixture
async def acme(decks: AsyncOrchestrator, stand_in: StandIn) -> AsyncOrchestrator:
    quoting(stand_in)
    return decks.of("acme")


@pytest.fixture
async def go_on() -> asyncio.Event:
    return asyncio.Event()


@pytest.fixture
async def running(
    acme: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn, go_on: asyncio.Event
) -> "asyncio.Task[None]":
    """A worker in whose job a step is in flight, which answers when it may go on."""
    stand_in.answers[Step.FACTS] = [held(go_on, {"made": CELL})]
    task = asyncio.create_task(work(runtime, await submit(acme, DECK, ANN)))
    await stand_in.called[Step.FACTS].wait()
    return task


@pytest.fixture
async def hearing(runtime: Runtime) -> AsyncIterator[None]:
    """The worker has subscribed to cancellations."""
    task = asyncio.create_task(hear_cancellations(runtime))
    while not (await runtime.delivery.pubsub_numsub("deckgen:cancelled"))[0][1]:  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_job_in_flight_ends_first(
    hearing: None, running: "asyncio.Task[None]", acme: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """Its worker hears of it and lets go, although the step never answers."""
    receipt = await acme.deletions.deck(DECK)
    async with asyncio.timeout(PATIENCE_SECONDS):
        await running
    assert (receipt.counts.jobs, receipt.counts.attempts) == (1, 1)
    assert await traces(database, DECK, ANN, CELL) == set()


@pytest.mark.parametrize("what", ["deck", "user", "tenant"])
async def test_a_step_answers_after_the_deletion(
    what: str,
    running: "asyncio.Task[None]",
    go_on: asyncio.Event,
    acme: AsyncOrchestrator,
    database: OwnDatabase,
    runtime: Runtime,
    stand_in: StandIn,
) -> None:
    """No row comes back, no step is executed again, and the worker goes on with the next job."""
    delete: Callable[..., Coroutine[Any, Any, object]] = getattr(acme.deletions, what)
    await delete(*{"deck": [DECK], "user": [ANN], "tenant": []}[what])
    assert not running.done()
    go_on.set()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await running
    await reconcile_once(runtime)
    assert await traces(database, DECK, ANN, CELL) == set()
    assert stand_in.steps == [Step.PROFILE, Step.FACTS]
    await complete(acme, runtime, "next", "ben")


async def test_a_call_that_is_answered_after_the_deletion(
    running: "asyncio.Task[None]",
    go_on: asyncio.Event,
    acme: AsyncOrchestrator,
    database: OwnDatabase,
    runtime: Runtime,
) -> None:
    """It was paid: the tenant's account has it once, in nobody's name."""
    job_id = str(await database.fetchval("SELECT id FROM jobs"))
    await acme.deletions.user(ANN)
    for _ in range(2):
        async with runtime.delivery.pipeline() as pipe:
            add_unsettled(pipe, step_key(job_id, Step.SLIDE, "s1", "?"), CALL)
            await pipe.execute()
        await settle(runtime.delivery, database.service)
    assert [tuple(row) for row in await database.fetch(CALLS)] == [("acme", "deleted", "deleted", 0.5)]
    go_on.set()
    await running


async def test_a_step_is_saved_while_its_job_is_deleted(
    acme: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """The write that has begun before the deletion finds no job after it, and names nobody."""
    job_id = await submit(acme, DECK, ANN)
    lease = await take(database, job_id)
    assert lease is not None
    checkpoint = Checkpoint(Step.SLIDE, "s1", {"made": CELL}, CALL)
    async with database.acquire() as connection:
        await connection.execute("DELETE FROM jobs WHERE id = $1", UUID(job_id))
        key = step_key(job_id, Step.SLIDE, "s1", "?")
        saving = asyncio.create_task(save_step(database, lease, key, checkpoint, seconds=1))
        await until_it_waits(connection, saving)
    with pytest.raises(LeaseLostError):
        await saving
    assert [tuple(row) for row in await database.fetch(CALLS)] == [("acme", "deleted", "deleted", 0.5)]
    assert await database.fetchval("SELECT count(*) FROM job_steps") == 0


async def accept(connection: Any, deck: str) -> None:
    request = parse(GenerateRequest, {"deckId": deck, "userId": ANN, "context": BRIEF})
    limits = AdmissionLimits(10, 10, 3)
    await admission.accept(connection, generate.KIND, request, None, None, limits)


async def until_it_waits(connection: Any, task: "asyncio.Task[Any]") -> None:
    """Until the task waits for a lock that somebody has; it must not end before."""
    while not await connection.fetchval(WAITS):
        assert not task.done()
        await asyncio.sleep(0.005)


@pytest.mark.parametrize("what", ["deck", "user", "tenant"])
async def test_a_request_that_is_being_accepted(
    what: str, acme: AsyncOrchestrator, database: OwnDatabase, runtime: Runtime
) -> None:
    """What has not been committed when the deletion begins is waited for, and goes too."""
    await complete(acme, runtime, DECK, ANN)
    delete: Callable[..., Coroutine[Any, Any, object]] = getattr(acme.deletions, what)
    arguments = {"deck": [DECK], "user": [ANN], "tenant": []}[what]
    async with database.of("acme").acquire() as connection:
        await accept(connection, DECK if what == "deck" else "new")
        deleting = asyncio.create_task(delete(*arguments))
        await until_it_waits(connection, deleting)
    await deleting
    assert await traces(database, *names_of(what), "new") == set()


async def test_a_call_that_is_being_counted(acme: AsyncOrchestrator, database: OwnDatabase) -> None:
    """A worker that has lost its job writes down what was paid: the deletion waits for that, too."""
    job_id = await submit(acme, DECK, ANN)
    await acme.cancel_job(job_id)
    async with database.acquire() as connection:
        await connection.execute(A_CALL, UUID(job_id))
        deleting = asyncio.create_task(acme.deletions.user(ANN))
        await until_it_waits(connection, deleting)
    assert (await deleting).counts.calls == 1
    assert await traces(database, DECK, ANN) == set()


async def test_the_last_two_uses_of_a_table(
    acme: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """Two decks that share a table are deleted at once: one of them takes it along."""
    for turn in range(5):
        names = [f"{DECK}-{turn}-{number}" for number in range(2)]
        for name in names:
            await complete(acme, runtime, name, ANN)
        receipts = await asyncio.gather(*(acme.deletions.deck(name) for name in names))
        assert sum(receipt.counts.tables for receipt in receipts) == 1
        assert await database.fetchval("SELECT count(*) FROM datasets") == 0


async def test_a_job_that_is_retried_meanwhile(
    acme: AsyncOrchestrator,
    runtime: Runtime,
    database: OwnDatabase,
    stand_in: StandIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A job that had failed, and waits again by then, is cancelled like the others."""
    stand_in.answers[Step.FACTS] = [problem(422, "broken", retryable=False)]
    job_id = await submit(acme, DECK, ANN)
    await work(runtime, job_id)
    first, *others = erasing.STAGES
    retried: list[JobStatus] = []

    async def and_retry(pool: Any, deletion: Any) -> Batch:
        batch = await first(pool, deletion)
        if not retried:
            retried.append((await acme.retry_job(job_id)).status)
            assert await take(database, job_id)
            return batch
        return batch

    monkeypatch.setattr(erasing, "STAGES", (and_retry, *others))
    receipt = await acme.deletions.deck(DECK)
    assert retried == [JobStatus.WAITING]
    assert (receipt.counts.jobs, receipt.counts.attempts) == (1, 2)
    assert await database.fetchval("SELECT running_jobs FROM deletions") == [UUID(job_id)]
    assert await traces(database, DECK, ANN, CELL) == set()
