"""Calls of the API to the orchestrator: the API does no work on decks and tables itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from deckgen.config.settings import Settings
from deckgen.domain.errors import DeckgenError, InvalidRequest, Unavailable
from deckgen.http.token import bearer


@asynccontextmanager
async def calling(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """Provide a client of the orchestrator; Unavailable if that is away within the block."""
    try:
        async with httpx.AsyncClient(
            base_url=str(settings.orchestrator_url),
            headers=bearer(settings.orchestrator_token),
            timeout=httpx.Timeout(settings.step_timeout_seconds, connect=3.0),
            trust_env=False,
        ) as http:
            yield http
    except httpx.HTTPError as error:
        raise Unavailable(
            f"The orchestrator can't be reached ({type(error).__name__}). Try again later.",
            code="orchestrator_unreachable",
        ) from error


def refusal(answer: httpx.Response, otherwise: DeckgenError) -> DeckgenError:
    """Returns the orchestrator's own reason if the request was at fault."""
    if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
        problem = answer.json()
        return InvalidRequest(problem["detail"], code=problem["code"])
    return otherwise
