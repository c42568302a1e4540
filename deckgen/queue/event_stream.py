"""Followers of jobs: Redis tells them that there are new events, and PostgreSQL which."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable
from typing import Any

from redis.asyncio.client import PubSub

from deckgen.domain.errors import Unavailable
from deckgen.domain.events import Event
from deckgen.observability.logs import get_logger
from deckgen.queue.event_notifier import CHANNEL
from deckgen.queue.pool import DeliveryPool, listen
from deckgen.redis.refusals import REDIS_AWAY
from deckgen.store import away, events
from deckgen.store import pool as store

log = get_logger(__name__)

LOOK_SECONDS = 3.0  # the longest delay of an event whose hint was lost
PAUSE_SECONDS = 1.0
# redis-py raises RuntimeError if listening and subscribing find the connection lost at the same time.
HEARING_FAILS: tuple[type[Exception], ...] = (*REDIS_AWAY, RuntimeError)


class Follower:
    """The events of a job after a number: iterate over it, and they come one by one until the last."""

    def __init__(self, following: "Followers", job_id: str, number: int) -> None:
        self.job_id, self.number = job_id, number
        self._following = following
        self._hint = asyncio.Event()
        self._ended = False

    @property
    def ended(self) -> bool:
        """True if no more events will come."""
        return self._ended

    def wake(self) -> None:
        """Look for new events now."""
        self._hint.set()

    def end(self) -> None:
        """Stop following, although the job may go on."""
        self._ended = True
        self._hint.set()

    async def __aiter__(self) -> AsyncGenerator[Event, None]:
        async with self._following.registered(self):
            while not self._ended:
                self._hint.clear()
                for event in await self._following.read(self):
                    yield event
                    self.number = event.number
                    self._ended = event.is_terminal
                if not self._ended:
                    await self._hint.wait()


class Followers:
    """All followers of a process: they share one connection to Redis and one statement.

    While they wait, they hold no connection of their own.
    """

    def __init__(self, database: store.Pool, delivery: DeliveryPool) -> None:
        """The pool is the service's: whoever follows a job was told of it as its tenant."""
        self._database, self._delivery = database, delivery
        self._followers: defaultdict[str, set[Follower]] = defaultdict(set)
        self._channel: PubSub | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def follow(self, job_id: str, number: int) -> Follower:
        """Returns a follower of the job's events with a higher number."""
        return Follower(self, job_id, number)

    @contextlib.asynccontextmanager
    async def registered(self, follower: Follower) -> AsyncIterator[None]:
        """Wake the follower by hints and looks while the block runs."""
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._hear()), asyncio.create_task(self._look_on())]
        job_id = follower.job_id
        self._followers[job_id].add(follower)
        if len(self._followers[job_id]) == 1 and self._channel:
            await _best_effort(self._channel.subscribe(CHANNEL + job_id))
        try:
            yield
        finally:
            self._followers[job_id].discard(follower)
            if not self._followers[job_id]:
                del self._followers[job_id]
                if self._channel:
                    await _best_effort(self._channel.unsubscribe(CHANNEL + job_id))

    async def read(self, follower: Follower) -> list[Event]:
        """Returns the new events of a follower; none while the database is away.

        A client that waits is better served by waiting on than by an error.
        """
        try:
            async with away.database():
                return await events.after(self._database, follower.job_id, follower.number)
        except Unavailable:
            return []

    async def _hear(self) -> None:
        """Listen for hints, and subscribe again whenever Redis is back; looks find what was missed."""
        while True:
            try:
                async with self._delivery.pubsub() as channel:
                    # The first name is no job's: it keeps the connection while there are no followers.
                    await channel.subscribe(CHANNEL)
                    self._channel = channel
                    await channel.subscribe(CHANNEL, *(CHANNEL + job_id for job_id in self._followers))
                    async for message in listen(channel):
                        self._wake(message)
            except HEARING_FAILS as error:
                log.warning("server.away", error=repr(error))
            finally:
                self._channel = None
            await asyncio.sleep(PAUSE_SECONDS)

    def _wake(self, message: dict[str, Any]) -> None:
        """Wake followers for a hint, and for the answer to a subscription, before which none came."""
        if message["type"] in ("message", "subscribe"):
            for follower in self._followers.get(message["channel"].decode().removeprefix(CHANNEL), ()):
                follower.wake()

    async def _look_on(self) -> None:
        """Look every few seconds, for all followers at once, for events whose hint was lost."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if self._followers:
                with contextlib.suppress(Unavailable):
                    await self._look()

    async def _look(self) -> None:
        async with away.database():
            last = await events.last(self._database, list(self._followers))
        for followers in list(self._followers.values()):
            for follower in followers:
                if follower.job_id not in last:
                    follower.end()  # the job is no longer kept
                elif last[follower.job_id].number > follower.number:
                    follower.wake()

    async def close(self) -> None:
        """End all followers."""
        for followers in self._followers.values():
            for follower in followers:
                follower.end()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _best_effort(telling: Awaitable[Any]) -> None:
    """Subscribe or not: while Redis is away the looks have to do, and all subscribe when it is back."""
    try:
        await telling
    except HEARING_FAILS as error:
        log.warning("server.away", error=repr(error))
