"""As little of an HTTP client as can be, so that the server is measured and not the client."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any, Self
from urllib.parse import urlsplit


class Connection:
    """One connection that is kept alive, and sends `key`; answers must have a Content-Length."""

    def __init__(self, url: str, key: str | None = None) -> None:
        self._address = urlsplit(url)
        self._key = f"Authorization: Bearer {key}\r\n" if key else ""

    async def open(self) -> Self:
        host, port = self._address.hostname, self._address.port
        self._reader, self._writer = await asyncio.open_connection(host, port)
        return self

    async def request(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Status and JSON of the answer."""
        content = b"" if body is None else json.dumps(body).encode()
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"{self._key}Content-Length: {len(content)}\r\n\r\n"
        )
        if self._reader.at_eof():  # the server closes what was quiet for some seconds
            await self.close()
            await self.open()
        self._writer.write(head.encode() + content)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(answer.partition("content-length: ")[2].partition("\r\n")[0])
        content = await self._reader.readexactly(length)
        return int(answer.split()[1]), json.loads(content) if content else None

    async def close(self) -> None:
        self._writer.close()
        await self._writer.wait_closed()

    async def __aenter__(self) -> Self:
        return await self.open()

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def brief(deck: str, user: str) -> dict[str, Any]:
    """The body of a request for a deck without data: its job has two steps, draft and assemble."""
    return {"deckId": deck, "userId": user, "context": {"businessContext": f"How are sales of {deck}?"}}


async def load(url: str, path: str, body: Callable[[], Any], *, clients: int, seconds: float) -> float:
    """Requests a second that were accepted while `clients` posted one after the other."""
    until = time.monotonic() + seconds
    accepted = 0

    async def post() -> None:
        nonlocal accepted
        async with Connection(url) as connection:
            while time.monotonic() < until:
                status, answer = await connection.request("POST", path, body())
                if status != 202:
                    raise RuntimeError(f"POST {path} was answered with {status}: {answer}")
                accepted += 1

    began = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for _ in range(clients):
            group.create_task(post())
    return accepted / (time.monotonic() - began)
