"""Redis as arq sees it: a delivery may be lost, repeated or late."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, cast

from arq.connections import ArqRedis
from arq.constants import in_progress_key_prefix, job_key_prefix
from arq.jobs import Job, serialize_job
from redis.asyncio.client import Pipeline, PubSub

from deckgen.config.settings import Settings
from deckgen.observability.logs import get_logger
from deckgen.queue.messages import DELIVERY_ID, QueueMessage, clock_due_at, delivery_id
from deckgen.queue.pickup_script import TAKE
from deckgen.queue.transactions import BatchedTransaction, JobLocks, PlainPipeline, batches
from deckgen.redis.cluster import WrongServerError
from deckgen.redis.connections import connection_pool
from deckgen.redis.refusals import REDIS_AWAY
from deckgen.redis.retrying_connection import Patience

log = get_logger(__name__)

QUEUE_NAME = "deckgen:queue"
EXPIRES = timedelta(days=1)  # the reconciler hands a job over again if it takes longer
EXPIRES_MS = int(EXPIRES.total_seconds() * 1000)
WAKE = "deckgen:wake"
CANCELLED = "deckgen:cancelled"  # channel of the ids of cancelled jobs
SILENCE_SECONDS = 5.0  # on a channel, before the server is asked for a sign of life
PONG_SECONDS = 5.0  # how long it may take to answer
CLOSE_SECONDS = 1.0
IDLE_SECONDS = 4  # how long an idle worker waits for a token, one of which may be lost
PAUSE_SECONDS = 1.0


def serialize(value: dict[str, Any]) -> bytes:
    return json.dumps(value, default=repr).encode()


def deserialize(value: bytes) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(value)
    return result


class DeliveryPool(ArqRedis):
    """arq's connection pool, made prompt.

    arq's worker asks for ids every `poll_delay`. Here that call waits until there are some, so
    `poll_delay` can be short and an idle worker is still quiet. `stop_pickup` ends picking up without
    stopping the rest. Starting and ending a job needs fewer round trips than with arq alone.
    """

    def __init__(self, *args: Any, slots: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_close_connection_pool = True  # nobody else uses its connections
        self._job_locks = JobLocks(slots)
        self._take = self.register_script(TAKE)
        self._picks_up = True
        self.takes_jobs: Callable[[], bool] = lambda: True
        self._asking, self._asked_at = 0, time.monotonic()
        self._batches = batches(super().pipeline)

    def pipeline(self, transaction: bool = True, shard_hint: str | None = None) -> Pipeline:
        """Returns a pipeline as redis-py does; transactions need fewer round trips."""
        arguments = (self.connection_pool, self.response_callbacks, transaction, shard_hint)
        if not transaction:
            return PlainPipeline(*arguments)
        return BatchedTransaction(self._batches, self._job_locks, *arguments)

    def stop_pickup(self) -> None:
        self._picks_up = False

    def give_up(self) -> None:
        """End all waiting for Redis to come back: the worker ends."""
        self._patience.end()
        self._job_locks.let_go()

    @property
    def problem(self) -> str:
        """A sentence that says why Redis does not serve just now; empty if it does."""
        return self._patience.problem

    @property
    def _patience(self) -> Patience:
        patience: Patience = self.connection_pool.connection_kwargs["retry"]
        return patience

    async def zrangebyscore(self, name: Any, *_: Any, **bounds: Any) -> Any:
        """Returns the ids that this worker starts now: arq's worker picks up by this call only."""
        async with self._living("pick up"):
            ids = await self._pick_up(name, bounds)
            if not ids and self._picks_up and await self._token():
                ids = await self._pick_up(name, bounds)
            return ids
        await asyncio.sleep(PAUSE_SECONDS)
        return []

    async def psetex(self, name: Any, time_ms: Any, value: Any) -> Any:
        """Set the sign of life that `arq --check` looks for.

        arq sets it anew between two looks for jobs, so it has to outlive the longest look.
        """
        async with self._living("say that the worker lives"):
            return await super().psetex(name, time_ms + 1000 * IDLE_SECONDS, value)

    async def delete(self, *names: Any) -> Any:
        """Delete keys; arq begins to close with this."""
        async with self._living("say that the worker ends"), asyncio.timeout(CLOSE_SECONDS):
            return await super().delete(*names)

    async def _pick_up(self, name: str, bounds: dict[str, Any]) -> list[bytes]:
        if not self._picks_up:
            return []
        room = min(bounds["num"], self._job_locks.room)
        passed_over = "" if self.takes_jobs() else DELIVERY_ID
        # The prefixes are passed as keys, since they have the same tag in a cluster.
        keys = [name, WAKE, in_progress_key_prefix, job_key_prefix]
        ids_and_messages: list[Any] = await self._take(
            keys, [bounds["max"], room, EXPIRES_MS, passed_over]
        )
        ids = ids_and_messages[::2]
        for arq_id, message in zip(ids, ids_and_messages[1::2], strict=True):
            self._job_locks.take(arq_id.decode(), message)
        return ids

    @asynccontextmanager
    async def _living(self, purpose: str) -> AsyncIterator[None]:
        """Log errors of Redis in what arq's worker does by itself, and count its waiting as life.

        An unexpected error of Redis would end arq's worker. Only WrongServerError does, as the settings
        then do not fit the server.
        """
        self._asking += 1
        try:
            yield
        except WrongServerError:
            raise
        except REDIS_AWAY as error:
            log.warning("redis.failed", what=purpose, error=repr(error))
        finally:
            self._asking -= 1
            self._asked_at = time.monotonic()

    @property
    def silent_seconds(self) -> float:
        """The seconds for which arq's worker has asked nothing; waiting for an answer is no silence."""
        return 0 if self._asking else time.monotonic() - self._asked_at

    async def _token(self) -> Any:
        return await cast("Awaitable[Any]", self.blpop([WAKE], timeout=IDLE_SECONDS))

    async def wake(self) -> None:
        """Wake one worker, which wakes the next one if there is more to do."""
        async with self.pipeline(transaction=True) as pipe:
            _wake(pipe)
            await pipe.execute()

    async def lock_for(self, arq_id: str, seconds: float) -> None:
        """Let arq's lock live for `seconds`: else it outlives a killed worker by the job timeout."""
        async with self.pipeline(transaction=True) as pipe:
            pipe.pexpire(in_progress_key_prefix + arq_id, int(seconds * 1000))
            await pipe.execute()

    async def withdraw(self, dispatches: Mapping[str, int]) -> None:
        """Take back dispatches of jobs, by their numbers, that no worker has picked up yet."""
        await self.zrem(QUEUE_NAME, *(delivery_id(*dispatch) for dispatch in dispatches.items()))

    async def announce_cancel(self, job_id: str) -> None:
        """Tell every worker at once what it would otherwise learn when it renews its leases."""
        await self.publish(CANCELLED, job_id)

    async def hear(self, channel: str) -> AsyncIterator[bytes]:
        """Yield what is published in `channel` from now on; TimeoutError if the server falls silent."""
        async with self.pubsub() as subscription:
            await subscription.subscribe(channel)
            async for message in listen(subscription):
                if message["type"] == "message":
                    yield message["data"]

    async def enqueue_job(self, function: str, *args: Any, **options: Any) -> Job | None:
        """Enqueue a job of arq's clock, the only caller, ahead of all others."""
        now = {"_defer_until": clock_due_at(), "_expires": EXPIRES}
        async with self._living("enqueue"):
            return await super().enqueue_job(function, *args, **(options | now))
        return None

    async def close(self, close_connection_pool: bool | None = None) -> None:
        """Close the pool, by the name that arq uses and redis-py has deprecated."""
        await self.aclose(close_connection_pool)

    async def deliver(self, messages: Sequence[QueueMessage]) -> None:
        """Hand over jobs of arq in one transaction; a repeated call changes nothing."""
        now = int(time.time() * 1000)
        async with self.pipeline(transaction=True) as pipe:
            for message in messages:
                content = serialize_job(
                    message.function, message.arguments, {}, None, now, serializer=self.job_serializer
                )
                pipe.psetex(job_key_prefix + message.id, EXPIRES, content)
                pipe.zadd(QUEUE_NAME, {message.id: message.score})
            _wake(pipe)
            await pipe.execute()


def _wake(pipe: Pipeline) -> None:
    pipe.lpush(WAKE, 1)
    pipe.ltrim(WAKE, 0, 0)


async def listen(subscription: PubSub) -> AsyncIterator[dict[str, Any]]:
    """Yield the messages of a subscription; TimeoutError if the server falls silent."""
    pinged = False
    while True:
        message = await subscription.get_message(timeout=PONG_SECONDS if pinged else SILENCE_SECONDS)
        if message is not None:
            yield message
        elif pinged:
            raise TimeoutError(f"The server did not answer in {PONG_SECONDS:g} s.")
        else:
            await subscription.ping()
        pinged = message is None


def create_pool(settings: Settings, *, retries: int) -> DeliveryPool:
    """Returns a pool with connections of its own; a worker has QUEUE_CONCURRENCY slots."""
    return DeliveryPool(
        connection_pool(settings, retries=retries),
        job_serializer=serialize,
        job_deserializer=deserialize,
        default_queue_name=QUEUE_NAME,
        slots=settings.queue_concurrency,
    )
