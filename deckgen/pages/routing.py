"""Routes of pages: whoever has signed in may ask them too, and each change comes from our own page."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Send
from starlette.types import Scope as ASGIScope

from deckgen.domain.access import Caller
from deckgen.domain.errors import Unauthenticated
from deckgen.pages import held, security, sessions
from deckgen.pages.language import wants_page
from deckgen.web.routing import OPEN, ScopedRoute
from deckgen.web.state import state

FROM_HTMX = "hx-request"


class PageRoute(ScopedRoute):
    """A route of a page: a session lets in as a key does, and its answer has the headers of pages.

    Who has not signed in, or no longer, is led to the sign-in, and comes back to where they were.
    """

    async def handle(self, scope: ASGIScope, receive: Receive, send: Send) -> None:
        request, send = Request(scope, receive), security.with_headers(send)
        if self.needs is OPEN:
            security.require_own_page(request)
        try:
            await super().handle(scope, receive, send)
        except Unauthenticated:
            if not (wants_page(request) and state(request).callers.asks_for_key(request)):
                raise
            answer = await _to_sign_in(request)
            await answer(scope, receive, send)

    async def caller(self, request: Request) -> Caller:
        caller = await sessions.signed_in(request) or await super().caller(request)
        if "authorization" not in request.headers:  # which no browser sends by itself
            security.require_own_page(request)
        return caller


async def _to_sign_in(request: Request) -> Response:
    if request.method not in security.READING:
        return await held.hold(request)
    if FROM_HTMX in request.headers:  # a part of a page: the whole page is to be loaded again
        return Response(status_code=401, headers={"HX-Refresh": "true"})
    return sessions.led_to_sign_in(request)
