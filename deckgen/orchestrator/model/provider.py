"""The provider of the model: one call, with everything that can become of it named.

Chat Completions with a JSON Schema. A server that knows `json_object` only gets the schema in the
prompt, from its first refusal on.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import openai
import stamina
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletion
from redis.asyncio import Redis

from deckgen.domain.calls import Call, Most
from deckgen.domain.contract import MODEL_AWAY, MODEL_PACED, MODEL_REFUSES
from deckgen.domain.errors import DeckgenError, PermanentError, RetryableError
from deckgen.observability.logs import get_logger
from deckgen.orchestrator.model import prompts
from deckgen.orchestrator.model.answers import Shape
from deckgen.orchestrator.model.breaker import Breaker, CircuitOpen
from deckgen.orchestrator.model.metrics import Metrics
from deckgen.orchestrator.model.pace import Pace
from deckgen.orchestrator.model.prices import price_of, read_prices
from deckgen.orchestrator.model.prompts import Message
from deckgen.settings import Settings

log = get_logger(__name__)

NO_KEY = "none"  # servers of one's own often want none
ATTEMPTS = 5  # at a call that fails on its way
PACED_SECONDS = 5.0  # before a step that had no room within our limits is asked for again
IN_TIME, PACED_IN_TIME = 0.8, 0.4  # of a step's own time
OUTAGES = (
    TimeoutError,
    openai.APIConnectionError,
    openai.InternalServerError,
    openai.AuthenticationError,
    openai.PermissionDeniedError,
    openai.NotFoundError,
    openai.APIResponseValidationError,
)
PASSING = (
    TimeoutError,
    openai.APIConnectionError,
    openai.InternalServerError,
    openai.APIResponseValidationError,
    openai.RateLimitError,
)


@dataclass(frozen=True)
class Answer:
    """What the model said, or the name of the reason why it said nothing that can be used."""

    text: str
    unusable: str
    call: Call


class Provider:
    """Calls one model at one server, no faster than it may, and not while it is down."""

    def __init__(self, settings: Settings, redis: Redis, metrics: Metrics) -> None:
        self.model = settings.openai_model
        self._settings, self._metrics = settings, metrics
        key = settings.openai_api_key
        self._client = AsyncOpenAI(
            api_key=key.get_secret_value() if key else NO_KEY,
            base_url=str(settings.openai_base_url) if settings.openai_base_url else None,
            timeout=settings.openai_timeout_seconds,
            max_retries=0,  # each try keeps to the limits, so they are made here
        )
        self._pace = Pace(redis, requests=settings.openai_rpm, tokens=settings.openai_tpm)
        self._breaker = Breaker(str(self._client.base_url), OUTAGES)
        self._slots = asyncio.Semaphore(settings.openai_concurrency)
        self._price = price_of(self.model, read_prices(settings.openai_prices))
        self._knows_schemas = True

    async def close(self) -> None:
        await self._client.close()

    @property
    def parameters(self) -> dict[str, float | int | str]:
        """What a call is made with beside its messages, as far as it changes the answer."""
        temperature = self._settings.openai_temperature
        return {} if temperature is None else {"temperature": temperature}

    def most(self, messages: Sequence[Message], out: int) -> Most:
        """What a call takes at most."""
        into = prompts.tokens_at_most(messages)
        return Most(tokens=into + out, cost=self._price.of(into, 0, out) if self._price else None)

    async def ask(
        self, messages: Sequence[Message], shape: type[Shape], *, out: int, call_id: str
    ) -> Answer:
        """One answer of at most `out` tokens, or a step error with a code of the contract.

        `call_id` is sent along, so that the provider's log and ours can be laid side by side.
        """
        limit = IN_TIME * self._settings.step_timeout_seconds
        try:
            async with asyncio.timeout(limit), self._slots:
                return await self._until_answered(messages, shape, out, call_id)
        except TimeoutError:
            raise _away(None) from None
        except CircuitOpen as error:
            raise _away(error.retry_after) from error
        except openai.OpenAIError as error:
            log.warning("model.failed", error=type(error).__name__, status=_status(error))
            raise _named(error) from error

    async def _until_answered(
        self, messages: Sequence[Message], shape: type[Shape], out: int, call_id: str
    ) -> Answer:
        retries = stamina.retry_context(
            on=_wait_before_retry, attempts=ATTEMPTS, timeout=None, wait_initial=0.2, wait_max=5.0
        )
        async for attempt in retries:
            with attempt:
                try:
                    return await self._call(messages, shape, out, call_id)
                except openai.APIStatusError as error:
                    if not self._knows_schemas or not _is_about_schemas(error):
                        raise
                    log.info("model.knows_no_schemas", model=self.model)
                    self._knows_schemas = False
                    return await self._call(messages, shape, out, call_id)
        raise AssertionError("stamina ends only with a result or an error")

    async def _call(
        self, messages: Sequence[Message], shape: type[Shape], out: int, call_id: str
    ) -> Answer:
        expected = self.most(messages, out).tokens
        await self._wait_for_room(expected)
        request = self._request(messages, shape, out) | self.parameters
        began = time.monotonic()
        try:
            # The client bounds each read; a server that drips bytes is bounded only by this.
            async with self._breaker.call(), asyncio.timeout(self._settings.openai_timeout_seconds):
                completion: ChatCompletion = await self._client.chat.completions.create(
                    **request, extra_headers={"X-Client-Request-Id": call_id}
                )
        except Exception as error:
            self._metrics.failed(self.model, error)
            raise
        finally:
            self._metrics.circuit(is_open=self._breaker.state != "closed")
        call = self._account(completion, time.monotonic() - began)
        self._metrics.answered(call, shape.__name__)
        await self._pace.correct(self.model, call.tokens - expected)
        return Answer(*_read(completion), call)

    async def _wait_for_room(self, tokens: int) -> None:
        """Within our limits a call may have to wait for minutes: then the whole step is asked again."""
        try:
            async with asyncio.timeout(PACED_IN_TIME * self._settings.step_timeout_seconds):
                await self._pace.wait(self.model, tokens)
        except TimeoutError:
            raise RetryableError(
                "The limits of requests and tokens a minute leave no room for a call to the model.",
                code=MODEL_PACED,
                retry_after=PACED_SECONDS,
            ) from None

    def _request(self, messages: Sequence[Message], shape: type[Shape], out: int) -> dict[str, Any]:
        schema = _schema(shape)
        if self._knows_schemas:
            wanted = {"name": shape.__name__, "strict": True, "schema": schema}
            return {
                "model": self.model,
                "messages": list(messages),
                "response_format": {"type": "json_schema", "json_schema": wanted},
                "max_completion_tokens": out,
            }
        said = prompts.text("schema").replace("SCHEMA", prompts.block("schema", schema))
        return {
            "model": self.model,
            "messages": [*messages, Message(role="user", content=said)],
            "response_format": {"type": "json_object"},
            "max_tokens": out,  # what servers of this kind know
        }

    def _account(self, completion: ChatCompletion, seconds: float) -> Call:
        usage = completion.usage
        into, out = (usage.prompt_tokens, usage.completion_tokens) if usage else (0, 0)
        details = usage.prompt_tokens_details if usage else None
        cached = (details.cached_tokens if details else 0) or 0
        return Call(
            model=self.model,
            tokens_in=into,
            tokens_cached=cached,
            tokens_out=out,
            cost=self._price.of(into, cached, out) if self._price else None,
            seconds=round(seconds, 3),
        )


@cache
def _schema(shape: type[Shape]) -> dict[str, Any]:
    return shape.model_json_schema()


def _read(completion: ChatCompletion) -> tuple[str, str]:
    """The text of an answer and "", or "" and why there is none that can be used."""
    if not completion.choices:
        return "", "the answer was empty"
    choice = completion.choices[0]
    if choice.message.refusal:
        return "", "the model refused to answer"
    if choice.finish_reason == "content_filter":
        return "", "a filter of the provider held the answer back"
    if choice.finish_reason == "length":
        return "", "the answer was cut off because it was too long"
    return (choice.message.content, "") if choice.message.content else ("", "the answer was empty")


def _wait_before_retry(error: Exception) -> bool | float:
    """Whether a failed call is made again, and after how many seconds if the provider says so."""
    if not isinstance(error, PASSING) or _is_quota(error):
        return False
    return _retry_after(error) or True


def _retry_after(error: Exception) -> float | None:
    if not isinstance(error, openai.APIStatusError):
        return None
    try:
        return max(0.0, float(error.response.headers["retry-after"]))
    except (KeyError, ValueError):
        return None


def _is_quota(error: Exception) -> bool:
    """The account is out of money: no time heals that."""
    return isinstance(error, openai.RateLimitError) and error.code == "insufficient_quota"


def _is_about_schemas(error: openai.APIStatusError) -> bool:
    """Whether a server refuses the JSON Schema, in whatever words and with whatever status."""
    said = str(error.body or error.message)
    return "response_format" in said or "json_schema" in said


def _named(error: openai.OpenAIError) -> DeckgenError:
    if isinstance(error, openai.RateLimitError) and not _is_quota(error):
        wait = _retry_after(error) or PACED_SECONDS
        return RetryableError("The provider asks to slow down.", code=MODEL_PACED, retry_after=wait)
    if isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError):
        return PermanentError("The provider refuses this call to the model.", code=MODEL_REFUSES)
    return _away(None)


def _away(retry_after: float | None) -> RetryableError:
    return RetryableError(
        "The model can't be reached just now.", code=MODEL_AWAY, retry_after=retry_after
    )


def _status(error: openai.OpenAIError) -> int | None:
    return error.status_code if isinstance(error, openai.APIStatusError) else None
