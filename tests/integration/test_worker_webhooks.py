"""Webhooks, from the end of a job to a receiver on loopback that verifies every signature."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from starlette.responses import Response, StreamingResponse

from deckgen import start_worker
from deckgen.config.settings import load_settings
from deckgen.domain.jobs import DeliveryStatus, Job
from deckgen.domain.steps import Step
from deckgen.domain.webhooks import WAITS
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import leases
from deckgen.worker import webhook_client
from deckgen.worker.jobs.deliver_webhook import run_delivery
from deckgen.worker.reconcile import reconcile_once
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.patience import PATIENCE_SECONDS
from tests.receiver import Receiver, only_delivery
from tests.serving import serving
from tests.stand_in import StandIn, answer, held, problem
from tests.work import take, work

BRIEF = {"businessContext": "How are sales?"}
CSV = "region,sales\nNorthumbria,10.25\nSussex,20.75\n"


@pytest.fixture
async def job_id(decks: AsyncOrchestrator, webhook_url: str) -> str:
    one = await decks.enqueue_presentation_generation("d", "u", BRIEF, CSV, webhook_url=webhook_url)
    return one.job_id


async def make_due(database: OwnDatabase) -> None:
    await database.execute("UPDATE deliveries SET next_at = now()")


async def complete(decks: AsyncOrchestrator, stand_in: StandIn, job_id: str) -> str:
    return "job.completed"


async def fail(decks: AsyncOrchestrator, stand_in: StandIn, job_id: str) -> str:
    stand_in.answers[Step.PROFILE] = [problem(422, "no_rows", retryable=False)]
    return "job.failed"


async def cancel(decks: AsyncOrchestrator, stand_in: StandIn, job_id: str) -> str:
    await decks.cancel_job(job_id)
    return "job.cancelled"


@pytest.mark.parametrize("end", [complete, fail, cancel])
async def test_each_end_is_told_once(
    decks: AsyncOrchestrator,
    stand_in: StandIn,
    receiver: Receiver,
    job_id: str,
    monkeypatch: pytest.MonkeyPatch,
    end: Callable[[AsyncOrchestrator, StandIn, str], Awaitable[str]],
) -> None:
    """A worker under arq posts the job's end, signed, once, and without anything of the data."""
    kind = await end(decks, stand_in, job_id)
    async with serving(stand_in.app()) as orchestrator:
        monkeypatch.setenv("ORCHESTRATOR_URL", orchestrator)
        load_settings.cache_clear()
        worker = await start_worker()
        job = await told(decks, job_id)
        await worker.stop()
    assert receiver.types == [kind]
    assert receiver.ids == [f"{job_id}_{await last_event(decks, job_id)}"]
    assert receiver.targets == ["/hook?token=t0k3n"]
    data = receiver.bodies[0]["data"]
    assert (data["jobId"], data["deckId"], data["userId"]) == (job_id, "d", "u")
    assert (data["status"], data["deckUrl"]) == (job.status, "/api/presentations/d")
    assert data["error"] == (job.error and job.error.to_json())
    assert not any(word in receiver.raw[0] for word in (b"region", b"Sussex", b"20.75"))


async def told(decks: AsyncOrchestrator, job_id: str) -> Job:
    """The job once its end is delivered, which this process learns only by asking."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            job = await decks.get_job_status(job_id)
            assert job.webhook is not None
            if [one.status for one in job.webhook.deliveries] == [DeliveryStatus.DELIVERED]:
                return job
            await asyncio.sleep(0.01)


async def last_event(decks: AsyncOrchestrator, job_id: str) -> int:
    return (await decks.events_after(job_id, 0))[-1].number


async def test_a_job_that_kills_workers_is_told_as_failed(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase, receiver: Receiver, job_id: str
) -> None:
    """The reconciler's failure is told like any other, with code and message."""
    for _ in range(leases.MAX_CRASHES):
        assert await take(database, job_id, worker_id="dead", lease_seconds=0)
        await reconcile_once(runtime)
    await run_delivery(runtime, job_id, await last_event(decks, job_id))
    assert receiver.types == ["job.failed"]
    assert receiver.bodies[0]["data"]["error"] == {
        "code": "worker_crashed",
        "message": leases.CRASH_MESSAGE,
    }


