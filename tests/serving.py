"""Real HTTP servers on loopback, inside the test's own event loop."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.types import ASGIApp

from deckgen.http.limits import ServerLimits
from deckgen.http.server import GuestServer, config


@asynccontextmanager
async def serving(
    app: ASGIApp, certificate: Path | None = None, limits: ServerLimits | None = None
) -> AsyncIterator[str]:
    """The address of a server like deckgen's own that serves `app` for as long as the block runs.

    With the file of a certificate, its key and its chain it speaks HTTPS.
    """
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = GuestServer(
            config(
                app,
                limits or ServerLimits(),
                lifespan="on",
                timeout_graceful_shutdown=1,
                ssl_certfile=certificate,
            )
        )
        started = asyncio.Event()
        server.startup = _then(server.startup, started)  # type: ignore[method-assign]
        task = asyncio.create_task(server.serve(sockets=[listener]))
        waiting = asyncio.create_task(started.wait())
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        try:
            scheme = "https" if certificate else "http"
            yield f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task


def _then(startup, started: asyncio.Event):  # type: ignore[no-untyped-def]
    async def run(sockets: list[socket.socket] | None = None) -> None:
        await startup(sockets)
        started.set()

    return run
