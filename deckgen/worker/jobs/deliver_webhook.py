"""The job functions that deliver a job's end: to its webhook, and to its tenant's endpoints."""

import asyncio
import contextlib
import time
from typing import Any

import structlog

from deckgen.domain.webhooks import wait_after, webhook_id
from deckgen.observability import metrics
from deckgen.observability.logs import get_logger
from deckgen.queue.messages import webhook_delivery_id
from deckgen.redis.refusals import REDIS_AWAY
from deckgen.store import deliveries, webhook_endpoints
from deckgen.store.away import AWAY, durably
from deckgen.store.deliveries import Claim, Handover
from deckgen.worker.attempt import accept_cancellation
from deckgen.worker.runtime import Runtime
from deckgen.worker.webhook_client import TIMEOUT, WebhookAnswer, post

log = get_logger(__name__)

CLAIM_SECONDS = TIMEOUT + 10  # a worker that has sent for so long is dead
RELEASE_SECONDS = 2.0
GONE = "The endpoint was disabled: it has answered with 410."


async def deliver_webhook(ctx: dict[str, Any], job_id: str, event_number: int, number: int) -> None:
    """Post the job's event, which was dispatched for the `number`th time, to the job's webhook."""
    await _deliver(ctx["runtime"], Handover(job_id, event_number, None, number))


async def deliver_to_endpoint(
    ctx: dict[str, Any], job_id: str, event_number: int, number: int, endpoint_id: str
) -> None:
    """Post it to one of the tenant's endpoints."""
    await _deliver(ctx["runtime"], Handover(job_id, event_number, endpoint_id, number))


async def _deliver(runtime: Runtime, handover: Handover) -> None:
    if runtime.draining.is_set():
        return  # the dispatch counts as lost, and is repeated
    job_id, event_number = handover.job_id, handover.event_number
    with structlog.contextvars.bound_contextvars(jobId=job_id, eventNumber=event_number):
        try:
            await runtime.delivery.lock_for(webhook_delivery_id(handover), CLAIM_SECONDS)
            with runtime.posting():
                await run_delivery(runtime, job_id, event_number, handover.endpoint_id)
            await runtime.dispatcher.dispatch_webhooks()
        except REDIS_AWAY as error:
            log.warning("server.away", error=repr(error))
        except Exception:
            log.exception("webhook.bug")


async def run_delivery(
    runtime: Runtime, job_id: str, event_number: int, endpoint_id: str | None = None
) -> None:
    """Make one attempt if it is due and no other worker makes it; otherwise return quietly."""
    claim = await durably(
        deliveries.claim,
        runtime.database.service,
        job_id,
        event_number,
        endpoint_id=endpoint_id,
        seconds=CLAIM_SECONDS,
    )
    if claim is None:
        return
    names = {"deckId": claim.notification.data.deck_id}
    if endpoint_id is not None:
        names["endpointId"] = endpoint_id
    try:
        with structlog.contextvars.bound_contextvars(**names):
            answer = await _post(runtime, claim)
            await _record(runtime, claim, answer)
    except asyncio.CancelledError:
        accept_cancellation()
        await _release(runtime, claim)


async def _post(runtime: Runtime, claim: Claim) -> WebhookAnswer:
    if claim.is_disabled:  # just as the job ended
        return WebhookAnswer("The endpoint was disabled.", gone=True)
    name = webhook_id(claim.job_id, claim.event_number)
    began, outcome = time.monotonic(), "bug"
    try:
        answer = await post(
            runtime.settings, claim.url, name, claim.notification, secrets=claim.secrets
        )
        outcome = _outcome(answer)
    except Exception:
        log.exception("webhook.bug")
        answer = WebhookAnswer("Something unexpected went wrong inside deckgen.")
    metrics.webhook_seconds.labels(outcome).observe(time.monotonic() - began)
    return answer


def _outcome(answer: WebhookAnswer) -> str:
    if answer.error is None:
        return "delivered"
    if answer.gone:
        return "gone"
    return "unanswered" if answer.http_status is None else "refused"


async def _record(runtime: Runtime, claim: Claim, answer: WebhookAnswer) -> None:
    database, error = runtime.database.service, answer.error
    wait = None if answer.gone else wait_after(claim.tries, answer.retry_after)
    if error is None:
        await durably(deliveries.finish, database, claim, answer.http_status)
        metrics.webhooks.labels("delivered").inc()
        log.info("webhook.delivered", attempt=claim.tries)
    elif wait is not None:
        await durably(deliveries.delay, database, claim, error, answer.http_status, seconds=wait)
        metrics.webhooks.labels("delayed").inc()
        log.warning("webhook.delayed", attempt=claim.tries, error=error, seconds=round(wait))
    else:
        await durably(deliveries.give_up, database, claim, error, answer.http_status)
        metrics.webhooks.labels("given_up").inc()
        log.error("webhook.given_up", attempt=claim.tries, error=error)
        if answer.gone and claim.endpoint_id is not None and not claim.is_disabled:
            await durably(webhook_endpoints.disable, database, claim.endpoint_id, GONE)
            log.warning("endpoint.gone")


async def _release(runtime: Runtime, claim: Claim) -> None:
    """Let another worker send it now; without the database, one does when the claim has run out."""
    with contextlib.suppress(*AWAY):
        async with asyncio.timeout(RELEASE_SECONDS):
            await deliveries.release(runtime.database.service, claim)
            log.info("webhook.released", attempt=claim.tries)
