"""The purge by arq's clock: on one worker at a tick, under the command that operators use."""

import asyncio
import signal
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from arq.cron import CronJob
from arq.worker import Worker

from deckgen.config.settings import Settings
from deckgen.dev import stack
from deckgen.queue.pool import QUEUE_NAME, DeliveryPool, create_pool, deserialize, serialize
from deckgen.queue.service import AsyncOrchestrator
from deckgen.worker_settings import WorkerSettings
from tests.databases import OwnDatabase
from tests.patience import PATIENCE_SECONDS

BRIEF = {"businessContext": "Test"}


class Ticking:
    """Workers of arq that have our cron job, which only counts; each is told what time it is."""

    def __init__(self, settings: Settings, job: CronJob) -> None:
        self.settings, self.job, self.ran = settings, job, list[str]()

    async def _run(self, ctx: dict[str, Any]) -> None:
        self.ran.append(ctx["job_id"])

    async def tick(self, at: datetime) -> DeliveryPool:
        """One more worker comes to the tick, and does what is to be done; returns its pool."""
        pool = create_pool(self.settings, retries=1)
        # The clock's own next tick is half a minute away, or a worker that waits could come to it.
        job = replace(self.job, coroutine=self._run, next_run=at, second=(at.second + 30) % 60)
        worker = Worker(
            cron_jobs=[job],
            redis_pool=pool,
            queue_name=QUEUE_NAME,
            job_serializer=serialize,
            job_deserializer=deserialize,
            handle_signals=False,
            burst=True,
            timezone=UTC,
        )
        await worker.run_cron(at, 0.5)
        if await pool.zcard(QUEUE_NAME):
            # An id that nobody may start would stay for ever.
            async with asyncio.timeout(PATIENCE_SECONDS):
                await worker.main()
        return pool


async def test_one_worker_runs_it_at_a_tick(settings: Settings) -> None:
    """Who comes late to a tick, when another has run it already, leaves nothing in the queue."""
    (job,) = WorkerSettings.cron_jobs
    ticking, at = Ticking(settings, job), datetime.now(UTC)
    pools = [await ticking.tick(at) for _ in range(3)]
    assert len(ticking.ran) == 1
    for pool in pools:
        await pool.aclose()


async def test_it_is_no_job(decks: AsyncOrchestrator, settings: Settings) -> None:
    """It is in no count, and a backlog does not keep it from being done."""
    pool = create_pool(settings, retries=1)
    (job,) = WorkerSettings.cron_jobs
    submitted = await decks.enqueue_presentation_generation("d", "u", BRIEF, priority=10)
    await pool.enqueue_job(job.name, _job_id="cron", _queue_name=QUEUE_NAME)
    counts = (await decks.get_queue_status()).jobs
    ids = await pool.zrangebyscore(QUEUE_NAME, min=0, max=time.time() * 1000, start=0, num=9)
    await pool.aclose()
    assert (counts.waiting, counts.active) == (1, 0)
    assert ids == [b"cron", f"{submitted.job_id}:1".encode()]


async def test_under_the_stock_command(
    environment: dict[str, str],
    decks: AsyncOrchestrator,
    database: OwnDatabase,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two workers as operators start them purge by the clock, and end with 0."""
    one = await decks.enqueue_presentation_generation("d", "u", BRIEF)
    await decks.cancel_job(one.job_id)
    arq, _ = stack.COMMANDS["worker"]
    monkeypatch.setitem(stack.COMMANDS, "worker", [arq, "tests.integration.ticking.WorkerSettings"])
    with (tmp_path / "log").open("wb") as log:
        workers = [
            stack.spawn("worker", environment | {"RETAIN_FAILED": "0"}, log.fileno()) for _ in range(2)
        ]
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await database.fetchval("SELECT purged_at FROM jobs"):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    finally:
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        codes = [await asyncio.to_thread(worker.wait, PATIENCE_SECONDS) for worker in workers]
    assert codes == [0, 0]
