"""Bodies of requests with a table: the same fields, whether JSON or multipart.

A small body is read where it comes in. A large one is read in a child process, so that it holds up
nobody, whatever it contains.
"""

from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from starlette.requests import Request

from deckgen.bounded.child import Bounds
from deckgen.bounded.children import Children, running
from deckgen.config.settings import Settings
from deckgen.domain.errors import InvalidRequest
from deckgen.http import bodies
from deckgen.web import form_values
from deckgen.web.large_uploads import unpacked

# So many bytes may surround the table: the brief, names and boundaries.
OVERHEAD = 1_000_000
WORKS = "deckgen.web.large_uploads"
READERS, READ_SECONDS = 2, 60.0
LEAST_MEMORY, MEMORY_PER_BYTE = (
    2_000_000_000,
    20,
)  # a copy of text may take four bytes a character, and there are some


def readers(settings: Settings) -> AbstractContextManager[Children]:
    """Returns the processes that read large bodies, for as long as the service lives."""
    memory = max(LEAST_MEMORY, MEMORY_PER_BYTE * _limit(settings))
    return running(READERS, Bounds(READ_SECONDS, memory), WORKS)


async def read_with_table(request: Request, route: str, settings: Settings, readers: Children) -> Any:
    """Returns the fields of a JSON or multipart body; else InvalidRequest or TooLarge.

    `route` is the name of the route that it was sent to, whose body has a table.
    """
    media_type = bodies.media_type(request)
    if media_type not in (bodies.JSON, bodies.MULTIPART):
        raise InvalidRequest(
            f"The content type {media_type or '(none)'} is not accepted. Send application/json, or "
            "multipart/form-data with the table (CSV, XLSX or Parquet) as the file csvData.",
            code="unsupported_media_type",
        )
    limit = _limit(settings)
    # JSON writes a quote or the end of a line as two bytes.
    max_bytes = 2 * limit if media_type == bodies.JSON else limit
    bounded = bodies.bounded(request, max_bytes=max_bytes, timeout=settings.body_timeout_seconds)
    async with bodies.received(bounded) as body:
        if body.path is None:
            return await form_values.read(body.content_type, [body.content], max_part_bytes=limit)
        arguments = (route, body.content_type, body.path, OVERHEAD, limit)
        return unpacked(await readers.run(partial(readers.call, "read", *arguments)))


def _limit(settings: Settings) -> int:
    return settings.max_csv_bytes + OVERHEAD
