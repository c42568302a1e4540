"""Jobs are found by what they are, by words, and page by page."""

from typing import Any

import pytest

from deckgen.domain.errors import InvalidRequest
from deckgen.domain.jobs import JobStatus
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import finding
from tests.databases import OwnDatabase
from tests.found_jobs import ask_earlier, complete, delay, fail, found, run, statuses, submit


@pytest.fixture
async def one_of_each(decks: AsyncOrchestrator, database: OwnDatabase) -> dict[str, str]:
    """A job in each status, called by it; of two users, an hour apart."""
    ids = {status.value: await submit(decks, status, user=f"user-{status}") for status in JobStatus}
    await delay(database, ids["delayed"])
    await run(database, ids["active"])
    await complete(database, ids["completed"])
    await fail(database, ids["failed"], code="query_timeout", message="The query took too long.")
    await decks.cancel_job(ids["cancelled"])
    for hours, job_id in enumerate(reversed(ids.values())):
        await ask_earlier(database, job_id, hours)
    assert await statuses(database, list(ids.values())) == list(ids)
    return ids


ALL = ["cancelled", "failed", "completed", "active", "delayed", "waiting"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ALL),
        ({"status": "failed"}, ["failed"]),
        ({"status": "failed,waiting"}, ["failed", "waiting"]),
        ({"status": ["failed", "waiting, active"]}, ["failed", "active", "waiting"]),
        ({"code": "query_timeout"}, ["failed"]),
        ({"code": ["orchestrator_unreachable", "query_timeout"]}, ["failed", "delayed"]),
        ({"code": "other"}, []),
        ({"code": "query_timeout", "status": "completed"}, []),
        ({"user": "user-completed"}, ["completed"]),
        ({"user": "user-completed", "status": "failed"}, []),
        ({"deck": "active"}, ["active"]),
        ({"since": "150m"}, ["cancelled", "failed", "completed"]),
        ({"since": "1d"}, ALL),
        ({"since": "2999-01-01"}, []),
        ({"q": "sales"}, ALL),
        ({"q": "sales", "status": "failed"}, ["failed"]),
        ({"q": "took too"}, ["failed"]),
        ({"q": "sales took"}, ["failed"]),
        ({"q": "away"}, ["delayed"]),
        ({"q": "sales", "user": "user-active", "since": "4h"}, ["active"]),
        ({"q": "sales", "deck": "waiting", "code": "query_timeout"}, []),
    ],
)
@pytest.mark.usefixtures("one_of_each")
async def test_filters(decks: AsyncOrchestrator, query: dict[str, Any], expected: list[str]) -> None:
    """All that is given must hold, and the newest come first."""
    assert await found(decks, **query) == expected


@pytest.mark.usefixtures("one_of_each")
async def test_the_index_of_words_says_the_same(
    decks: AsyncOrchestrator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a walk through the newest jobs ends without a full page, the index goes on from there."""
    monkeypatch.setattr(finding, "STRIDES", (1,))
    assert await found(decks, q="sales") == ALL
    assert await found(decks, q="sales", status="failed,waiting,delayed") == [
        "failed",
        "delayed",
        "waiting",
    ]
    assert await found(decks, q="took", code="query_timeout", user="user-failed") == ["failed"]
    assert await found(decks, q="sales", limit=2) == ALL[:2]


async def test_what_is_told_of_each(
    decks: AsyncOrchestrator, database: OwnDatabase, one_of_each: dict[str, str]
) -> None:
    """A line of a list has what a person looks for, and neither steps nor history."""
    (job,) = (await decks.find_jobs({"status": "failed"})).jobs
    assert job.job_id == one_of_each["failed"]
    assert job.error is not None
    assert (job.error.code, job.error.message) == ("query_timeout", "The query took too long.")
    assert (job.brief, job.user_id, job.status) == ("How are sales?", "user-failed", JobStatus.FAILED)
    assert (job.run_after, job.dismissed_at) == (None, None)
    (late,) = (await decks.find_jobs({"status": "delayed"})).jobs
    assert late.run_after is not None
    assert set(job.to_json()).isdisjoint({"history", "progress", "webhook", "usage"})


async def test_the_first_words_of_a_brief(decks: AsyncOrchestrator) -> None:
    """A long brief is cut between words, one without blanks anywhere."""
    await submit(decks, "long", brief="many words " * 100)
    await submit(decks, "solid", brief="売" * 500)
    solid, long = (await decks.find_jobs({})).jobs
    assert long.brief is not None
    assert solid.brief is not None
    assert long.brief.endswith(("words…", "many…"))
    assert len(long.brief) <= 121
    assert len(solid.brief) == 121


@pytest.mark.parametrize("limit", [1, 2, 3])
async def test_pages(decks: AsyncOrchestrator, database: OwnDatabase, limit: int) -> None:
    """Page by page each job comes once, also of those that were requested in the same moment."""
    ids = [await submit(decks, f"d{number}") for number in range(7)]
    await database.execute("UPDATE jobs SET created_at = '2026-01-01' WHERE deck_id < 'd4'")
    seen, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        page = await decks.find_jobs({"limit": limit, "cursor": cursor})
        seen += [job.job_id for job in page.jobs]
        cursor, pages = page.next_cursor, pages + 1
        await submit(decks, f"new{pages}")  # what comes meanwhile is on no later page
    assert sorted(seen) == sorted(ids)
    assert pages == -(-7 // limit)


async def test_a_cursor_is_of_its_query(decks: AsyncOrchestrator) -> None:
    """With another filter, cut, changed or made up, it is refused by a code of its own."""
    for number in range(3):
        await submit(decks, f"d{number}")
    page = await decks.find_jobs({"limit": 1, "user": "u"})
    cursor = page.next_cursor
    assert cursor
    assert (await decks.find_jobs({"limit": 2, "user": "u", "cursor": cursor})).next_cursor is None
    wrong = [cursor[:-1], cursor + "A", "B" + cursor[1:], "", "ä", "!", "A" * 43, cursor.lower(), "=="]
    queries: list[dict[str, Any]] = [{"user": "u", "cursor": one} for one in wrong]
    for query in [*queries, {"cursor": cursor}, {"user": "u", "status": "waiting", "cursor": cursor}]:
        with pytest.raises(InvalidRequest) as refused:
            await decks.find_jobs(query)
        assert refused.value.code == "invalid_cursor"


@pytest.mark.parametrize(
    "query",
    [
        {"status": "done"},
        {"status": "failed,"},
        {"status": []},
        {"code": "No Code"},
        {"code": ""},
        {"user": "a b"},
        {"user": ""},
        {"deck": "x" * 129},
        {"q": ""},
        {"q": "--- !"},
        {"q": "x" * 201},
        {"q": "a\x00b"},
        {"q": "half \ud800"},
        {"since": "yesterday"},
        {"since": "-1h"},
        {"since": "999999d"},
        {"since": "2026-13-01"},
        {"since": "2026-11-29T10:00:00 01:00"},
        {"since": 24},
        {"since": "0001-01-01T00:00:00+14:00"},
        {"since": "9999-12-31T23:59:59-14:00"},
        {"limit": 0},
        {"limit": 201},
        {"limit": "many"},
        {"user_name": "u"},
    ],
    ids=str,
)
async def test_a_wrong_filter(decks: AsyncOrchestrator, query: dict[str, Any]) -> None:
    """It is refused in words that name the field, instead of being passed over."""
    with pytest.raises(InvalidRequest) as refused:
        await decks.find_jobs(query)
    assert refused.value.errors[0].field.partition(".")[0] == next(iter(query))
