"""The client of the orchestrator: one request a step, and a name for every way to fail."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
import httpx
import orjson
from pydantic import ValidationError

from deckgen.domain.errors import BrokenCallError, OutageError, PermanentError, RetryableError
from deckgen.domain.step_contract import (
    CONTRACT_HEADER,
    CUT_SHORT,
    DATASET_HEADER,
    NOT_BEGUN,
    NOT_SERVED_CONTRACT,
    StepRequest,
    StepResponse,
)
from deckgen.domain.steps import CONTRACT, UNWRITTEN_CONTRACT, Step
from deckgen.worker.step_transport import StepTransport

PROBE_TIMEOUT = 3.0
STANDS_STILL = 0.5  # seconds: a server that works says sooner that it is ready
# A server in front of an orchestrator that does not serve, or no orchestrator at all, answers so.
NOT_SERVED = frozenset({301, 302, 303, 307, 308, 401, 403, 404, 405, 407, 421, 502, 503, 504})
# The orchestrator does not hold the table, or is older than 0.4.0 and has no such path.
NO_SUCH_PATH = frozenset({404, 405})
MAX_REMEMBERED = 1000
CODE = re.compile(r"[a-z][a-z0-9_]{0,63}")  # nothing else of a body gets into a log


class OrchestratorClient:
    """A client with pooled connections to ORCHESTRATOR_URL; a whole call may take `timeout` seconds.

    `connections` is the number of calls that can be in flight.
    """

    def __init__(self, base_url: str, *, timeout: float, connections: int) -> None:
        self._timeout = timeout
        base = base_url.rstrip("/")
        # The URLs are parsed once: that is half the cost of a request.
        self._urls = {step: httpx.URL(f"{base}/steps/{step}") for step in Step}
        self._held_urls = {step: httpx.URL(f"{base}/held/steps/{step}") for step in Step}
        self._held: dict[str, None] = {}  # SHA-256 of tables; a dict has an order
        self._readiness = httpx.URL(f"{base}/readyz")
        self._transport = StepTransport(timeout=timeout, connections=connections)

    async def close(self) -> None:
        await self._transport.close()

    async def execute(
        self,
        step: Step,
        request: StepRequest,
        *,
        key: str,
        contract: int,
        load: Callable[[], Awaitable[bytes]] | None,
        before: Callable[[], Awaitable[None]],
    ) -> StepResponse:
        """Returns the result of a step; RetryableError or PermanentError if there is none.

        The error is an OutageError if any other step would have failed too. `contract` is the version
        that the job is bound to. `load` returns the uploaded file, compressed with gzip, if the step
        reads it; it is sent where it is not held. `before` is awaited at the last moment before
        anything is sent; if it raises, nothing is sent.
        """
        headers = {"Idempotency-Key": key, CONTRACT_HEADER: str(contract)}
        sha256 = request.dataset.sha256 if load and request.dataset else ""
        if load is None:
            response = await self._sent(self._urls, step, request, headers, None, before)
        else:
            headers[DATASET_HEADER] = sha256
            answer = await self._sent_without(step, request, headers, before)
            response = answer or await self._sent(
                self._urls, step, request, headers, await load(), before
            )
        self._remember(sha256, response)
        if response.status_code in NOT_SERVED and not _problem(response):
            raise await self._refused(response)
        return _read(step, response)

    async def _sent_without(
        self,
        step: Step,
        request: StepRequest,
        headers: Mapping[str, str],
        before: Callable[[], Awaitable[None]],
    ) -> httpx.Response | None:
        """Returns the answer of an orchestrator that holds the table; None if it does not."""
        if headers[DATASET_HEADER] not in self._held:
            return None
        response = await self._sent(self._held_urls, step, request, headers, None, before)
        return None if response.status_code in NO_SUCH_PATH else response

    def _remember(self, sha256: str, response: httpx.Response) -> None:
        """Remember the tables that are held, the last ones used."""
        self._held.pop(sha256, None)
        if sha256 and response.headers.get(DATASET_HEADER) == sha256:
            self._held[sha256] = None
            while len(self._held) > MAX_REMEMBERED:
                del self._held[next(iter(self._held))]

    async def _sent(
        self,
        urls: Mapping[Step, httpx.URL],
        step: Step,
        request: StepRequest,
        headers: Mapping[str, str],
        dataset: bytes | None,
        before: Callable[[], Awaitable[None]],
    ) -> httpx.Response:
        try:
            # httpx bounds each read; only this bounds a server that drips bytes.
            async with asyncio.timeout(self._timeout):
                return await self._post(urls[step], request, headers, dataset, before)
        except TimeoutError:
            raise await self._late(step) from None
        # aiohttp's own error comes through for an answer that is not HTTP.
        except (httpx.HTTPError, aiohttp.ClientError) as error:
            raise _outage(error) from error

    async def _late(self, step: Step) -> RetryableError:
        """Returns the error of a call that took too long: its step did, or the server hangs.

        OutageError if the server can't be reached.
        """
        asked_at = time.monotonic()
        await self.ready()
        if time.monotonic() - asked_at > STANDS_STILL:
            return BrokenCallError("The orchestrator stopped answering during the call.")
        return RetryableError(
            f"The step {step} took longer than {self._timeout:g} s.", code="orchestrator_timeout"
        )

    async def _refused(self, response: httpx.Response) -> RetryableError:
        """Returns the error of a server in the orchestrator's place: it refuses all calls, or one."""
        status = response.status_code
        if 400 <= status < 500:
            await self.ready()  # an error here says that no orchestrator is behind it
            error = RetryableError(
                f"A server in front of the orchestrator refused this call with {status}.",
                code="call_refused",
            )
        else:
            error = OutageError(
                f"A server in the orchestrator's place answered with {status}.",
                retry_after=_retry_after(response),
            )
        error.status = status
        return error

    async def ready(self) -> None:
        """Raise OutageError if the orchestrator can't be reached, or says that it can't serve."""
        try:
            async with asyncio.timeout(PROBE_TIMEOUT):
                response = await self._transport.send(httpx.Request("GET", self._readiness))
        except TimeoutError:
            raise OutageError(f"The orchestrator did not answer in {PROBE_TIMEOUT:g} s.") from None
        except (httpx.HTTPError, aiohttp.ClientError) as error:
            raise OutageError(_outage(error).message) from error
        if not response.is_success:
            detail = _problem(response).get("detail") or f"It answers with {response.status_code}."
            raise OutageError(f"The orchestrator is not ready. {detail}")
        if CONTRACT not in (served := _contracts(response)):
            raise OutageError(
                f"The orchestrator serves steps of version {', '.join(map(str, served))}, but "
                f"this worker needs {CONTRACT}. Upgrade the orchestrators first.",
                code=NOT_SERVED_CONTRACT,
            )

    async def _post(
        self,
        url: httpx.URL,
        request: StepRequest,
        headers: Mapping[str, str],
        dataset: bytes | None,
        before: Callable[[], Awaitable[None]],
    ) -> httpx.Response:
        body = request.model_dump_json(by_alias=True).encode()
        files = {"request": ("request.json", body, "application/json")}
        if dataset is not None:
            files["dataset"] = ("dataset.gz", dataset, "application/gzip")
        call = httpx.Request("POST", url, files=files, headers=headers)
        return await self._transport.send(call, before)


