"""Small JSON bodies."""

from typing import Any

from starlette.requests import Request

from deckgen.http import bodies
from deckgen.web.state import state

MAX_BYTES = 10_000


async def small_body(request: Request) -> Any:
    timeout = state(request).settings.body_timeout_seconds
    return await bodies.read_json(bodies.bounded(request, max_bytes=MAX_BYTES, timeout=timeout))
