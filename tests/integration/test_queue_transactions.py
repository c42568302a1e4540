"""arq's transactions through our pool: fewer round trips, and the same meaning."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from arq.constants import in_progress_key_prefix, job_key_prefix, retry_key_prefix
from arq.worker import Worker, func
from redis.exceptions import ResponseError, WatchError

from deckgen.config.settings import Settings
from deckgen.queue.messages import JOB_FUNCTION, delivery_id, job_message
from deckgen.queue.pool import QUEUE_NAME, DeliveryPool, create_pool, deserialize, serialize
from deckgen.store.dispatches import JobDispatch
from deckgen.worker_settings import WorkerSettings
from tests.patience import PATIENCE_SECONDS


@pytest.fixture
async def pool(settings: Settings) -> AsyncIterator[DeliveryPool]:
    pool = create_pool(settings, retries=1)
    yield pool
    await pool.aclose()


async def deliver(pool: DeliveryPool) -> str:
    """arq's id of a job that waits."""
    job_id = str(uuid4())
    await pool.deliver([job_message(JobDispatch(job_id, "d", 1, 5, datetime.now(UTC)))])
    return delivery_id(job_id, 1)


async def take_lock(pool: DeliveryPool, arq_id: str) -> None:
    """As arq's worker does it."""
    key = in_progress_key_prefix + arq_id
    async with pool.pipeline(transaction=True) as pipe:
        await pipe.watch(key)
        assert not await pipe.exists(key)
        assert await pipe.zscore(QUEUE_NAME, arq_id)
        pipe.multi()  # type: ignore[no-untyped-call]
        pipe.psetex(key, 60_000, b"1")
        await pipe.execute()


async def find(pool: DeliveryPool) -> list[str]:
    """What arq's worker asks for before it takes locks."""
    found = await pool.zrangebyscore(QUEUE_NAME, min=0, max=float("inf"), start=0, num=100)
    return [one.decode() for one in found]


async def test_one_worker_has_the_lock(settings: Settings, pool: DeliveryPool) -> None:
    """Of many workers that look for jobs at once, one finds the job and can lock it; no other can."""
    arq_id = await deliver(pool)
    pools = [create_pool(settings, retries=1) for _ in range(10)]
    found = await asyncio.gather(*(find(one) for one in pools))
    assert sorted(found)[-2:] == [[], [arq_id]]
    for one, ids in zip(pools, found, strict=True):
        if ids:
            await take_lock(one, arq_id)
        else:
            with pytest.raises(WatchError):
                await take_lock(one, arq_id)
        await one.aclose()


async def test_a_job_starts_without_a_question(pool: DeliveryPool) -> None:
    """Once a job is found, its lock and its message are there: arq's start sends nothing more."""
    arq_id = await deliver(pool)
    assert await find(pool) == [arq_id]
    await pool.config_resetstat()
    await take_lock(pool, arq_id)
    async with pool.pipeline(transaction=True) as pipe:
        pipe.get(job_key_prefix + arq_id)
        pipe.incr(retry_key_prefix + arq_id)
        pipe.expire(retry_key_prefix + arq_id, 88_400)
        message, tries, _ = await pipe.execute()
    assert deserialize(message)["f"] == JOB_FUNCTION
    assert tries == 1
    stats = await pool.info("commandstats")
    assert stats.keys() <= {"cmdstat_config|resetstat", "cmdstat_info"}


async def add(pool: DeliveryPool, key: str) -> list[Any]:
    async with pool.pipeline(transaction=True) as pipe:
        pipe.incr(key)
        pipe.expire(key, 60)
        return await pipe.execute()


async def test_transactions_at_once_share_round_trips(pool: DeliveryPool) -> None:
    """A hundred of them at once are two on their way: the first, and what was gathered meanwhile."""
    await pool.config_resetstat()
    answers = await asyncio.gather(*(add(pool, f"key-{number}") for number in range(100)))
    assert answers == [[1, True]] * 100
    assert (await pool.info("commandstats"))["cmdstat_exec"]["calls"] <= 2


async def test_an_error_is_its_senders_alone(pool: DeliveryPool) -> None:
    """A command that fails is told to who sent it; the others of its batch succeed."""
    await pool.set("text", "no number")
    failed, *others = await asyncio.gather(
        add(pool, "text"), *(add(pool, f"key-{number}") for number in range(5)), return_exceptions=True
    )
    assert isinstance(failed, ResponseError)
    assert others == [[1, True]] * 5


async def test_who_is_cancelled_takes_nobody_along(pool: DeliveryPool) -> None:
    """Others in the batch get their answers."""
    tasks = [asyncio.create_task(add(pool, f"key-{number}")) for number in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert (answers[0], answers[2]) == ([1, True], [1, True])
    assert isinstance(answers[1], asyncio.CancelledError)


async def test_arq_runs_each_job_once(settings: Settings, pool: DeliveryPool) -> None:
    """Two workers of arq share a hundred jobs and leave nothing behind: its words are understood."""
    jobs = {await deliver(pool) for _ in range(100)}
    ran: list[str] = []
    done = asyncio.Event()

    async def job(ctx: dict[str, Any], job_id: str, number: int) -> None:
        ran.append(delivery_id(job_id, number))
        if len(ran) >= len(jobs):
            done.set()

    workers = [
        Worker(
            functions=[func(job, name=JOB_FUNCTION)],
            redis_pool=create_pool(settings, retries=1),
            queue_name=QUEUE_NAME,
            job_serializer=serialize,
            job_deserializer=deserialize,
            keep_result=0,
            poll_delay=WorkerSettings.poll_delay,
            handle_signals=False,
        )
        for _ in range(2)
    ]
    running = [asyncio.create_task(worker.async_run()) for worker in workers]
    async with asyncio.timeout(PATIENCE_SECONDS):
        await done.wait()
        while await pool.zcard(QUEUE_NAME):  # noqa: ASYNC110 - only Redis knows
            await asyncio.sleep(0.005)
    for worker, task in zip(workers, running, strict=True):
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await worker.close()
    assert sorted(ran) == sorted(jobs)
    assert await pool.keys("arq:[ijr]*") == []
