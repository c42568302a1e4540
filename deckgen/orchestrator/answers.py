"""Answers by Idempotency-Key, so that no call is executed twice; calls in flight are joined.

Across processes this relies on Redis: an answer stays there for an hour, and while one process executes
the call, a mark in its place makes the others wait. Without Redis a call is executed nevertheless: a
repeated payment is better than a job that stands still. The cost of an answer is stored with it, for
the account.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from redis.asyncio import Redis

from deckgen.domain.model_calls import Call
from deckgen.observability.logs import get_logger
from deckgen.redis.kept_answers import KEEP_SECONDS, answer_name
from deckgen.redis.refusals import REDIS_AWAY
from deckgen.redis.unsettled_calls import add_unsettled
from deckgen.runtime.single_flight import SingleFlight

log = get_logger(__name__)

MARK = b""  # in the place of an answer that is being made
MARK_SECONDS = 5.0  # a process that dies delays others for this long
LOOK_SECONDS = 0.05


@dataclass(frozen=True)
class StepAnswer:
    """The answer of a step; `call` is the call to a model that was paid for it, if there was one."""

    body: bytes
    call: Call | None = None


Work = Callable[[], Awaitable[StepAnswer]]


class Answers:
    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._running: SingleFlight[bytes] = SingleFlight(keep_seconds=0)

    async def once(self, key: str, work: Work) -> bytes:
        """Returns the body of the one answer of `work` for this key, past, present or future.

        An error is not kept: the next call executes the work again.
        """
        # The caller may leave; the work is paid for, so it continues, and its answer is kept.
        return await self._running.once(key, partial(self._recall_or_execute, key, work))

    async def _recall_or_execute(self, key: str, work: Work) -> bytes:
        try:
            body = await self._kept_or_marked(key)
        except REDIS_AWAY as error:
            log.warning("answers.away", error=repr(error))
            return await self._keep(key, await work())
        if body:
            return body
        async with self._marked(key):
            answer = await work()
        return await self._keep(key, answer)

    async def _kept_or_marked(self, key: str) -> bytes:
        """Returns the answer, waiting for another process if need be; empty if this one has to work."""
        while True:
            stored = await self._redis.set(
                answer_name(key), MARK, nx=True, get=True, px=_milliseconds()
            )
            if stored is None:
                return b""
            if stored != MARK:
                return bytes(stored)
            await asyncio.sleep(LOOK_SECONDS)

    @contextlib.asynccontextmanager
    async def _marked(self, key: str) -> AsyncIterator[None]:
        """Keep the mark alive for the length of the block; an error removes it."""
        renewing = asyncio.create_task(self._renew(key))
        try:
            yield
        except BaseException:
            with contextlib.suppress(*REDIS_AWAY):
                await self._redis.delete(answer_name(key))
            raise
        finally:
            renewing.cancel()

    async def _renew(self, key: str) -> None:
        while True:
            await asyncio.sleep(MARK_SECONDS / 3)
            try:  # an answer is kept for longer, which `gt` leaves alone
                await self._redis.pexpire(answer_name(key), _milliseconds(), gt=True)
            except REDIS_AWAY as error:
                log.warning("answers.not_marked", error=repr(error))

    async def _keep(self, key: str, answer: StepAnswer) -> bytes:
        try:
            async with self._redis.pipeline(transaction=False) as pipe:
                pipe.set(answer_name(key), answer.body, ex=KEEP_SECONDS)
                if answer.call:
                    add_unsettled(pipe, key, answer.call)
                await pipe.execute()
        except REDIS_AWAY as error:
            log.warning("answers.not_kept", error=repr(error))
        return answer.body


def _milliseconds() -> int:
    return round(MARK_SECONDS * 1000)


def _name(key: str) -> str:
    return f"deckgen:answer:{key}"
