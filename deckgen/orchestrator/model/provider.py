"""The provider of the model: one call, within the limits, with everything that can become of it named.

What may be paid for ends as an answer, also if there was none: so it comes into the account with its
step, and the step's budget covers it. Only what surely took nothing is tried again, or is an error.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial

import stamina
from redis.asyncio import Redis

from deckgen.config.settings import Settings
from deckgen.domain.model_calls import Call, UpperBound
from deckgen.observability.logs import get_logger
from deckgen.orchestrator.model import prompts
from deckgen.orchestrator.model.call_outcomes import CallFailed, Means, Outcome, failed
from deckgen.orchestrator.model.dialect import Dialect
from deckgen.orchestrator.model.metrics import Metrics
from deckgen.orchestrator.model.prices import price_of, read_prices
from deckgen.orchestrator.model.prompts import Message
from deckgen.orchestrator.model.rate_limiter import RateLimiter
from deckgen.orchestrator.model.reading import Counts, Reading
from deckgen.orchestrator.model.response_schemas import Shape
from deckgen.orchestrator.model.wire import Wire

log = get_logger(__name__)

ATTEMPTS = 5  # at a call that is not served
IN_TIME = 0.8  # of a step's own time
REASONING = ("o1", "o3", "o4", "gpt-5")  # OpenAI's models that think before they answer are called so
REASONING_TOKENS = 4000  # for which one is let think: it is cut off in the middle of it otherwise
ABSURD = 20  # times what a call can take: no count of anything


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
    """What the model said, or in words why it said nothing that can be used.

    It is `lost` if nothing came of the call: `call` is then the most that it can have taken.
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
        """What a call is made with beside its messages, as far as it changes the answer."""
        given = {name: value for name, value in self._wanted.items() if value is not None}
        return self._dialect.known(given)

    def out_at_most(self, answer: int) -> int:
        """How many tokens may come out for an answer of so many: thinking counts too."""
        return answer + self._thinking

    def most(self, messages: Sequence[Message], out: int) -> UpperBound:
        """What a call takes at most, for an answer of at most `out` tokens."""
        into, out = prompts.tokens_at_most(messages), self.out_at_most(out)
        return UpperBound(tokens=into + out, cost=self._cost(into, 0, out))

    async def ask(
        self, messages: Sequence[Message], shape: type[Shape], *, out: int, call_id: str
    ) -> Answer:
        """One answer of at most `out` tokens, or a step error with a code of the contract.

        `call_id` is sent along, so that the provider's log and ours can be laid side by side.
        """
        question = Question(messages, shape, out, call_id, time.monotonic() + self._limit)
        began = time.monotonic()
        try:
            return await self._until_answered(question)
        except CallFailed as error:
            if error.means not in (Means.UNUSABLE, Means.LOST):
                raise error.step_error() from error
            call = self._account(question, Reading(), time.monotonic() - began)
            return Answer("", error.sentence, call, lost=error.means is Means.LOST)

    async def _until_answered(self, question: Question) -> Answer:
        retries = stamina.retry_context(
            on=partial(_wait_before_retry, deadline=question.deadline),
            attempts=ATTEMPTS,
            timeout=None,
            wait_initial=0.2,
            wait_max=5.0,
        )
        async for attempt in retries:
            with attempt:
                return await self._in_its_dialect(question)
        raise AssertionError("stamina ends only with a result or an error")

    async def _in_its_dialect(self, question: Question) -> Answer:
        """What the server does not know is left out from its first refusal on."""
        while True:
            dialect = self._dialect
            try:
                return await self._call(question, dialect)
            except CallFailed as error:
                simpler = dialect.after(error, self._wanted)
                if self._dialect == dialect == simpler:
                    raise
                if self._dialect == dialect:  # else another call has found out meanwhile
                    log.info("model.asked_more_simply", model=self.model, dialect=repr(simpler))
                    self._dialect = simpler

    async def _call(self, question: Question, dialect: Dialect) -> Answer:
        expected = self.most(question.messages, question.out).tokens
        out = self.out_at_most(question.out)
        wanted = {name: value for name, value in self._wanted.items() if value is not None}
        request = dialect.request(question.messages, question.shape, out=out, parameters=wanted)
        async with self._room(expected, question.deadline):
            began = time.monotonic()
            reading = await self._wire.send({"model": self.model} | request, question.call_id)
        call = self._account(question, reading, time.monotonic() - began)
        self._metrics.answered(call, question.shape.__name__)
        await self._rate.correct(self.model, call.tokens - expected)
        unusable = reading.outcome.value.sentence if reading.outcome else ""
        return Answer(reading.text, unusable, call)

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
            raise failed(Outcome.NO_ROOM) from None
        try:
            yield
        finally:
            self._slots.release()

    def _account(self, question: Question, reading: Reading, seconds: float) -> Call:
        """What a call took; where the provider's counts can't be true, the most that it can have."""
        most_in = prompts.tokens_at_most(question.messages)
        most_out = self.out_at_most(question.out)
        counted = _believed(reading, most_in, most_out)
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


def _believed(reading: Reading, most_in: int, most_out: int) -> Counts:
    """Counts without those that are none: nothing went in, nothing came out though there is a text, or
    more than can be.
    """
    counts = reading.counts
    into, out = counts.into, counts.out
    if into is not None and not 0 < into <= ABSURD * most_in:
        into = None
    if out is not None and not bool(reading.text) <= out <= ABSURD * most_out:
        out = None
    # What was cached costs less: it is not believed where the rest is not.
    return replace(counts, into=into, cached=counts.cached if into else 0, out=out)


def _wait_before_retry(error: Exception, *, deadline: float) -> bool | float:
    """Whether a call that was not served is made again, and after how many seconds if it was said.

    What it asks for may be more than there is time: then the step is to be asked again later.
    """
    if not isinstance(error, CallFailed) or error.means not in (Means.AWAY, Means.SLOW_DOWN):
        return False
    if error.outcome in (Outcome.CIRCUIT_OPEN, Outcome.NO_ROOM):
        return False
    asked = error.retry_after
    if not asked:
        return True
    return asked if time.monotonic() + asked < deadline else False


def _thinking(settings: Settings) -> int:
    """Tokens that the model may think with before it answers."""
    if settings.openai_reasoning_tokens is not None:
        return settings.openai_reasoning_tokens
    return REASONING_TOKENS if settings.openai_model.startswith(REASONING) else 0
