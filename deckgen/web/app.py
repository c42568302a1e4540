"""The application of API and pages, put together."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext

from starlette.applications import Starlette
from starlette.middleware import Middleware

from deckgen.config.settings import Settings
from deckgen.domain.datasets import PARQUET
from deckgen.domain.net.hosts import ServedHosts
from deckgen.export.formats import formats
from deckgen.http import problems
from deckgen.http.compression import Compression
from deckgen.http.doors import Doors
from deckgen.http.intake import Intake
from deckgen.http.observing import Observed
from deckgen.http.request_ids import RequestIds
from deckgen.pages import errors as error_pages
from deckgen.pages.routes import routes as routes_of_pages
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.caller_limits import CallerLimits
from deckgen.web.callers import Authenticate, Callers
from deckgen.web.exports import Exports
from deckgen.web.preview_limits import PreviewLimits
from deckgen.web.routes import routes
from deckgen.web.state import State
from deckgen.web.uploads import readers


def packed() -> tuple[str, ...]:
    """Returns the media types of files that are compressed inside."""
    return (PARQUET, *(each.media_type for each in formats() if each.is_packed))


def create_app(
    settings: Settings,
    *,
    worker: AbstractAsyncContextManager[object] | None = None,
    authenticate: Authenticate | None = None,
) -> Starlette:
    """Returns the application; `worker`, if there is one, runs for as long as the application does.

    `authenticate`, where it is mounted in another one, returns who makes a request; None refuses it.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with (
            AsyncOrchestrator(settings) as decks,
            Exports(settings, decks) as exports,
            worker or nullcontext(),
        ):
            callers = Callers(settings, decks, authenticate)
            with readers(settings) as children:
                # Where nobody is asked who they are, all are on this machine.
                is_open = settings.auth_is_off and authenticate is None
                limits = None if is_open else CallerLimits(settings)
                previews = PreviewLimits(settings, knows_callers=not is_open)
                app.state.shared = State(settings, decks, callers, limits, exports, children, previews)
                yield

    app = Starlette(
        routes=[*routes_of_pages(), *routes()],
        middleware=[
            Middleware(RequestIds),
            Middleware(Observed),
            Middleware(Compression, packed=packed()),
            Middleware(error_pages.ErrorPages),
            Middleware(
                Intake,
                grace_seconds=2 * settings.body_timeout_seconds,
                bytes_a_second=settings.min_bytes_per_second,
                max_bytes=settings.max_body_bytes_in_flight,
            ),
            Middleware(Doors, ServedHosts.parse(settings.allowed_hosts)),
        ],
        exception_handlers=problems.HANDLERS | {Exception: error_pages.on_bug},
        lifespan=lifespan,
    )
    return app
