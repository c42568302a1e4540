"""Clients of a fleet: they ask for decks, cancel some, and wait until all is quiet."""

import asyncio
import ssl
from typing import Any

import asyncpg
import httpx
import stamina

from deckgen.store import away
from tests.databases import OwnDatabase
from tests.faults.fleet import Fleet
from tests.patience import PATIENCE_SECONDS

CSV = "region,sales\nNorth,10\nSouth,20\n"
USERS = 5  # the first of them is noisy: every second job is its
AT_ONCE = 8
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # else each client reads all certificates


class TryAgainError(Exception):
    """The API says 503, or did not answer."""


async def submit(fleet: Fleet, count: int, prefix: str = "d") -> dict[str, str]:
    """Deck id by job id, of `count` jobs that were answered with 202."""
    accepted: dict[str, str] = {}
    numbers = iter(range(count))

    async def client() -> None:
        for number in numbers:
            deck_id = f"{prefix}-{number}"
            user = 0 if number % 2 else number // 2 % USERS
            accepted[await submit_one(fleet, deck_id, f"u{user}")] = deck_id

    await asyncio.gather(*(client() for _ in range(AT_ONCE)))
    return accepted


async def submit_one(fleet: Fleet, deck_id: str, user_id: str = "u0") -> str:
    """The id of the job. A request without an answer is sent again, with its Idempotency-Key."""
    body, key = body_of(deck_id, user_id), {"Idempotency-Key": deck_id}
    answer = await post(fleet, "/api/ai/generate-async", body, key)
    assert answer.status_code == 202, answer.text
    job_id: str = answer.json()["jobId"]
    return job_id


def body_of(deck_id: str, user_id: str) -> dict[str, Any]:
    """The request for a deck about a table."""
    brief = {"businessContext": f"Test {deck_id}"}
    return {"deckId": deck_id, "userId": user_id, "context": brief, "csvData": CSV}


async def cancel(fleet: Fleet, job_id: str) -> bool:
    """Whether the job was cancelled before its end."""
    return (await post(fleet, f"/api/ai/jobs/{job_id}/cancel")).status_code == 200


async def post(
    fleet: Fleet, path: str, body: Any = None, headers: dict[str, str] | None = None
) -> httpx.Response:
    """The answer of an API, asked until one answers with something else than 503."""
    async for attempt in stamina.retry_context(
        on=TryAgainError, attempts=None, timeout=PATIENCE_SECONDS, wait_max=0.5
    ):
        with attempt:
            return await _post_once(fleet, path, body, headers)
    raise AssertionError("stamina ends only with a result or an error")


async def _post_once(
    fleet: Fleet, path: str, body: Any, headers: dict[str, str] | None
) -> httpx.Response:
    async with httpx.AsyncClient(
        base_url=fleet.url(), timeout=PATIENCE_SECONDS, verify=NO_TLS
    ) as client:
        try:
            answer = await client.post(path, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise TryAgainError from error
    if answer.status_code == 503:
        assert "retry-after" in answer.headers
        raise TryAgainError
    return answer


async def quiet(database: OwnDatabase, seconds: float) -> None:
    """Wait until every job is over."""
    over = "SELECT 1 WHERE NOT EXISTS (SELECT FROM jobs WHERE finished_at IS NULL)"
    try:
        await found(database, over, seconds=seconds)
    except TimeoutError:
        left = "SELECT status, attempts, crashes, error_message, count(*) FROM jobs GROUP BY 1, 2, 3, 4"
        raise AssertionError(await database.fetch(left)) from None


async def found(
    database: OwnDatabase, question: str, *arguments: Any, seconds: float = PATIENCE_SECONDS
) -> asyncpg.Record:
    """The first row of the answer, as soon as there is one; TimeoutError if there is none in time."""
    async with asyncio.timeout(seconds):
        while (row := await _row(database, question, *arguments)) is None:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return row


@stamina.retry(on=away.is_away, attempts=None, timeout=PATIENCE_SECONDS, wait_max=0.5)
async def _row(database: OwnDatabase, question: str, *arguments: Any) -> asyncpg.Record | None:
    """From PostgreSQL, once it is there."""
    return await database.fetchrow(question, *arguments)
