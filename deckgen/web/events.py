"""The events of a job as Server-Sent Events."""

import asyncio
from collections.abc import AsyncIterator

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response

from deckgen.domain.errors import FieldError, InvalidRequest, Unavailable
from deckgen.domain.events import Event
from deckgen.domain.model import canonical_json
from deckgen.queue.client import AsyncOrchestrator
from deckgen.web.state import state

LOOK_SECONDS = 0.2
HEARTBEAT_SECONDS = 15


async def stream(request: Request) -> Response:
    """Everything that happens to a job, until its end, as Server-Sent Events.

    Each has a number as its id. With the header Last-Event-ID the stream goes on after that number, on
    any server; comments in between show that the connection lives.
    """
    job_id, decks = request.path_params["job_id"], state(request).decks
    number = _last_event_id(request)
    job = await decks.get_job_status(job_id)
    if job.status.is_terminal and not await decks.events_after(job_id, number):
        return Response(status_code=204)  # tells a browser's EventSource not to come back
    encoded = (_encode(event) async for event in follow(decks, job_id, number))
    return EventSourceResponse(encoded, ping=HEARTBEAT_SECONDS)


def _last_event_id(request: Request) -> int:
    value = request.headers.get("last-event-id", "0")
    if not value.isdecimal():
        raise InvalidRequest.of(FieldError("Last-Event-ID", "must be the number of an event"))
    return int(value)


async def follow(decks: AsyncOrchestrator, job_id: str, number: int) -> AsyncIterator[Event]:
    """Events after `number` as they come, to the one that ends the job."""
    while True:
        new = await _events_after(decks, job_id, number)
        for event in new:
            yield event
        if new:
            number = new[-1].number
            if new[-1].is_terminal:
                return
        await asyncio.sleep(LOOK_SECONDS)


async def _events_after(decks: AsyncOrchestrator, job_id: str, number: int) -> list[Event]:
    try:
        return await decks.events_after(job_id, number)
    except Unavailable:
        return []  # a client that holds a connection is better served by waiting than by an error


def _encode(event: Event) -> ServerSentEvent:
    return ServerSentEvent(
        id=str(event.number), event=event.kind, data=canonical_json(event.to_json()).decode()
    )
