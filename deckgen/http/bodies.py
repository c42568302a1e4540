"""Bodies of requests, with bounds on their size and on each silence; a large one waits on disk."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive

from deckgen.domain.errors import InvalidRequest, TooLarge

HELD_BYTES = 1 << 16  # of an incomplete body in memory; more is written to disk
JSON, MULTIPART = "application/json", "multipart/form-data"


def media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def bounded(request: Request, *, max_bytes: int, timeout: float) -> Request:
    """Returns the request with a body that raises TooLarge or InvalidRequest beyond the bounds.

    `timeout` bounds each silence, in seconds, not the whole upload.
    """
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced[:20]) > max_bytes:
        raise _too_large(max_bytes)
    return Request(request.scope, _bounded_receive(request.receive, max_bytes, timeout))


def _bounded_receive(receive: Receive, max_bytes: int, timeout: float) -> Receive:
    received = 0

    async def bounded_receive() -> Message:
        nonlocal received
        try:
            async with asyncio.timeout(timeout):
                message = await receive()
        except TimeoutError:
            raise InvalidRequest(
                f"No more of the request's body arrived within {timeout:g} s. Send the request again.",
                code="body_timeout",
            ) from None
        received += len(message.get("body", b""))
        if received > max_bytes:
            raise _too_large(max_bytes)
        return message

    return bounded_receive


def _too_large(max_bytes: int) -> TooLarge:
    return TooLarge(
        f"The request's body has more than {max_bytes} bytes. Send less data.", code="body_too_large"
    )


@dataclass(frozen=True)
class ReceivedBody:
    """A whole body: `content`, or the `path` of a file if it is large."""

    content_type: str
    content: bytes = b""
    path: Path | None = None


@asynccontextmanager
async def received(request: Request) -> AsyncIterator[ReceivedBody]:
    """Yields the whole body of a bounded request.

    At most HELD_BYTES of a body are in memory. InvalidRequest if it stops half-way.
    """
    content_type = request.headers.get("content-type", "")
    in_memory = bytearray()
    chunks = _whole(request)
    async for chunk in chunks:
        in_memory += chunk
        if len(in_memory) > HELD_BYTES:
            break
    else:
        yield ReceivedBody(content_type, bytes(in_memory))
        return
    with tempfile.NamedTemporaryFile(prefix="deckgen-body-") as file:
        file.write(in_memory)
        in_memory.clear()
        async for chunk in chunks:
            file.write(chunk)
        file.flush()
        yield ReceivedBody(content_type, path=Path(file.name))


async def _whole(request: Request) -> AsyncIterator[bytes]:
    """Yield the body's chunks; InvalidRequest if it stops half-way."""
    try:
        async for chunk in request.stream():
            yield chunk
    except ClientDisconnect:
        raise incomplete() from None


async def read_bytes(request: Request) -> bytes:
    """Returns the body of a bounded request; InvalidRequest if it stops half-way."""
    return b"".join([chunk async for chunk in _whole(request)])


async def read_json(request: Request) -> Any:
    """Returns a small body as JSON; InvalidRequest if it is not JSON, or stops half-way."""
    return loads(await read_bytes(request))


def loads(content: bytes) -> Any:
    """Returns the JSON in a body; InvalidRequest if it is none."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InvalidRequest(f"The body is not valid JSON: {error}.", code="invalid_json") from None


def incomplete() -> InvalidRequest:
    return InvalidRequest(
        "The request's body stopped half-way. Send the request again.", code="body_incomplete"
    )
