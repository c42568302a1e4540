"""A tenant's endpoints, from the end of a job to receivers that verify each signature."""

from starlette.responses import Response

from deckgen.domain.access import Caller
from deckgen.domain.jobs import DeliveryStatus
from deckgen.domain.webhook_endpoints import (
    EndEvent,
    EndpointChange,
    EndpointWithSecret,
)
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import retention
from deckgen.worker.jobs.deliver_webhook import GONE, deliver_to_endpoint, run_delivery
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.endpoints import add, cancelled, logged, queued
from tests.receiver import SECRET, Receiver, only_delivery
from tests.stand_in import answer
from tests.tenants import ACME
from tests.work import work

BRIEF = {"businessContext": "How are sales?"}
ENDED = {"completed": 0, "failed": 0, "users": 10, "limit": 10}


async def test_one_event_to_both(
    decks: AsyncOrchestrator,
    runtime: Runtime,
    receiver: Receiver,
    second: Receiver,
    webhook_url: str,
    endpoint: EndpointWithSecret,
) -> None:
    """The request's URL and the endpoint are each told once, under one id, each with its secret."""
    job_id = await cancelled(decks, url=webhook_url)
    for endpoint_id in (None, endpoint.endpoint_id):
        await run_delivery(runtime, job_id, 2, endpoint_id)
        await run_delivery(runtime, job_id, 2, endpoint_id)
    assert receiver.ids == second.ids == [f"{job_id}_2"]
    assert receiver.bodies == second.bodies
    assert second.targets == ["/all?token=t0k3n"]
    assert (await only_delivery(decks, job_id)).status is DeliveryStatus.DELIVERED
    assert {(one.endpoint_id, one.status, one.last_http_status) for one in await logged(decks)} == {
        (None, DeliveryStatus.DELIVERED, 204),
        (endpoint.endpoint_id, DeliveryStatus.DELIVERED, 204),
    }


async def test_the_end_of_a_worked_job(
    decks: AsyncOrchestrator, runtime: Runtime, second: Receiver, endpoint: EndpointWithSecret
) -> None:
    """A worker that completes a job hands its end over at once, although the request names no URL."""
    one = await decks.enqueue_presentation_generation("d", "u", BRIEF)
    await work(runtime, one.job_id)
    (message,) = [each for each in await queued(runtime) if each.startswith("webhook:")]
    _, job_id, event, number, endpoint_id = message.split(":")
    await deliver_to_endpoint({"runtime": runtime}, job_id, int(event), int(number), endpoint_id)
    assert (job_id, endpoint_id) == (one.job_id, endpoint.endpoint_id)
    assert second.types == ["job.completed"]
    assert (await decks.get_job_status(one.job_id)).webhook is None


async def test_only_the_events_that_it_wants(
    decks: AsyncOrchestrator, second: Receiver, endpoint_url: str
) -> None:
    """An endpoint for failures is told of no cancellation, and neither is a disabled one."""
    await add(decks, second, endpoint_url, EndEvent.FAILED)
    disabled = await add(decks, second, endpoint_url)
    await decks.webhooks.change(disabled.endpoint_id, EndpointChange(enabled=False))
    wanted = await add(decks, second, endpoint_url, EndEvent.CANCELLED)
    await cancelled(decks)
    assert [one.endpoint_id for one in await logged(decks)] == [wanted.endpoint_id]


async def test_another_tenant_s_job(
    decks: AsyncOrchestrator, runtime: Runtime, endpoint: EndpointWithSecret
) -> None:
    """An endpoint is told of no other tenant's jobs."""
    await cancelled(decks.of(ACME))
    assert await logged(decks) == await logged(decks.of(ACME)) == []


async def test_a_bound_user_s_job_is_told(
    decks: AsyncOrchestrator, endpoint: EndpointWithSecret
) -> None:
    """A caller that is bound to a user sees no endpoint and no delivery to one; its jobs are told."""
    bound = decks.acting_for(Caller(user_id="u"))
    await cancelled(bound)
    assert [one.endpoint_id for one in await logged(decks)] == [endpoint.endpoint_id]
    assert (await bound.webhooks.listed()).endpoints == []
    assert await logged(bound) == []
    # Negative control: after the trigger the transaction is the user's again.
    await cancelled(decks, "d2", "u2")
    async with bound._database.acquire() as connection:
        insert = "INSERT INTO job_events (job_id, number, kind) SELECT id, 9, 'job.failed' FROM jobs"
        assert await connection.execute(insert) == "INSERT 0 1"
        assert await connection.fetchval("SELECT count(*) FROM jobs") == 1


