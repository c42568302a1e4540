"""What is the same for several jobs is asked of the orchestrator once."""

import asyncio
import math
import time
from typing import Any
from uuid import UUID

import pytest

from deckgen.domain.steps import Step
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store.leases import LeaseLostError
from deckgen.worker.checkpointed_steps import CheckpointedSteps
from deckgen.worker.runtime import HeldJob, Runtime
from tests.databases import OwnDatabase
from tests.signatures import unsigned
from tests.stand_in import OFFLINE, StandIn, held
from tests.work import take, work

CSV = "region,sales\nNorth,10\nSouth,20\n"
BRIEF = {"businessContext": "How are sales?"}


@pytest.fixture
async def job_ids(decks: AsyncOrchestrator) -> list[str]:
    """Two jobs of two users about the same."""
    submitted = [
        await decks.enqueue_presentation_generation(f"deck-{one}", f"user-{one}", BRIEF, CSV)
        for one in (1, 2)
    ]
    return [one.job_id for one in submitted]


async def test_jobs_about_one_table_have_it_read_once(
    runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn, job_ids: list[str]
) -> None:
    """What gives the same for both is asked for once, and each has its own deck."""
    go_on = asyncio.Event()
    stand_in.answers[Step.PROFILE] = [held(go_on, {"made": "profile"})]
    working = [asyncio.create_task(work(runtime, one)) for one in job_ids]
    await stand_in.called[Step.PROFILE].wait()
    go_on.set()
    await asyncio.gather(*working)
    assert stand_in.steps == OFFLINE
    for deck_id in ("deck-1", "deck-2"):
        assert unsigned((await decks.get_presentation(deck_id)).deck) == {"made": "assemble"}


async def test_who_asks_for_others_and_has_lost_its_lease(
    runtime: Runtime, stand_in: StandIn, database: OwnDatabase, job_ids: list[str]
) -> None:
    """Nothing is sent in its name; the job that waits for the same asks for it itself."""
    task = asyncio.current_task()
    assert task
    leases = [await take(database, one) for one in job_ids]
    helds = [
        HeldJob(lease, "arq's id", task, lease_sure_at=time.monotonic()) for lease in leases if lease
    ]
    helds[0].lease_sure_at = -math.inf  # it slept for long, and another worker has taken its job
    await database.execute("UPDATE jobs SET lease_token = 9 WHERE id = $1", UUID(job_ids[0]))
    drafts = [CheckpointedSteps(runtime, one).run(Step.DRAFT, {}) for one in helds]
    results: list[Any] = await asyncio.gather(*drafts, return_exceptions=True)
    assert isinstance(results[0], LeaseLostError)
    assert results[1] == {"made": "draft"}
    assert [call.request["deckId"] for call in stand_in.calls] == ["deck-2"]
