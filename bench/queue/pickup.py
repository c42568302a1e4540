"""POST to status processing, while nothing else is to be done; and what the idle worker costs."""

import asyncio
import random
import time
from itertools import pairwise

import asyncpg

from bench.queue.figures import Figure, median, percentile, spread, until
from bench.queue.fleet import Fleet
from bench.queue.ground import Ground, watch_idle

PROCESSING = "SELECT status NOT IN ('draft', 'queued') FROM presentations WHERE id = $1"
TIMES = """
SELECT extract(epoch FROM created_at)::float8 AS accepted,
       extract(epoch FROM dispatched_at)::float8 AS dispatched,
       extract(epoch FROM started_at)::float8 AS started
FROM jobs WHERE id = $1
"""
STAGES = (
    "the POST until its transaction begins",
    "its writing, up to the choice of jobs to dispatch",
    "the way through Redis and arq to the claim",
    "the claim's commit",
)


async def measure(ground: Ground) -> list[Figure]:
    async with Fleet(ground) as fleet, ground.database() as connection:
        idle = await watch_idle(ground, next(iter(fleet.workers)), ground.pick(30, 3))
        # So that a job still runs when its times are read: its end clears the time of dispatch.
        await fleet.takes(draft=0.06)
        for number in range(5):
            await _post(fleet, connection, f"warm-{number}")
        found = [
            await _post(fleet, connection, f"deck-{number}") for number in range(ground.pick(150, 30))
        ]
    total = [sum(stages) for stages in found]
    medians = [f"{median(stage):.1f} ms" for stage in zip(*found, strict=True)]
    where = ", ".join(f"{name} {took}" for name, took in zip(STAGES, medians, strict=True))
    return [
        Figure(
            "POST to status processing, idle: p50, p99",
            "<= 20 ms, <= 60 ms",
            spread(total, "ms"),
            median(total) <= 20 and percentile(total, 99) <= 60,
            f"Medians of its parts: {where}. The status is looked at every millisecond.",
        ),
        Figure(
            "idle worker: Redis commands a second, CPU",
            "<= 5, <= 1 %",
            f"{idle.commands:.1f} a second, {idle.cpu:.1f} % of a core",
            idle.commands <= 5 and idle.cpu <= 1,
            f"And {idle.transactions:.1f} transactions a second in PostgreSQL.",
        ),
    ]


async def _post(fleet: Fleet, connection: asyncpg.Connection, deck: str) -> list[float]:
    """Milliseconds of each stage, from before the POST until others can see that it is processing."""
    await asyncio.sleep(random.uniform(0.08, 0.14))
    sent = time.time()
    watching = asyncio.create_task(_processing(connection, deck))
    job = await fleet.post(deck, f"user-{deck}")
    seen = await watching
    row = await connection.fetchrow(TIMES, job)
    points = [sent, row["accepted"], row["dispatched"] or row["accepted"], row["started"], seen]
    await until(lambda: _over(connection, job), "end of a job")
    return [1000 * (after - before) for before, after in pairwise(points)]


async def _processing(connection: asyncpg.Connection, deck: str) -> float:
    async def seen() -> float | None:
        return time.time() if await connection.fetchval(PROCESSING, deck) else None

    return await until(seen, "status processing", every=0.001)


async def _over(connection: asyncpg.Connection, job: str) -> bool:
    return await connection.fetchval("SELECT finished_at IS NOT NULL FROM jobs WHERE id = $1", job)
