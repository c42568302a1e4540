"""Probes for whoever runs the process."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.domain.errors import Unavailable
from deckgen.web.state import state

READINESS = "readiness"  # there is one only


async def healthz(request: Request) -> Response:
    """The process lives."""
    return JSONResponse({"status": "ok"})


async def readyz(request: Request) -> Response:
    """The process can accept jobs: a row can be written. What else is wrong is a warning.

    It is looked at once a second, however many ask.
    """
    shared = state(request)
    found = await shared.readiness.once(READINESS, shared.decks.get_readiness)
    if found.reasons:
        raise Unavailable(" ".join(found.reasons), code="database_unavailable")
    return JSONResponse({"status": "ok", "warnings": found.warnings})
