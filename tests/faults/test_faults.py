"""Nothing is lost and nothing is paid for twice, whatever is killed or emptied on the way.

This is the short form; `make soak` runs the long one (soak.py).
"""

import asyncio

import pytest

from tests.databases import OwnDatabase
from tests.faults import load
from tests.faults.faults import Faults
from tests.faults.fleet import Fleet
from tests.faults.ground import Ground
from tests.faults.invariants import report
from tests.patience import PATIENCE_SECONDS
from tests.samples import sampled

SEED = 7
JOBS = 30
pytestmark = pytest.mark.faults
ROUNDS = {
    "kill a worker": 3,
    "deploy a worker": 4,
    "freeze a worker": 1,
    "kill an API": 2,
    "empty Redis": 3,
    "kill Redis": 2,
    "fill Redis": 1,
    "stop PostgreSQL": 2,
    "PostgreSQL read-only": 1,
    "stall PostgreSQL": 1,
    "kill the orchestrator": 3,
    "no orchestrator": 1,
    "freeze the orchestrator": 1,
    "delay the orchestrator": 1,
    "a proxy in its place": 1,
    "an orchestrator of another release": 1,
}

# Also in `make test`: what the mechanisms are for that test_controls.py switches off.
SAMPLE = (
    "kill a worker",
    "empty Redis",
    "fill Redis",
    "stop PostgreSQL",
    "kill the orchestrator",
    "no orchestrator",
)


@pytest.mark.parametrize("fault", sampled(ROUNDS, *SAMPLE))
async def test_fault_alone(ground: Ground, fleet: Fleet, database: OwnDatabase, fault: str) -> None:
    """One kind of fault, at random moments while jobs are submitted and run."""
    faults = Faults(fleet, ground.folder, SEED)

    async def strike() -> None:
        for _ in range(ROUNDS[fault]):
            await asyncio.to_thread(faults.one, fault)

    accepted, _ = await asyncio.gather(load.submit(fleet, JOBS, fault.replace(" ", "-")), strike())
    await load.quiet(database, PATIENCE_SECONDS)
    assert (await report(fleet, database, accepted)).broken == {}


@pytest.mark.sample
async def test_cancelled_jobs(fleet: Fleet, database: OwnDatabase) -> None:
    """Jobs that are cancelled while they wait, run or have just ended end once, as the answer says."""
    accepted: dict[str, str] = {}

    async def submit_and_cancel(number: int) -> bool:
        job_id = await load.submit_one(fleet, f"cancelled-{number}", f"u{number % load.USERS}")
        accepted[job_id] = f"cancelled-{number}"
        await asyncio.sleep(number / 100)  # the later ones have ended by then
        return await load.cancel(fleet, job_id)

    answers = await asyncio.gather(*(submit_and_cancel(number) for number in range(JOBS)))
    await load.quiet(database, PATIENCE_SECONDS)
    figures = await report(fleet, database, accepted)
    assert figures.broken == {}
    assert figures.cancelled == sum(answers) > 0


@pytest.mark.sample
async def test_equal_requests_at_once(fleet: Fleet, database: OwnDatabase) -> None:
    """Ten equal requests at the same time, to two APIs, make one job, and so do ten without a key."""
    for deck_id, key in (("ten", {"Idempotency-Key": "ten"}), ("ten-bare", {})):
        body = {"deckId": deck_id, "userId": "u", "context": {"businessContext": "Test"}}
        ten = [load.post(fleet, "/api/ai/generate-async", body, key) for _ in range(10)]
        answers = await asyncio.gather(*ten)
        assert {answer.status_code for answer in answers} == {202}
        assert len({answer.json()["jobId"] for answer in answers}) == 1
    await load.quiet(database, PATIENCE_SECONDS)
    assert await database.fetchval("SELECT count(*) FROM jobs") == 2


async def test_everything_together(fleet: Fleet, ground: Ground, database: OwnDatabase) -> None:
    """All faults at random, and random cancels, while jobs are submitted and run."""
    faults = Faults(fleet, ground.folder, SEED)

    async def strike() -> None:
        for _ in range(10):
            await asyncio.to_thread(faults.one)

    accepted, _ = await asyncio.gather(load.submit(fleet, 2 * JOBS, "together"), strike())
    await load.quiet(database, PATIENCE_SECONDS)
    assert (await report(fleet, database, accepted)).broken == {}
