"""Nothing is lost and nothing is paid for twice, whatever is killed or emptied on the way.

The environment decides how long it takes: FAULT_JOBS, FAULT_ROUNDS, FAULT_DEADLINE (seconds).
"""

import asyncio
import contextlib
import os
import random
import signal
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
import redis

from deckgen.domain.steps import Step
from deckgen.store import pool as store
from tests.faults.fleet import Fleet

SEED = int(os.environ.get("FAULT_SEED", "7"))
JOBS = int(os.environ.get("FAULT_JOBS", "60"))
ROUNDS = int(os.environ.get("FAULT_ROUNDS", "8"))
SERVER_ROUNDS = max(3, ROUNDS // 4)
DEADLINE_SECONDS = int(os.environ.get("FAULT_DEADLINE", "60"))
CONTROL_SECONDS = 10
CSV = "region,sales\nNorth,10\nSouth,20\n"
TERMINAL = "('job.completed', 'job.failed', 'job.cancelled')"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[store.Pool]:
    pool = await store.create_pool(database_url)
    yield pool
    await pool.close()


# Short leases and backoffs, and attempts enough for every fault that is thrown at a job.
QUICK = {
    "QUEUE_CONCURRENCY": "4",
    "USER_CONCURRENCY": "8",
    "LEASE_SECONDS": "1",
    "RECONCILE_SECONDS": "0.3",
    "RETRY_BASE_SECONDS": "0.02",
    "RETRY_MAX_SECONDS": "0.2",
    "MAX_ATTEMPTS": "20",
}


@pytest.fixture
def fleet_environment(environment: dict[str, str]) -> dict[str, str]:
    return environment | QUICK


async def submit(fleet: Fleet, count: int) -> list[str]:
    """Ids of the jobs that were answered with 202."""
    async with httpx.AsyncClient(base_url=fleet.url, timeout=30) as client:
        accepted = []
        for number in range(count):
            body = {
                "deckId": f"d{number}",
                "userId": f"u{number % 5}",
                "context": {"businessContext": "Test"},
                "csvData": CSV,
            }
            answer = await client.post("/api/ai/generate-async", json=body)
            assert answer.status_code == 202
            accepted.append(answer.json()["jobId"])
    return accepted


async def quiet(database: store.Pool) -> None:
    """Wait until every job is over."""
    open_jobs = "SELECT count(*) FROM jobs WHERE finished_at IS NULL"
    until = time.monotonic() + DEADLINE_SECONDS
    while await database.fetchval(open_jobs):
        assert time.monotonic() < until, await database.fetch(
            "SELECT status, attempts, crashes, error_message, count(*) FROM jobs GROUP BY 1, 2, 3, 4"
        )
        await asyncio.sleep(0.1)


async def check(fleet: Fleet, database: store.Pool, accepted: list[str]) -> None:
    """The invariants, from PostgreSQL and from the ledger of what was paid for."""
    rows = await database.fetch("SELECT id::text, status::text FROM jobs")
    statuses = {row["id"]: row["status"] for row in rows}
    ends = await database.fetch(
        f"SELECT count(*) AS ends FROM job_events WHERE kind IN {TERMINAL} GROUP BY job_id"
    )
    steps = await database.fetchval("SELECT count(*) FROM job_steps")
    paid = fleet.paid()
    assert {statuses[job_id] for job_id in accepted} == {"completed"}  # lost: none
    assert [row["ends"] for row in ends] == [1] * len(accepted)  # each ended once
    assert steps == len(accepted) * len(Step)
    assert len(paid) == steps
    assert set(paid.values()) == {1}  # no step was paid for twice
    assert await called_after_checkpoint(fleet, database) == []
    assert await database.fetchval("SELECT count(*) FROM job_attempts WHERE ended_at IS NULL") == 0
    assert set(fleet.exit_codes) <= {0}


async def called_after_checkpoint(fleet: Fleet, database: store.Pool) -> list[str]:
    """Keys of steps that were asked for once more although their result was saved."""
    rows = await database.fetch("SELECT key, extract(epoch FROM finished_at) AS at FROM job_steps")
    saved = {row["key"]: float(row["at"]) for row in rows}
    return [key for key, at in fleet.ledger("call") if at > saved[key]]


async def run(
    fleet: Fleet, database: store.Pool, fault: Callable[[random.Random], None], rounds: int
) -> None:
    """Submit, do `fault` at random moments while the jobs run, wait for quiet, check."""
    rng = random.Random(SEED)
    accepted = await submit(fleet, JOBS)
    for _ in range(rounds):
        await asyncio.to_thread(fault, rng)
        await asyncio.sleep(rng.uniform(0.1, 0.4))
    await quiet(database)
    await check(fleet, database, accepted)


async def test_killed_workers(
    fleet_environment: dict[str, str], database: store.Pool, tmp_path: Path
) -> None:
    """kill -9 of one worker after the other: their jobs go on elsewhere from the last checkpoint."""
    with Fleet(fleet_environment, tmp_path, workers=2, seed=SEED) as fleet:
        await run(fleet, database, lambda rng: fleet.kill(rng.choice(fleet.workers)), 3)


async def test_rolling_deploys(
    fleet_environment: dict[str, str], database: store.Pool, tmp_path: Path
) -> None:
    """SIGTERM of one worker after the other costs no attempt: each job is counted once."""
    with Fleet(fleet_environment, tmp_path, workers=2, seed=SEED) as fleet:
        await run(fleet, database, lambda rng: fleet.roll(rng.choice(fleet.workers)), ROUNDS)
        used = await database.fetchval(
            "SELECT count(*) FROM jobs j WHERE attempts <> "
            "(SELECT count(*) FROM job_attempts a WHERE a.job_id = j.id AND outcome <> 'released')"
        )
    assert used == 0


async def test_everything_together(
    fleet_environment: dict[str, str], database: store.Pool, tmp_path: Path
) -> None:
    """Kills, deploys and an emptied Redis at random."""
    with Fleet(fleet_environment, tmp_path, workers=2, seed=SEED) as fleet:

        def fault(rng: random.Random) -> None:
            worker, kind = rng.choice(fleet.workers), rng.choice(["flush", "roll", "kill"])
            if kind == "flush":
                flush(fleet_environment)
            elif kind == "roll":
                fleet.roll(worker)
            else:
                fleet.kill(worker)

        await run(fleet, database, fault, ROUNDS)


async def test_killed_redis(
    fleet_environment: dict[str, str], database: store.Pool, tmp_path: Path
) -> None:
    """kill -9 of Redis, which comes back at its address: the workers live on, and so do the jobs."""

    def fault(_: random.Random) -> None:
        with connect(fleet_environment) as client, contextlib.suppress(redis.ConnectionError):
            os.kill(client.info("server")["process_id"], signal.SIGKILL)

    with Fleet(fleet_environment, tmp_path, workers=2, seed=SEED) as fleet:
        await run(fleet, database, fault, SERVER_ROUNDS)
        assert all(process.poll() is None for process in fleet.processes.values())


def connect(environment: dict[str, str]) -> redis.Redis:
    return redis.Redis(
        environment["REDIS_HOST"],
        int(environment["REDIS_PORT"]),
        db=int(environment["REDIS_DB"]),
        password=environment["REDIS_PASSWORD"],
    )


def flush(environment: dict[str, str]) -> None:
    """Empty the Redis database."""
    with connect(environment) as client:
        client.execute_command("FLUSHDB")


@pytest.mark.parametrize("sabotage", ["reconciler", "checkpoints", "forgetful"])
async def test_negative_control(
    fleet_environment: dict[str, str],
    database: store.Pool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    sabotage: str,
) -> None:
    """With the reconciler, the checkpoints or the kept answers switched off, the invariants break."""
    monkeypatch.setitem(globals(), "DEADLINE_SECONDS", CONTROL_SECONDS)
    with (
        Fleet(fleet_environment, tmp_path, workers=2, seed=SEED, sabotage=sabotage) as fleet,
        pytest.raises(AssertionError),
    ):
        await run(fleet, database, lambda rng: fleet.kill(rng.choice(fleet.workers)), 3)
