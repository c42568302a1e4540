"""Bodies of the type multipart/form-data."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, Headers
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from deckgen.domain.errors import InvalidRequest
from deckgen.http.bodies import MULTIPART, incomplete

TAIL_BYTES = 16  # enough for the "--" and line end behind the last boundary
MAX_FILES, MAX_FIELDS = 2, 500  # the form of a deck has some for each column of its table


@asynccontextmanager
async def read_form(request: Request, *, max_part_bytes: int) -> AsyncIterator[FormData]:
    """Yields the body as multipart/form-data; InvalidRequest if it is not, or stops half-way."""
    content_type = request.headers.get("content-type", "")
    async with parsed(content_type, request.stream(), max_part_bytes=max_part_bytes) as form:
        yield form


@asynccontextmanager
async def parsed(
    content_type: str,
    chunks: AsyncGenerator[bytes, None],
    *,
    max_part_bytes: int,
    held_bytes: int = MultiPartParser.spool_max_size,
) -> AsyncIterator[FormData]:
    """Yields the form in a body of chunks; a part without a file name may have `max_part_bytes`.

    A file stays in memory up to `held_bytes`; beyond them it is written to disk, by threads.
    """
    parser = MultiPartParser(
        _headers(content_type),
        _refusing_half_a_form(chunks),
        max_files=MAX_FILES,
        max_fields=MAX_FIELDS,
        max_part_size=max_part_bytes,
    )
    parser.spool_max_size = held_bytes
    try:
        form = await parser.parse()
    except ClientDisconnect:
        raise incomplete() from None
    except MultiPartException as error:
        raise InvalidRequest(
            f"The body is not valid multipart/form-data: {error.message}", code="invalid_multipart"
        ) from None
    try:
        yield form
    finally:
        await form.close()


def _headers(content_type: str) -> Headers:
    """Returns the headers that the parser needs, without a charset: all text is UTF-8."""
    _, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if boundary is None:
        return Headers({"Content-Type": MULTIPART})
    quoted = boundary.decode("latin-1").replace("\\", "\\\\").replace('"', '\\"')
    return Headers({"Content-Type": f'{MULTIPART}; boundary="{quoted}"'})


async def _refusing_half_a_form(chunks: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """Yield the chunks; InvalidRequest if the body ends inside a part, which the parser would drop."""
    tail = b""
    async for chunk in chunks:
        tail = (tail + chunk)[-TAIL_BYTES:]
        yield chunk
    if not tail.rstrip().endswith(b"--"):
        raise incomplete()
