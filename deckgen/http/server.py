"""Run an application with uvicorn, so that SIGTERM finishes what is in flight and exits with 0."""

import signal
import sys

import uvicorn
from starlette.types import ASGIApp

from deckgen.observability import logs
from deckgen.settings import Settings

SHUTDOWN_SECONDS = 10


def serve(app: ASGIApp, settings: Settings, *, port: int) -> None:
    """Serve until SIGTERM or SIGINT."""
    logs.configure(settings)
    # When it is done, uvicorn raises the signal once more under the handlers that it found.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    uvicorn.run(
        app,
        host=settings.host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
