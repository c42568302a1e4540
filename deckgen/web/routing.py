"""A route with the scope that its callers need."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Send
from starlette.types import Scope as ASGIScope

from deckgen.domain.access import Scope
from deckgen.web.state import state

OPEN = None  # of everybody: no key is asked for


class ScopedRoute(Route):
    """A route that lets in only callers with the scope `needs`, before a body is read.

    There is no default, so nobody forgets it; OPEN lets everybody in.
    """

    def __init__(
        self, path: str, endpoint: Callable[..., Any], *, needs: Scope | None, **options: Any
    ) -> None:
        super().__init__(path, endpoint, **options)
        self.needs = needs

    async def handle(self, scope: ASGIScope, receive: Receive, send: Send) -> None:
        if self.needs is not OPEN:
            request = Request(scope)
            caller = await state(request).callers.of(request)
            caller.require(self.needs)
            scope.setdefault("state", {})["caller"] = caller
        await super().handle(scope, receive, send)
