"""Negative controls: with one safety mechanism switched off, the invariants break."""

import asyncio
import contextlib
import signal
from itertools import takewhile
from pathlib import Path
from uuid import UUID

import pytest

from tests.databases import OwnDatabase
from tests.faults import load
from tests.faults.faults import connect
from tests.faults.fleet import Fleet
from tests.faults.ground import Ground
from tests.faults.invariants import Report, report
from tests.patience import PATIENCE_SECONDS

# All in `make test`: without them nobody would notice that its invariants hold whatever happens.
pytestmark = [pytest.mark.faults, pytest.mark.sample]
JOBS = 8
LOST_SECONDS = 3  # what nobody takes back never ends: a longer wait would see the same
# Or it had ended before its worker was caught.
TAKEN_OVER = "SELECT 1 FROM jobs WHERE id = $1 AND (lease_token > 1 OR finished_at IS NOT NULL)"
ANY = "true"
IN_ITS_SECOND_STEP = "EXISTS (SELECT FROM job_steps s WHERE s.job_id = jobs.id)"


def lone_worker(ground: Ground, folder: Path, sabotage: str) -> Fleet:
    """Of one worker, which is started again when it is killed, and lacks one mechanism."""
    return Fleet(ground.environment, folder, workers=1, sabotage={"worker": sabotage})


async def kill_one(
    fleet: Fleet, database: OwnDatabase, which: str, *, seconds: float = PATIENCE_SECONDS
) -> Report:
    """Submit, kill a worker in the middle of a job, wait for quiet or for long enough, count."""
    accepted = await load.submit(fleet, JOBS)
    _, name = await active(fleet, database, which)
    await asyncio.to_thread(fleet.kill, name)
    return await counted(fleet, database, accepted, seconds)


async def active(fleet: Fleet, database: OwnDatabase, which: str) -> tuple[UUID, str]:
    """A job that is running, and the worker that has it."""
    running = f"SELECT id, worker_id FROM jobs WHERE status = 'active' AND {which} LIMIT 1"
    row = await load.found(database, running)
    pid = int(row["worker_id"].split(":")[1])
    return row["id"], next(name for name, one in fleet.processes.items() if one.pid == pid)


async def counted(
    fleet: Fleet, database: OwnDatabase, accepted: dict[str, str], seconds: float = PATIENCE_SECONDS
) -> Report:
    with contextlib.suppress(AssertionError):  # that jobs are left is one of the things to be counted
        await load.quiet(database, seconds)
    return await report(fleet, database, accepted)


async def test_without_the_reconciler(ground: Ground, database: OwnDatabase, tmp_path: Path) -> None:
    """Nobody takes back the jobs of a killed worker: they are lost."""
    with lone_worker(ground, tmp_path, "reconciler") as fleet:
        assert (await kill_one(fleet, database, ANY, seconds=LOST_SECONDS)).lost > 0


async def test_without_checkpoints(ground: Ground, database: OwnDatabase, tmp_path: Path) -> None:
    """Steps are asked for again after they were saved."""
    with lone_worker(ground, tmp_path, "checkpoints") as fleet:
        figures = await kill_one(fleet, database, IN_ITS_SECOND_STEP)
    assert figures.called_after_checkpoint > 0


async def test_without_kept_answers(ground: Ground, database: OwnDatabase, tmp_path: Path) -> None:
    """A call whose answer was lost is paid for again."""
    with Fleet(ground.environment, tmp_path, workers=1, orchestrator="slow forgetful") as fleet:
        assert (await kill_one(fleet, database, ANY)).paid_twice > 0


@pytest.mark.parametrize("sabotage", [{"worker": "fence"}, {}])
async def test_without_the_fence(
    ground: Ground, database: OwnDatabase, tmp_path: Path, sabotage: dict[str, str]
) -> None:
    """A worker that wakes up in the middle of a step saves it into a job that another has.

    With nothing switched off it does not: what is seen here is due to the fence.
    """
    patient = ground.environment | {"STEP_TIMEOUT_SECONDS": "10"}
    saved: list[str] = []
    with Fleet(patient, tmp_path, sabotage=sabotage, orchestrator="slow") as fleet:
        # A worker that is caught between two steps has nothing to write: then once more.
        for number in range(15 if sabotage else 1):
            accepted = await load.submit(fleet, JOBS, f"try-{number}-")
            job_id, name = await active(fleet, database, ANY)
            fleet.processes[name].send_signal(signal.SIGSTOP)
            await load.found(database, TAKEN_OVER, job_id)
            slept_at = fleet.log(name).stat().st_size
            fleet.processes[name].send_signal(signal.SIGCONT)
            await counted(fleet, database, accepted)
            said = fleet.log(name).read_bytes()[slept_at:].decode().splitlines()
            of_job = [line for line in said if str(job_id) in line]
            saved += [line for line in takewhile(is_no_start, of_job) if "step.completed" in line]
            if saved:
                break
    assert bool(saved) == bool(sabotage), saved


def is_no_start(line: str) -> bool:
    """After its start it would be the worker's job again."""
    return "job.started" not in line


async def test_with_outages_that_count(ground: Ground, database: OwnDatabase, tmp_path: Path) -> None:
    """Jobs fail for good while the orchestrator is away."""
    with lone_worker(ground, tmp_path, "outages") as fleet:
        process = fleet.processes["orchestrator"]
        process.kill()
        process.wait()
        await load.submit(fleet, JOBS)
        await load.found(database, "SELECT 1 FROM jobs WHERE status = 'failed'")


async def test_with_refusals_that_are_errors(
    ground: Ground, database: OwnDatabase, tmp_path: Path
) -> None:
    """A worker ends when Redis is full, in the middle of its jobs."""
    with lone_worker(ground, tmp_path, "refusals") as fleet:
        await load.submit(fleet, JOBS)
        await load.found(database, f"SELECT 1 FROM jobs WHERE status = 'active' AND {ANY}")
        with connect(fleet) as client:
            client.config_set("maxmemory", 1)
            try:
                workers = [fleet.processes[name] for name in fleet.workers]
                ends = [asyncio.to_thread(one.wait, PATIENCE_SECONDS) for one in workers]
                assert any(code != 0 for code in await asyncio.gather(*ends))
            finally:
                client.config_set("maxmemory", 0)
