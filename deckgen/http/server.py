"""The servers: uvicorn, whose SIGTERM finishes what is in flight and exits with 0."""

import contextlib
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from types import FrameType
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from deckgen.config.settings import Settings
from deckgen.http.limits import ServerLimits, with_open_files
from deckgen.http.protocol import limited
from deckgen.observability import logs, tracing
from deckgen.observability.logs import get_logger
from deckgen.observability.sentry import Reports
from deckgen.runtime.gc_tuning import collect_rarely
from deckgen.runtime.stopping import Ending

log = get_logger(__name__)

SHUTDOWN_SECONDS, CLOSE_SECONDS = 10, 20


class GuestServer(uvicorn.Server):
    """A server in a process whose signals are handled elsewhere."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class ProcessServer(uvicorn.Server):
    """A server that has the process for itself.

    It is over `seconds` after the first signal, and with the second one at once.
    """

    def __init__(self, config: uvicorn.Config, seconds: float) -> None:
        super().__init__(config)
        self._ending = Ending(seconds)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._ending.begins(sig):
            super().handle_exit(sig, frame)


def serve(app: ASGIApp, settings: Settings, *, name: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; `name` is that of the process."""
    logs.configure(settings, Reports.connect(settings, name))
    tracing.start(settings, name)
    # uvicorn, when it is done, raises the signal once more under the handlers that it found.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    collect_rarely()
    limits = ServerLimits.of(settings)
    limits = replace(limits, connections=with_open_files(limits.connections))
    served = config(_logged(app), limits, host=settings.host, port=port)
    server = ProcessServer(served, longest_stop(settings))
    server.run()
    if not server.started:
        sys.exit(1)


def longest_stop(settings: Settings) -> float:
    """Returns the seconds from the signal to the end if nothing answers any more.

    Requests in flight end first, then a worker inside, then what is open; both may wait for a database.
    """
    return SHUTDOWN_SECONDS + settings.drain_seconds + CLOSE_SECONDS


def config(app: ASGIApp, limits: ServerLimits, **options: Any) -> uvicorn.Config:
    """Returns the settings that all our servers have in common, with further `options` of uvicorn's."""
    common: dict[str, Any] = {
        "http": limited(limits),
        "ws": "none",  # a connection that became another protocol's would have no limits
        "timeout_keep_alive": limits.keep_alive_seconds,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "timeout_graceful_shutdown": SHUTDOWN_SECONDS,
    }
    return uvicorn.Config(app, **common | options)


def _logged(app: ASGIApp) -> ASGIApp:
    """Returns the application with its errors at start and end logged, which uvicorn would print."""

    async def logged(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await app(scope, receive, send)
        except Exception as error:
            if scope["type"] == "lifespan":
                log.critical("process.bug", exc_info=error)
            raise

    return logged
