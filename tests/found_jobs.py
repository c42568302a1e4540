"""Jobs in every state, for the tests of finding and changing many of them."""

from typing import Any
from uuid import UUID

from deckgen.domain.finding import BulkResult, Preview
from deckgen.queue.service import AsyncOrchestrator
from tests.databases import OwnDatabase

# What becomes of a waiting job without a worker; times and codes are made up.
END = """
WITH job AS (
  UPDATE jobs SET status = 'active', lease_until = now() WHERE id = $1 RETURNING id
)
SELECT id FROM job
"""
FAIL = """
UPDATE jobs SET status = 'failed', finished_at = now(), lease_until = NULL, dispatched_at = NULL,
  error_code = $2, error_message = $3 WHERE id = $1
"""
COMPLETE = """
UPDATE jobs SET status = 'completed', finished_at = now(), lease_until = NULL, dispatched_at = NULL
WHERE id = $1
"""
DELAY = """
UPDATE jobs SET status = 'delayed', lease_until = NULL, dispatched_at = NULL,
  run_after = now() + interval '1 hour', error_code = $2, error_message = $3 WHERE id = $1
"""
DECK_FAILED = """
UPDATE presentations SET status = 'error', error_message = 'x'
WHERE id = (SELECT deck_id FROM jobs WHERE id = $1)
"""
DECK_COMPLETED = """
UPDATE presentations SET status = 'completed', error_message = NULL, final_deck_json = '{"slides": []}',
  completed_at = now() WHERE id = (SELECT deck_id FROM jobs WHERE id = $1)
"""


async def submit(
    decks: AsyncOrchestrator,
    deck: str,
    *,
    user: str = "u",
    brief: str = "How are sales?",
    **options: Any,
) -> str:
    context = {"businessContext": brief} | options.pop("context", {})
    one = await decks.enqueue_presentation_generation(deck, user, context, **options)
    return one.job_id


async def fail(
    database: OwnDatabase,
    job_id: str,
    *,
    code: str = "internal_error",
    message: str = "Something broke.",
) -> None:
    await database.execute(END, UUID(job_id))
    await database.execute(FAIL, UUID(job_id), code, message)
    await database.execute(DECK_FAILED, UUID(job_id))


async def delay(
    database: OwnDatabase,
    job_id: str,
    *,
    code: str = "orchestrator_unreachable",
    message: str = "It is away.",
) -> None:
    await database.execute(END, UUID(job_id))
    await database.execute(DELAY, UUID(job_id), code, message)


async def complete(database: OwnDatabase, job_id: str) -> None:
    await database.execute(END, UUID(job_id))
    await database.execute(COMPLETE, UUID(job_id))
    await database.execute(DECK_COMPLETED, UUID(job_id))


async def run(database: OwnDatabase, job_id: str) -> None:
    """A worker has it, for an hour."""
    await database.execute(
        "UPDATE jobs SET status = 'active', lease_until = now() + interval '1 hour' WHERE id = $1",
        UUID(job_id),
    )


async def ask_earlier(database: OwnDatabase, job_id: str, hours: float) -> None:
    """As if it had been requested so many hours before."""
    for table, column in (("jobs", "id"), ("job_texts", "job_id")):
        await database.execute(
            f"UPDATE {table} SET created_at = created_at - make_interval(secs => $2) "
            f"WHERE {column} = $1",
            UUID(job_id),
            hours * 3_600,
        )


async def failed_jobs(
    decks: AsyncOrchestrator, database: OwnDatabase, decks_named: str, **error: str
) -> list[str]:
    """One for each letter, the oldest first."""
    ids = []
    for name in decks_named:
        ids.append(await submit(decks, name))
        await fail(database, ids[-1], **error)
    return ids


async def statuses(database: OwnDatabase, job_ids: list[str]) -> list[str]:
    rows = await database.fetch("SELECT id::text, status::text FROM jobs")
    found = {row["id"]: row["status"] for row in rows}
    return [found[job_id] for job_id in job_ids]


async def change(decks: AsyncOrchestrator, action: str, **query: Any) -> BulkResult:
    """What `action` came to, after a dry run."""
    do = getattr(decks, f"{action}_jobs")
    preview = await do({**query, "dryRun": True})
    assert isinstance(preview, Preview)
    changed = await do({**query, "count": preview.count})
    assert isinstance(changed, BulkResult)
    return changed


def whole(number: int) -> BulkResult:
    return BulkResult(matched=number, changed=number, skipped=0, reasons={})


async def found(decks: AsyncOrchestrator, **query: Any) -> list[str]:
    """The decks of the jobs on the first page."""
    return [job.deck_id for job in (await decks.find_jobs(query)).jobs]
