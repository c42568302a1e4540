"""Questions to the orchestrator that belong to no job: its answer is given on, and kept nowhere."""

import json
from collections.abc import Mapping
from typing import Any

import httpx

from deckgen.config.settings import Settings
from deckgen.domain.errors import Unavailable
from deckgen.http.token import bearer

File = tuple[str, bytes, str]  # its name, its content, its type
CONNECT_SECONDS = 3.0


async def ask(
    settings: Settings, path: str, files: Mapping[str, File], seconds: float
) -> httpx.Response:
    """Returns the orchestrator's answer to a form, whatever its status; Unavailable if it is away."""
    try:
        async with httpx.AsyncClient(
            base_url=str(settings.orchestrator_url),
            headers=bearer(settings.orchestrator_token),
            timeout=httpx.Timeout(seconds, connect=CONNECT_SECONDS),
            trust_env=False,
        ) as http:
            return await http.post(path, files=files)
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
