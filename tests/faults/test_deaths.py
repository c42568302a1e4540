"""Processes that die by themselves: at exact moments of a request, or of a job that kills them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.clients import patient
from tests.databases import OwnDatabase
from tests.faults import load
from tests.faults.fleet import Fleet
from tests.faults.ground import Ground
from tests.faults.invariants import report
from tests.faults.orchestrator import POISON
from tests.patience import PATIENCE_SECONDS

pytestmark = pytest.mark.faults
JOBS = 10
BROKEN_STARTS = """
SELECT count(*) FROM job_attempts
WHERE job_id = $1 AND error_code IN ('orchestrator_broke_down', 'step_crashes_server')
"""


@pytest.fixture(scope="module")
def dying_fleet(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    folder = tmp_path_factory.mktemp("dying")
    with Fleet(ground.environment, folder, workers=1, sabotage={"api": "dying-api"}) as fleet:
        yield fleet


@pytest.mark.sample
async def test_poison(ground: Ground, database: OwnDatabase, tmp_path: Path) -> None:
    """A job that kills its worker is failed after three starts, and takes no other job with it."""
    sabotage = {"worker": "poison"}
    with Fleet(ground.environment, tmp_path, sabotage=sabotage, orchestrator="sound") as fleet:
        accepted = await load.submit(fleet, JOBS)
        poisoned = await load.submit_one(fleet, POISON)
        await _reviving(fleet, lambda: load.quiet(database, PATIENCE_SECONDS))
        figures = await report(fleet, database, accepted)
    crashes = "SELECT count(*) FROM job_attempts WHERE job_id = $1 AND outcome = 'crashed'"
    assert await _failures(database) == {POISON: "worker_crashed"}
    assert figures.broken == {"failed": 1}
    assert await database.fetchval(crashes, poisoned) == 3


async def test_poison_for_the_orchestrator(
    ground: Ground, database: OwnDatabase, tmp_path: Path
) -> None:
    """A table that brings the orchestrator down has failed after three starts; the others are done."""
    with Fleet(ground.environment, tmp_path, orchestrator="sound") as fleet:
        poisoned = await load.submit_one(fleet, POISON)
        accepted = await load.submit(fleet, 2 * JOBS)
        await _reviving(fleet, lambda: load.quiet(database, PATIENCE_SECONDS))
        figures = await report(fleet, database, accepted)
    assert await _failures(database) == {POISON: "step_crashes_server"}
    assert figures.broken == {"failed": 1}
    assert await database.fetchval(BROKEN_STARTS, poisoned) == 3


@pytest.mark.sample
@pytest.mark.parametrize("moment", ["before-commit", "after-commit", "after-enqueue"])
async def test_api_killed(
    ground: Ground, database: OwnDatabase, dying_fleet: Fleet, moment: str
) -> None:
    """A request whose API is killed is there as a whole or not at all; sent again, it makes one job."""
    body = {"deckId": moment, "userId": "u", "context": {"businessContext": "Test"}}
    async with patient(dying_fleet.url()) as client:
        with pytest.raises(httpx.TransportError):
            await client.post("/api/ai/generate-async", json=body, headers={"Idempotency-Key": moment})
    written = await database.fetch("SELECT deck_id FROM jobs")
    assert len(written) == (moment != "before-commit")
    assert await database.fetchval("SELECT count(*) FROM presentations") == len(written)

    async def send_again() -> None:
        await load.post(dying_fleet, "/api/ai/generate-async", body, {"Idempotency-Key": moment})

    await _reviving(dying_fleet, send_again)
    await load.quiet(database, PATIENCE_SECONDS)
    assert await database.fetchval("SELECT count(*) FROM jobs WHERE status = 'completed'") == 1
    assert await database.fetchval("SELECT count(*) FROM jobs") == 1


async def _failures(database: OwnDatabase) -> dict[str, str]:
    """Code of the error by deck, of each job that failed."""
    rows = await database.fetch("SELECT deck_id, error_code FROM jobs WHERE status = 'failed'")
    return {row["deck_id"]: row["error_code"] for row in rows}


async def _reviving(fleet: Fleet, work: Callable[[], Awaitable[None]]) -> None:
    """Do the work while processes that die are started again, as a supervisor would."""
    task = asyncio.ensure_future(work())
    while not task.done():
        fleet.revive()
        await asyncio.wait({task}, timeout=0.05)
    await task
