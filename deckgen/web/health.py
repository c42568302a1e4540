"""Probes for whoever runs the process."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.domain.errors import Unavailable
from deckgen.web.state import state


async def healthz(request: Request) -> Response:
    """The process lives."""
    return JSONResponse({"status": "ok"})


async def readyz(request: Request) -> Response:
    """The process can accept jobs: the database answers."""
    if not await state(request).decks.is_ready():
        raise Unavailable("The database can't be reached.", code="database_unavailable")
    return JSONResponse({"status": "ok"})
