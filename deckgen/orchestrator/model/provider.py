"""The provider of the model: one call, within the limits, with a name for every outcome.

A call that may be paid for ends as an answer, even if there was none, so that it enters the account
with its step, whose budget covers it. Only a call that surely cost nothing is retried, or is an error.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import stamina
from redis.asyncio import Redis

from deckgen.config.settings import Settings
from deckgen.domain.model_calls import Call, UpperBound
from deckgen.observability import tracing
from deckgen.observability.logs import get_logger
from deckgen.orchestrator.model import prompts
from deckgen.orchestrator.model.call_outcomes import CallFailed, CallOutcome, Means, failed
from deckgen.orchestrator.model.dialect import Dialect
from deckgen.orchestrator.model.metrics import Metrics
from deckgen.orchestrator.model.prices import price_of, read_prices
from deckgen.orchestrator.model.prompts import ChatMessage
from deckgen.orchestrator.model.rate_limiter import RateLimiter
from deckgen.orchestrator.model.reading import AnswerContent, TokenCounts
from deckgen.orchestrator.model.response_schemas import Shape
from deckgen.orchestrator.model.wire import Wire

log = get_logger(__name__)

ATTEMPTS = 5  # for a call that is not served
IN_TIME = 0.8  # of a step's own time
REASONING = ("o1", "o3", "o4", "gpt-5")  # prefixes of OpenAI's models that think before they answer
REASONING_TOKENS = 4000  # allowed for thinking, which would otherwise be cut off
ABSURD = 20  # times what a call can take: such a count is an error


@dataclass(frozen=True)
class ModelRequest:
    """A request for an answer of at most `out` tokens, by `deadline` on the monotonic clock."""

    messages: Sequence[ChatMessage]
    shape: Shape
    out: int
    call_id: str
    deadline: float


@dataclass(frozen=True)
class ModelAnswer:
    """The text of the model, or the reason in words why it is unusable.

    It is `lost` if the call gave nothing: `call` is then the most that it can have used.
    """

    text: str
    unusable: str
    call: Call
    lost: bool = False


class Provider:
    """Calls one model at one server, no faster than it may, and not while it is down."""

    def __init__(self, settings: Settings, redis: Redis, metrics: Metrics) -> None:
        self.model = settings.openai_model
        self._metrics = metrics
        self._limit = IN_TIME * settings.step_timeout_seconds
        self._timeout = min(settings.openai_timeout_seconds, self._limit / 2)
        self._wire = Wire(settings, metrics, timeout=self._timeout)
        self._rate = RateLimiter(redis, requests=settings.openai_rpm, tokens=settings.openai_tpm)
        self._slots = asyncio.Semaphore(settings.openai_concurrency)
        self._price = price_of(self.model, read_prices(settings.openai_prices))
        self._thinking = _thinking(settings)
        self._wanted = {
            "temperature": settings.openai_temperature,
            "reasoning_effort": settings.openai_reasoning_effort,
        }
        self._dialect = Dialect()

    async def close(self) -> None:
        await self._wire.close()

    @property
    def parameters(self) -> dict[str, float | int | str]:
        """The parameters of a call beside its messages, as far as they affect the answer."""
        configured = {name: value for name, value in self._wanted.items() if value is not None}
        return self._dialect.accepted(configured)

    def out_at_most(self, answer: int) -> int:
        """Returns the most output tokens for an answer of so many: thinking counts too."""
        return answer + self._thinking

    def most(self, messages: Sequence[ChatMessage], out: int) -> UpperBound:
        """Returns the most that a call can use, for an answer of at most `out` tokens."""
        into, out = prompts.tokens_at_most(messages), self.out_at_most(out)
        return UpperBound(tokens=into + out, cost=self._cost(into, 0, out))

    async def ask(
        self, messages: Sequence[ChatMessage], shape: Shape, *, out: int, call_id: str
    ) -> ModelAnswer:
        """Returns an answer of at most `out` tokens; raises a step error with a code of the contract.

        `call_id` is sent along, so that the provider's log can be matched with ours.
        """
        request = ModelRequest(messages, shape, out, call_id, time.monotonic() + self._limit)
        began = time.monotonic()
        try:
            return await self._until_answered(request)
        except CallFailed as error:
            if error.means not in (Means.UNUSABLE, Means.LOST):
                raise error.step_error() from error
            call = self._account(request, AnswerContent(), time.monotonic() - began)
            return ModelAnswer("", error.sentence, call, lost=error.means is Means.LOST)

    async def _until_answered(self, request: ModelRequest) -> ModelAnswer:
        retries = stamina.retry_context(
            on=partial(_wait_before_retry, deadline=request.deadline),
            attempts=ATTEMPTS,
            timeout=None,
            wait_initial=0.2,
            wait_max=5.0,
        )
        async for attempt in retries:
            with attempt:
                return await self._in_its_dialect(request)
        raise AssertionError("stamina ends only with a result or an error")

    async def _in_its_dialect(self, request: ModelRequest) -> ModelAnswer:
        """Returns an answer, leaving out whatever the server has refused before."""
        while True:
            dialect = self._dialect
            try:
                return await self._call(request, dialect)
            except CallFailed as error:
                simpler = dialect.after(error, self._wanted)
                if self._dialect == dialect == simpler:
                    raise
                if self._dialect == dialect:  # otherwise another call has found out in the meantime
                    log.info("model.asked_more_simply", model=self.model, dialect=repr(simpler))
                    self._dialect = simpler

    async def _call(self, request: ModelRequest, dialect: Dialect) -> ModelAnswer:
        expected = self.most(request.messages, request.out).tokens
        out = self.out_at_most(request.out)
        parameters = {name: value for name, value in self._wanted.items() if value is not None}
        body = dialect.request(request.messages, request.shape, out=out, parameters=parameters)
        async with self._room(expected, request.deadline):
            began = time.monotonic()
            content = await self._sent(body, request.call_id)
        call = self._account(request, content, time.monotonic() - began)
        self._metrics.answered(call, request.shape.name)
        await self._rate.correct(self.model, call.tokens - expected)
        unusable = content.outcome.value.sentence if content.outcome else ""
        return ModelAnswer(content.text, unusable, call)

    async def _sent(self, body: dict[str, Any], call_id: str) -> AnswerContent:
        """Returns the answer of the provider, which may go on with the trace."""
        with tracing.span(
            f"chat {self.model}",
            "client",
            gen_ai__operation__name="chat",
            gen_ai__request__model=self.model,
        ) as span:
            try:
                content = await self._wire.send({"model": self.model} | body, call_id)
            except CallFailed as error:
                span.failed(error.outcome.name.lower())
                raise
            counts = {"input_tokens": content.counts.into, "output_tokens": content.counts.out}
            span.set({f"gen_ai.usage.{name}": count for name, count in counts.items() if count})
            return content

    @asynccontextmanager
    async def _room(self, tokens: int, deadline: float) -> AsyncIterator[None]:
        """Hold room within our limits, with time enough for a call, which costs even if it is cut off.

        If room is only minutes away, the whole step is to be tried again.
        """
        try:
            async with asyncio.timeout(max(0.0, deadline - self._timeout - time.monotonic())):
                await self._rate.wait(self.model, tokens)
                await self._slots.acquire()
        except TimeoutError:
            raise failed(CallOutcome.NO_ROOM) from None
        try:
            yield
        finally:
            self._slots.release()

    def _account(self, request: ModelRequest, content: AnswerContent, seconds: float) -> Call:
        """Returns the usage of a call; where the provider's counts can't be true, its upper bound."""
        most_in = prompts.tokens_at_most(request.messages)
        most_out = self.out_at_most(request.out)
        counted = _believed(content, most_in, most_out)
        into = most_in if counted.into is None else counted.into
        out = most_out if counted.out is None else counted.out
        cached = min(counted.cached, into)
        return Call(
            model=self.model,
            tokens_in=into,
            tokens_cached=cached,
            tokens_out=out,
            cost=self._cost(into, cached, out),
            seconds=round(seconds, 3),
            estimated=counted.into is None or counted.out is None,
        )

    def _cost(self, into: int, cached: int, out: int) -> float | None:
        return self._price.of(into, cached, out) if self._price else None


def _believed(content: AnswerContent, most_in: int, most_out: int) -> TokenCounts:
    """Returns the counts without impossible ones: no input, no output for a text, or far too many."""
    counts = content.counts
    into, out = counts.into, counts.out
    if into is not None and not 0 < into <= ABSURD * most_in:
        into = None
    if out is not None and not bool(content.text) <= out <= ABSURD * most_out:
        out = None
    # Cached tokens cost less, so their count is only believed together with the input's.
    return replace(counts, into=into, cached=counts.cached if into else 0, out=out)


def _wait_before_retry(error: Exception, *, deadline: float) -> bool | float:
    """Returns true, or the seconds that the provider asks for, if an unserved call is made again.

    If these are more than there is time for, the step is to be tried again later.
    """
    if not isinstance(error, CallFailed) or error.means not in (Means.AWAY, Means.SLOW_DOWN):
        return False
    if error.outcome in (CallOutcome.CIRCUIT_OPEN, CallOutcome.NO_ROOM):
        return False
    seconds = error.retry_after
    if not seconds:
        return True
    return seconds if time.monotonic() + seconds < deadline else False


def _thinking(settings: Settings) -> int:
    """Returns the tokens that the model may use for thinking before it answers."""
    if settings.openai_reasoning_tokens is not None:
        return settings.openai_reasoning_tokens
    return REASONING_TOKENS if settings.openai_model.startswith(REASONING) else 0
