"""Endpoints of a tenant, jobs whose end they are told, and the log of what was sent."""

from typing import Any

import httpx

from deckgen.domain.webhook_endpoints import EndEvent, EndpointWithSecret, NewEndpoint
from deckgen.domain.webhook_log import LoggedDelivery
from deckgen.queue.pool import QUEUE_NAME
from deckgen.queue.service import AsyncOrchestrator
from deckgen.worker.runtime import Runtime
from tests.receiver import Receiver

BRIEF = {"businessContext": "How are sales?"}
ENDPOINTS, DELIVERIES = "/api/webhooks/endpoints", "/api/webhooks/deliveries"
URL = "https://receiver.example/all?token=t0k3n"
SHOWN = "https://receiver.example/all"


async def add(
    decks: AsyncOrchestrator, receiver: Receiver, url: str, *events: EndEvent
) -> EndpointWithSecret:
    """An endpoint of the tenant's, whose receiver has its secret."""
    wanted = {"url": url} | ({"events": events} if events else {})
    made = await decks.webhooks.create(NewEndpoint.model_validate(wanted))
    receiver.secret = made.secret
    return made


async def cancelled(
    decks: AsyncOrchestrator, deck: str = "d", user: str = "u", url: str | None = None
) -> str:
    """A job whose end is its event 2."""
    one = await decks.enqueue_presentation_generation(deck, user, BRIEF, webhook_url=url)
    await decks.cancel_job(one.job_id)
    return one.job_id


async def logged(decks: AsyncOrchestrator, **query: str) -> list[LoggedDelivery]:
    return (await decks.webhooks.deliveries(query)).deliveries


async def queued(runtime: Runtime) -> list[str]:
    return [one.decode() for one in await runtime.delivery.zrange(QUEUE_NAME, 0, -1)]


async def created(client: httpx.AsyncClient, **body: Any) -> dict[str, Any]:
    response = await client.post(ENDPOINTS, json={"url": URL} | body)
    assert response.status_code == 201
    return dict(response.json())


def code(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["code"]