async def test_both_secrets_sign_for_a_while(
    decks: AsyncOrchestrator,
    runtime: Runtime,
    database: OwnDatabase,
    second: Receiver,
    endpoint: EndpointWithSecret,
) -> None:
    """After a rotation a receiver with either secret accepts the event, and then only the new one."""
    rotated = await decks.webhooks.rotate(endpoint.endpoint_id, 1)
    assert rotated.secret != endpoint.secret
    for number, secret in enumerate((endpoint.secret, rotated.secret)):
        second.secret = secret
        await run_delivery(runtime, await cancelled(decks, f"d{number}"), 2, endpoint.endpoint_id)
    assert [len(one.split(" ")) for one in second.signatures] == [2, 2]
    await database.execute("UPDATE webhook_endpoints SET previous_until = now()")
    await run_delivery(runtime, await cancelled(decks, "d9"), 2, endpoint.endpoint_id)
    second.secret = endpoint.secret
    await run_delivery(runtime, await cancelled(decks, "d8"), 2, endpoint.endpoint_id)
    assert [len(one.split(" ")) for one in second.signatures] == [2, 2, 1]


async def test_the_tenant_s_own_secret(
    decks: AsyncOrchestrator, runtime: Runtime, receiver: Receiver, webhook_url: str
) -> None:
    """It is made with the first delivery, and rotated; for the tenant local WEBHOOK_SECRET signs."""
    acme = decks.of(ACME)
    assert (await acme.webhooks.own_secret()).since is None
    await run_delivery(runtime, await cancelled(acme, url=webhook_url), 2)
    assert (await acme.webhooks.own_secret()).since is not None
    assert receiver.ids == []  # which believes WEBHOOK_SECRET alone
    receiver.secret = (await acme.webhooks.rotate_own_secret(1)).secret
    await run_delivery(runtime, await cancelled(acme, "d2", url=webhook_url), 2)
    assert [len(one.split(" ")) for one in receiver.signatures] == [2]
    receiver.secret = SECRET
    await run_delivery(runtime, await cancelled(decks, url=webhook_url), 2)
    assert [len(one.split(" ")) for one in receiver.signatures] == [2, 1]


async def test_gone(
    decks: AsyncOrchestrator, runtime: Runtime, second: Receiver, endpoint: EndpointWithSecret
) -> None:
    """410 disables an endpoint, and ends all that was still to be sent to it."""
    first, other = [await cancelled(decks, f"d{number}") for number in range(2)]
    second.answers = [answer(Response(status_code=410))]
    await run_delivery(runtime, first, 2, endpoint.endpoint_id)
    assert (await decks.webhooks.get(endpoint.endpoint_id)).disabled_at is not None
    assert {(one.job_id, one.status, one.last_error) for one in await logged(decks)} == {
        (first, DeliveryStatus.GIVEN_UP, "The receiver answered with 410."),
        (other, DeliveryStatus.GIVEN_UP, GONE),
    }
    await cancelled(decks, "d9")
    assert len(await logged(decks)) == 2


async def test_disabled_just_as_the_job_ends(
    decks: AsyncOrchestrator,
    runtime: Runtime,
    database: OwnDatabase,
    second: Receiver,
    endpoint: EndpointWithSecret,
) -> None:
    """What a transaction still wrote for the endpoint is given up, and not sent."""
    job_id = await cancelled(decks)
    await database.execute("UPDATE webhook_endpoints SET disabled_at = now()")
    await run_delivery(runtime, job_id, 2, endpoint.endpoint_id)
    (one,) = await logged(decks)
    assert (one.status, second.ids) == (DeliveryStatus.GIVEN_UP, [])


async def test_retention(
    decks: AsyncOrchestrator,
    runtime: Runtime,
    database: OwnDatabase,
    endpoint: EndpointWithSecret,
) -> None:
    """A job whose end is still to be told to an endpoint is kept; then its deliveries go with it."""
    job_id, service = await cancelled(decks), database.service
    assert (await retention.purge_jobs(service, "", **ENDED)).purged == 0
    assert await retention.remove_jobs(service, seconds=0, limit=10) == 0
    await run_delivery(runtime, job_id, 2, endpoint.endpoint_id)
    assert (await retention.purge_jobs(service, "", **ENDED)).purged == 1
    assert await logged(decks) == []
    assert await retention.remove_jobs(service, seconds=0, limit=10) == 1


async def test_a_removed_endpoint(
    decks: AsyncOrchestrator,
    runtime: Runtime,
    second: Receiver,
    endpoint: EndpointWithSecret,
) -> None:
    """A removed endpoint is sent nothing more, and its part of the log is gone."""
    job_id = await cancelled(decks)
    removed = await decks.webhooks.remove(endpoint.endpoint_id)
    await run_delivery(runtime, job_id, 2, endpoint.endpoint_id)
    assert removed.endpoint_id == endpoint.endpoint_id
    assert (second.ids, await logged(decks)) == ([], [])
    assert (await decks.get_job_status(job_id)).webhook is None
