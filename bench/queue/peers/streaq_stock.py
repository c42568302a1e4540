"""streaq."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from streaq import Worker

from bench.queue.peers import stamps

worker = Worker(redis_url=stamps.REDIS_URL, concurrency=stamps.SLOTS)


@worker.task
async def job(sent: int, seconds: float) -> None:
    await stamps.job(sent, seconds)


@asynccontextmanager
async def connect() -> AsyncIterator[stamps.Enqueue]:
    async def enqueue(sent: int, seconds: float) -> None:
        await job.enqueue(sent, seconds)

    async with worker:
        yield enqueue


if __name__ == "__main__":
    stamps.client(connect)
