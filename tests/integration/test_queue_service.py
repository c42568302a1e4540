"""AsyncOrchestrator: what is accepted, and what is answered."""

import asyncio
import logging
from uuid import uuid4

import pytest

from deckgen.config.settings import Settings
from deckgen.domain.errors import (
    Conflict,
    DeckgenError,
    InvalidRequest,
    NotFound,
    TooLarge,
    Unavailable,
)
from deckgen.domain.jobs import Job, JobStatus
from deckgen.domain.presentations import PresentationStatus, PresentationSummary
from deckgen.queue.pool import QUEUE_NAME, create_pool
from deckgen.queue.service import AsyncOrchestrator
from deckgen.worker.attempt import run_attempt
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.signatures import unsigned

BRIEF = {"businessContext": "How are sales?"}
CSV = "region,sales\nNorth,10\nSouth,20\n"


async def test_accepts(decks: AsyncOrchestrator) -> None:
    """An accepted job waits, its deck is queued, and the client is told how long it may take."""
    submitted = await decks.enqueue_presentation_generation("d", "u", BRIEF, CSV, priority=7)
    job = await decks.get_job_status(submitted.job_id)
    presentation = await decks.get_presentation("d")
    assert (job.status, job.priority, job.attempts) == (JobStatus.WAITING, 7, 0)
    assert presentation.status is PresentationStatus.QUEUED
    assert presentation.job_id == submitted.job_id
    assert submitted.estimated_time == "under a minute"


