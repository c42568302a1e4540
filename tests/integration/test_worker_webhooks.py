"""Webhooks, from the end of a job to a receiver on loopback that verifies every signature."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from starlette.responses import Response, StreamingResponse

from deckgen import start_worker
from deckgen.domain.jobs import Delivery, DeliveryStatus, Job
from deckgen.domain.steps import Step
from deckgen.domain.webhooks import WAITS
from deckgen.queue import dispatch
from deckgen.queue.client import AsyncOrchestrator
from deckgen.queue.pool import QUEUE_NAME
from deckgen.settings import Settings, load_settings
from deckgen.store import deliveries, jobs
from deckgen.store.pool import Pool
from deckgen.worker import lifecycle, webhook_client
from deckgen.worker.attempt import run_attempt
from deckgen.worker.deliver_webhook import deliver_webhook, run_delivery
from deckgen.worker.lifecycle import drain
from deckgen.worker.reconcile import reconcile_once
from deckgen.worker.runtime import Runtime
from tests.receiver import SECRET, Receiver
from tests.serving import serving
from tests.stand_in import StandIn, answer, held, problem

BRIEF = {"businessContext": "How are sales?"}
CSV = "region,sales\nNorthumbria,10.25\nSussex,20.75\n"


@pytest.fixture
def settings(configured: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    monkeypatch.setenv("WEBHOOK_ALLOWED_HOSTS", "127.0.0.1")
    return load_settings()


@pytest.fixture
async def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
async def url(receiver: Receiver) -> AsyncIterator[str]:
    """The webhook, whose query is a secret of the user's."""
    async with serving(receiver.app()) as address:
        yield f"{address}/hook?token=t0k3n"


@pytest.fixture
async def job_id(decks: AsyncOrchestrator, url: str) -> str:
    one = await decks.enqueue_presentation_generation("d", "u", BRIEF, CSV, webhook_url=url)
    return one.job_id


@pytest.fixture
async def ended_id(decks: AsyncOrchestrator, job_id: str) -> str:
    """A job whose end, its second event, is to be told."""
    await decks.cancel_job(job_id)
    return job_id


async def delivery(decks: AsyncOrchestrator, job_id: str) -> Delivery:
    """The only delivery of a job, as the API shows it."""
    job = await decks.get_job_status(job_id)
    assert job.webhook is not None
    (one,) = job.webhook.deliveries
    return one


async def make_due(database: Pool) -> None:
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
    end: Callable[[AsyncOrchestrator, StandIn, str], "asyncio.Future[str]"],
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
    async with asyncio.timeout(20):
        while True:
            job = await decks.get_job_status(job_id)
            assert job.webhook is not None
            if [one.status for one in job.webhook.deliveries] == [DeliveryStatus.DELIVERED]:
                return job
            await asyncio.sleep(0.01)


async def last_event(decks: AsyncOrchestrator, job_id: str) -> int:
    return (await decks.events_after(job_id, 0))[-1].number


async def test_a_job_that_kills_workers_is_told_as_failed(
    decks: AsyncOrchestrator, runtime: Runtime, database: Pool, receiver: Receiver, job_id: str
) -> None:
    """The reconciler's failure is told like any other, with code and message."""
    for _ in range(jobs.MAX_CRASHES):
        assert await jobs.claim(database, job_id, worker_id="dead", lease_seconds=0)
        await reconcile_once(runtime)
    await run_delivery(runtime, job_id, await last_event(decks, job_id))
    assert receiver.types == ["job.failed"]
    assert receiver.bodies[0]["data"]["error"] == {
        "code": "worker_crashed",
        "message": jobs.CRASH_MESSAGE,
    }


async def test_a_job_without_a_webhook_tells_nobody(
    decks: AsyncOrchestrator, runtime: Runtime, database: Pool
) -> None:
    """No webhook, no delivery."""
    one = await decks.enqueue_presentation_generation("d", "u", BRIEF)
    await run_attempt(runtime, one.job_id, 1)
    assert (await decks.get_job_status(one.job_id)).webhook is None
    assert await database.fetchval("SELECT count(*) FROM deliveries") == 0


async def test_each_end_of_a_job_that_ends_twice(
    decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn, receiver: Receiver, job_id: str
) -> None:
    """A failed job that is run again has two ends, each told under an id of its own."""
    stand_in.answers[Step.PROFILE] = [problem(422, "no_rows", retryable=False)]
    await run_attempt(runtime, job_id, 1)
    await run_delivery(runtime, job_id, await last_event(decks, job_id))
    await decks.retry_job(job_id)
    await run_attempt(runtime, job_id, 2)
    await run_delivery(runtime, job_id, await last_event(decks, job_id))
    assert receiver.types == ["job.failed", "job.completed"]
    assert len(set(receiver.ids)) == 2


