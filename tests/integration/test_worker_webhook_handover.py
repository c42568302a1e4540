"""A delivery on its way through Redis and workers: none is lost, none is sent by two at once."""

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from deckgen.dev import stack
from deckgen.domain.jobs import DeliveryStatus
from deckgen.queue import dispatch
from deckgen.queue.pool import QUEUE_NAME
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import deliveries
from deckgen.worker import lifecycle
from deckgen.worker.jobs.deliver_webhook import deliver_webhook, run_delivery
from deckgen.worker.lifecycle import drain
from deckgen.worker.reconcile import reconcile_once
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.patience import PATIENCE_SECONDS
from tests.receiver import SECRET, Receiver, only_delivery
from tests.stand_in import held

BRIEF = {"businessContext": "How are sales?"}


async def test_one_sender(
    new_runtime: Callable[[], Runtime], receiver: Receiver, ended_id: str
) -> None:
    """Two workers that are handed the same delivery send it once."""
    await asyncio.gather(*(run_delivery(new_runtime(), ended_id, 2) for _ in range(2)))
    assert len(receiver.ids) == 1


async def test_a_dead_senders_delivery_is_sent_by_another(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase, receiver: Receiver, ended_id: str
) -> None:
    """Its claim runs out; what it says later changes nothing."""
    dead = await deliveries.claim(database, ended_id, 2, seconds=0)
    assert dead is not None
    await run_delivery(runtime, ended_id, 2)
    await deliveries.give_up(database, dead, "too late")
    sent = await only_delivery(decks, ended_id)
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
    (told,) = await deliveries.dispatched(runtime.database.service, grace_seconds=0)
    await deliveries.forget_dispatch(runtime.database.service, [told])
    await runtime.dispatcher.dispatch_webhooks()
    assert await queued(runtime) == [f"webhook:{ended_id}:2:2", f"{urgent.job_id}:1"]


async def test_one_user_does_not_take_all_workers(
    decks: AsyncOrchestrator,
    runtime: Runtime,
    database: OwnDatabase,
    receiver: Receiver,
    webhook_url: str,
) -> None:
    """Of each user one delivery is handed over at a time, the next when that attempt is over."""
    for deck, user in (("d1", "a"), ("d2", "a"), ("d3", "b")):
        one = await decks.enqueue_presentation_generation(deck, user, BRIEF, webhook_url=webhook_url)
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
    assert (await only_delivery(decks, ended_id)).status is DeliveryStatus.DELIVERED


async def test_an_answer_on_its_way_is_awaited_by_the_drain(
    decks: AsyncOrchestrator,
    runtime: Runtime,
    receiver: Receiver,
    ended_id: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A receiver that answers in time is not told twice because of a deploy."""
    monkeypatch.setattr(lifecycle, "WEBHOOK_GRACE_SECONDS", PATIENCE_SECONDS)
    go_on = asyncio.Event()
    receiver.answers = [held(go_on, None)]
    running = asyncio.create_task(deliver_webhook({"runtime": runtime}, ended_id, 2, 1))
    await receiver.called.wait()
    draining = asyncio.create_task(drain(runtime))
    await runtime.draining.wait()
    go_on.set()
    await asyncio.gather(running, draining)
    assert (await only_delivery(decks, ended_id)).status is DeliveryStatus.DELIVERED
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


async def test_a_deploy_in_the_middle_of_a_delivery(
    environment: dict[str, str],
    database: OwnDatabase,
    receiver: Receiver,
    ended_id: str,
    tmp_path: Path,
) -> None:
    """SIGTERM ends a worker whose receiver hangs, with exit code 0; the next worker delivers.

    The workers are real processes, whose log tells neither the secret nor the query of the URL.
    """
    settings = {"WEBHOOK_SECRET": SECRET, "WEBHOOK_ALLOWED_HOSTS": "127.0.0.1"}
    never, log = asyncio.Event(), tmp_path / "worker.log"
    receiver.answers = [held(never, None)]
    for number in (1, 2):
        receiver.called.clear()
        with log.open("ab") as output:
            worker = stack.spawn("worker", environment | settings, output.fileno())
        async with asyncio.timeout(PATIENCE_SECONDS):
            await receiver.called.wait()
        if number == 2:
            await delivered(database)
        worker.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(worker.wait, PATIENCE_SECONDS) == 0
    never.set()
    assert receiver.ids == [f"{ended_id}_2"] * 2
    assert "webhook.released" in log.read_text()
    assert not any(word in log.read_text() for word in (SECRET, "t0k3n"))


async def delivered(database: OwnDatabase) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await database.fetchval("SELECT delivered_at FROM deliveries"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
