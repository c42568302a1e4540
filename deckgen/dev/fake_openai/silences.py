"""Answers that do not come, or not to their end."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

DRIP_SECONDS = 0.2


async def silence(request: Request, fault: str) -> Response:
    """Answer as the fault says; what is returned after a hang or a reset reaches nobody."""
    if fault == "drip":
        return StreamingResponse(_drip(), media_type="application/json")
    if fault == "reset":
        reset(request)
    while (await request.receive())["type"] != "http.disconnect":
        pass
    return Response()


async def _drip() -> AsyncIterator[bytes]:
    """A byte now and then, each of them well within any timeout of a read; ends with the client."""
    while True:
        yield b" "
        await asyncio.sleep(DRIP_SECONDS)


def reset(request: Request) -> None:
    """End the connection as a host does that knows nothing of it: with RST instead of FIN."""
    transport = request.scope["transport"]
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


class WithTransport:
    """Lets an endpoint reach its connection, which ASGI does not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["transport"] = send.__self__.transport  # type: ignore[attr-defined] # uvicorn's own
        await self._app(scope, receive, send)
