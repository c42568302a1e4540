"""Turn the body of a request for a deck, JSON or multipart, into the same GenerateRequest.

A small body is read where it comes in. A large one is read in a child process: whatever it holds, it
holds up nobody.
"""

from contextlib import AbstractContextManager
from functools import partial

from starlette.requests import Request

from deckgen.bounded.child import Bounds
from deckgen.bounded.children import Children, running
from deckgen.config.settings import Settings
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.requests import GenerateRequest, parse
from deckgen.http import bodies
from deckgen.web import form_values
from deckgen.web.large_uploads import unpacked

# What surrounds the table: the brief, names and boundaries.
OVERHEAD = 1_000_000
WORKS = "deckgen.web.large_uploads"
READERS, READ_SECONDS = 2, 60.0
LEAST_MEMORY, MEMORY_PER_BYTE = 2_000_000_000, 20  # text may take four bytes a character, some times


def readers(settings: Settings) -> AbstractContextManager[Children]:
    """The processes that read large bodies, for as long as the service lives."""
    memory = max(LEAST_MEMORY, MEMORY_PER_BYTE * _limit(settings))
    return running(READERS, Bounds(READ_SECONDS, memory), WORKS)


async def read_generate_request(
    request: Request, settings: Settings, readers: Children
) -> GenerateRequest:
    """The request of a JSON or multipart body; InvalidRequest or TooLarge in words otherwise."""
    kind = bodies.media_type(request)
    if kind not in (bodies.JSON, bodies.MULTIPART):
        raise InvalidRequest(
            f"The content type {kind or '(none)'} is not accepted. Send application/json, or "
            "multipart/form-data with the table (CSV, XLSX or Parquet) as the file csvData.",
            code="unsupported_media_type",
        )
    limit = _limit(settings)
    # JSON writes a quote or a line's end as two bytes.
    max_bytes = 2 * limit if kind == bodies.JSON else limit
    bounded = bodies.bounded(request, max_bytes=max_bytes, timeout=settings.body_timeout_seconds)
    async with bodies.received(bounded) as body:
        if body.path is None:
            values = await form_values.read(body.content_type, [body.content], max_part_bytes=limit)
        else:
            arguments = (body.content_type, body.path, OVERHEAD, limit)
            values = unpacked(await readers.run(partial(readers.call, "read", *arguments)))
    return parse(GenerateRequest, values)


def _limit(settings: Settings) -> int:
    return settings.max_csv_bytes + OVERHEAD
