"""Bounds on the bodies of requests: how slowly they may come, and how many bytes at a time."""

import asyncio

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deckgen.domain.errors import DeckgenError, InvalidRequest, Unavailable
from deckgen.http.problems import from_error

RETRY_AFTER_SECONDS = 5.0
WATCHED = ("content-length", "transfer-encoding")


class Intake:
    """Bounds each body that the application reads.

    A client may fall behind `bytes_a_second` by `grace_seconds` and no more, however fast it was
    before; only the time in which the application waits for it counts. `max_bytes` bounds the bodies of
    all requests that are not answered yet; None does not. Only the application bounds a body that is
    alone.
    """

    def __init__(
        self, app: ASGIApp, *, grace_seconds: float, bytes_a_second: int, max_bytes: int | None
    ) -> None:
        self._app = app
        self.grace_seconds, self.bytes_a_second = grace_seconds, bytes_a_second
        self._max_bytes = max_bytes
        self._in_flight = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        if not any(name in headers for name in WATCHED):
            await self._app(scope, receive, send)
            return
        announced = headers.get("content-length", "0")
        if self._in_flight and not self._has_room(int(announced) if announced.isdecimal() else 0):
            await from_error(_too_many_bytes())(scope, receive, send)
            return
        body = _BoundedBody(self, receive)
        try:
            await self._app(scope, body.receive, send)
        except DeckgenError as error:  # raised in this file, where only a middleware has read the body
            await from_error(error)(scope, receive, send)
        finally:
            self._in_flight -= body.received

    def _has_room(self, size: int) -> bool:
        return self._max_bytes is None or self._in_flight + size <= self._max_bytes

    def take(self, body: "_BoundedBody", size: int) -> None:
        """Count bytes of a body; Unavailable if all together are too many."""
        if body.received < self._in_flight and not self._has_room(size):
            raise _too_many_bytes()
        body.received += size
        self._in_flight += size


class _BoundedBody:
    def __init__(self, intake: Intake, receive: Receive) -> None:
        self._intake, self._receive = intake, receive
        self._patience = intake.grace_seconds
        self._is_whole = False
        self.received = 0

    async def receive(self) -> Message:
        if self._is_whole:
            return await self._receive()  # until the client goes away
        began = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(self._patience):
                message = await self._receive()
        except TimeoutError:
            raise _too_slow() from None
        size = len(message.get("body", b""))
        waited = asyncio.get_running_loop().time() - began
        earned = size / self._intake.bytes_a_second
        self._patience = min(self._patience - waited + earned, self._intake.grace_seconds)
        self._is_whole = not message.get("more_body", False)
        self._intake.take(self, size)
        return message


def _too_many_bytes() -> Unavailable:
    return Unavailable(
        "The server is receiving too many large requests just now. Send the request again later.",
        code="too_many_bytes",
        retry_after=RETRY_AFTER_SECONDS,
    )


def _too_slow() -> InvalidRequest:
    return InvalidRequest(
        "The request's body arrived too slowly. Send the request again over a faster connection.",
        code="body_too_slow",
    )
