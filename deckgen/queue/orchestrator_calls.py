"""Calls of the API to the orchestrator: the API does no work on decks and tables itself."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from deckgen.config.settings import Settings
from deckgen.domain.errors import DeckgenError, InvalidRequest, Unavailable
from deckgen.http.token import bearer
from deckgen.observability import tracing
from deckgen.runtime.certificates import certificates


@asynccontextmanager
async def calling(settings: Settings, seconds: float | None = None) -> AsyncIterator[httpx.AsyncClient]:
    """Provide a client of the orchestrator; Unavailable if that is away within the block.

    It waits for answers as long as for a step, or for `seconds`.
    """
    longest = settings.step_timeout_seconds if seconds is None else seconds
    try:
        async with httpx.AsyncClient(
            base_url=str(settings.orchestrator_url),
            headers=bearer(settings.orchestrator_token) | tracing.headers(),
            timeout=httpx.Timeout(longest, connect=3.0),
            verify=certificates(),
            trust_env=False,
        ) as http:
            yield http
    except httpx.HTTPError as error:
        raise Unavailable(
            f"The orchestrator can't be reached ({type(error).__name__}). Try again later.",
            code="orchestrator_unreachable",
        ) from error


def problem_of(answer: httpx.Response) -> dict[str, Any]:
    """Returns the problem that the orchestrator answered with; empty if it is none of its own."""
    try:
        problem = answer.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        return {}
    return problem if isinstance(problem, dict) and {"code", "detail"} <= problem.keys() else {}


def refusal(answer: httpx.Response, otherwise: DeckgenError) -> DeckgenError:
    """Returns the orchestrator's own reason if the request was at fault."""
    if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
        problem = answer.json()
        return InvalidRequest(problem["detail"], code=problem["code"])
    return otherwise
