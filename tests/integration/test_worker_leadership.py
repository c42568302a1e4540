"""One worker at a time is the reconciler, and another one takes its place when it dies."""

import asyncio
from collections.abc import Callable

import pytest

from deckgen.store import workers
from deckgen.worker.leadership import LEAD_SECONDS, LOOK_SECONDS
from deckgen.worker.reconcile import beat_once, lead
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.patience import PATIENCE_SECONDS


async def holder(database: OwnDatabase) -> str | None:
    name: str | None = await database.fetchval("SELECT worker_id FROM reconciler WHERE until > now()")
    return name


async def test_one_of_many(new_runtime: Callable[[], Runtime], database: OwnDatabase) -> None:
    """Of workers that start at the same time, one has the place, and keeps it."""
    fleet = [new_runtime() for _ in range(5)]
    for _ in range(2):
        await asyncio.gather(*(beat_once(one) for one in fleet))
        await asyncio.gather(*(one.leadership.look() for one in fleet))
        assert sum(one.leadership.has_place for one in fleet) == 1
    (leader,) = [one for one in fleet if one.leadership.has_place]
    assert await holder(database) == leader.worker_id


async def test_who_is_no_heir_does_not_look(
    new_runtime: Callable[[], Runtime], database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the one that has the place, no more than two ask for it between their heartbeats."""
    asked: list[str] = []
    real = workers.lead

    async def counted(pool: OwnDatabase, worker_id: str, *, seconds: float) -> bool:
        asked.append(worker_id)
        return await real(pool, worker_id, seconds=seconds)

    fleet = [new_runtime() for _ in range(6)]
    for one in fleet:
        await beat_once(one)
    (leader,) = [one for one in fleet if one.leadership.has_place]
    await workers.look_after(database, leader.worker_id)
    for one in fleet:
        await beat_once(one)
    monkeypatch.setattr(workers, "lead", counted)
    for one in fleet:
        await one.leadership.look()
    assert leader.worker_id in asked
    assert len(asked) == 1 + workers.HEIRS


async def test_the_place_of_a_dead_one(
    new_runtime: Callable[[], Runtime], database: OwnDatabase
) -> None:
    """An heir takes it as soon as the dead one's time is over; nobody takes it before."""
    dead, heir = new_runtime(), new_runtime()
    await beat_once(dead)
    await beat_once(heir)
    await workers.look_after(database, dead.worker_id)
    await beat_once(heir)
    await heir.leadership.look()
    assert (dead.leadership.has_place, heir.leadership.has_place) == (True, False)
    looking = asyncio.create_task(lead(heir))
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await holder(database) != heir.worker_id:  # noqa: ASYNC110 - another process's row
            await asyncio.sleep(0.02)
    heir.stopping.set()
    await looking
    assert not dead.leadership.has_place


async def test_two_seconds_are_enough() -> None:
    """The time of the place and the time between two looks are together less than two seconds."""
    assert LEAD_SECONDS + LOOK_SECONDS < 2


async def test_a_worker_that_leaves(new_runtime: Callable[[], Runtime], database: OwnDatabase) -> None:
    """With its goodbye it gives the place back, so that nobody has to wait."""
    leaving, other = new_runtime(), new_runtime()
    await beat_once(leaving)
    assert await holder(database) == leaving.worker_id
    await workers.remove(database, leaving.worker_id)
    await beat_once(other)
    assert await holder(database) == other.worker_id
