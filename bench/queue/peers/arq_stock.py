"""arq as it comes, and arq that polls every 10 ms."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from arq import create_pool
from arq.connections import RedisSettings

from bench.queue.peers import stamps


async def job(ctx: dict[str, Any], sent: int, seconds: float) -> None:
    await stamps.job(sent, seconds)


class WorkerSettings:
    functions = [job]
    redis_settings = RedisSettings.from_dsn(stamps.REDIS_URL)
    max_jobs = stamps.SLOTS


class Polling:
    functions = [job]
    redis_settings = RedisSettings.from_dsn(stamps.REDIS_URL)
    max_jobs = stamps.SLOTS
    poll_delay = 0.01


@asynccontextmanager
async def connect() -> AsyncIterator[stamps.Enqueue]:
    pool = await create_pool(RedisSettings.from_dsn(stamps.REDIS_URL))
    yield lambda sent, seconds: pool.enqueue_job("job", sent, seconds)
    await pool.aclose()


if __name__ == "__main__":
    stamps.client(connect)
