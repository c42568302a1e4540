"""Read a request's body with bounds on its size and on its silence."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive

from deckgen.domain.errors import InvalidRequest, TooLarge

TAIL_BYTES = 16  # enough for the "--" and line end behind the last boundary
JSON, MULTIPART = "application/json", "multipart/form-data"


def media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def bounded(request: Request, *, max_bytes: int, timeout: float) -> Request:
    """The same request, whose body raises TooLarge or InvalidRequest once it leaves the bounds.

    `timeout` bounds each silence, in seconds, not the whole upload.
    """
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > max_bytes:
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


async def read_json(request: Request) -> Any:
    """The body as JSON; InvalidRequest if it is not, or stops half-way."""
    try:
        return json.loads(await request.body())
    except ClientDisconnect:
        raise _incomplete() from None
    except (ValueError, RecursionError) as error:
        raise InvalidRequest(f"The body is not valid JSON: {error}.", code="invalid_json") from None


@asynccontextmanager
async def read_form(request: Request, *, max_part_bytes: int) -> AsyncIterator[FormData]:
    """The body as multipart/form-data; InvalidRequest if it is not, or stops half-way."""
    form = await _parse_form(request, max_part_bytes)
    try:
        yield form
    finally:
        await form.close()


async def _parse_form(request: Request, max_part_bytes: int) -> FormData:
    watched = Request(request.scope, _refusing_half_a_form(request.receive))
    try:
        return await watched.form(max_files=2, max_fields=20, max_part_size=max_part_bytes)
    except ClientDisconnect:
        raise _incomplete() from None
    except HTTPException as error:
        raise InvalidRequest(
            f"The body is not valid multipart/form-data: {error.detail}", code="invalid_multipart"
        ) from None


def _refusing_half_a_form(receive: Receive) -> Receive:
    """The parser is silent about a body that ends inside a part, and drops that part."""
    tail = b""

    async def receive_whole_form() -> Message:
        nonlocal tail
        message = await receive()
        tail = (tail + message.get("body", b""))[-TAIL_BYTES:]
        ended = message["type"] == "http.request" and not message.get("more_body")
        if ended and not tail.rstrip().endswith(b"--"):
            raise _incomplete()
        return message

    return receive_whole_form


def _incomplete() -> InvalidRequest:
    return InvalidRequest("The request's body stopped half-way. Send it again.", code="body_incomplete")