async def test_a_failing_receiver_is_tried_again(
    decks: AsyncOrchestrator, runtime: Runtime, database: Pool, receiver: Receiver, ended_id: str
) -> None:
    """The error is recorded and the next attempt planned; it has the same id, and ends it."""
    receiver.answers = [answer(Response(status_code=500))]
    await run_delivery(runtime, ended_id, 2)
    failed = await delivery(decks, ended_id)
    await run_delivery(runtime, ended_id, 2)  # not due yet: nothing is sent
    assert (failed.status, failed.attempts) == (DeliveryStatus.PENDING, 1)
    assert failed.last_error == "The receiver answered with 500."
    assert failed.next_attempt_at is not None
    assert len(receiver.ids) == 1
    await make_due(database)
    await run_delivery(runtime, ended_id, 2)
    accepted = await delivery(decks, ended_id)
    assert (accepted.status, accepted.attempts) == (DeliveryStatus.DELIVERED, 2)
    assert (accepted.last_error, accepted.next_attempt_at) == (None, None)
    assert accepted.delivered_at is not None
    assert receiver.ids == [f"{ended_id}_2"] * 2
    assert receiver.raw[0] == receiver.raw[1]


async def test_after_the_last_attempt_it_is_given_up(
    decks: AsyncOrchestrator, runtime: Runtime, database: Pool, receiver: Receiver, ended_id: str
) -> None:
    """The schedule has an end, and the job still shows why."""
    receiver.answers = [answer(Response(status_code=503))] * (len(WAITS) + 2)
    for _ in range(len(WAITS) + 2):
        await make_due(database)
        await run_delivery(runtime, ended_id, 2)
    given_up = await delivery(decks, ended_id)
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
    assert (await delivery(decks, ended_id)).status is DeliveryStatus.GIVEN_UP


