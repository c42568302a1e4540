"""A delivery to an endpoint on its way through Redis and workers, and once more at a tenant's wish."""

import asyncio

import pytest
from starlette.responses import Response

from deckgen import start_worker
from deckgen.domain.jobs import DeliveryStatus
from deckgen.domain.webhook_endpoints import (
    EndpointWithSecret,
)
from deckgen.domain.webhooks import WAITS
from deckgen.queue import dispatch
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import deliveries
from deckgen.worker.jobs.deliver_webhook import deliver_to_endpoint, run_delivery
from deckgen.worker.reconcile import reconcile_once
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.endpoints import add, cancelled, logged, queued
from tests.patience import PATIENCE_SECONDS
from tests.receiver import Receiver
from tests.stand_in import answer


async def test_under_arq(
    decks: AsyncOrchestrator, second: Receiver, endpoint: EndpointWithSecret
) -> None:
    """A worker takes the message out of Redis and posts the event."""
    await cancelled(decks)
    worker = await start_worker()
    await asyncio.wait_for(second.called.wait(), PATIENCE_SECONDS)
    await worker.stop()
    assert second.types == ["job.cancelled"]


async def test_a_dead_sender(
    decks: AsyncOrchestrator,
    runtime: Runtime,
    database: OwnDatabase,
    second: Receiver,
    endpoint: EndpointWithSecret,
) -> None:
    """What it says once another has the delivery, or it was redelivered, changes nothing."""
    job_id = await cancelled(decks)
    dead = await deliveries.claim(database, job_id, 2, endpoint_id=endpoint.endpoint_id, seconds=0)
    assert dead is not None
    await run_delivery(runtime, job_id, 2, endpoint.endpoint_id)
    await deliveries.give_up(database, dead, "too late")
    (one,) = await logged(decks)
    assert (one.status, one.attempts, len(second.ids)) == (DeliveryStatus.DELIVERED, 2, 1)
    late = await database.fetchval("SELECT attempts FROM webhook_deliveries")
    await decks.webhooks.redeliver(one.delivery_id)
    await deliveries.finish(database, deliveries.Claim(**vars(dead) | {"attempt": late}))
    (one,) = await logged(decks)
    assert (one.status, one.attempts) == (DeliveryStatus.PENDING, 0)


async def test_a_redelivery(
    decks: AsyncOrchestrator,
    runtime: Runtime,
    database: OwnDatabase,
    second: Receiver,
    endpoint: EndpointWithSecret,
) -> None:
    """What was given up is sent again under its id, body and all, by a schedule that begins anew."""
    job_id = await cancelled(decks)
    second.answers = [answer(Response(status_code=500))] * (len(WAITS) + 2)
    for _ in range(len(WAITS) + 1):
        await database.execute("UPDATE webhook_deliveries SET next_at = now()")
        await run_delivery(runtime, job_id, 2, endpoint.endpoint_id)
    (given_up,) = await logged(decks)
    assert (given_up.status, given_up.last_http_status) == (DeliveryStatus.GIVEN_UP, 500)
    again = await decks.webhooks.redeliver(given_up.delivery_id)
    assert (again.delivery_id, again.status) == (given_up.delivery_id, DeliveryStatus.PENDING)
    assert f"webhook:{job_id}:2:2:{endpoint.endpoint_id}" in await queued(runtime)
    await run_delivery(runtime, job_id, 2, endpoint.endpoint_id)
    (failed,) = await logged(decks)
    assert (failed.status, failed.attempts) == (DeliveryStatus.PENDING, 1)
    await database.execute("UPDATE webhook_deliveries SET next_at = now()")
    await run_delivery(runtime, job_id, 2, endpoint.endpoint_id)
    (told,) = await logged(decks)
    assert (told.status, told.last_error) == (DeliveryStatus.DELIVERED, None)
    await decks.webhooks.redeliver(told.delivery_id)
    await run_delivery(runtime, job_id, 2, endpoint.endpoint_id)
    assert second.ids == [f"{job_id}_2"] * (len(WAITS) + 4)
    assert len(set(second.raw)) == 1


async def test_an_emptied_redis(
    decks: AsyncOrchestrator,
    runtime: Runtime,
    second: Receiver,
    endpoint: EndpointWithSecret,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The reconciler alone hands it over again."""
    monkeypatch.setattr(dispatch, "GRACE_SECONDS", 0)
    job_id = await cancelled(decks)
    assert await queued(runtime) == [f"webhook:{job_id}:2:1:{endpoint.endpoint_id}"]
    await runtime.delivery.flushdb()
    await reconcile_once(runtime)
    assert await queued(runtime) == [f"webhook:{job_id}:2:2:{endpoint.endpoint_id}"]
    await deliver_to_endpoint({"runtime": runtime}, job_id, 2, 2, endpoint.endpoint_id)
    assert second.types == ["job.cancelled"]


async def test_a_hanging_endpoint_holds_up_nobody(
    decks: AsyncOrchestrator,
    runtime: Runtime,
    second: Receiver,
    webhook_url: str,
    endpoint: EndpointWithSecret,
    endpoint_url: str,
) -> None:
    """One delivery at a time to each endpoint, whosever jobs they are, and to each user's own URLs."""
    other = await add(decks, second, endpoint_url)
    jobs = [await cancelled(decks, f"d{n}", user, webhook_url) for n, user in enumerate("aab")]
    told = [message.split(":") for message in await queued(runtime)]
    lanes = sorted((parts[1], *parts[4:]) for parts in told)
    first = jobs[0]
    assert lanes == sorted(
        [(first,), (jobs[2],), (first, endpoint.endpoint_id), (first, other.endpoint_id)]
    )
