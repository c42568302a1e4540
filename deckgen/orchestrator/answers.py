"""No call is executed twice: answers are kept by Idempotency-Key, and calls in flight are joined.

Across processes this rests on Redis: an answer stays there for an hour, and while one process executes
a call, a lock makes the others wait for its answer. Without Redis a call is executed all the same: a
repeated payment is better than a job that stands still. What an answer has cost is written down with
it, for the account.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from redis.asyncio import Redis
from redis.asyncio.lock import Lock

from deckgen.domain.calls import Call
from deckgen.observability.logs import get_logger
from deckgen.queue.connections import REDIS_AWAY
from deckgen.queue.settling import add_unsettled

log = get_logger(__name__)

KEEP_SECONDS = 3600
LOCK_SECONDS = 5.0  # a process that dies holds others up for this long
LOOK_SECONDS = 0.05


@dataclass(frozen=True)
class Answer:
    """`call` is the call to a model that was paid for it, if it was one that gave it."""

    body: bytes
    call: Call | None = None


Work = Callable[[], Awaitable[Answer]]


class Answers:
    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._running: dict[str, asyncio.Task[bytes]] = {}

    async def once(self, key: str, work: Work) -> bytes:
        """The body of what `work` answered for this key before, answers just now or will in the end.

        An error is not kept: the next call executes again.
        """
        task = self._running.get(key)
        if task is None:
            task = self._running[key] = asyncio.create_task(self._recall_or_execute(key, work))
            task.add_done_callback(lambda done: self._forget(key, done))
        # Who asked may go away; the work is paid for, so it goes on, and its answer is kept.
        return await asyncio.shield(task)

    def _forget(self, key: str, task: "asyncio.Task[bytes]") -> None:
        del self._running[key]
        if not task.cancelled():
            task.exception()  # was told to whoever still waits

    async def _recall_or_execute(self, key: str, work: Work) -> bytes:
        lock = self._redis.lock(f"deckgen:executing:{key}", timeout=LOCK_SECONDS, sleep=LOOK_SECONDS)
        try:
            await lock.acquire()
            kept = await self._redis.get(_name(key))
        except REDIS_AWAY as error:
            log.warning("answers.away", error=repr(error))
            return await self._execute(key, work)
        async with _held(lock):
            return kept or await self._execute(key, work)

    async def _execute(self, key: str, work: Work) -> bytes:
        answer = await work()
        try:
            async with self._redis.pipeline(transaction=False) as pipe:
                pipe.set(_name(key), answer.body, ex=KEEP_SECONDS)
                if answer.call:
                    add_unsettled(pipe, key, answer.call)
                await pipe.execute()
        except REDIS_AWAY as error:
            log.warning("answers.not_kept", error=repr(error))
        return answer.body


def _name(key: str) -> str:
    return f"deckgen:answer:{key}"


@asynccontextmanager
async def _held(lock: Lock) -> AsyncIterator[None]:
    """Prolong the lock for as long as the block runs, then give it back."""
    renewing = asyncio.create_task(_renew(lock))
    try:
        yield
    finally:
        renewing.cancel()
        await asyncio.gather(renewing, return_exceptions=True)
        try:
            await lock.release()
        except REDIS_AWAY as error:
            log.warning("answers.lock_lost", error=repr(error))


async def _renew(lock: Lock) -> None:
    while True:
        await asyncio.sleep(LOCK_SECONDS / 3)
        try:
            await lock.extend(LOCK_SECONDS, replace_ttl=True)
        except REDIS_AWAY as error:
            log.warning("answers.lock_lost", error=repr(error))
