"""The events of a job as Server-Sent Events."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from functools import partial

import anyio
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response

from deckgen.domain.documents import canonical_json
from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.domain.events import FORMER_NAMES
from deckgen.queue.event_stream import Follower
from deckgen.web.state import decks, job_id, state

HEARTBEAT_SECONDS = 15
NUMBER = re.compile("[0-9]{1,18}")  # no event has a longer one
LETTING_GO_SECONDS = 2  # for a client that does not read, when the server stops


async def stream(request: Request) -> Response:
    """Stream all events of a job, until its end, as Server-Sent Events.

    Each event has a number as its id. With the Last-Event-ID header the stream continues after that
    number, on any server; comments in between show that the connection is alive. If a stream ends
    before the job does, because its server stops or its key was revoked, resume it. A purged job has
    only its last event.
    """
    follower = await decks(request).follow_job(job_id(request), _last_event_id(request))
    if follower.ended:
        return Response(status_code=204)  # a browser's EventSource does not come back after it
    stopping = anyio.Event()

    async def let_go() -> None:
        async with anyio.create_task_group() as either:
            either.start_soon(_first, either.cancel_scope, stopping.wait)
            ended = partial(state(request).callers.until_ended, request)
            either.start_soon(_first, either.cancel_scope, ended)
        follower.end()

    return EventSourceResponse(
        _encoded(follower),
        ping=HEARTBEAT_SECONDS,
        shutdown_event=stopping,
        shutdown_grace_period=LETTING_GO_SECONDS,
        data_sender_callable=let_go,
    )


async def _first(others: anyio.CancelScope, wait: Callable[[], Awaitable[None]]) -> None:
    await wait()
    others.cancel()


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
                # It has no id, so a client that is cut off after it gets the event itself on resuming.
                yield ServerSentEvent(event=former, data=data)
            yield ServerSentEvent(id=str(event.number), event=event.kind, data=data)
