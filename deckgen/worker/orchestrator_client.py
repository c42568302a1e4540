"""The client of the orchestrator: one request a step, and a name for every way to fail."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

import aiohttp
import httpx
from pydantic import SecretStr

from deckgen.domain.errors import BrokenCallError, OutageError, RetryableError
from deckgen.domain.step_contract import (
    CONTRACT_HEADER,
    DATASET_HEADER,
    NOT_SERVED_CONTRACT,
    StepRequest,
    StepResponse,
)
from deckgen.domain.steps import CONTRACT, Step
from deckgen.http.token import bearer
from deckgen.observability import tracing
from deckgen.worker.step_answers import (
    connection_error,
    problem_of,
    read_response,
    retry_after,
    served_contracts,
)
from deckgen.worker.step_transport import StepTransport

PROBE_TIMEOUT = 3.0
STANDS_STILL = 0.5  # seconds: a server that works says sooner that it is ready
# A server in front of an orchestrator that does not serve, or no orchestrator at all, answers so.
NOT_SERVED = frozenset({301, 302, 303, 307, 308, 401, 403, 404, 405, 407, 421, 502, 503, 504})
# The orchestrator does not hold the table, or is older than 0.4.0 and has no such path.
NO_SUCH_PATH = frozenset({404, 405})
MAX_REMEMBERED = 1000


class OrchestratorClient:
    """A client with pooled connections to ORCHESTRATOR_URL; a whole call may take `timeout` seconds.

    `connections` is the number of calls that can be in flight, `token` is ORCHESTRATOR_TOKEN.
    """

    def __init__(
        self, base_url: str, *, timeout: float, connections: int, token: SecretStr | None = None
    ) -> None:
        self._timeout, self._token = timeout, bearer(token)
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
        headers = {"Idempotency-Key": key, CONTRACT_HEADER: str(contract), **self._token}
        headers |= tracing.headers()
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
        if response.status_code in NOT_SERVED and not problem_of(response):
            raise await self._refused(response)
        return read_response(step, response)

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
            raise connection_error(error) from error

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
                retry_after=retry_after(response),
            )
        error.status = status
        return error

    async def ready(self) -> None:
        """Raise OutageError if the orchestrator can't be reached, or says that it can't serve."""
        try:
            async with asyncio.timeout(PROBE_TIMEOUT):
                asking = httpx.Request("GET", self._readiness, headers=self._token)
                response = await self._transport.send(asking)
        except TimeoutError:
            raise OutageError(f"The orchestrator did not answer in {PROBE_TIMEOUT:g} s.") from None
        except (httpx.HTTPError, aiohttp.ClientError) as error:
            raise OutageError(connection_error(error).message) from error
        if not response.is_success:
            detail = problem_of(response).get("detail") or f"It answers with {response.status_code}."
            raise OutageError(f"The orchestrator is not ready. {detail}")
        if CONTRACT not in (served := served_contracts(response)):
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
