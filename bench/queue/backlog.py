"""100,000 waiting jobs against 100: the next start, the answers to a client, the memory of Redis."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench.queue.figures import Figure, median, until
from bench.queue.fleet import Fleet
from bench.queue.ground import Ground
from bench.queue.waiting import insert_waiting
from deckgen.config.settings import Settings
from deckgen.queue.dispatch import MAX_DISPATCHED
from deckgen.store import dispatches
from deckgen.store import pool as store

FEW, MANY, USERS = 100, 100_000, 50
PICKUPS, ASKS, CHOICES = 60, 40, 5
SHARE = Settings.model_fields["user_concurrency"].default
GAPS = """
SELECT extract(epoch FROM started_at - lag(ended_at) OVER (ORDER BY started_at))::float8 * 1000 AS gap
FROM job_attempts WHERE ended_at IS NOT NULL ORDER BY started_at
"""
ENDED = "SELECT count(*) FROM job_attempts WHERE ended_at IS NOT NULL"


@dataclass(frozen=True)
class Seen:
    """Milliseconds, and bytes; `choice` is what the dispatch costs PostgreSQL."""

    pickup: float
    choice: float
    job: float
    queue: float
    memory: float


async def measure(ground: Ground) -> list[Figure]:
    many = ground.pick(MANY, MANY // 10)
    pairs = [(await _look(ground, FEW), await _look(ground, many)) for _ in range(ground.pick(2, 1))]
    choice = median([seen.choice for _, seen in pairs])
    between = (
        "From the end of a job to the start of the next, one slot. The choice of what to dispatch, "
        f"which comes between them, takes {choice:.3g} ms with the many."
    )
    against = f"{many:,} waiting jobs against {FEW}"
    named = (
        (
            f"{against}: pickup",
            "pickup",
            1.5,
            between,
        ),
        (f"{against}: status of a job", "job", 1.5, "GET of a job that waits, p50."),
        (f"{against}: status of the queue", "queue", 1.5, "GET of the queue's status, p50."),
        (
            f"{against}: memory of Redis",
            "memory",
            2.0,
            f"{USERS} users, of whom {SHARE} jobs each are there.",
        ),
    )
    return [_figure(pairs, *one) for one in named]


def _figure(
    pairs: Sequence[tuple[Seen, Seen]], name: str, attribute: str, limit: float, remark: str
) -> Figure:
    few, many = (statistics.median(getattr(pair[at], attribute) for pair in pairs) for at in (0, 1))
    unit, scale = ("MB", 1e6) if attribute == "memory" else ("ms", 1)
    return Figure(
        name,
        f"<= {limit:g} x",
        f"{many / few:.2f} x ({few / scale:.3g} {unit}, {many / scale:.3g} {unit})",
        many / few <= limit,
        remark,
    )


async def _look(ground: Ground, count: int) -> Seen:
    """One job is held while the client asks; then the worker goes through some of what waits."""
    async with Fleet(ground, QUEUE_CONCURRENCY="1") as fleet:
        await fleet.takes(draft=3.0)
        await insert_waiting(ground, count, USERS, prefix="backlog")
        await until(lambda: _handed_over(ground), "dispatch", 60)
        await asyncio.sleep(1)  # the writing of so many rows settles
        async with ground.database() as connection:
            waiting = await connection.fetchval(
                "SELECT id::text FROM jobs WHERE status = 'waiting' LIMIT 1"
            )
        choice = await _choice(ground)
        job = await _ask(fleet, f"/api/ai/jobs/{waiting}")
        queue = await _ask(fleet, "/api/ai/queue-status")
        with ground.redis() as client:
            memory = client.info("memory")["used_memory"]
        await fleet.takes()
        await until(lambda: _enough(ground), "some pickups", 120)
        async with ground.database() as connection:
            gaps = [row["gap"] for row in await connection.fetch(GAPS)]
        return Seen(median(gaps[2:PICKUPS]), choice, job, queue, memory)


async def _choice(ground: Ground) -> float:
    """The median time of the statement that finds nothing to dispatch, because all shares are used."""
    times = []
    database = await store.open_database(ground.environment["DATABASE_URL"])
    for _ in range(CHOICES):
        began = time.perf_counter()
        await dispatches.mark_dispatched(
            database.service, None, user_concurrency=SHARE, limit=MAX_DISPATCHED
        )
        times.append(1000 * (time.perf_counter() - began))
    await database.close()
    return median(times)


async def _ask(fleet: Fleet, path: str) -> float:
    """The median answer in milliseconds."""
    times = []
    for _ in range(ASKS):
        began = time.perf_counter()
        await fleet.api.request("GET", path)
        times.append(1000 * (time.perf_counter() - began))
    return median(times)


async def _handed_over(ground: Ground) -> bool:
    async with ground.database() as connection:
        return await connection.fetchval("SELECT count(*) FROM jobs WHERE status = 'active'") > 0


async def _enough(ground: Ground) -> bool:
    await asyncio.sleep(0.1)
    async with ground.database() as connection:
        return await connection.fetchval(ENDED) > PICKUPS
