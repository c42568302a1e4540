"""What we lean on in arq: an upgrade that changes it shows here; docs/arq.md has what that costs."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, cast
from uuid import uuid4

import pytest
from arq.constants import job_key_prefix
from arq.typing import WorkerSettingsBase
from arq.worker import Worker, create_worker, func, get_kwargs

from deckgen.config.settings import Settings
from deckgen.queue.messages import JOB_FUNCTION, delivery_id, job_message
from deckgen.queue.pool import QUEUE_NAME, DeliveryPool, create_pool, deserialize, serialize
from deckgen.store.dispatches import JobDispatch
from deckgen.worker_settings import WorkerSettings
from tests.patience import PATIENCE_SECONDS

pytestmark = [pytest.mark.contract, pytest.mark.sample]
JobFunction = Callable[..., Coroutine[Any, Any, None]]
SettingsClass = type[WorkerSettingsBase]
SLOTS = 3


@pytest.fixture
async def pool(settings: Settings) -> AsyncIterator[DeliveryPool]:
    pool = create_pool(settings, retries=1)
    yield pool
    await pool.aclose()


async def deliver(pool: DeliveryPool, priority: int = 5) -> str:
    """arq's id of a job that waits."""
    job_id = str(uuid4())
    await pool.deliver([job_message(JobDispatch(job_id, "d", 1, priority, datetime.now(UTC)))])
    return delivery_id(job_id, 1)


def new_worker(settings: Settings, job: JobFunction, **options: Any) -> Worker:
    """One of arq's with our pool and our words."""
    slots = settings.model_copy(update={"queue_concurrency": SLOTS})
    return Worker(
        **{
            "functions": [func(job, name=JOB_FUNCTION)],
            "redis_pool": create_pool(slots, retries=1),
            "queue_name": QUEUE_NAME,
            "job_serializer": serialize,
            "job_deserializer": deserialize,
            "max_jobs": SLOTS,
            "keep_result": 0,
            "poll_delay": WorkerSettings.poll_delay,
            "handle_signals": False,
            **options,
        }
    )


@asynccontextmanager
async def running(worker: Worker) -> AsyncIterator[asyncio.Task[None]]:
    """It works for as long as the block runs, and is closed."""
    task = asyncio.create_task(worker.async_run())
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await worker.close()


async def emptied(pool: DeliveryPool) -> None:
    """Until nothing is in the queue any more."""
    while await pool.zcard(QUEUE_NAME):  # noqa: ASYNC110 - only Redis knows
        await asyncio.sleep(0.005)


async def idle(ctx: dict[str, Any], job_id: str, number: int) -> None:
    """A job without work."""


def test_arq_knows_every_attribute() -> None:
    """It passes over what it does not know: an option that it renames would silently be its default."""
    own = {name for name in vars(WorkerSettings) if not name.startswith("__")}
    known = set(inspect.signature(Worker).parameters)
    assert own - known == set()


def test_arq_reads_the_class_alone() -> None:
    """What a class inherits is not read: that is why our settings are one flat class."""
    inherits = type("Inherits", (WorkerSettings,), {"max_jobs": 7})
    assert get_kwargs(cast("SettingsClass", inherits)).keys() == {"max_jobs"}
    assert "max_tries" in get_kwargs(cast("SettingsClass", WorkerSettings))


async def test_arguments_win_over_attributes(settings: Settings) -> None:
    """An embedded worker has the stock settings, with a pool of its own and without signals."""
    pool = create_pool(settings, retries=1)
    stock = cast("SettingsClass", WorkerSettings)
    worker = create_worker(stock, redis_pool=pool, handle_signals=False, ctx={"mine": True})
    assert worker.pool is pool
    assert worker.ctx == {"mine": True}
    await pool.aclose()


