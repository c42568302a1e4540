"""SAQ on Redis."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from saq import Queue

from bench.queue.peers import stamps

queue = Queue.from_url(stamps.REDIS_URL)


async def job(ctx: dict[str, Any], *, sent: int, seconds: float) -> None:
    await stamps.job(sent, seconds)


settings = {"queue": queue, "functions": [job], "concurrency": stamps.SLOTS}


@asynccontextmanager
async def connect() -> AsyncIterator[stamps.Enqueue]:
    yield lambda sent, seconds: queue.enqueue("job", sent=sent, seconds=seconds)
    await queue.disconnect()


if __name__ == "__main__":
    stamps.client(connect)
