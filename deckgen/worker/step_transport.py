"""Requests to the orchestrator whose answers are read whole, through httpx's transport alone.

What its client adds to that, cookies, redirects and authentication, no step needs, and it is a third of
what a call costs.
"""

from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

CONNECT_TIMEOUT = 3.0
PACKET_BYTES = 65_536


class Body(httpx.AsyncByteStream):
    """aiohttp writes the headers together with the first bytes, and asks for these just before.

    Short parts go together, since each would be a packet of its own. What `before` raises would come
    out as a broken connection: it is kept in `error`.
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
    """Pooled connections, `connections` at most; each read of a call has `timeout` seconds."""

    def __init__(self, *, timeout: float, connections: int) -> None:
        self._timeout = httpx.Timeout(timeout, connect=CONNECT_TIMEOUT).as_dict()
        self._transport = AiohttpTransport(limits=httpx.Limits(max_connections=connections))

    async def close(self) -> None:
        await self._transport.aclose()

    async def send(
        self, call: httpx.Request, before: Callable[[], Awaitable[None]] | None = None
    ) -> httpx.Response:
        """The answer; errors as of httpx, or of aiohttp if it is no HTTP.

        `before` is awaited at the last moment before anything is sent; what it raises is raised.
        """
        call.extensions["timeout"] = self._timeout
        if before is None:
            return await self._answer(call)
        assert isinstance(call.stream, httpx.AsyncByteStream)
        call.stream = sent = Body(call.stream, before)
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
