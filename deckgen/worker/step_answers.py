"""The answers of the orchestrator: the result of a step, or the error that its problem says."""

import re
from typing import Any

import aiohttp
import httpx
import orjson
from pydantic import ValidationError

from deckgen.domain.errors import BrokenCallError, OutageError, PermanentError, RetryableError
from deckgen.domain.step_contract import CUT_SHORT, NOT_BEGUN, StepResponse
from deckgen.domain.steps import UNWRITTEN_CONTRACT, Step

CODE = re.compile(r"[a-z][a-z0-9_]{0,63}")  # nothing else of a body gets into a log


def connection_error(error: Exception) -> OutageError:
    """Returns the error of a connection: only aiohttp tells a lost one from one never made."""
    cause = error.__cause__ or error
    name = type(cause).__name__
    if isinstance(cause, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return OutageError(f"The orchestrator can't be reached ({name}).")
    return BrokenCallError(f"The orchestrator ended the call without an answer ({name}).")


def read_response(step: Step, response: httpx.Response) -> StepResponse:
    """Returns the result of a step, or raises the error of the answer."""
    if not response.is_success:
        raise _error(step, response)
    try:
        return StepResponse.model_validate(orjson.loads(response.content))
    except (ValueError, ValidationError):
        malformed = RetryableError(
            f"The orchestrator's answer to the step {step} can't be read.",
            code="orchestrator_malformed",
        )
        malformed.status = response.status_code
        raise malformed from None


def _error(step: Step, response: httpx.Response) -> PermanentError | RetryableError:
    """Returns the error of an answer; its problem, or else its status, says if a retry can succeed."""
    problem = problem_of(response)
    code = str(problem.get("code"))
    if code in NOT_BEGUN:
        outage = OutageError(str(problem.get("detail")), code=code, retry_after=retry_after(response))
        outage.status = response.status_code
        return outage
    message = str(problem.get("detail") or f"The step {step} answered with {response.status_code}.")
    if not CODE.fullmatch(code):
        code = "orchestrator_error"
    by_status = response.status_code >= 500 or response.status_code in (408, 425, 429)
    error: PermanentError | RetryableError
    if code == CUT_SHORT or problem.get("retryable", by_status):
        error = RetryableError(message, code=code, retry_after=retry_after(response))
    else:
        error = PermanentError(message, code=code)
    error.status = response.status_code
    return error


def problem_of(response: httpx.Response) -> dict[str, Any]:
    """Returns the problem in an answer; empty if there is none."""
    if "problem+json" not in response.headers.get("content-type", ""):
        return {}
    try:
        problem = response.json()
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}


def served_contracts(response: httpx.Response) -> list[int]:
    """Returns the versions of steps that it serves; orchestrators before 0.3.0 do not say."""
    try:
        return [int(contract) for contract in response.json()["contracts"]]
    except (ValueError, TypeError, KeyError):
        return [UNWRITTEN_CONTRACT]


def retry_after(response: httpx.Response) -> float | None:
    """Returns the wait in seconds that an answer asks for; None if it asks for none."""
    try:
        return max(0.0, float(response.headers["retry-after"]))
    except (KeyError, ValueError):
        return None
