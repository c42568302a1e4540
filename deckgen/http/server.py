"""Run an application with uvicorn, so that SIGTERM finishes what is in flight and exits with 0."""

import contextlib
import signal
import sys
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from deckgen.garbage import collect_rarely
from deckgen.observability import logs
from deckgen.observability.logs import get_logger
from deckgen.observability.sentry import Reports
from deckgen.settings import Settings

log = get_logger(__name__)

SHUTDOWN_SECONDS = 10


class Server(uvicorn.Server):
    """One that lives in a process whose signals are another's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def serve(app: ASGIApp, settings: Settings, *, name: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; `name` is that of the process."""
    logs.configure(settings, Reports.connect(settings, name))
    # When it is done, uvicorn raises the signal once more under the handlers that it found.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    collect_rarely()
    uvicorn.run(
        _logged(app),
        host=settings.host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )


def _logged(app: ASGIApp) -> ASGIApp:
    """Log what goes wrong at start and end as everything else; uvicorn would print its message."""

    async def logged(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await app(scope, receive, send)
        except Exception as error:
            if scope["type"] == "lifespan":
                log.critical("process.bug", exc_info=error)
            raise

    return logged