async def test_an_application_decides_what_is_logged(
    decks: AsyncOrchestrator, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Events go to the loggers of the standard library, by module, and nowhere else."""
    caplog.set_level(logging.INFO, "deckgen")
    await decks.enqueue_presentation_generation("d", "u", BRIEF)
    assert [one.name for one in caplog.records if "job.accepted" in one.getMessage()] == [
        "deckgen.queue.service"
    ]
    assert capsys.readouterr().out == ""


async def test_redis_holds_ids_only(decks: AsyncOrchestrator, settings: Settings) -> None:
    """What goes through Redis is JSON with the job's id and a number: no data, no pickle."""
    submitted = await decks.enqueue_presentation_generation("d", "u", BRIEF, CSV)
    redis = create_pool(settings, retries=0)
    (queued,) = await redis.queued_jobs(queue_name=QUEUE_NAME)
    everything = b"".join([await redis.get(key) async for key in redis.scan_iter("arq:job:*")])
    await redis.aclose()
    assert list(queued.args) == [submitted.job_id, 1]
    assert queued.kwargs == {}
    assert everything.startswith(b"{")
    assert b"North" not in everything
    assert b"sales" not in everything


async def test_ten_at_once_make_one_job(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """A deck whose job is not over keeps it: ten equal requests at once get the same id."""
    submitted = await asyncio.gather(
        *(decks.enqueue_presentation_generation("d", "u", BRIEF, CSV) for _ in range(10))
    )
    assert len({one.job_id for one in submitted}) == 1
    assert sum(not one.existing for one in submitted) == 1
    assert await database.fetchval("SELECT count(*) FROM jobs") == 1


async def test_a_file_is_stored_once(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """The same content under two decks is one dataset."""
    for deck in ("d1", "d2"):
        await decks.enqueue_presentation_generation(deck, "u", BRIEF, CSV)
    assert await database.fetchval("SELECT count(*) FROM datasets") == 1


async def test_a_deck_can_be_made_again(decks: AsyncOrchestrator, runtime: Runtime) -> None:
    """When its job is over, a deck takes a new one; until that ends, the old deck stays readable."""
    first = await decks.enqueue_presentation_generation("d", "u", BRIEF)
    await run_attempt(runtime, first.job_id, 1)
    second = await decks.enqueue_presentation_generation("d", "u", BRIEF)
    presentation = await decks.get_presentation("d")
    assert second.job_id != first.job_id
    assert presentation.status is PresentationStatus.QUEUED
    assert unsigned(presentation.deck) == {"made": "assemble"}


async def test_a_deck_belongs_to_its_user(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """Another user can't take over a deck's id, and leaves no job behind."""
    await decks.enqueue_presentation_generation("d", "u", BRIEF)
    with pytest.raises(Conflict):
        await decks.enqueue_presentation_generation("d", "somebody-else", BRIEF)
    assert await database.fetchval("SELECT count(*) FROM jobs") == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("", "u", BRIEF), "invalid_request"),
        (("d", "u", {"bussinessContext": "typo"}), "invalid_request"),
        (("d", "u", {}), "invalid_request"),
        (("d", "u", BRIEF, CSV, 0), "invalid_request"),
        (("d", "u", BRIEF, CSV, 11), "invalid_request"),
        (("d", "u", BRIEF, ""), "empty_csv"),
        (("d", "u", BRIEF, "a,b\n"), "no_rows"),
        (("d", "u", BRIEF, "a\n1\n2\n"), "one_column"),
        (("d", "u", BRIEF, ",".join(f"c{i}" for i in range(10_000)) + "\n1"), "too_many_columns"),
        (("d", "u", BRIEF, bytes(range(256)) * 20), "binary_data"),
    ],
)
async def test_refuses(
    decks: AsyncOrchestrator, database: OwnDatabase, arguments: tuple[object, ...], code: str
) -> None:
    """A request that can't lead to a deck is refused with its code before any row is written."""
    with pytest.raises(DeckgenError) as caught:
        await decks.enqueue_presentation_generation(*arguments)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert await database.fetchval("SELECT count(*) FROM presentations") == 0


async def test_refuses_what_is_too_large(settings: Settings) -> None:
    """MAX_CSV_BYTES bounds the file."""
    small = settings.model_copy(update={"max_csv_bytes": 10})
    async with AsyncOrchestrator(small) as decks:
        with pytest.raises(TooLarge):
            await decks.enqueue_presentation_generation("d", "u", BRIEF, CSV)


async def test_accepts_without_redis(settings: Settings) -> None:
    """Redis is only the delivery: without it a job is accepted all the same."""
    without = settings.model_copy(update={"redis_port": 9})
    async with AsyncOrchestrator(without) as decks:
        submitted = await decks.enqueue_presentation_generation("d", "u", BRIEF)
        job = await decks.get_job_status(submitted.job_id)
    assert job.status is JobStatus.WAITING


async def test_without_the_database_nothing_is_accepted(settings: Settings) -> None:
    """Without PostgreSQL the answer is that, and when to come back; the queue is not healthy."""
    url = type(settings.database_url)("postgresql://127.0.0.1:9/none")
    async with AsyncOrchestrator(settings.model_copy(update={"database_url": url})) as decks:
        with pytest.raises(Unavailable) as caught:
            await decks.enqueue_presentation_generation("d", "u", BRIEF)
        status = await decks.get_queue_status()
    assert (caught.value.retry_after or 0) > 0
    assert not status.healthy
    assert status.reasons


@pytest.mark.parametrize("job_id", ["nonsense", "00000000-0000-0000-0000-000000000000"])
async def test_unknown_jobs(decks: AsyncOrchestrator, job_id: str) -> None:
    """An id that is no job is not found, whatever it looks like."""
    with pytest.raises(NotFound):
        await decks.get_job_status(job_id)


async def test_many_ask_together(decks: AsyncOrchestrator) -> None:
    """Each hears of its own job or deck, and an id that can't be one spoils nobody's answer."""
    brief = {"businessContext": "How are sales?"}
    made = [await decks.enqueue_presentation_generation(f"d{number}", "u", brief) for number in (1, 2)]
    first, second = (one.job_id for one in made)
    asked = (first, str(uuid4()), second.upper(), "no id", first)
    told = await asyncio.gather(*map(decks.get_job_status, asked), return_exceptions=True)
    assert [isinstance(one, NotFound) for one in told] == [False, True, False, True, False]
    assert [one.deck_id for one in told if isinstance(one, Job)] == ["d1", "d2", "d1"]
    ids = ("d2", "d3", "\0", "d1\n", "d2")
    found = await asyncio.gather(*map(decks.get_summary, ids), return_exceptions=True)
    assert [isinstance(one, NotFound) for one in found] == [False, True, True, True, False]
    assert [one.job_id for one in found if isinstance(one, PresentationSummary)] == [second, second]


async def test_invalid_requests_name_every_field(decks: AsyncOrchestrator) -> None:
    """All that is wrong is said at once, field by field."""
    with pytest.raises(InvalidRequest) as caught:
        await decks.enqueue_presentation_generation("a b", "", {"urgency": "now"}, priority=99)
    assert {one.field for one in caught.value.errors} == {
        "deckId",
        "userId",
        "context.urgency",
        "priority",
    }
