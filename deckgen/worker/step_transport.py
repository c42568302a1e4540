"""Requests to the orchestrator whose answers are read whole, through httpx's transport alone.

No step needs what its client adds, cookies, redirects and authentication, which are a third of the cost
of a call.
"""

from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from deckgen.runtime.certificates import certificates

CONNECT_TIMEOUT = 3.0
PACKET_BYTES = 65_536


class StepBody(httpx.AsyncByteStream):
    """A body that awaits `before` just before its first bytes, with which aiohttp writes the headers.

    Short parts are joined, since each would be a packet of its own. An error of `before` would come out
    as a broken connection: it is kept in `error`.
    """

    def __init__(self, content: httpx.AsyncByteStream, before: Callable[[], Awaitable[None]]) -> None:
        self._content, self._before = content, before
        self.error: Exception | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            await self._before()
        except Exception as error:
            self.error = error
            raise
        parts, length = list[bytes](), 0
        async for part in self._content:
            parts.append(part)
            length += len(part)
            if length >= PACKET_BYTES:
                yield b"".join(parts)
                parts, length = [], 0
        yield b"".join(parts)


class StepTransport:
    """A pool of `connections` at most; each read of a call may take `timeout` seconds."""

    def __init__(self, *, timeout: float, connections: int) -> None:
        self._timeout = httpx.Timeout(timeout, connect=CONNECT_TIMEOUT).as_dict()
        limits = httpx.Limits(max_connections=connections)
        self._transport = AiohttpTransport(verify=certificates(), limits=limits)

    async def close(self) -> None:
        await self._transport.aclose()

    async def send(
        self, call: httpx.Request, before: Callable[[], Awaitable[None]] | None = None
    ) -> httpx.Response:
        """Returns the answer; errors are httpx's, or aiohttp's if the answer is not HTTP.

        `before` is awaited at the last moment before anything is sent; its error is raised.
        """
        call.extensions["timeout"] = self._timeout
        if before is None:
            return await self._answer(call)
        assert isinstance(call.stream, httpx.AsyncByteStream)
        call.stream = sent = StepBody(call.stream, before)
        try:
            return await self._answer(call)
        except (httpx.HTTPError, aiohttp.ClientError):
            if sent.error:
                raise sent.error from None
            raise

    async def _answer(self, call: httpx.Request) -> httpx.Response:
        response = await self._transport.handle_async_request(call)
        try:
            await response.aread()
        finally:
            await response.aclose()
        return response
