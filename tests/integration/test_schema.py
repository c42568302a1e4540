"""The database refuses states that must not be, whoever asks for them."""

import asyncpg
import pytest

from deckgen.queue.service import AsyncOrchestrator
from tests.databases import OwnDatabase


@pytest.fixture
async def job_id(decks: AsyncOrchestrator) -> str:
    submitted = await decks.enqueue_presentation_generation("d", "u", {"businessContext": "Test"})
    return submitted.job_id


@pytest.mark.parametrize(
    "change",
    [
        "status = 'completed', finished_at = now()",  # without having been active
        "status = 'active'",  # without a lease
        "lease_until = now()",  # without being active
        "finished_at = now()",  # without an end
        "status = 'cancelled', finished_at = now(), dispatched_at = now()",  # and still in Redis
        "priority = 11",
        "attempts = -1",
        "deck_id = 'not an id'",
        "error_message = 'without a code'",
    ],
)
async def test_impossible_states_are_refused(database: OwnDatabase, job_id: str, change: str) -> None:
    """Each of these breaks a constraint or the table of transitions."""
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await database.execute(f"UPDATE jobs SET {change} WHERE id = $1", job_id)


@pytest.mark.parametrize(
    "change",
    ["status = 'completed'", "status = 'error'", "error_message = 'x'", "completed_at = now()"],
)
async def test_presentations_hold_together(database: OwnDatabase, job_id: str, change: str) -> None:
    """A completed presentation has its deck, an erroneous one its message, and no other has."""
    with pytest.raises(asyncpg.CheckViolationError):
        await database.execute(f"UPDATE presentations SET {change}")


@pytest.mark.parametrize(
    "change",
    [
        "status = 'delivered'",  # without its time
        "delivered_at = now()",  # without being delivered
        "status = 'given_up'",  # without a reason
        "status = 'given_up', last_error = 'x', claimed_until = now()",  # and still sent
        "event_number = 99",  # an event that there is not
        "attempts = -1",
    ],
)
async def test_deliveries_hold_together(
    decks: AsyncOrchestrator, database: OwnDatabase, job_id: str, change: str
) -> None:
    """A delivery is of an event, and its state says what has become of it."""
    await database.execute("UPDATE jobs SET webhook_url = 'https://receiver.example/'")
    await decks.cancel_job(job_id)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await database.execute(f"UPDATE deliveries SET {change}")


async def test_one_open_job_a_deck(database: OwnDatabase, job_id: str) -> None:
    """A deck can't have two jobs that are not over."""
    with pytest.raises(asyncpg.UniqueViolationError):
        await database.execute(
            "INSERT INTO jobs (deck_id, user_id, context, max_attempts) VALUES ('d', 'u', '{}', 3)"
        )
