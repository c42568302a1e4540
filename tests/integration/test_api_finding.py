"""Finding and changing many jobs over HTTP: what is answered, and to whom."""

import httpx
import pytest

from deckgen.queue.service import AsyncOrchestrator
from tests.asked import assert_problem
from tests.databases import OwnDatabase
from tests.found_jobs import fail, failed_jobs, statuses, submit

JOBS = "/api/ai/jobs"
DRY = {"all": True, "dryRun": True}


async def test_jobs_are_listed(
    api: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """By the query of a URL: values are repeated or have commas, and empty ones are not given."""
    one, two = await failed_jobs(decks, database, "ab")
    await submit(decks, "c")
    query = f"{JOBS}?status=failed&status=delayed,cancelled&code=&user=u&deck=&q=sales&since=1h&cursor="
    answer = await api.get(query)
    assert [job["jobId"] for job in answer.json()["jobs"]] == [two, one]
    assert answer.json()["nextCursor"] is None
    assert answer.headers["cache-control"] == "private, no-cache"
    first = (await api.get(f"{JOBS}?status=failed&limit=1")).json()
    assert first["jobs"][0]["error"] == {"code": "internal_error", "message": "Something broke."}
    rest = await api.get(JOBS, params={"status": "failed", "cursor": first["nextCursor"]})
    assert [job["jobId"] for job in rest.json()["jobs"]] == [one]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("status=done", "invalid_request"),
        ("user=a&user=b", "invalid_request"),
        ("limit=0", "invalid_request"),
        ("limit=1e2", "invalid_request"),
        ("since=soon", "invalid_request"),
        ("q=%00", "invalid_request"),
        ("q=...", "invalid_request"),
        ("self=1", "invalid_request"),
        ("stauts=failed", "invalid_request"),
        ("cursor=AAAA", "invalid_cursor"),
        ("cursor=%FF", "invalid_cursor"),
        ("cursor=" + "A" * 5_000, "invalid_request"),
    ],
)
async def test_a_wrong_query(api: httpx.AsyncClient, query: str, code: str) -> None:
    """It is refused as any request is."""
    assert_problem(await api.get(f"{JOBS}?{query}"), 422, code)


async def test_many_are_changed(
    api: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """A dry run tells the count, the count is needed, and the answer has exact numbers."""
    ids = await failed_jobs(decks, database, "ab")
    wanted = {"code": "internal_error", "since": "1h"}
    preview = (await api.post(f"{JOBS}/retry", json={**wanted, "dryRun": True})).json()
    assert (preview["count"], [job["deckId"] for job in preview["jobs"]]) == (2, ["b", "a"])
    assert_problem(await api.post(f"{JOBS}/retry", json=wanted), 422, "invalid_request")
    assert_problem(await api.post(f"{JOBS}/retry", json={**wanted, "count": 3}), 409, "count_mismatch")
    answer = await api.post(f"{JOBS}/retry", json={**wanted, "count": 2})
    assert answer.json() == {"matched": 2, "changed": 2, "skipped": 0, "reasons": {}}
    answer = await api.post(f"{JOBS}/cancel", json={"deck": "a", "count": 1})
    assert answer.json() == {"matched": 1, "changed": 1, "skipped": 0, "reasons": {}}
    await fail(database, ids[1])
    answer = await api.post(f"{JOBS}/dismiss", json={"deck": "b", "count": 1})
    assert answer.json()["changed"] == 1
    assert (await api.get(f"{JOBS}/{ids[1]}")).json()["dismissedAt"]
    assert await statuses(database, ids) == ["cancelled", "failed"]


async def test_one_is_dismissed(
    api: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """It stays failed, and nothing is to be done about it; a job that has not failed can't be."""
    (job_id,) = await failed_jobs(decks, database, "a")
    waiting = await submit(decks, "b")
    answer = await api.post(f"{JOBS}/{job_id}/dismiss")
    assert (answer.status_code, answer.json()["status"]) == (200, "failed")
    assert answer.json()["dismissedAt"]
    assert_problem(await api.post(f"{JOBS}/{waiting}/dismiss"), 409, "job_not_failed")
    assert_problem(await api.post(f"{JOBS}/x/dismiss"), 404, "job_not_found")


@pytest.mark.parametrize("content", [b"", b"null", b"[]", b"{", b'"all"', b"1"])
async def test_a_body_that_says_nothing(api: httpx.AsyncClient, content: bytes) -> None:
    """It is not taken for a filter that all jobs match."""
    headers = {"Content-Type": "application/json"}
    answer = await api.post(f"{JOBS}/cancel", content=content, headers=headers)
    assert answer.status_code in (400, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_the_document_has_them(api: httpx.AsyncClient) -> None:
    """OpenAPI tells the filter, the bodies and both answers."""
    document = (await api.get("/openapi.json")).json()
    parameters = document["paths"][JOBS]["get"]["parameters"]
    names = [one["name"] for one in parameters if one.get("in") == "query"]
    assert names == ["status", "code", "user", "deck", "q", "since", "cursor", "limit"]
    body = document["components"]["schemas"]["ManyRequest"]["properties"]
    assert {"status", "code", "user", "deck", "q", "since", "all", "dryRun", "count"} == set(body)
    for action in ("retry", "cancel", "dismiss"):
        answers = document["paths"][f"{JOBS}/{action}"]["post"]["responses"]
        assert {"200", "403", "409", "422"} <= set(answers)
    assert "anyOf" in document["components"]["schemas"]["ManyAnswer"]
