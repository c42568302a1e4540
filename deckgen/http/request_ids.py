"""Ids of requests: each answer has one, and so has each line of the log that the request leads to."""

from uuid import uuid4

import structlog
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deckgen.domain.documents import is_id

HEADER = "X-Request-ID"


class RequestIds:
    """Takes over the id that a client or a proxy has sent if it is well formed, or else makes one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = Headers(scope=scope).getlist(HEADER)
        known = sent[0] if len(sent) == 1 and is_id(sent[0]) else str(uuid4())
        scope.setdefault("state", {})["request_id"] = known
        # Nothing is taken back: each request has a task of its own, and with it these variables.
        structlog.contextvars.bind_contextvars(requestId=known)

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                header = (HEADER.lower().encode(), known.encode())
                message["headers"] = [*message["headers"], header]
            await send(message)

        await self._app(scope, receive, named)


def request_id(request: Request) -> dict[str, str]:
    """Returns the header with the id of a request, for an answer from outside of RequestIds."""
    known = request.scope.get("state", {}).get("request_id")
    return {HEADER: known} if known else {}
