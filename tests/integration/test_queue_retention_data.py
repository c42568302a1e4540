"""Tables outlive their jobs for as long as a deck or a job needs them."""

import asyncio
from typing import Any

import pytest

from deckgen.config.settings import Settings
from deckgen.domain.errors import NotFound
from deckgen.domain.job_kinds import generate
from deckgen.domain.job_kinds.generate import GenerateRequest
from deckgen.domain.requests import parse
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import admission, datasets
from deckgen.store.admission import AdmissionLimits
from deckgen.store.datasets import Upload
from deckgen.worker.jobs.purge import run_purge
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.ended_jobs import BRIEF, CSV, completed, end_earlier, failed
from tests.stand_in import StandIn

STORE = "INSERT INTO datasets (sha256, bytes, gzip) VALUES ($1, $2, $3)"


async def test_decks_and_their_data_stay(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase, settings: Settings
) -> None:
    """Long after its job is gone a deck is read as before, and the table of its facts is there."""
    ids = await completed(decks, runtime, ["a", "b"])
    replaced = await completed(decks, runtime, ["a"])
    before = await decks.get_presentation("b")
    for job_id in (*ids, *replaced):
        await end_earlier(database, job_id, 31)
    await run_purge(runtime)
    after = await decks.get_presentation("b")
    assert (after.deck, after.status, after.job_id) == (before.deck, before.status, None)
    kept = await database.fetch(
        "SELECT gzip FROM presentations JOIN datasets ON sha256 = dataset_sha256"
    )
    assert len(kept) == 2
    assert await database.fetchval("SELECT count(*) FROM datasets") == 2
    with pytest.raises(NotFound):
        await decks.get_job_status(ids[1])


async def test_data_that_nothing_needs_go(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase, stand_in: StandIn
) -> None:
    """The table of a failed job is kept for a retry, and goes when the job is purged."""
    runtime.settings = runtime.settings.model_copy(update={"retain_failed": 2})
    await failed(decks, runtime, stand_in, ["a", "b", "c"])
    assert await database.fetchval("SELECT count(*) FROM datasets") == 3
    await run_purge(runtime)
    assert await database.fetchval("SELECT count(*) FROM datasets") == 2


async def upload_again(database: Any, upload: Upload) -> None:
    request = parse(GenerateRequest, {"deckId": "d", "userId": "u", "context": BRIEF})
    await admission.accept(database, generate.KIND, request, upload, None, AdmissionLimits(10, 10, 3))


async def test_a_dataset_that_is_uploaded_again_is_not_removed(
    runtime: Runtime, database: OwnDatabase
) -> None:
    """A request that has found its table stored keeps it, although its job is not committed yet."""
    upload = await datasets.pack("data.csv", CSV.encode())
    await database.execute(STORE, upload.sha256, upload.size, upload.gzip)
    async with database.acquire() as connection:
        await upload_again(connection, upload)
        await run_purge(runtime)
    assert await database.fetchval("SELECT count(*) FROM datasets") == 1


async def test_a_dataset_that_is_being_removed_is_stored_again(database: OwnDatabase) -> None:
    """A request that comes while its table is removed waits, and stores it anew."""
    upload = await datasets.pack("data.csv", CSV.encode())
    await database.execute(STORE, upload.sha256, upload.size, upload.gzip)
    async with database.acquire() as connection:
        await connection.execute("DELETE FROM datasets")
        uploading = asyncio.create_task(upload_again(database, upload))
        while not await connection.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    await uploading
    assert await database.fetchval("SELECT count(*) FROM datasets") == 1
