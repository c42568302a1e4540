"""The lease of a job: a worker that lost it changes nothing and pays for nothing."""

import asyncio
import time
from typing import Any

import pytest

from deckgen.domain.jobs import JobStatus
from deckgen.domain.steps import Step
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store.leases import Checkpoint, Lease, LeaseLostError
from deckgen.worker.lease_keeper import ensure_lease, renew_all
from deckgen.worker.reconcile import reconcile_once
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.patience import PATIENCE_SECONDS
from tests.stand_in import StandIn, held, with_model
from tests.work import attempt, save_step, take, work

# A PostgreSQL that has just been started blames nobody.
UNTIL_OLDER_THAN_A_LEASE = (
    "SELECT pg_sleep(greatest(0, extract(epoch FROM pg_postmaster_start_time() - now()) + 1.1))"
)


async def test_a_stale_worker_changes_nothing(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, database: OwnDatabase, job_id: str
) -> None:
    """Once another worker has the job, the first one's late result is discarded."""
    await database.execute(UNTIL_OLDER_THAN_A_LEASE)
    go_on = asyncio.Event()
    stand_in.answers[Step.PROFILE] = [held(go_on, {"made": "too late"})]
    running = asyncio.create_task(work(runtime, job_id))
    await stand_in.called[Step.PROFILE].wait()
    await database.execute("UPDATE jobs SET lease_until = now() - interval '1 s'")
    await reconcile_once(runtime)
    other = await take(database, job_id)
    assert other is not None
    go_on.set()
    await running
    job = await decks.get_job_status(job_id)
    assert job.status is JobStatus.ACTIVE
    assert job.progress.percent == 0


async def asleep(runtime: Runtime, database: OwnDatabase) -> None:
    """The worker is stopped for longer than its lease, just before it calls a step."""
    for one in runtime.held_jobs.values():
        one.lease_sure_at -= 2 * runtime.settings.lease_seconds
    await database.execute("UPDATE jobs SET lease_until = now() - interval '1 s'")


async def test_a_worker_that_wakes_up_pays_for_nothing(
    runtime: Runtime,
    stand_in: StandIn,
    database: OwnDatabase,
    job_id: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """If it was stopped after its claim, and another worker has the job by then, nothing is called."""
    claim = runtime.shared_writes.claim

    async def claim_and_sleep(*arguments: Any) -> Lease | None:
        lease = await claim(*arguments)
        await asleep(runtime, database)
        await reconcile_once(runtime)
        await take(database, job_id)
        return lease

    monkeypatch.setattr(runtime.shared_writes, "claim", claim_and_sleep)
    runtime.settings = runtime.settings.model_copy(update={"lease_seconds": 0.001})
    await work(runtime, job_id)
    assert stand_in.steps == []


async def test_a_worker_that_wakes_up_in_time_goes_on(
    runtime: Runtime, database: OwnDatabase, job_id: str
) -> None:
    """As long as nobody has taken the job, the lease is renewed; after that it is lost."""
    lease = await take(database, job_id)
    assert lease is not None
    with runtime.holding(lease, "arq's id", lease_sure_at=time.monotonic()) as one:
        await ensure_lease(runtime, one)
        await asleep(runtime, database)
        await ensure_lease(runtime, one)
        await asleep(runtime, database)
        await reconcile_once(runtime)
        with pytest.raises(LeaseLostError):
            await ensure_lease(runtime, one)


async def test_a_commit_that_was_not_heard_of(
    decks: AsyncOrchestrator, database: OwnDatabase, job_id: str
) -> None:
    """A checkpoint that is saved once more, because nobody heard that it was, is told once."""
    lease = await take(database, job_id)
    assert lease is not None
    for _ in range(2):
        await save_step(database, lease, "key", Checkpoint(Step.DRAFT, "", {}, None), seconds=0)
    events = await decks.events_after(job_id, 0)
    assert [one.kind for one in events] == ["job.accepted", "job.started", "step.completed"]
    assert [one.number for one in events] == [1, 2, 3]


async def test_a_job_that_comes_back_to_its_worker(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, database: OwnDatabase, job_id: str
) -> None:
    """The attempt that lost its lease is stopped; the new one, in the same worker, is not."""
    late, go_on = asyncio.Event(), asyncio.Event()
    with_model(stand_in, slides=1)
    stand_in.answers[Step.FINISH] = [held(late, {"made": "late"}), held(go_on, {"made": "now"})]
    first = asyncio.create_task(work(runtime, job_id))
    await stand_in.called[Step.FINISH].wait()
    await database.execute("UPDATE jobs SET lease_until = now() - interval '1 s'")
    await reconcile_once(runtime)
    stand_in.called[Step.FINISH].clear()
    second = asyncio.create_task(work(runtime, job_id))
    await stand_in.called[Step.FINISH].wait()
    await renew_all(runtime)
    await asyncio.wait_for(first, PATIENCE_SECONDS)
    assert [one.lease.token for one in runtime.held_jobs.values()] == [2]
    go_on.set()
    await second
    assert (await decks.get_job_status(job_id)).status is JobStatus.COMPLETED


async def test_a_renewal_at_the_very_end_stops_nothing(
    runtime: Runtime, decks: AsyncOrchestrator, job_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job whose end is committed has no lease to renew: its worker still tells of it."""
    complete = runtime.shared_writes.complete

    async def renewed_meanwhile(*end: Any) -> None:
        await complete(*end)
        await renew_all(runtime)
        await asyncio.sleep(0)  # here the task would be cancelled

    monkeypatch.setattr(runtime.shared_writes, "complete", renewed_meanwhile)
    job = await attempt(runtime, decks, job_id)
    assert job.status is JobStatus.COMPLETED