def _outage(error: Exception) -> OutageError:
    """Returns the error of a connection: only aiohttp tells a lost one from one never made."""
    cause = error.__cause__ or error
    name = type(cause).__name__
    if isinstance(cause, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return OutageError(f"The orchestrator can't be reached ({name}).")
    return BrokenCallError(f"The orchestrator ended the call without an answer ({name}).")


def _read(step: Step, response: httpx.Response) -> StepResponse:
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
    problem = _problem(response)
    code = str(problem.get("code"))
    if code in NOT_BEGUN:
        outage = OutageError(str(problem.get("detail")), code=code, retry_after=_retry_after(response))
        outage.status = response.status_code
        return outage
    message = str(problem.get("detail") or f"The step {step} answered with {response.status_code}.")
    if not CODE.fullmatch(code):
        code = "orchestrator_error"
    by_status = response.status_code >= 500 or response.status_code in (408, 425, 429)
    error: PermanentError | RetryableError
    if code == CUT_SHORT or problem.get("retryable", by_status):
        error = RetryableError(message, code=code, retry_after=_retry_after(response))
    else:
        error = PermanentError(message, code=code)
    error.status = response.status_code
    return error


def _problem(response: httpx.Response) -> dict[str, Any]:
    if "problem+json" not in response.headers.get("content-type", ""):
        return {}
    try:
        problem = response.json()
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}


def _contracts(response: httpx.Response) -> list[int]:
    """Returns the versions of steps that it serves; orchestrators before 0.3.0 do not say."""
    try:
        return [int(contract) for contract in response.json()["contracts"]]
    except (ValueError, TypeError, KeyError):
        return [UNWRITTEN_CONTRACT]


def _retry_after(response: httpx.Response) -> float | None:
    try:
        return max(0.0, float(response.headers["retry-after"]))
    except (KeyError, ValueError):
        return None
