"""deckgen's pool without a database: `arq bench.queue.pool_only.WorkerSettings`, and a client for it.

All settings are those of deckgen.worker_settings, but for the function and for the hooks, which would
connect to PostgreSQL. See peers/stamps.py for what a job does.
"""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from arq.worker import func

from bench.queue.peers import stamps
from deckgen import worker_settings
from deckgen.config.settings import load_settings
from deckgen.queue.messages import JOB_FUNCTION, job_message
from deckgen.queue.pool import create_pool
from deckgen.store.dispatches import JobDispatch


async def job(ctx: dict[str, Any], job_id: str, number: int) -> None:
    """A message has room for an id and a number only: they carry the seconds and the time."""
    await stamps.job(number, float(job_id.partition(":")[0]))


own = {
    "functions": [func(job, name=JOB_FUNCTION)],
    "on_startup": None,
    "on_shutdown": None,
}
WorkerSettings = type("WorkerSettings", (), {**vars(worker_settings.WorkerSettings), **own})


@asynccontextmanager
async def connect() -> AsyncIterator[stamps.Enqueue]:
    pool = create_pool(load_settings(), retries=1)

    async def enqueue(sent: int, seconds: float) -> None:
        await pool.deliver(
            [
                job_message(
                    JobDispatch(f"{seconds}:{time.monotonic_ns()}", "d", sent, 5, datetime.now(UTC))
                )
            ]
        )

    yield enqueue
    await pool.aclose()


if __name__ == "__main__":
    stamps.client(connect)
