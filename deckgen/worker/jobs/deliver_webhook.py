"""The job function that delivers a job's end to its webhook."""

import asyncio
import contextlib
from typing import Any

import structlog

from deckgen.domain.webhooks import wait_after, webhook_id
from deckgen.observability.logs import get_logger
from deckgen.queue.messages import webhook_delivery_id
from deckgen.redis.refusals import REDIS_AWAY
from deckgen.store import deliveries
from deckgen.store.away import AWAY, durably
from deckgen.store.deliveries import Claim
from deckgen.worker.attempt import accept_cancellation
from deckgen.worker.runtime import Runtime
from deckgen.worker.webhook_client import TIMEOUT, WebhookAnswer, post

log = get_logger(__name__)

CLAIM_SECONDS = TIMEOUT + 10  # a worker that has sent for so long is dead
RELEASE_SECONDS = 2.0


async def deliver_webhook(ctx: dict[str, Any], job_id: str, event_number: int, number: int) -> None:
    """Post the job's event, which was dispatched for the `number`th time, to the job's webhook."""
    runtime: Runtime = ctx["runtime"]
    if runtime.draining.is_set():
        return  # the dispatch counts as lost, and is repeated
    arq_id = webhook_delivery_id(job_id, event_number, number)
    with structlog.contextvars.bound_contextvars(jobId=job_id, eventNumber=event_number):
        try:
            await runtime.delivery.lock_for(arq_id, CLAIM_SECONDS)
            with runtime.posting():
                await run_delivery(runtime, job_id, event_number)
            await runtime.dispatcher.dispatch_webhooks()
        except REDIS_AWAY as error:
            log.warning("server.away", error=repr(error))
        except Exception:
            log.exception("webhook.bug")


async def run_delivery(runtime: Runtime, job_id: str, event_number: int) -> None:
    """Make one attempt if it is due and no other worker makes it; otherwise return quietly."""
    claim = await durably(
        deliveries.claim, runtime.database.service, job_id, event_number, seconds=CLAIM_SECONDS
    )
    if claim is None:
        return
    try:
        with structlog.contextvars.bound_contextvars(deckId=claim.notification.data.deck_id):
            answer = await _post(runtime, claim)
            await _record(runtime, claim, answer)
    except asyncio.CancelledError:
        accept_cancellation()
        await _release(runtime, claim)


async def _post(runtime: Runtime, claim: Claim) -> WebhookAnswer:
    name = webhook_id(claim.job_id, claim.event_number)
    try:
        return await post(runtime.settings, claim.url, name, claim.notification)
    except Exception:
        log.exception("webhook.bug")
        return WebhookAnswer("Something unexpected went wrong inside deckgen.")


async def _record(runtime: Runtime, claim: Claim, answer: WebhookAnswer) -> None:
    wait = None if answer.gone else wait_after(claim.attempt, answer.retry_after)
    if answer.error is None:
        await durably(deliveries.finish, runtime.database.service, claim)
        log.info("webhook.delivered", attempt=claim.attempt)
    elif wait is not None:
        await durably(deliveries.delay, runtime.database.service, claim, answer.error, seconds=wait)
        log.warning("webhook.delayed", attempt=claim.attempt, error=answer.error, seconds=round(wait))
    else:
        await durably(deliveries.give_up, runtime.database.service, claim, answer.error)
        log.error("webhook.given_up", attempt=claim.attempt, error=answer.error)


async def _release(runtime: Runtime, claim: Claim) -> None:
    """Let another worker send it now; without the database, one does when the claim has run out."""
    with contextlib.suppress(*AWAY):
        async with asyncio.timeout(RELEASE_SECONDS):
            await deliveries.release(runtime.database.service, claim)
            log.info("webhook.released", attempt=claim.attempt)
