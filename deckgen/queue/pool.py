"""Redis as arq sees it: a delivery that may be lost, repeated or late."""

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
from deckgen.queue.messages import DELIVERY_ID, Message, clock_due_at, delivery_id
from deckgen.queue.transactions import Hand, Questions, Transaction, batches
from deckgen.redis.cluster import WrongServerError
from deckgen.redis.connections import Patience, connection_pool
from deckgen.redis.refusals import REDIS_AWAY

log = get_logger(__name__)

QUEUE_NAME = "deckgen:queue"
EXPIRES = timedelta(days=1)  # the reconciler hands a job over again if it takes longer
EXPIRES_MS = int(EXPIRES.total_seconds() * 1000)
WAKE = "deckgen:wake"
CANCELLED = "deckgen:cancelled"  # channel of the ids of cancelled jobs
SILENCE_SECONDS = 5.0  # on a channel, after which the server is asked whether it is there
PONG_SECONDS = 5.0  # how long it may take to answer
CLOSE_SECONDS = 1.0
IDLE_SECONDS = 4  # how late a worker is, at most, if a token was lost: what an idle one asks of Redis
PAUSE_SECONDS = 1.0
# arq leaves the ids of running jobs in the queue, and reads only the first hundred or so: what runs in
# a fleet would hide what waits. So here they are passed over; what can start at once is locked and read
# in the same go; if anything is left, a token, of which there is never more than one, wakes one more
# worker. While steps can't be served, jobs are passed over too, and webhooks are not.
TAKE = """
local taken, offset, page = {}, 0, 100
repeat
  local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', offset, page)
  for _, id in ipairs(ids) do
    if ARGV[4] ~= '' and string.match(id, ARGV[4]) then
      -- It waits.
    elseif #taken >= 2 * tonumber(ARGV[2]) then
      if redis.call('EXISTS', KEYS[3] .. id) == 0 then
        redis.call('LPUSH', KEYS[2], 1)
        redis.call('LTRIM', KEYS[2], 0, 0)
        return taken
      end
    elseif redis.call('SET', KEYS[3] .. id, '1', 'NX', 'PX', ARGV[3]) then
      taken[#taken + 1] = id
      taken[#taken + 1] = redis.call('GET', KEYS[4] .. id)
    end
  end
  offset = offset + page
until #ids < page
return taken
"""


def serialize(value: dict[str, Any]) -> bytes:
    return json.dumps(value, default=repr).encode()


def deserialize(value: bytes) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(value)
    return result


