"""Which requests become jobs: once by their key, and only so many at a time."""

import asyncio

import pytest

from deckgen.config.settings import Settings
from deckgen.domain.errors import Conflict, InvalidRequest, TooManyJobs
from deckgen.domain.job_kinds import generate
from deckgen.domain.job_kinds.generate import GenerateRequest
from deckgen.domain.jobs import Submitted
from deckgen.domain.requests import parse
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import admission
from deckgen.store.admission import AdmissionLimits
from deckgen.worker.attempt import run_attempt
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase

BRIEF = {"businessContext": "Test"}
BLOCKED = """
SELECT EXISTS (
  SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%accept_job%'
)
"""
CSV = "region,sales\nNorth,10\nSouth,20\n"


async def submit(decks: AsyncOrchestrator, deck: str, *, key: str, csv: str = CSV) -> str:
    one = await decks.enqueue_presentation_generation(deck, "u", BRIEF, csv, idempotency_key=key)
    return one.job_id


async def submit_during(decks: AsyncOrchestrator, database: OwnDatabase, user: str) -> Submitted:
    """A request for a deck while that of the user "first" for the same deck is not yet committed."""
    wanted = parse(GenerateRequest, {"deckId": "d", "userId": "first", "context": BRIEF})
    async with database.acquire() as connection:
        await admission.accept(
            connection,  # type: ignore[arg-type]
            generate.KIND,
            wanted,
            None,
            None,
            AdmissionLimits(10, 10, 3),
        )
        second = asyncio.create_task(decks.enqueue_presentation_generation("d", user, BRIEF))
        while not await database.fetchval(BLOCKED):
            assert not second.done()
    return await second


async def test_a_key_is_answered_once(decks: AsyncOrchestrator, runtime: Runtime) -> None:
    """The same request with the same key gets the same job, even after its end."""
    first = await submit(decks, "d", key="k")
    await run_attempt(runtime, first, 1)
    assert await submit(decks, "d", key="k") == first
    assert await submit(decks, "d", key="k2") != first


@pytest.mark.parametrize("change", [{"deck": "other"}, {"csv": CSV + "East,5\n"}])
async def test_a_key_belongs_to_its_request(decks: AsyncOrchestrator, change: dict[str, str]) -> None:
    """A key that comes with another request is a mistake, and is said to be one."""
    await submit(decks, "d", key="k")
    with pytest.raises(InvalidRequest) as caught:
        await submit(decks, **({"deck": "d"} | change), key="k")
    assert caught.value.code == "idempotency_key_reused"


async def test_ten_at_once(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """Ten equal requests with one key at the same time make one job."""
    ids = await asyncio.gather(*(submit(decks, "d", key="k") for _ in range(10)))
    assert len(set(ids)) == 1
    assert await database.fetchval("SELECT count(*) FROM jobs") == 1


async def test_one_key_for_two_decks_at_once(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """Of two different requests that race with one key, one becomes a job and the other an error."""
    results = await asyncio.gather(
        submit(decks, "d1", key="k"), submit(decks, "d2", key="k"), return_exceptions=True
    )
    (error,) = [one for one in results if isinstance(one, BaseException)]
    assert isinstance(error, InvalidRequest)
    assert error.code == "idempotency_key_reused"
    assert await database.fetchval("SELECT count(*) FROM jobs") == 1
    assert await database.fetchval("SELECT count(*) FROM presentations") == 1


async def test_a_deck_that_is_new_to_two_users(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """Of two users who ask for a new deck at one moment, the second is told that it is not theirs."""
    with pytest.raises(Conflict) as caught:
        await submit_during(decks, database, "other")
    assert caught.value.code == "deck_of_another_user"


async def test_a_deck_that_is_new_to_two_requests(
    decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """Of two requests for a new deck at the same moment, the second gets the job of the first."""
    assert (await submit_during(decks, database, "first")).existing
    assert await database.fetchval("SELECT count(*) FROM jobs") == 1


async def test_one_user_is_bounded(settings: Settings) -> None:
    """Who has as many waiting jobs as MAX_QUEUED_PER_USER is refused; others are not."""
    bounded = settings.model_copy(update={"max_queued_per_user": 2})
    async with AsyncOrchestrator(bounded) as decks:
        for deck in ("d1", "d2"):
            await decks.enqueue_presentation_generation(deck, "noisy", BRIEF)
        with pytest.raises(TooManyJobs) as caught:
            await decks.enqueue_presentation_generation("d3", "noisy", BRIEF)
        await decks.enqueue_presentation_generation("d4", "quiet", BRIEF)
    assert caught.value.code == "too_many_jobs_of_user"
    assert (caught.value.retry_after or 0) > 0


async def test_the_queue_is_bounded(settings: Settings, database: OwnDatabase) -> None:
    """When MAX_QUEUE_DEPTH jobs wait, everybody is refused, and nothing is written."""
    bounded = settings.model_copy(update={"max_queue_depth": 2})
    async with AsyncOrchestrator(bounded) as decks:
        for number in range(2):
            await decks.enqueue_presentation_generation(f"d{number}", f"u{number}", BRIEF)
        with pytest.raises(TooManyJobs) as caught:
            await decks.enqueue_presentation_generation("d3", "u3", BRIEF)
    assert caught.value.code == "queue_full"
    assert await database.fetchval("SELECT count(*) FROM presentations") == 2
