"""The events of a job as Server-Sent Events."""

import re
from collections.abc import AsyncIterator
from contextlib import aclosing

import anyio
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response

from deckgen.domain.documents import canonical_json
from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.domain.events import FORMER_NAMES
from deckgen.queue.event_stream import Follower
from deckgen.web.state import job_id, state

HEARTBEAT_SECONDS = 15
NUMBER = re.compile("[0-9]{1,18}")  # what is longer no event has
LETTING_GO_SECONDS = 2  # that a client which does not read may take when the server stops


async def stream(request: Request) -> Response:
    """Everything that happens to a job, until its end, as Server-Sent Events.

    Each has a number as its id. With the header Last-Event-ID the stream goes on after that number, on
    any server; comments in between show that the connection lives. A stream that ends before the job
    does, because its server stops, is to be resumed. Of a purged job only its end is told.
    """
    follower = await state(request).decks.follow_job(job_id(request), _last_event_id(request))
    if follower.ended:
        return Response(status_code=204)  # tells a browser's EventSource not to come back
    stopping = anyio.Event()

    async def let_go() -> None:
        await stopping.wait()
        follower.end()

    return EventSourceResponse(
        _encoded(follower),
        ping=HEARTBEAT_SECONDS,
        shutdown_event=stopping,
        shutdown_grace_period=LETTING_GO_SECONDS,
        data_sender_callable=let_go,
    )


def _last_event_id(request: Request) -> int:
    value = request.headers.get("last-event-id", "0")
    if not NUMBER.fullmatch(value):
        error = FieldError("Last-Event-ID", "must be the number of an event")
        raise InvalidRequest.of(error, code="invalid_last_event_id")
    return int(value)


async def _encoded(follower: Follower) -> AsyncIterator[ServerSentEvent]:
    async with aclosing(aiter(follower)) as events:
        async for event in events:
            data = canonical_json(event.to_json()).decode()
            if former := FORMER_NAMES.get(event.kind):
                # Without an id: who is cut off after it gets the event itself when the stream goes on.
                yield ServerSentEvent(event=former, data=data)
            yield ServerSentEvent(id=str(event.number), event=event.kind, data=data)
