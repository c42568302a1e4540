"""Whether the queue is healthy: true to PostgreSQL, with the reasons if it is not."""

from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from pydantic import SecretStr

from deckgen.config.settings import Settings
from deckgen.domain.jobs import JobCounts
from deckgen.domain.steps import Step
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import jobs, workers
from deckgen.worker.attempt import run_attempt
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.stand_in import StandIn, problem
from tests.valkeys import PASSWORD, valkey
from tests.work import work

FAILED = (
    "status = 'failed', error_code = 'x', error_message = 'x', "
    "finished_at = now(), lease_until = NULL, dispatched_at = NULL"
)


@pytest.fixture
async def living(database: OwnDatabase) -> None:
    """One worker lives, however long the test takes."""
    await workers.beat(database, "w", concurrency=2)
    await database.execute("UPDATE workers SET seen_at = now() + interval '1 hour'")


async def submit(decks: AsyncOrchestrator, count: int) -> list[str]:
    return [
        (
            await decks.enqueue_presentation_generation(
                f"d{number}", "u", {"businessContext": f"Test {number}"}
            )
        ).job_id
        for number in range(count)
    ]


@pytest.mark.usefixtures("living")
async def test_jobs_are_counted(decks: AsyncOrchestrator, runtime: Runtime) -> None:
    """By status, as they are in PostgreSQL, and the workers that live."""
    done, _ = await submit(decks, 2)
    await run_attempt(runtime, done, 1)
    status = await decks.get_queue_status()
    assert status.healthy
    assert (status.jobs.waiting, status.jobs.completed, status.metrics.workers) == (1, 1, 1)


async def test_counts_are_true(
    decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn, database: OwnDatabase
) -> None:
    """Whatever becomes of jobs, they stand in the count of their status, and nobody counts them all."""
    done, retried, failed, cancelled, gone, _ = await submit(decks, 6)
    await work(runtime, done)
    stand_in.answers[Step.DRAFT] = [
        problem(500, "broken", retryable=True),
        problem(422, "broken", retryable=False),
    ]
    await work(runtime, retried)
    await work(runtime, failed)
    await decks.cancel_job(cancelled)
    await database.execute("DELETE FROM jobs WHERE id = $1", UUID(gone))
    rows = await database.fetch("SELECT status::text, count(*) AS jobs FROM jobs GROUP BY status")
    counts = JobCounts(**{row["status"]: row["jobs"] for row in rows})
    assert (await jobs.figures(database)).counts == counts
    assert (counts.delayed, counts.failed, counts.cancelled, counts.waiting) == (1, 1, 1, 1)
    await database.execute("TRUNCATE presentations CASCADE")
    assert (await jobs.figures(database)).counts == JobCounts()


async def test_no_worker(decks: AsyncOrchestrator) -> None:
    """A queue that nobody works on is not healthy."""
    status = await decks.get_queue_status()
    assert (status.healthy, status.reasons) == (False, ["No worker is running."])


@pytest.mark.usefixtures("living")
async def test_a_dead_worker_does_not_count(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """A worker that was not seen for a while is none, and its row is removed by the reconciler."""
    await database.execute("UPDATE workers SET seen_at = now() - interval '11 s'")
    assert (await decks.get_queue_status()).metrics.workers == 0
    await workers.beat(database, "other", concurrency=2)
    await workers.look_after(database, "other")
    assert await database.fetchval("SELECT array_agg(id) FROM workers") == ["other"]


@pytest.mark.usefixtures("living")
@pytest.mark.parametrize(
    ("limit", "value", "change"),
    [
        ("health_max_error_rate", 0.5, FAILED),
        ("health_max_active", 2, None),
        ("health_max_depth", 2, None),
        ("health_max_waiting_seconds", 60, "created_at = now() - interval '1 hour'"),
    ],
)
async def test_limits(
    settings: Settings, database: OwnDatabase, limit: str, value: float, change: str | None
) -> None:
    """Each figure over its limit is a reason; at the limit's default it is none."""
    async with AsyncOrchestrator(settings) as decks:
        await submit(decks, 6)
        if limit != "health_max_depth" and "waiting" not in limit:
            await database.execute("UPDATE jobs SET status = 'active', lease_until = now()")
        if change:
            await database.execute(f"UPDATE jobs SET {change}")
    async with AsyncOrchestrator(settings.model_copy(update={limit: value})) as decks:
        status = await decks.get_queue_status()
    assert not status.healthy
    assert len(status.reasons) == 1


@pytest.mark.usefixtures("living")
async def test_few_failures_say_nothing(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """One failed job out of one is no error rate to wake somebody up for."""
    await submit(decks, 1)
    await database.execute("UPDATE jobs SET status = 'active', lease_until = now()")
    await database.execute(f"UPDATE jobs SET {FAILED}")
    status = await decks.get_queue_status()
    assert status.metrics.error_rate == 1
    assert status.healthy


async def shut(database: OwnDatabase, reason: str) -> None:
    await database.execute("UPDATE workers SET reason = $1", reason)


@pytest.mark.usefixtures("living")
async def test_workers_that_take_no_jobs(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """It is not healthy if none of them takes any, and says why; a job says so too."""
    (job_id,) = await submit(decks, 1)
    assert (await decks.get_queue_status()).healthy
    await shut(database, "The orchestrator can't be reached.")
    status = await decks.get_queue_status()
    assert status.reasons == ["No worker can take jobs. The orchestrator can't be reached."]
    waiting_for = (await decks.get_job_status(job_id)).waiting_for
    assert waiting_for is not None
    assert "The orchestrator can't be reached." in waiting_for
    await workers.beat(database, "other", concurrency=1)
    assert (await decks.get_queue_status()).healthy


@pytest.mark.usefixtures("living")
async def test_a_database_without_writes(
    own_database_url: str, settings: Settings, database: OwnDatabase
) -> None:
    """Reading is not enough: jobs can't be accepted, and that is what is asked."""
    own = settings.model_copy(update={"database_url": SecretStr(own_database_url)})
    async with AsyncOrchestrator(own) as decks:
        assert (await decks.get_readiness()).reasons == []
        plain = await asyncpg.connect(own_database_url)
        await plain.execute("ALTER TABLE probes RENAME TO no_probes")
        assert (await decks.get_readiness()).reasons != []
        assert not (await decks.get_queue_status()).healthy
        await plain.close()


@pytest.mark.usefixtures("living")
async def test_a_redis_without_writes(settings: Settings, tmp_path: Path) -> None:
    """The queue is not healthy; jobs are accepted all the same, with a warning."""
    with valkey(tmp_path / "valkey") as server:
        ours = {"redis_port": server.port, "redis_password": SecretStr(PASSWORD), "redis_db": 0}
        async with AsyncOrchestrator(settings.model_copy(update=ours)) as decks:
            assert (await decks.get_queue_status()).healthy
            server.ask("CONFIG", "SET", "maxmemory", "1")
            status, readiness = await decks.get_queue_status(), await decks.get_readiness()
    assert status.reasons == ["Redis is full and takes no writes."]
    assert (readiness.reasons, readiness.warnings) == ([], status.reasons)
