"""The master of Redis is killed, and the replica that takes its place has missed the last writes.

Once a sentinel sees to it, once the other nodes of a cluster do.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients import patient
from tests.clusters import Cluster, cluster
from tests.databases import OwnDatabase
from tests.faults import load
from tests.faults.fleet import Fleet
from tests.faults.ground import Ground
from tests.faults.invariants import report
from tests.patience import PATIENCE_SECONDS
from tests.samples import sampled
from tests.valkeys import Replicated, replicated, until

pytestmark = pytest.mark.faults
JOBS = 30
SLOTS = 8  # of the two workers together: what is in the queue beyond these waits
CONTROL_SECONDS = 3

Group = Replicated | Cluster


@pytest.fixture(params=sampled([replicated, cluster], replicated))
def group(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Group]:
    with request.param(tmp_path / "servers") as group:
        yield group


def fleet_of(ground: Ground, group: Group, folder: Path, **sabotage: str) -> Fleet:
    own = {name: value for name, value in ground.environment.items() if "REDIS" not in name}
    folder.mkdir()
    return Fleet(own | group.environment, folder, sabotage=sabotage)


async def fail_over(fleet: Fleet, group: Group) -> dict[str, str]:
    """Jobs run and wait, and their messages are lost with the master; more are accepted meanwhile."""
    accepted = await load.submit(fleet, SLOTS, "before")
    await asyncio.to_thread(group.lose_writes)
    submitting = asyncio.create_task(load.submit(fleet, JOBS, "lost"))
    await asyncio.to_thread(until, lambda: group.queued() > SLOTS)
    group.master.kill()
    accepted |= await _post_once(fleet)
    await asyncio.to_thread(group.await_failover)
    return accepted | await submitting


async def _post_once(fleet: Fleet) -> dict[str, str]:
    """Requests while there is no Redis, none of them sent again."""
    bodies = [load.body_of(f"without-{number}", "u") for number in range(5)]
    async with patient(fleet.url()) as client:
        posts = (client.post("/api/ai/generate-async", json=body) for body in bodies)
        answers = await asyncio.gather(*posts)
    assert [answer.status_code for answer in answers] == [202] * len(bodies)
    return {answer.json()["jobId"]: answer.json()["deckId"] for answer in answers}


async def test_lost_writes(ground: Ground, group: Group, database: OwnDatabase, tmp_path: Path) -> None:
    """Every accepted job ends once, also one that was accepted while there was no Redis."""
    with fleet_of(ground, group, tmp_path / "fleet") as fleet:
        accepted = await fail_over(fleet, group)
        await load.quiet(database, PATIENCE_SECONDS)
        assert (await report(fleet, database, accepted)).broken == {}
        assert fleet.revive() == 0


async def test_lost_writes_without_the_reconciler(
    ground: Ground, group: Group, database: OwnDatabase, tmp_path: Path
) -> None:
    """Nobody misses the lost messages: their jobs wait for ever."""
    with fleet_of(ground, group, tmp_path / "fleet", worker="reconciler") as fleet:
        accepted = await fail_over(fleet, group)
        with pytest.raises(AssertionError, match="waiting"):
            await load.quiet(database, CONTROL_SECONDS)
        assert (await report(fleet, database, accepted)).lost > 0