@pytest.mark.parametrize("asked", ["3600", "Fri, 01 Jan 2100 00:00:00 GMT"])
async def test_retry_after_is_respected(
    runtime: Runtime, database: Pool, receiver: Receiver, ended_id: str, asked: str
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
    assert (await delivery(decks, ended_id)).status is DeliveryStatus.DELIVERED


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
    failed = await delivery(decks, ended_id)
    assert failed.status is DeliveryStatus.PENDING
    assert failed.last_error == "The receiver did not answer within 0.2 s."


async def test_a_worker_without_the_secret(
    decks: AsyncOrchestrator, runtime: Runtime, receiver: Receiver, ended_id: str
) -> None:
    """Nothing is sent unsigned; the attempt has failed, and the job shows why."""
    runtime.settings = runtime.settings.model_copy(update={"webhook_secret": None})
    await run_delivery(runtime, ended_id, 2)
    failed = await delivery(decks, ended_id)
    assert failed.last_error == "The worker has no WEBHOOK_SECRET to sign with."
    assert receiver.ids == []


async def test_one_sender(
    new_runtime: Callable[[], Runtime], receiver: Receiver, ended_id: str
) -> None:
    """Two workers that are handed the same delivery send it once."""
    await asyncio.gather(*(run_delivery(new_runtime(), ended_id, 2) for _ in range(2)))
    assert len(receiver.ids) == 1


async def test_a_dead_senders_delivery_is_sent_by_another(
    decks: AsyncOrchestrator, runtime: Runtime, database: Pool, receiver: Receiver, ended_id: str
) -> None:
    """Its claim runs out; what it says later changes nothing."""
    dead = await deliveries.claim(database, ended_id, 2, seconds=0)
    assert dead is not None
    await run_delivery(runtime, ended_id, 2)
    await deliveries.give_up(database, dead, "too late")
    sent = await delivery(decks, ended_id)
    assert (sent.status, sent.attempts, sent.last_error) == (DeliveryStatus.DELIVERED, 2, None)
    assert len(receiver.ids) == 1


async def queued(runtime: Runtime) -> list[str]:
    """What Redis would have workers do, in order."""
    return [one.decode() for one in await runtime.delivery.zrange(QUEUE_NAME, 0, -1)]


async def test_an_emptied_redis_loses_no_delivery(
    runtime: Runtime, receiver: Receiver, ended_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reconciler alone hands it over again."""
    monkeypatch.setattr(dispatch, "GRACE_SECONDS", 0)
    assert await queued(runtime) == [f"webhook:{ended_id}:2:1"]
    await runtime.delivery.flushdb()
    await reconcile_once(runtime)
    assert await queued(runtime) == [f"webhook:{ended_id}:2:2"]
    await deliver_webhook({"runtime": runtime}, ended_id, 2, 2)
    assert receiver.types == ["job.cancelled"]


async def test_a_lock_without_a_claim_holds_nothing_up(
    runtime: Runtime, ended_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that ends between arq's lock and the claim leaves what is handed over anew."""
    monkeypatch.setattr(dispatch, "GRACE_SECONDS", 0)
    await runtime.delivery.set(f"arq:in-progress:webhook:{ended_id}:2:1", 1)
    await reconcile_once(runtime)
    assert await queued(runtime) == [f"webhook:{ended_id}:2:2"]


async def test_a_delivery_goes_ahead_of_decks(
    decks: AsyncOrchestrator, runtime: Runtime, ended_id: str
) -> None:
    """Even of the most urgent ones."""
    await runtime.delivery.flushdb()
    urgent = await decks.enqueue_presentation_generation("other", "u2", BRIEF, priority=10)
    (told,) = await deliveries.dispatched(runtime.database, grace_seconds=0)
    await deliveries.forget_dispatch(runtime.database, [told])
    await runtime.dispatcher.dispatch()
    assert await queued(runtime) == [f"webhook:{ended_id}:2:2", f"{urgent.job_id}:1"]


async def test_one_user_does_not_take_all_workers(
    decks: AsyncOrchestrator, runtime: Runtime, database: Pool, receiver: Receiver, url: str
) -> None:
    """Of each user one delivery is handed over at a time, the next when that attempt is over."""
    for deck, user in (("d1", "a"), ("d2", "a"), ("d3", "b")):
        one = await decks.enqueue_presentation_generation(deck, user, BRIEF, webhook_url=url)
        await decks.cancel_job(one.job_id)
    first, others = await queued(runtime), await deliveries.mark_dispatched(database)
    assert (len(first), others) == (2, [])
    _, job_id, event, number = first[0].split(":")
    await deliver_webhook({"runtime": runtime}, job_id, int(event), int(number))
    assert len(await queued(runtime)) == 3


async def test_a_drain_is_not_held_up(
    new_runtime: Callable[[], Runtime],
    decks: AsyncOrchestrator,
    receiver: Receiver,
    ended_id: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A receiver that hangs is left after a moment; another worker sends it, under the same id."""
    monkeypatch.setattr(lifecycle, "WEBHOOK_GRACE_SECONDS", 0.05)
    stopping, other, never = new_runtime(), new_runtime(), asyncio.Event()
    receiver.answers = [held(never, None)]
    running = asyncio.create_task(deliver_webhook({"runtime": stopping}, ended_id, 2, 1))
    await receiver.called.wait()
    await asyncio.gather(running, drain(stopping))
    never.set()
    await run_delivery(other, ended_id, 2)
    assert receiver.ids == [f"{ended_id}_2"] * 2
    assert (await delivery(decks, ended_id)).status is DeliveryStatus.DELIVERED


async def test_an_answer_on_its_way_is_awaited_by_the_drain(
    decks: AsyncOrchestrator, runtime: Runtime, receiver: Receiver, ended_id: str
) -> None:
    """A receiver that answers in time is not told twice because of a deploy."""
    go_on = asyncio.Event()
    receiver.answers = [held(go_on, None)]
    running = asyncio.create_task(deliver_webhook({"runtime": runtime}, ended_id, 2, 1))
    await receiver.called.wait()
    draining = asyncio.create_task(drain(runtime))
    await runtime.draining.wait()
    go_on.set()
    await asyncio.gather(running, draining)
    assert (await delivery(decks, ended_id)).status is DeliveryStatus.DELIVERED
    assert len(receiver.ids) == 1


async def test_a_draining_worker_begins_nothing(
    runtime: Runtime, receiver: Receiver, ended_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What arq has picked up a moment too late is handed over again."""
    monkeypatch.setattr(dispatch, "GRACE_SECONDS", 0)
    runtime.draining.set()
    await deliver_webhook({"runtime": runtime}, ended_id, 2, 1)
    await runtime.delivery.zrem(QUEUE_NAME, f"webhook:{ended_id}:2:1")
    await reconcile_once(runtime)
    assert receiver.ids == []
    assert await queued(runtime) == [f"webhook:{ended_id}:2:2"]
