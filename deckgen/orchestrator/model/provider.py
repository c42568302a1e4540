"""The provider of the model: one call, with everything that can become of it named.

Chat Completions with a JSON Schema. A server that knows `json_object` only gets the schema in the
prompt, from its first refusal on.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import openai
import stamina
from openai import AsyncOpenAI, DefaultAioHttpClient
from openai.types.chat import ChatCompletion
from redis.asyncio import Redis

from deckgen.domain.calls import MOST_TOKENS, Call, UpperBound
from deckgen.domain.contract import MODEL_RATE_LIMITED
from deckgen.domain.errors import RetryableError
from deckgen.observability.logs import get_logger
from deckgen.orchestrator.model import prompts
from deckgen.orchestrator.model.answers import Shape
from deckgen.orchestrator.model.breaker import Breaker, CircuitOpen
from deckgen.orchestrator.model.metrics import Metrics
from deckgen.orchestrator.model.outcomes import (
    OUTAGES,
    RATE_LIMITED_SECONDS,
    away,
    is_about_schemas,
    named,
    read,
    status_of,
    wait_before_retry,
)
from deckgen.orchestrator.model.prices import price_of, read_prices
from deckgen.orchestrator.model.prompts import Message
from deckgen.orchestrator.model.rate_limiter import RateLimiter
from deckgen.settings import Settings

log = get_logger(__name__)

NO_KEY = "none"  # servers of one's own often want none
ATTEMPTS = 5  # at a call that fails on its way
IN_TIME = 0.8  # of a step's own time
REASONING = ("o1", "o3", "o4", "gpt-5")  # OpenAI's models that think before they answer are called so
REASONING_TOKENS = 4000  # for which one is let think: it is cut off in the middle of it otherwise


@dataclass(frozen=True)
class Question:
    """What is asked: an answer of at most `out` tokens, by `deadline` on the monotonic clock."""

    messages: Sequence[Message]
    shape: type[Shape]
    out: int
    call_id: str
    deadline: float


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
        self._limit = IN_TIME * settings.step_timeout_seconds
        self._timeout = min(settings.openai_timeout_seconds, self._limit / 2)
        key = settings.openai_api_key
        self._client = AsyncOpenAI(
            api_key=key.get_secret_value() if key else NO_KEY,
            base_url=str(settings.openai_base_url) if settings.openai_base_url else None,
            timeout=self._timeout,
            max_retries=0,  # each try keeps to the limits, so they are made here
            http_client=DefaultAioHttpClient(),  # httpx's own pool is slow with many calls in flight
        )
        self._rate = RateLimiter(redis, requests=settings.openai_rpm, tokens=settings.openai_tpm)
        self._breaker = Breaker(self._client.base_url.host, OUTAGES)
        self._slots = asyncio.Semaphore(settings.openai_concurrency)
        self._price = price_of(self.model, read_prices(settings.openai_prices))
        self._thinking = _thinking(settings)
        self._knows_schemas = True

    async def close(self) -> None:
        await self._client.close()

    @property
    def parameters(self) -> dict[str, float | int | str]:
        """What a call is made with beside its messages, as far as it changes the answer."""
        given = {
            "temperature": self._settings.openai_temperature,
            "reasoning_effort": self._settings.openai_reasoning_effort,
        }
        return {name: value for name, value in given.items() if value is not None}

    def out_at_most(self, answer: int) -> int:
        """How many tokens may come out for an answer of so many: thinking counts too."""
        return answer + self._thinking

    def most(self, messages: Sequence[Message], out: int) -> UpperBound:
        """What a call takes at most, for an answer of at most `out` tokens."""
        into, out = prompts.tokens_at_most(messages), self.out_at_most(out)
        return UpperBound(tokens=into + out, cost=self._price.of(into, 0, out) if self._price else None)

    async def ask(
        self, messages: Sequence[Message], shape: type[Shape], *, out: int, call_id: str
    ) -> Answer:
        """One answer of at most `out` tokens, or a step error with a code of the contract.

        `call_id` is sent along, so that the provider's log and ours can be laid side by side.
        """
        question = Question(messages, shape, out, call_id, time.monotonic() + self._limit)
        try:
            return await self._until_answered(question)
        except TimeoutError:
            raise away(None) from None
        except CircuitOpen as error:
            raise away(error.retry_after) from error
        except openai.OpenAIError as error:
            log.warning("model.failed", error=type(error).__name__, status=status_of(error))
            raise named(error) from error

    async def _until_answered(self, question: Question) -> Answer:
        retries = stamina.retry_context(
            on=partial(wait_before_retry, deadline=question.deadline),
            attempts=ATTEMPTS,
            timeout=None,
            wait_initial=0.2,
            wait_max=5.0,
        )
        async for attempt in retries:
            with attempt:
                try:
                    return await self._call(question)
                except openai.APIStatusError as error:
                    if not self._knows_schemas or not is_about_schemas(error):
                        raise
                    log.info("model.knows_no_schemas", model=self.model)
                    self._knows_schemas = False
                    return await self._call(question)
        raise AssertionError("stamina ends only with a result or an error")

    async def _call(self, question: Question) -> Answer:
        expected = self.most(question.messages, question.out).tokens
        request = self._request(question) | self.parameters
        async with self._room(expected, question.deadline):
            began = time.monotonic()
            completion = await self._completion(request, question.call_id)
        call = self._account(completion, time.monotonic() - began)
        self._metrics.answered(call, question.shape.__name__)
        await self._rate.correct(self.model, call.tokens - expected)
        return Answer(*read(completion), call)

    async def _completion(self, request: dict[str, Any], call_id: str) -> ChatCompletion:
        try:
            # The client bounds each read; a server that drips bytes is bounded only by this.
            async with self._breaker.call(), asyncio.timeout(self._timeout):
                # Not by its method `create`, which spends half of its time on looking for what is not
                # in the form of the protocol yet.
                return await self._client.post(
                    "/chat/completions",
                    body=request,
                    cast_to=ChatCompletion,
                    options={"headers": {"X-Client-Request-Id": call_id}},
                )
        except Exception as error:
            self._metrics.failed(self.model, error)
            raise
        finally:
            self._metrics.circuit(is_open=self._breaker.state != "closed")

    @asynccontextmanager
    async def _room(self, tokens: int, deadline: float) -> AsyncIterator[None]:
        """Room within our limits, and time enough for a call: one that is cut off is paid all the same.

        It may be had in minutes only: then the whole step is to be asked again.
        """
        try:
            async with asyncio.timeout(max(0.0, deadline - self._timeout - time.monotonic())):
                await self._rate.wait(self.model, tokens)
                await self._slots.acquire()
        except TimeoutError:
            raise RetryableError(
                "The limits of calls, requests and tokens leave no room for a call to the model.",
                code=MODEL_RATE_LIMITED,
                retry_after=RATE_LIMITED_SECONDS,
            ) from None
        try:
            yield
        finally:
            self._slots.release()

    def _request(self, question: Question) -> dict[str, Any]:
        schema = _schema(question.shape)
        if self._knows_schemas:
            wanted = {"name": question.shape.__name__, "strict": True, "schema": schema}
            return {
                "model": self.model,
                "messages": list(question.messages),
                "response_format": {"type": "json_schema", "json_schema": wanted},
                "max_completion_tokens": self.out_at_most(question.out),
            }
        said = prompts.text("schema").replace("SCHEMA", prompts.block("schema", schema))
        return {
            "model": self.model,
            "messages": [*question.messages, Message(role="user", content=said)],
            "response_format": {"type": "json_object"},
            "max_tokens": self.out_at_most(question.out),  # what servers of this kind know
        }

    def _account(self, completion: ChatCompletion, seconds: float) -> Call:
        """What a call took, as far as the provider's counts can be true: compatible servers vary."""
        usage = completion.usage
        into, out = (_count(usage.prompt_tokens), _count(usage.completion_tokens)) if usage else (0, 0)
        details = usage.prompt_tokens_details if usage else None
        cached = min(_count(details.cached_tokens), into) if details else 0
        return Call(
            model=self.model,
            tokens_in=into,
            tokens_cached=cached,
            tokens_out=out,
            cost=self._price.of(into, cached, out) if self._price else None,
            seconds=round(seconds, 3),
        )


def _count(tokens: int | None) -> int:
    return min(max(tokens or 0, 0), MOST_TOKENS)


def _thinking(settings: Settings) -> int:
    """Tokens that the model may think with before it answers."""
    if settings.openai_reasoning_tokens is not None:
        return settings.openai_reasoning_tokens
    return REASONING_TOKENS if settings.openai_model.startswith(REASONING) else 0


@cache
def _schema(shape: type[Shape]) -> dict[str, Any]:
    return shape.model_json_schema()
