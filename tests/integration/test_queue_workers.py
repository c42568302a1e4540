"""The workers that live, as an operator is told of them."""

import httpx
import pytest

from deckgen.client.awaited import AsyncClient
from deckgen.domain.errors import NotAllowed
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import workers
from tests.databases import OwnDatabase
from tests.work import take


async def beat(
    database: OwnDatabase, worker_id: str, *, concurrency: int = 2, reason: str = ""
) -> None:
    """A worker says that it lives, which holds for as long as the test takes."""
    await workers.beat(database, worker_id, concurrency=concurrency, reason=reason)
    query = "UPDATE workers SET seen_at = now() + interval '1 h' WHERE id = $1"
    await database.execute(query, worker_id)


async def test_who_is_there_and_what_each_does(
    decks: AsyncOrchestrator, database: OwnDatabase, job_id: str
) -> None:
    """A worker that does nothing says why, one that works has its job, a silent one is not there."""
    await beat(database, "idle", concurrency=1, reason="The orchestrator is away.")
    await beat(database, "other")
    await beat(database, "dead")
    await database.execute("UPDATE workers SET seen_at = now() - interval '1 h' WHERE id = 'dead'")
    lease = await take(database, job_id)
    assert lease is not None
    idle, busy = (await decks.get_workers()).workers
    assert (idle.worker_id, idle.reason, idle.jobs) == ("idle", "The orchestrator is away.", [])
    assert (busy.worker_id, busy.concurrency, busy.reason) == ("other", 2, "")
    (running,) = busy.jobs
    assert (running.job_id, running.kind, running.attempt) == (job_id, "generate", 1)
    assert busy.started_at <= running.since


async def test_an_attempt_that_is_over(
    decks: AsyncOrchestrator, database: OwnDatabase, job_id: str
) -> None:
    """A worker is done with a job that was cancelled."""
    await beat(database, "other")
    await take(database, job_id)
    await decks.cancel_job(job_id)
    assert [worker.jobs for worker in (await decks.get_workers()).workers] == [[]]


async def test_over_http(api: httpx.AsyncClient, database: OwnDatabase) -> None:
    """The client of Python reads the same."""
    await beat(database, "other")
    async with AsyncClient(str(api.base_url)) as client:
        assert [worker.worker_id for worker in (await client.workers()).workers] == ["other"]


async def test_not_for_tenants(decks: AsyncOrchestrator) -> None:
    """What all tenants share is the operator's, in Python too."""
    with pytest.raises(NotAllowed):
        await decks.of("acme").get_workers()
