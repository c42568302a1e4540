"""Read a request's body with bounds on its size and on its silence; a large one waits on disk."""

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

HELD_BYTES = 1 << 16  # of a body that is not complete yet; more is written to disk
JSON, MULTIPART = "application/json", "multipart/form-data"


def media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def bounded(request: Request, *, max_bytes: int, timeout: float) -> Request:
    """The same request, whose body raises TooLarge or InvalidRequest once it leaves the bounds.

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
                f"Nothing more of the request's body came for {timeout:g} s. Send it again.",
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
class Body:
    """A whole body: `content`, or the `path` of a file if it is large."""

    content_type: str
    content: bytes = b""
    path: Path | None = None


@asynccontextmanager
async def received(request: Request) -> AsyncIterator[Body]:
    """The whole body of a bounded request, for as long as the block runs.

    What has come of a body takes HELD_BYTES of memory at most. InvalidRequest if it stops half-way.
    """
    content_type = request.headers.get("content-type", "")
    held = bytearray()
    chunks = _whole(request)
    async for chunk in chunks:
        held += chunk
        if len(held) > HELD_BYTES:
            break
    else:
        yield Body(content_type, bytes(held))
        return
    with tempfile.NamedTemporaryFile(prefix="deckgen-body-") as file:
        file.write(held)
        held.clear()
        async for chunk in chunks:
            file.write(chunk)
        file.flush()
        yield Body(content_type, path=Path(file.name))


async def _whole(request: Request) -> AsyncIterator[bytes]:
    """The body's chunks; InvalidRequest if it stops half-way."""
    try:
        async for chunk in request.stream():
            yield chunk
    except ClientDisconnect:
        raise incomplete() from None


async def read_json(request: Request) -> Any:
    """The body as JSON; InvalidRequest if it is not, or stops half-way. For small bodies."""
    return loads(b"".join([chunk async for chunk in _whole(request)]))


def loads(content: bytes) -> Any:
    """The JSON in a body; InvalidRequest if it is none."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InvalidRequest(f"The body is not valid JSON: {error}.", code="invalid_json") from None


def incomplete() -> InvalidRequest:
    return InvalidRequest("The request's body stopped half-way. Send it again.", code="body_incomplete")
