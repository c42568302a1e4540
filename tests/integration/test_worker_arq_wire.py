"""What arq asks of its pool: ours answers some of it, joins some, and has to know all of it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from arq.connections import ArqRedis, log_redis_info
from arq.constants import in_progress_key_prefix, job_key_prefix
from arq.worker import Worker, func
from redis.asyncio.client import Pipeline, Redis

from deckgen.config.settings import Settings
from deckgen.queue.messages import JOB_FUNCTION, job_message
from deckgen.queue.pool import QUEUE_NAME, DeliveryPool, create_pool, deserialize, serialize
from deckgen.store.dispatches import JobDispatch
from deckgen.worker_settings import WorkerSettings
from tests.patience import PATIENCE_SECONDS

pytestmark = [pytest.mark.contract, pytest.mark.sample]


@pytest.fixture
async def pool(settings: Settings) -> AsyncIterator[DeliveryPool]:
    pool = create_pool(settings, retries=1)
    yield pool
    await pool.aclose()


async def idle(ctx: dict[str, Any], job_id: str, number: int) -> None:
    """A job without work."""


async def test_arqs_first_question_is_answered_here(pool: DeliveryPool) -> None:
    """A worker asks what server it has, for its log, and would not begin without an answer."""
    await pool.ping()
    await pool.config_resetstat()
    told: list[str] = []
    await log_redis_info(pool, told.append)
    stats = await pool.info("commandstats")
    assert stats.keys() <= {"cmdstat_config|resetstat"}
    assert len(told) == 1


async def test_it_looks_again_and_again(pool: DeliveryPool, monkeypatch: pytest.MonkeyPatch) -> None:
    """One call of the pool finds what is due by now, and is made anew whenever it returns."""
    looks: list[dict[str, Any]] = []
    enough = asyncio.Event()

    async def look(name: str, **bounds: Any) -> list[bytes]:
        looks.append({"name": name, **bounds})
        if len(looks) >= 3:
            enough.set()
        return []

    monkeypatch.setattr(pool, "zrangebyscore", look)
    worker = Worker(
        functions=[func(idle, name=JOB_FUNCTION)],
        redis_pool=pool,
        queue_name=QUEUE_NAME,
        poll_delay=WorkerSettings.poll_delay,
        handle_signals=False,
    )
    running = asyncio.create_task(worker.async_run())
    async with asyncio.timeout(PATIENCE_SECONDS):
        await enough.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    first = looks[0]
    assert (first["name"], first["start"]) == (QUEUE_NAME, 0)
    assert first["num"] >= 1
    assert first["max"] <= datetime.now(UTC).timestamp() * 1000


async def test_the_clock_asks_the_pool(pool: DeliveryPool) -> None:
    """What is due by the clock is handed over by `enqueue_job`, under an id of its tick."""
    (job,) = WorkerSettings.cron_jobs
    asked: list[dict[str, Any]] = []

    async def enqueue(function: str, *_: Any, **options: Any) -> None:
        asked.append({"function": function, **options})

    at = datetime(2026, 1, 1, 12, 0, 30, tzinfo=UTC)
    due = replace(job, next_run=at)
    worker = Worker(
        cron_jobs=[due], redis_pool=pool, queue_name=QUEUE_NAME, handle_signals=False, timezone=UTC
    )
    pool.enqueue_job = enqueue  # type: ignore[method-assign]
    await worker.run_cron(at, 0.5)
    (one,) = asked
    assert one["function"] == job.name
    assert one["_job_id"] == f"{job.name}:{int(at.timestamp() * 1000)}"
    assert {"_queue_name", "_defer_until"} < one.keys()


# The commands of one job under arq's own pool, one list for each round trip; `lock`, `message` and the
# like stand for its keys.
WIRE = [
    ["ZRANGEBYSCORE queue"],
    ["WATCH lock"],
    ["EXISTS lock"],
    ["ZSCORE queue"],
    ["PSETEX lock"],
    ["GET message", "INCRBY tries", "EXPIRE tries"],
    ["ZREM aborts", "ZREM queue", "DEL lock tries message"],
]


async def test_the_commands_of_a_job(
    settings: Settings, pool: DeliveryPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our transactions answer these very commands themselves, or send them together: another one, or
    another order, would pass them by.
    """
    dispatch = JobDispatch(str(uuid4()), "d", 1, 5, datetime.now(UTC))
    message = job_message(dispatch)
    await pool.deliver([message])
    sent: list[list[str]] = []
    plain = ArqRedis(
        connection_pool=create_pool(settings, retries=1).connection_pool,
        job_serializer=serialize,
        job_deserializer=deserialize,
        default_queue_name=QUEUE_NAME,
    )
    worker = Worker(
        functions=[func(idle, name=JOB_FUNCTION)],
        redis_pool=plain,
        queue_name=QUEUE_NAME,
        job_serializer=serialize,
        job_deserializer=deserialize,
        keep_result=0,
        handle_signals=False,
    )
    worker._last_health_check = datetime.now(
        UTC
    ).timestamp()  # what it says of itself is not asked here
    record(monkeypatch, message.id, sent)
    await worker._poll_iteration()
    await asyncio.gather(*worker.tasks.values())
    assert sent == WIRE
    await plain.aclose(close_connection_pool=True)


def record(monkeypatch: pytest.MonkeyPatch, arq_id: str, sent: list[list[str]]) -> None:
    """Write down what goes through redis-py, a transaction as one."""
    names = {
        QUEUE_NAME: "queue",
        in_progress_key_prefix + arq_id: "lock",
        job_key_prefix + arq_id: "message",
        f"arq:retry:{arq_id}": "tries",
        "arq:abort": "aborts",
    }

    def told(args: Any) -> str:
        return " ".join([str(args[0]), *(names[one] for one in args[1:] if one in names)])

    at_once: Any = Pipeline.immediate_execute_command
    whole: Any = Pipeline.execute
    alone: Any = Redis.execute_command

    async def immediate(self: Any, *args: Any, **options: Any) -> Any:
        sent.append([told(args)])
        return await at_once(self, *args, **options)

    async def execute(self: Any, *args: Any, **options: Any) -> Any:
        sent.append([told(command) for command, _ in self.command_stack])
        return await whole(self, *args, **options)

    async def one(self: Any, *args: Any, **options: Any) -> Any:
        sent.append([told(args)])
        return await alone(self, *args, **options)

    monkeypatch.setattr(Pipeline, "immediate_execute_command", immediate)
    monkeypatch.setattr(Pipeline, "execute", execute)
    monkeypatch.setattr(Redis, "execute_command", one)
