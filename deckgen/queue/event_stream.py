"""Follow jobs: be told by Redis that there are new events, and read them from PostgreSQL."""

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

LOOK_SECONDS = 3.0  # how late an event is, at most, if its hint was lost
PAUSE_SECONDS = 1.0
# redis-py's RuntimeError: listening and subscribing found the connection lost at the same time.
HEARING_FAILS: tuple[type[Exception], ...] = (*REDIS_AWAY, RuntimeError)


class Follower:
    """Iterate over it for the events of a job after a number, as they come, to the one that ends it."""

    def __init__(self, following: "Following", job_id: str, number: int) -> None:
        self.job_id, self.number = job_id, number
        self._following = following
        self._hint = asyncio.Event()
        self._ended = False

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to hear."""
        return self._ended

    def wake(self) -> None:
        """There may be something new."""
        self._hint.set()

    def end(self) -> None:
        """Let go of it, although the job may go on."""
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


class Following:
    """All followers of a process: one connection to Redis hears for them, one statement looks for them.

    While they wait, they hold no connection of their own.
    """

    def __init__(self, database: store.Pool, delivery: DeliveryPool) -> None:
        self._database, self._delivery = database, delivery
        self._followers: defaultdict[str, set[Follower]] = defaultdict(set)
        self._channel: PubSub | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def follow(self, job_id: str, number: int) -> Follower:
        """The job's events with a higher number."""
        return Follower(self, job_id, number)

    @contextlib.asynccontextmanager
    async def registered(self, follower: Follower) -> AsyncIterator[None]:
        """While inside, the follower is woken by hints and looks."""
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
        """What is new for a follower; nothing while the database is away: who waits is better served
        by waiting on than by an error."""
        try:
            async with away.database():
                return await events.after(self._database, follower.job_id, follower.number)
        except Unavailable:
            return []

    async def _hear(self) -> None:
        """Subscribe again whenever Redis is back; whatever was not heard meanwhile is looked for."""
        while True:
            try:
                async with self._delivery.pubsub() as channel:
                    # The first name is nobody's: it keeps the connection while there are no followers.
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
        """By a hint, and by the answer to the subscription: what came before it was heard by nobody."""
        if message["type"] in ("message", "subscribe"):
            for follower in self._followers.get(message["channel"].decode().removeprefix(CHANNEL), ()):
                follower.wake()

    async def _look_on(self) -> None:
        """Every few seconds look for what no hint has told, for all followers at once."""
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
                    follower.end()  # the job is not kept any more
                elif last[follower.job_id].number > follower.number:
                    follower.wake()

    async def close(self) -> None:
        """Let go of all followers."""
        for followers in self._followers.values():
            for follower in followers:
                follower.end()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _best_effort(telling: Awaitable[Any]) -> None:
    """Redis may be away: then the looks have to do, and it is subscribed to again when it is back."""
    try:
        await telling
    except HEARING_FAILS as error:
        log.warning("server.away", error=repr(error))
