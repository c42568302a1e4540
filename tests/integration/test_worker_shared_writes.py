"""What several jobs write at the same time: one statement for all, and none suffers by another."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from deckgen.config.settings import Settings
from deckgen.domain.steps import Step
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import pool as store
from deckgen.store import progress
from deckgen.store.leases import Checkpoint, Lease, LeaseLostError
from deckgen.worker.shared_writes import SharedWrites
from tests.databases import OwnDatabase, opened
from tests.found_jobs import statuses, submit
from tests.work import take

JOBS = 6
DONE = Checkpoint(Step.DRAFT, "", {"made": "draft"}, None)
NOT_TEXT = "\x00"  # a character that PostgreSQL keeps in no text
IMPATIENT_SECONDS = 0.5


@pytest.fixture
def together(database: OwnDatabase) -> SharedWrites:
    return SharedWrites(database, "this", 60)


@pytest.fixture
async def impatient(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SharedWrites]:
    """Of a worker that waits for a statement half a second only."""
    monkeypatch.setattr(store, "COMMAND_TIMEOUT", IMPATIENT_SECONDS)
    async with opened(settings.database_url.get_secret_value()) as database:
        yield SharedWrites(database, "this", 60)


@pytest.fixture
async def job_ids(decks: AsyncOrchestrator, database: OwnDatabase) -> list[str]:
    ids = [await submit(decks, f"deck-{number}") for number in range(JOBS)]
    await database.execute("UPDATE jobs SET dispatched_at = now(), dispatch_no = 1")
    return ids


@pytest.fixture
async def taken(database: OwnDatabase, job_ids: list[str]) -> list[Lease]:
    leases = [await take(database, job_id) for job_id in job_ids]
    assert None not in leases
    return [lease for lease in leases if lease]


async def complete(together: SharedWrites, leases: list[Lease], decks: list[object]) -> list[object]:
    ends = (together.complete(lease, deck) for lease, deck in zip(leases, decks, strict=True))
    return await asyncio.gather(*ends, return_exceptions=True)


async def test_one_statement_for_many(
    together: SharedWrites, taken: list[Lease], database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Jobs that end at the same time share a statement, and each has its own deck."""
    rounds, write = [], progress.complete

    async def counted(pool: OwnDatabase, several: list[progress.JobToComplete]) -> list[bool]:
        rounds.append(len(several))
        return await write(pool, several)

    monkeypatch.setattr(progress, "complete", counted)
    assert await complete(together, taken, [{"of": lease.job_id} for lease in taken]) == [None] * JOBS
    assert rounds == [JOBS]
    rows = await database.fetch(
        "SELECT j.id, final_deck_json FROM jobs j JOIN presentations p ON p.id = j.deck_id"
    )
    assert {row["final_deck_json"]["of"] for row in rows} == {str(row["id"]) for row in rows}


async def test_claims_that_meet(
    together: SharedWrites, job_ids: list[str], database: OwnDatabase
) -> None:
    """Each job is given once, even if its dispatch is asked for twice; one that is over is not."""
    await database.execute("UPDATE jobs SET dispatch_no = 2 WHERE id = $1", UUID(job_ids[0]))
    asked = [*job_ids, job_ids[-1]]
    leases = await asyncio.gather(*(together.claim(job_id, 1) for job_id in asked))
    assert [lease and lease.job_id for lease in leases] == [None, *job_ids[1:], None]
    assert await statuses(database, job_ids) == ["waiting", *["active"] * (JOBS - 1)]


async def test_steps_of_one_job_that_meet(
    database: OwnDatabase, taken: list[Lease], decks: AsyncOrchestrator
) -> None:
    """Each of them is told, in an event of its own."""
    slides = [Checkpoint(Step.SLIDE, f"s{number}", {"made": number}, None) for number in range(4)]
    saved = [progress.StepToSave(taken[0], one.part, one, seconds=1) for one in slides]
    assert await progress.save_steps(database, saved) == [True] * len(slides)
    told = await decks.events_after(taken[0].job_id, 2)
    assert [one.number for one in told] == [3, 4, 5, 6]
    assert {one.data["part"] for one in told} == {one.part for one in slides}


async def test_who_lost_the_lease_is_alone_with_it(
    together: SharedWrites, taken: list[Lease], decks: AsyncOrchestrator
) -> None:
    """A step of a job that was cancelled is refused; those that are saved with it are kept."""
    await decks.cancel_job(taken[2].job_id)
    save = (together.save_step(lease, "key", DONE, seconds=1) for lease in taken)
    results = await asyncio.gather(*save, return_exceptions=True)
    assert [isinstance(result, LeaseLostError) for result in results] == [
        number == 2 for number in range(JOBS)
    ]
    for lease in (taken[0], taken[5]):
        events = await decks.events_after(lease.job_id, 0)
        assert events[-1].kind == "step.completed"


async def test_a_value_that_is_refused(
    together: SharedWrites, taken: list[Lease], database: OwnDatabase
) -> None:
    """It is the failure of its own job; the others of its round end."""
    made: list[object] = [{"title": NOT_TEXT if number == 3 else "Sound"} for number in range(JOBS)]
    results = await complete(together, taken, made)
    assert isinstance(results.pop(3), asyncpg.UntranslatableCharacterError)
    assert results == [None] * (JOBS - 1)
    found = await statuses(database, [lease.job_id for lease in taken])
    assert found == ["completed"] * 3 + ["active"] + ["completed"] * 2


async def test_a_row_that_is_locked(
    impatient: SharedWrites, taken: list[Lease], database: OwnDatabase
) -> None:
    """Somebody who holds the lock of a job, and does nothing, holds up that job only."""
    async with database.acquire() as locking:
        await locking.execute("SELECT FROM jobs WHERE id = $1 FOR UPDATE", UUID(taken[3].job_id))
        ends = [asyncio.create_task(impatient.complete(lease, {"a": 1})) for lease in taken]
        # Who heard of no end in time asks again, and may learn that it is over.
        await asyncio.gather(*ends[:3], *ends[4:], return_exceptions=True)
        assert not ends[3].done()
    await asyncio.wait(ends)
    assert await statuses(database, [lease.job_id for lease in taken]) == ["completed"] * JOBS
