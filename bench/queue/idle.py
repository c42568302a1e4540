"""What a fleet that has nothing to do asks of PostgreSQL and Redis: real statements of many workers.

They share one process and its connections to PostgreSQL, as 500 processes do not fit onto two cores.
"""

import asyncio
import contextlib
from dataclasses import dataclass

from bench.queue.figures import Figure
from bench.queue.ground import Ground
from deckgen.config.settings import Settings
from deckgen.queue.dispatch import Dispatcher
from deckgen.queue.pool import QUEUE_NAME, create_pool
from deckgen.store import pool as store
from deckgen.worker.orchestrator_client import OrchestratorClient
from deckgen.worker.reconcile import BEAT_SECONDS, beat, lead, reconcile
from deckgen.worker.runtime import Runtime

FEW, MANY = 10, 500
CONNECTIONS = 50
SETTLE_SECONDS, SECONDS = 8.0, 20.0
MOST_RATIO = 1.5
COMMITTED = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"


@dataclass(frozen=True)
class Cost:
    """A second, of the whole fleet."""

    transactions: float
    commands: float


async def measure(ground: Ground) -> list[Figure]:
    await ground.empty()  # the jobs of another figure would be handed over
    few, many = await _cost(ground, FEW), await _cost(ground, MANY)
    rest = [one.transactions - count / BEAT_SECONDS for one, count in ((few, FEW), (many, MANY))]
    return [
        Figure(
            f"transactions a second of {MANY} idle workers beside their heartbeats, {FEW} as 1",
            f"<= {MOST_RATIO}",
            f"{rest[1] / rest[0]:.2f} ({rest[1]:.0f} and {rest[0]:.0f} a second)",
            rest[1] <= MOST_RATIO * rest[0],
        ),
        Figure(
            f"commands to Redis a second of one of {MANY} idle workers",
            "<= 1",
            f"{many.commands / MANY:.2f}",
            many.commands <= MANY,
        ),
    ]


async def _cost(ground: Ground, count: int) -> Cost:
    own = {name.lower(): value for name, value in ground.environment.items()}
    settings = Settings.model_validate(own)
    database = await store.open_database(ground.environment["DATABASE_URL"], max_size=CONNECTIONS)
    fleet = [_worker(settings, database) for _ in range(count)]
    tasks = []
    for one in fleet:
        tasks += [asyncio.create_task(work(one)) for work in (beat, lead, reconcile, _pick_up)]
        await asyncio.sleep(BEAT_SECONDS / count)  # they were not started in the same moment
    try:
        await asyncio.sleep(SETTLE_SECONDS)
        before = await _counted(ground, database)
        await asyncio.sleep(SECONDS)
        after = await _counted(ground, database)
    finally:
        await _end(fleet, tasks)
        await database.close()
    return Cost(*((late - early) / SECONDS for early, late in zip(before, after, strict=True)))


def _worker(settings: Settings, database: store.Database) -> Runtime:
    delivery = create_pool(settings, retries=1)
    return Runtime(
        settings=settings,
        database=database,
        delivery=delivery,
        dispatcher=Dispatcher(database.service, delivery, user_concurrency=settings.user_concurrency),
        orchestrator=OrchestratorClient(str(settings.orchestrator_url), timeout=1, connections=1),
    )


async def _pick_up(runtime: Runtime) -> None:
    """What arq's worker does while there is nothing to do."""
    while not runtime.stopping.is_set():
        await runtime.delivery.zrangebyscore(QUEUE_NAME, start=0, num=100, max=0)


async def _counted(ground: Ground, database: store.Database) -> tuple[int, int]:
    """Transactions and commands so far."""
    async with ground.database() as connection:
        committed = await connection.fetchval(COMMITTED)
    with ground.redis() as client:
        return committed, client.info("stats")["total_commands_processed"]


async def _end(fleet: list[Runtime], tasks: "list[asyncio.Task[None]]") -> None:
    for one in fleet:
        one.stopping.set()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for one in fleet:
        await one.orchestrator.close()
        for pool in (one.delivery, one.probe_pool):
            with contextlib.suppress(Exception):
                await pool.aclose()