async def test_a_job_without_a_webhook_tells_nobody(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """No webhook, no delivery."""
    one = await decks.enqueue_presentation_generation("d", "u", BRIEF)
    await work(runtime, one.job_id)
    assert (await decks.get_job_status(one.job_id)).webhook is None
    assert await database.fetchval("SELECT count(*) FROM deliveries") == 0


async def test_each_end_of_a_job_that_ends_twice(
    decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn, receiver: Receiver, job_id: str
) -> None:
    """A failed job that is run again has two ends, each told under an id of its own."""
    stand_in.answers[Step.PROFILE] = [problem(422, "no_rows", retryable=False)]
    await work(runtime, job_id)
    await run_delivery(runtime, job_id, await last_event(decks, job_id))
    await decks.retry_job(job_id)
    await work(runtime, job_id)
    await run_delivery(runtime, job_id, await last_event(decks, job_id))
    assert receiver.types == ["job.failed", "job.completed"]
    assert len(set(receiver.ids)) == 2


async def test_a_failing_receiver_is_tried_again(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase, receiver: Receiver, ended_id: str
) -> None:
    """The error is recorded and the next attempt planned; it has the same id, and ends it."""
    receiver.answers = [answer(Response(status_code=500))]
    await run_delivery(runtime, ended_id, 2)
    failed = await only_delivery(decks, ended_id)
    await run_delivery(runtime, ended_id, 2)  # not due yet: nothing is sent
    assert (failed.status, failed.attempts) == (DeliveryStatus.PENDING, 1)
    assert failed.last_error == "The receiver answered with 500."
    assert failed.next_attempt_at is not None
    assert len(receiver.ids) == 1
    await make_due(database)
    await run_delivery(runtime, ended_id, 2)
    accepted = await only_delivery(decks, ended_id)
    assert (accepted.status, accepted.attempts) == (DeliveryStatus.DELIVERED, 2)
    assert (accepted.last_error, accepted.next_attempt_at) == (None, None)
    assert accepted.delivered_at is not None
    assert receiver.ids == [f"{ended_id}_2"] * 2
    assert receiver.raw[0] == receiver.raw[1]


async def test_after_the_last_attempt_it_is_given_up(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase, receiver: Receiver, ended_id: str
) -> None:
    """The schedule has an end, and the job still shows why."""
    receiver.answers = [answer(Response(status_code=503))] * (len(WAITS) + 2)
    for _ in range(len(WAITS) + 2):
        await make_due(database)
        await run_delivery(runtime, ended_id, 2)
    given_up = await only_delivery(decks, ended_id)
    assert (given_up.status, given_up.attempts) == (DeliveryStatus.GIVEN_UP, len(WAITS) + 1)
    assert given_up.last_error == "The receiver answered with 503."
    assert given_up.next_attempt_at is None
    assert len(receiver.ids) == len(WAITS) + 1


async def test_a_receiver_that_is_gone_is_left_alone(
    decks: AsyncOrchestrator, runtime: Runtime, receiver: Receiver, ended_id: str
) -> None:
    """410 says that the receiver wants no more."""
    receiver.answers = [answer(Response(status_code=410))]
    await run_delivery(runtime, ended_id, 2)
    assert (await only_delivery(decks, ended_id)).status is DeliveryStatus.GIVEN_UP


@pytest.mark.parametrize("asked", ["3600", "Fri, 01 Jan 2100 00:00:00 GMT"])
async def test_retry_after_is_respected(
    runtime: Runtime, database: OwnDatabase, receiver: Receiver, ended_id: str, asked: str
) -> None:
    """The next attempt waits for as long as the receiver asks, in seconds or with a date."""
    busy = Response(status_code=429, headers={"Retry-After": asked})
    receiver.answers = [answer(busy)]
    await run_delivery(runtime, ended_id, 2)
    wait = await database.fetchval("SELECT extract(epoch FROM next_at - now())::float8 FROM deliveries")
    assert 3500 < wait <= max(WAITS)


async def test_an_answer_without_end_is_an_answer(
    decks: AsyncOrchestrator, runtime: Runtime, receiver: Receiver, ended_id: str
) -> None:
    """Only the status counts: the body is not read."""

    async def drip() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 10_000
            await asyncio.sleep(0)

    async def endless() -> Response:
        return StreamingResponse(drip())

    receiver.answers = [endless]
    await run_delivery(runtime, ended_id, 2)
    assert (await only_delivery(decks, ended_id)).status is DeliveryStatus.DELIVERED


async def test_a_receiver_that_hangs_is_left(
    decks: AsyncOrchestrator,
    runtime: Runtime,
    receiver: Receiver,
    ended_id: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An attempt is bounded as a whole."""
    monkeypatch.setattr(webhook_client, "TIMEOUT", 0.2)
    never = asyncio.Event()
    receiver.answers = [held(never, None)]
    await run_delivery(runtime, ended_id, 2)
    never.set()
    failed = await only_delivery(decks, ended_id)
    assert failed.status is DeliveryStatus.PENDING
    assert failed.last_error == "The receiver did not answer within 0.2 s."


async def test_a_worker_without_the_secret(
    decks: AsyncOrchestrator, runtime: Runtime, receiver: Receiver, ended_id: str
) -> None:
    """Nothing is sent unsigned; the attempt has failed, and the job shows why."""
    runtime.settings = runtime.settings.model_copy(update={"webhook_secret": None})
    await run_delivery(runtime, ended_id, 2)
    failed = await only_delivery(decks, ended_id)
    assert failed.last_error == "The worker has no WEBHOOK_SECRET to sign with."
    assert receiver.ids == []
