"""Probes for those who run the process."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.domain.errors import Unavailable
from deckgen.domain.jobs import Alive, Ready
from deckgen.web.state import state

READINESS = "readiness"  # there is one only


async def healthz(request: Request) -> Response:
    """Say that the process is alive."""
    return JSONResponse(Alive().to_json())


async def readyz(request: Request) -> Response:
    """Say if the process can accept jobs: a row can be written. Other problems are warnings.

    The check runs at most once a second, however many clients ask.
    """
    shared = state(request)
    readiness = await shared.readiness.once(READINESS, shared.decks.get_readiness)
    if readiness.reasons:
        raise Unavailable(" ".join(readiness.reasons), code="database_unavailable")
    return JSONResponse(Ready(warnings=readiness.warnings).to_json())
