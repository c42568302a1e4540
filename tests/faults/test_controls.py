"""Negative controls: with one safety mechanism switched off, the invariants break."""

import asyncio
import contextlib
from pathlib import Path

import pytest

from deckgen.store import pool as store
from tests.faults import load
from tests.faults.conftest import Ground
from tests.faults.faults import Faults
from tests.faults.fleet import Fleet
from tests.faults.invariants import Report, report

SECONDS = 6


async def run(
    ground: Ground, database: store.Pool, fleet: Fleet, fault: str, *, jobs: int = 16, times: int = 3
) -> Report:
    """Submit, do the same fault some times, wait for quiet or for long enough, count."""
    faults = Faults(fleet, ground.folder, seed=7)
    accepted = await load.submit(fleet, jobs)
    for _ in range(times):
        await asyncio.to_thread(faults.one, fault)
    with contextlib.suppress(AssertionError):  # that jobs are left is one of the things to be counted
        await load.quiet(database, SECONDS)
    return await report(fleet, database, accepted)


async def test_without_the_reconciler(ground: Ground, database: store.Pool, tmp_path: Path) -> None:
    """Nobody takes back the jobs of killed workers: they are lost."""
    with Fleet(ground.environment, tmp_path, sabotage={"worker": "reconciler"}) as fleet:
        figures = await run(ground, database, fleet, "kill a worker")
    assert figures.lost > 0


async def test_without_checkpoints(ground: Ground, database: store.Pool, tmp_path: Path) -> None:
    """Steps are asked for again after they were saved."""
    with Fleet(ground.environment, tmp_path, sabotage={"worker": "checkpoints"}) as fleet:
        figures = await run(ground, database, fleet, "kill a worker")
    assert figures.called_after_checkpoint > 0


async def test_without_kept_answers(ground: Ground, database: store.Pool, tmp_path: Path) -> None:
    """A call whose answer was lost is paid for again."""
    with Fleet(ground.environment, tmp_path, orchestrator="forgetful") as fleet:
        figures = await run(ground, database, fleet, "kill a worker")
    assert figures.paid_twice > 0


@pytest.mark.parametrize("sabotage", [{"worker": "fence"}, {}])
async def test_without_the_fence(
    ground: Ground, database: store.Pool, tmp_path: Path, sabotage: dict[str, str]
) -> None:
    """A worker that wakes up in the middle of a step writes into a job that another has.

    With nothing switched off it does not: what is seen here is due to the fence.
    """
    patient = ground.environment | {"STEP_TIMEOUT_SECONDS": "10"}
    with Fleet(patient, tmp_path, sabotage=sabotage, orchestrator="slow") as fleet:
        figures = await run(ground, database, fleet, "freeze a worker", jobs=8, times=1)
    assert (figures.told_twice > 0) == bool(sabotage)
