"""Redis as arq sees it: a delivery that may be lost, repeated or late.

Through it go a job's id and the number of its dispatch, as JSON; nothing else.
"""

import json
from datetime import timedelta
from typing import Any

from arq.connections import ArqRedis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError

from deckgen.settings import Settings
from deckgen.store.jobs import Dispatch

QUEUE_NAME = "deckgen:queue"
JOB_FUNCTION = "generate_deck"
# arq starts what has the lowest score first. The score is the job's time of creation, and a month
# earlier for each step of priority, which keeps the bands apart.
PRIORITY_BAND = timedelta(days=30)
EXPIRES = timedelta(days=1)  # the reconciler hands a job over again if it takes longer
CONNECT_TIMEOUT = 1.0
# What redis-py raises when the server is away.
REDIS_AWAY = (RedisError, OSError, TimeoutError)


def serialize(value: dict[str, Any]) -> bytes:
    return json.dumps(value, default=repr).encode()


def deserialize(value: bytes) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(value)
    return result


class DeliveryPool(ArqRedis):
    """arq's connection pool, with a switch that stops picking up without stopping the rest."""

    picks_up = True

    async def zrangebyscore(self, *args: Any, **kwargs: Any) -> Any:
        """Ids that a worker may start: this is the only pickup call of arq's worker."""
        return await super().zrangebyscore(*args, **kwargs) if self.picks_up else []

    async def close(self, close_connection_pool: bool | None = None) -> None:
        """arq closes its pool by the name that redis-py has deprecated."""
        await self.aclose(close_connection_pool)

    async def deliver(self, one: Dispatch) -> None:
        """Hand a job's id over; a repeated call with the same number changes nothing."""
        await self.enqueue_job(
            JOB_FUNCTION,
            one.job_id,
            one.number,
            _job_id=delivery_id(one.job_id, one.number),
            _defer_until=one.created_at - PRIORITY_BAND * one.priority,
            _expires=EXPIRES,
        )


def delivery_id(job_id: str, number: int) -> str:
    """arq's id of one dispatch; a new number is a new id, so nothing old can block it."""
    return f"{job_id}:{number}"


def create_pool(settings: Settings, *, retries: int) -> DeliveryPool:
    """A pool that connects when it is first used.

    `retries` with backoff up to a second: many for a worker, which outlives a restart of Redis; few for
    the API, which does not need Redis to accept a job.
    """
    password = settings.redis_password
    return DeliveryPool(
        host=settings.redis_host,
        port=settings.redis_port,
        db=settings.redis_db,
        password=password and password.get_secret_value(),
        socket_connect_timeout=CONNECT_TIMEOUT,
        retry=Retry(ExponentialBackoff(cap=1), retries),
        retry_on_error=[RedisConnectionError, RedisTimeoutError],
        job_serializer=serialize,
        job_deserializer=deserialize,
        default_queue_name=QUEUE_NAME,
    )