async def test_the_order_of_a_workers_life(settings: Settings, pool: DeliveryPool) -> None:
    """Startup runs in arq's main task and before the first look, with our pool; shutdown is after the
    last job, and before the pool is closed.
    """
    told: list[str] = []
    begun, go_on = asyncio.Event(), asyncio.Event()
    worker: Worker

    async def startup(ctx: dict[str, Any]) -> None:
        assert asyncio.current_task() is worker.main_task
        assert isinstance(ctx["redis"], DeliveryPool)
        told.append("startup")

    async def job(ctx: dict[str, Any], job_id: str, number: int) -> None:
        told.append("job begins")
        begun.set()
        await go_on.wait()

    async def shutdown(ctx: dict[str, Any]) -> None:
        assert await ctx["redis"].ping()
        assert all(task.done() for task in worker.tasks.values())
        told.append("shutdown")

    await deliver(pool)
    worker = new_worker(settings, job, on_startup=startup, on_shutdown=shutdown)
    async with running(worker):
        await begun.wait()
        go_on.set()
        await emptied(pool)
    assert told == ["startup", "job begins", "shutdown"]


async def test_a_job_is_cancelled_and_ends_as_any_other(settings: Settings, pool: DeliveryPool) -> None:
    """A job function that takes its cancellation for an order to report has ended: it is in no queue,
    and holds no lock.
    """
    begun = asyncio.Event()

    async def job(ctx: dict[str, Any], job_id: str, number: int) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            task = asyncio.current_task()
            assert task is not None
            task.uncancel()

    await deliver(pool)
    worker = new_worker(settings, job)
    async with running(worker):
        await begun.wait()
        for task in worker.job_tasks.values():
            task.cancel()
        await emptied(pool)
    assert await pool.keys("arq:[ijr]*") == []


async def test_a_job_that_fails_ends_no_worker(settings: Settings, pool: DeliveryPool) -> None:
    """Whatever a job function raises, the next job is done, and the failed one is not tried again."""
    ran: list[str] = []

    async def job(ctx: dict[str, Any], job_id: str, number: int) -> None:
        ran.append(delivery_id(job_id, number))
        raise RuntimeError("a bug")

    worker = new_worker(settings, job)
    async with running(worker):
        first = await deliver(pool)
        await emptied(pool)
        second = await deliver(pool)
        await emptied(pool)
    assert ran == [first, second]


async def test_jobs_start_in_the_order_of_the_pool(settings: Settings, pool: DeliveryPool) -> None:
    """arq starts what the pool found in the order in which it was told: so priority is the pool's."""
    ran: list[str] = []

    async def job(ctx: dict[str, Any], job_id: str, number: int) -> None:
        ran.append(delivery_id(job_id, number))

    low, high, middle = [await deliver(pool, priority) for priority in (1, 9, 5)]
    async with running(new_worker(settings, job)):
        await emptied(pool)
    assert ran == [high, middle, low]


async def test_slots_bound_what_runs(settings: Settings, pool: DeliveryPool) -> None:
    """No more run at a time than there are slots, and the rest follows."""
    full, go_on = asyncio.Event(), asyncio.Event()
    now: set[str] = set()
    most: list[int] = []

    async def job(ctx: dict[str, Any], job_id: str, number: int) -> None:
        now.add(job_id)
        most.append(len(now))
        if len(now) == SLOTS:
            full.set()
        await go_on.wait()
        now.remove(job_id)

    for _ in range(2 * SLOTS):
        await deliver(pool)
    async with running(new_worker(settings, job)):
        await full.wait()
        go_on.set()
        await emptied(pool)
    assert (len(most), max(most)) == (2 * SLOTS, SLOTS)


async def test_a_lock_of_another_worker(settings: Settings, pool: DeliveryPool) -> None:
    """A lock that arq does not get is another worker's: nothing runs here, and no slot is lost."""
    arq_id = await deliver(pool)
    worker = new_worker(settings, idle)
    await worker.start_jobs([arq_id.encode()])  # which its pool has not found
    assert (worker.tasks, worker.job_counter) == ({}, 0)
    assert await pool.zcard(QUEUE_NAME) == 1
    await worker.pool.aclose()


async def test_a_message_that_has_expired(settings: Settings, pool: DeliveryPool) -> None:
    """arq throws such an id away without a word to anybody, and its slot is free again."""
    ran: list[str] = []

    async def job(ctx: dict[str, Any], job_id: str, number: int) -> None:
        ran.append(delivery_id(job_id, number))

    for _ in range(SLOTS):
        await pool.delete(job_key_prefix + await deliver(pool))
    async with running(new_worker(settings, job)):
        await emptied(pool)
        last = await deliver(pool)
        await emptied(pool)
    assert ran == [last]
