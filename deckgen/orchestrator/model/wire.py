"""One request to the provider and its answer, bounded in time and in bytes."""

import asyncio
import time
from contextlib import aclosing
from typing import Any

import httpx2
import orjson
from openai import AsyncOpenAI, DefaultAioHttpClient

from deckgen.config.settings import Settings
from deckgen.observability import tracing
from deckgen.observability.logs import get_logger
from deckgen.orchestrator.model.call_outcomes import CallFailed, CallOutcome, Outage, failed
from deckgen.orchestrator.model.circuit_breaker import Breaker, CircuitOpen
from deckgen.orchestrator.model.metrics import Metrics
from deckgen.orchestrator.model.reading import AnswerContent, read
from deckgen.orchestrator.model.refusals import AnswerTooLong, of_error, of_status

log = get_logger(__name__)

NO_KEY = "none"  # private servers often require none
MAX_BYTES = 1_000_000  # of an answer's body, unpacked; a long one has 20,000
UNPACKED = ("", "identity", "gzip", "deflate")  # other encodings could hide a bomb
_AS_PACKED = ("content-encoding", "content-length", "transfer-encoding")


class BoundedClient(DefaultAioHttpClient):
    """A client that reads whole bodies, also of errors, up to MAX_BYTES."""

    async def send(self, *args: Any, **options: Any) -> httpx2.Response:
        response = await super().send(*args, **options | {"stream": True})
        try:
            body = await _body(response)
        finally:
            await response.aclose()
        headers = [pair for pair in response.headers.multi_items() if pair[0].lower() not in _AS_PACKED]
        return httpx2.Response(
            response.status_code, headers=headers, content=body, request=response.request
        )


async def _body(response: httpx2.Response) -> bytes:
    if response.headers.get("content-encoding", "").lower() not in UNPACKED:
        raise httpx2.DecodingError("An encoding that was not asked for.", request=response.request)
    body = bytearray()
    async with aclosing(response.aiter_bytes()) as parts:
        async for part in parts:
            body += part
            if len(body) > MAX_BYTES:
                raise AnswerTooLong
    return bytes(body)


class Wire:
    """The connection to one server, which makes no calls while it is down."""

    def __init__(self, settings: Settings, metrics: Metrics, *, timeout: float) -> None:
        self._model, self._metrics, self._timeout = settings.openai_model, metrics, timeout
        key = settings.openai_api_key
        self._client = AsyncOpenAI(
            api_key=key.get_secret_value() if key else NO_KEY,
            base_url=str(settings.openai_base_url) if settings.openai_base_url else None,
            timeout=timeout,
            max_retries=0,  # each try keeps to the limits, so they are made by the provider
            # httpx's own pool is slow with many calls in flight. A prompt goes where the settings say.
            http_client=BoundedClient(follow_redirects=False),
            default_headers={"Accept-Encoding": "identity"},
        )
        self._breaker = Breaker(self._client.base_url.host, (Outage,))

    async def close(self) -> None:
        await self._client.close()

    async def send(self, request: dict[str, Any], call_id: str) -> AnswerContent:
        """Returns the content of the answer; raises CallFailed and nothing else."""
        began = time.monotonic()
        try:
            async with self._breaker.call():
                return await self._answer(request, call_id)
        except CircuitOpen as error:
            shut = failed(CallOutcome.CIRCUIT_OPEN, retry_after=error.retry_after)
            raise self._recorded(shut, began) from error
        except CallFailed as error:
            raise self._recorded(error, began) from error.__cause__
        finally:
            self._metrics.circuit(is_open=self._breaker.state != "closed")

    async def _answer(self, request: dict[str, Any], call_id: str) -> AnswerContent:
        try:
            # The client bounds each read; a server that drips bytes is bounded only by this.
            async with asyncio.timeout(self._timeout):
                response = await self._post(request, call_id)
        except Exception as error:
            failure = of_error(error)
            if failure.outcome is CallOutcome.UNEXPECTED:
                log.exception("model.unexpected")
            raise failure from error
        content = read(_document(response.content))
        if content.error is not None:
            raise of_status(*content.error)
        return content

    async def _post(self, request: dict[str, Any], call_id: str) -> httpx2.Response:
        # Its method `create` trusts that an answer has the form of the protocol, so it is not used.
        return await self._client.post(
            "/chat/completions",
            body=request,
            cast_to=httpx2.Response,
            options={"headers": {"X-Client-Request-Id": call_id, **tracing.headers()}},
        )

    def _recorded(self, error: CallFailed, began: float) -> CallFailed:
        outcome = error.outcome.name.lower()
        self._metrics.failed(self._model, outcome, time.monotonic() - began)
        log.warning("model.failed", outcome=outcome, status=error.status)
        return error


def _document(body: bytes) -> Any:
    """Returns the JSON of a body; None if it is not JSON."""
    try:
        return orjson.loads(body)
    except ValueError:
        return None
