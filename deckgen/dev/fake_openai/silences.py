"""Answers that never come, or never end."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

DRIP_SECONDS = 0.2


async def silence(request: Request, fault: str) -> Response:
    """Answer as the fault says; the response after a hang or a reset reaches nobody."""
    if fault == "drip":
        return StreamingResponse(_drip(), media_type="application/json")
    if fault == "reset":
        reset(request)
    while (await request.receive())["type"] != "http.disconnect":
        pass
    return Response()


async def _drip() -> AsyncIterator[bytes]:
    """Yield a byte now and then, each well within any read timeout, until the client is gone."""
    while True:
        yield b" "
        await asyncio.sleep(DRIP_SECONDS)


def reset(request: Request) -> None:
    """End the connection with RST instead of FIN, as a host does that does not know it."""
    transport = request.scope["transport"]
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


class WithTransport:
    """An ASGI app whose endpoints can reach their connection, which ASGI does not offer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["transport"] = send.__self__.transport  # type: ignore[attr-defined] # uvicorn's own
        await self._app(scope, receive, send)
