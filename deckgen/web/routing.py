"""A route with the scope that its callers need."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Message, Receive, Send
from starlette.types import Scope as ASGIScope

from deckgen.domain.access import Caller, Scope
from deckgen.web.state import state

OPEN = None  # of everybody: no key is asked for


class ScopedRoute(Route):
    """A route that lets in only callers with the scope `needs`, before a body is read.

    There is no default, so nobody forgets it; OPEN lets everybody in. The answer of one that `streams`
    has no end.
    """

    def __init__(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        needs: Scope | None,
        streams: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(path, endpoint, **options)
        self.needs, self.streams = needs, streams

    async def handle(self, scope: ASGIScope, receive: Receive, send: Send) -> None:
        if self.needs is OPEN:
            await super().handle(scope, receive, send)
            return
        request = Request(scope)
        caller = await self.caller(request)
        request.scope.setdefault("state", {})["caller"] = caller
        caller.require(self.needs)
        with admitted(request, caller, receive, send, streams=self.streams) as (receive, send):
            await super().handle(scope, receive, send)

    async def caller(self, request: Request) -> Caller:
        """Returns who makes the request; Unauthenticated if that can't be told."""
        return await state(request).callers.of(request)


@contextmanager
def admitted(
    request: Request, caller: Caller, receive: Receive, send: Send, *, streams: bool = False
) -> Iterator[tuple[Receive, Send]]:
    """Yield what receives and sends for the caller, within their limits; endpoints know them then."""
    request.scope.setdefault("state", {})["caller"] = caller
    limits = state(request).limits
    if limits is None:
        yield receive, send
        return
    headers = limits.count(caller)
    with (
        limits.listening(caller) if streams else nullcontext(),
        limits.receiving(caller, receive) as counting,
    ):
        yield counting, telling(send, headers)


def telling(send: Send, headers: list[tuple[bytes, bytes]]) -> Send:
    """Returns what sends an answer with further headers."""

    async def tell(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *headers]
        await send(message)

    return tell
