"""arq's pickup through our pool: prompt, in order, and never hidden by what runs."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from arq import Worker, func
from arq.constants import in_progress_key_prefix

from deckgen.config.settings import Settings
from deckgen.queue import pool as module
from deckgen.queue.messages import QueueMessage, job_message, webhook_message
from deckgen.queue.pool import QUEUE_NAME, WAKE, DeliveryPool, create_pool
from deckgen.store.deliveries import WebhookDispatch as Delivery
from deckgen.store.dispatches import JobDispatch
from tests.patience import PATIENCE_SECONDS

pytestmark = [pytest.mark.contract, pytest.mark.sample]
INFINITY = float("inf")
INTERVAL = 100  # seconds


@pytest.fixture
async def pool(settings: Settings) -> AsyncIterator[DeliveryPool]:
    pool = create_pool(settings.model_copy(update={"queue_concurrency": 3}), retries=1)
    yield pool
    await pool.aclose()


def message(*, priority: int = 5, age: float = 0) -> QueueMessage:
    due = datetime.now(UTC) - timedelta(seconds=age)
    return job_message(JobDispatch(str(uuid4()), "d", 1, priority, due))


async def pick_up(pool: DeliveryPool, count: int = 100) -> list[str]:
    """What arq's worker asks for."""
    ids = await pool.zrangebyscore(QUEUE_NAME, min=-INFINITY, max=INFINITY, start=0, num=count)
    return [one.decode() for one in ids]


async def test_a_waiting_worker_is_woken(pool: DeliveryPool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that waits for work gets a job when it is delivered, not when its wait is over."""
    monkeypatch.setattr(module, "IDLE_SECONDS", 60)
    waiting = asyncio.create_task(pick_up(pool))
    while not await blocked(pool):  # noqa: ASYNC110 - only Redis knows
        await asyncio.sleep(0.005)
    one = message()
    await pool.deliver([one])
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await waiting == [one.id]


async def blocked(pool: DeliveryPool) -> int:
    return int((await pool.info("clients"))["blocked_clients"])


async def test_a_lost_token_is_made_good(pool: DeliveryPool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its token a job is found all the same, at the next look."""
    await pool.deliver([one := message()])
    await pool.delete(WAKE)
    assert await pick_up(pool) == [one.id]


async def test_priority_is_strict(pool: DeliveryPool) -> None:
    """However old a less urgent job is, the more urgent one is first; among equals the older."""
    old = message(priority=4, age=86_400)
    young, older = message(priority=5), message(priority=5, age=60)
    for one in (old, young, older):
        await pool.deliver([one])
    assert await pick_up(pool) == [older.id, young.id, old.id]


async def test_running_jobs_hide_nothing(pool: DeliveryPool) -> None:
    """However many jobs run in the fleet, a waiting one behind them is found."""
    for _ in range(300):
        running = message(priority=10)
        await pool.deliver([running])
        await pool.set(in_progress_key_prefix + running.id, 1)
    await pool.deliver([waiting := message(priority=1)])
    assert await pick_up(pool) == [waiting.id]


async def test_no_more_than_can_start(pool: DeliveryPool) -> None:
    """A worker locks as many jobs as it has free slots; the others are left to other workers."""
    for _ in range(5):
        await pool.deliver([message()])
    assert len(await pick_up(pool)) == 3
    assert len(await pool.keys(in_progress_key_prefix + "*")) == 3


async def test_a_slot_is_free_again(pool: DeliveryPool) -> None:
    """When arq deletes the lock of a job that is over, another one takes its slot."""
    for _ in range(5):
        await pool.deliver([message()])
    first, *_ = await pick_up(pool)
    async with pool.pipeline(transaction=True) as pipe:
        pipe.delete(in_progress_key_prefix + first)
        pipe.zrem(QUEUE_NAME, first)
        await pipe.execute()
    assert len(await pick_up(pool)) == 1


async def test_one_token_wakes_as_many_as_are_needed(pool: DeliveryPool) -> None:
    """Who leaves a job leaves a token for the next worker; there is never a heap of them."""
    for _ in range(5):
        await pool.deliver([message()])
    await pool.delete(WAKE)
    assert len(await pick_up(pool)) == 3
    async with pool.pipeline() as pipe:
        pipe.llen(WAKE)
        (tokens,) = await pipe.execute()
    assert tokens == 1


async def test_stopped_pickup_finds_nothing(pool: DeliveryPool) -> None:
    """A draining worker starts nothing more, and does not wait for it either."""
    await pool.deliver([message()])
    pool.stop_pickup()
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await pick_up(pool) == []


async def test_jobs_are_passed_over_while_no_step_is_served(pool: DeliveryPool) -> None:
    """What else there is to do is done, and the jobs are still there when steps are served again."""
    one, webhook = message(), webhook_message(Delivery(str(uuid4()), 2, None, 1, datetime.now(UTC)))
    await pool.deliver([one, webhook])
    pool.takes_jobs = lambda: False
    assert await pick_up(pool) == [webhook.id]
    pool.takes_jobs = lambda: True
    assert await pick_up(pool) == [one.id]


async def test_a_sign_of_life_outlives_the_longest_look(pool: DeliveryPool) -> None:
    """arq sets it anew after a look for jobs, so `arq --check` finds it at every moment until then."""
    worker = Worker(
        functions=[func("asyncio.sleep", name="any")],
        redis_pool=pool,
        handle_signals=False,
        health_check_key="alive",
        health_check_interval=INTERVAL,
    )
    await worker.record_health()
    assert await pool.pttl("alive") > 1000 * (INTERVAL + module.IDLE_SECONDS)