class DeliveryPool(ArqRedis):
    """arq's connection pool, made prompt.

    arq's worker asks for ids every `poll_delay`; here that call waits until there is something to pick
    up, so `poll_delay` can be short and an idle worker is still quiet. `stop_pickup` ends picking up
    without stopping the rest. Starting and ending a job needs fewer round trips than arq thinks.
    """

    def __init__(self, *args: Any, slots: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_close_connection_pool = True  # nobody else uses its connections
        self._hand = Hand(slots)
        self._take = self.register_script(TAKE)
        self._picks_up = True
        self.takes_jobs: Callable[[], bool] = lambda: True
        self._asking, self._asked_at = 0, time.monotonic()
        self._batches = batches(super().pipeline)

    def pipeline(self, transaction: bool = True, shard_hint: str | None = None) -> Pipeline:
        """As of redis-py; transactions need fewer round trips."""
        own = (self.connection_pool, self.response_callbacks, transaction, shard_hint)
        if not transaction:
            return Questions(*own)
        return Transaction(self._batches, self._hand, *own)

    def stop_pickup(self) -> None:
        self._picks_up = False

    def give_up(self) -> None:
        """Whatever waits for Redis to come back waits no longer: the worker ends."""
        self._patience.end()
        self._hand.let_go()

    @property
    def problem(self) -> str:
        """Why Redis does not serve just now, in a sentence; empty if it does."""
        return self._patience.problem

    @property
    def _patience(self) -> Patience:
        patience: Patience = self.connection_pool.connection_kwargs["retry"]
        return patience

    async def zrangebyscore(self, name: Any, *_: Any, **bounds: Any) -> Any:
        """Ids that this worker starts now: this is the only pickup call of arq's worker."""
        async with self._living("pick up"):
            ids = await self._pick_up(name, bounds)
            if not ids and self._picks_up and await self._token():
                ids = await self._pick_up(name, bounds)
            return ids
        await asyncio.sleep(PAUSE_SECONDS)
        return []

    async def psetex(self, *args: Any) -> Any:
        """What `arq --check` looks for."""
        async with self._living("say that the worker lives"):
            return await super().psetex(*args)

    async def delete(self, *names: Any) -> Any:
        """With this arq begins to close."""
        async with self._living("say that the worker ends"), asyncio.timeout(CLOSE_SECONDS):
            return await super().delete(*names)

    async def _pick_up(self, name: str, bounds: dict[str, Any]) -> list[bytes]:
        if not self._picks_up:
            return []
        room = min(bounds["num"], self._hand.room)
        passed_over = "" if self.takes_jobs() else DELIVERY_ID
        # Prefixes are among the keys, as they have the same tag in a cluster.
        keys = [name, WAKE, in_progress_key_prefix, job_key_prefix]
        found: list[Any] = await self._take(keys, [bounds["max"], room, EXPIRES_MS, passed_over])
        ids = found[::2]
        for arq_id, message in zip(ids, found[1::2], strict=True):
            self._hand.take(arq_id.decode(), message)
        return ids

    @asynccontextmanager
    async def _living(self, what: str) -> AsyncIterator[None]:
        """For what arq's worker does by itself, and may wait for: it lives.

        It would end with an error of Redis that nobody expects; it does so only if there is a server,
        but not as the settings say.
        """
        self._asking += 1
        try:
            yield
        except WrongServerError:
            raise
        except REDIS_AWAY as error:
            log.warning("redis.failed", what=what, error=repr(error))
        finally:
            self._asking -= 1
            self._asked_at = time.monotonic()

    @property
    def silent_seconds(self) -> float:
        """For how long arq's worker has asked for nothing; waiting for an answer is no silence."""
        return 0 if self._asking else time.monotonic() - self._asked_at

    async def _token(self) -> Any:
        return await cast("Awaitable[Any]", self.blpop([WAKE], timeout=IDLE_SECONDS))

    async def wake(self) -> None:
        """Let one worker look, which wakes the next one if there is more to do."""
        async with self.pipeline(transaction=True) as pipe:
            _wake(pipe)
            await pipe.execute()

    async def lock_for(self, arq_id: str, seconds: float) -> None:
        """arq's lock outlives a killed worker by its job timeout; from now on it lives this long."""
        async with self.pipeline(transaction=True) as pipe:
            pipe.pexpire(in_progress_key_prefix + arq_id, int(seconds * 1000))
            await pipe.execute()

    async def withdraw(self, dispatches: Mapping[str, int]) -> None:
        """Take dispatches of jobs back, by their numbers, that no worker has picked up yet."""
        await self.zrem(QUEUE_NAME, *(delivery_id(*dispatch) for dispatch in dispatches.items()))

    async def announce_cancel(self, job_id: str) -> None:
        """Tell every worker now what it would else learn when it renews its leases."""
        await self.publish(CANCELLED, job_id)

    async def hear(self, channel: str) -> AsyncIterator[bytes]:
        """What is published in `channel` from now on; TimeoutError if the server falls silent."""
        async with self.pubsub() as subscription:
            await subscription.subscribe(channel)
            async for message in listen(subscription):
                if message["type"] == "message":
                    yield message["data"]

    async def enqueue_job(self, function: str, *args: Any, **options: Any) -> Job | None:
        """Only arq's clock calls this; what it wants is not to wait behind the jobs."""
        now = {"_defer_until": clock_due_at(), "_expires": EXPIRES}
        async with self._living("enqueue"):
            return await super().enqueue_job(function, *args, **(options | now))
        return None

    async def close(self, close_connection_pool: bool | None = None) -> None:
        """arq closes its pool by the name that redis-py has deprecated."""
        await self.aclose(close_connection_pool)

    async def deliver(self, messages: Sequence[Message]) -> None:
        """Hand over jobs of arq, all at once; a repeated call changes nothing."""
        now = int(time.time() * 1000)
        async with self.pipeline(transaction=True) as pipe:
            for one in messages:
                content = serialize_job(
                    one.function, one.arguments, {}, None, now, serializer=self.job_serializer
                )
                pipe.psetex(job_key_prefix + one.id, EXPIRES, content)
                pipe.zadd(QUEUE_NAME, {one.id: one.score})
            _wake(pipe)
            await pipe.execute()


def _wake(pipe: Pipeline) -> None:
    pipe.lpush(WAKE, 1)
    pipe.ltrim(WAKE, 0, 0)


async def listen(subscription: PubSub) -> AsyncIterator[dict[str, Any]]:
    """What comes in, one after the other; TimeoutError if the server falls silent."""
    asked = False
    while True:
        message = await subscription.get_message(timeout=PONG_SECONDS if asked else SILENCE_SECONDS)
        if message is not None:
            yield message
        elif asked:
            raise TimeoutError(f"No answer in {PONG_SECONDS:g} s.")
        else:
            await subscription.ping()
        asked = message is None


def create_pool(settings: Settings, *, retries: int) -> DeliveryPool:
    """Connections of its own, as of `connection_pool`; a worker has QUEUE_CONCURRENCY slots."""
    return DeliveryPool(
        connection_pool(settings, retries=retries),
        job_serializer=serialize,
        job_deserializer=deserialize,
        default_queue_name=QUEUE_NAME,
        slots=settings.queue_concurrency,
    )
