"""Finding and changing many jobs over HTTP: what is answered, and to whom."""

from typing import Any

import httpx
import pytest
from starlette.requests import Request

from deckgen.config.settings import Settings
from deckgen.domain.errors import InvalidRequest
from deckgen.http.local import require_loopback
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from tests.asked import assert_problem
from tests.databases import OwnDatabase
from tests.found_jobs import fail, failed_jobs, statuses, submit
from tests.patience import PATIENCE_SECONDS
from tests.serving import serving

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
    assert answer.headers["cache-control"] == "no-store"
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
    """Like retry and cancel of one job, for whoever may do these."""
    (job_id,) = await failed_jobs(decks, database, "a")
    waiting = await submit(decks, "b")
    answer = await api.post(f"{JOBS}/{job_id}/dismiss", headers={"X-Forwarded-For": "10.0.0.1"})
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


@pytest.mark.parametrize("action", ["retry", "cancel", "dismiss"])
@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Forwarded-For": ""},
        {"X-Forwarded-Proto": "https"},
        {"Forwarded": "for=127.0.0.1"},
        {"Via": "1.1 proxy"},
        {"X-Real-IP": "127.0.0.1"},
        {"Host": "deckgen.example"},
    ],
    ids=str,
)
async def test_a_proxy_changes_one_at_a_time(
    settings: Settings, headers: dict[str, str], action: str
) -> None:
    """What was forwarded, or asks for another name than this machine's, may not change many."""
    open_ = settings.model_copy(update={"allowed_hosts": "*"})
    async with (
        serving(create_app(open_)) as url,
        httpx.AsyncClient(base_url=url, timeout=PATIENCE_SECONDS) as client,
    ):
        refused = await client.post(f"{JOBS}/{action}", json=DRY, headers=headers)
        assert_problem(refused, 403, "loopback_only")
        assert "deckgen retry" in refused.json()["detail"]
        assert (await client.get(JOBS, headers=headers)).status_code == 200
        assert (await client.post(f"{JOBS}/{action}", json=DRY)).status_code == 200


def asking(client: Any, host: str = "localhost:3000") -> Request:
    headers = [(b"host", host.encode())]
    return Request({"type": "http", "client": client, "headers": headers})


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])
def test_loopback(address: str) -> None:
    """Every address of this machine's loopback may."""
    require_loopback(asking((address, 1)))
    require_loopback(asking((address, 1), "[::1]:3000"))


@pytest.mark.parametrize(
    "client", [("10.0.0.1", 1), ("::ffff:10.0.0.1", 1), ("", 0), ("localhost", 1), None]
)
def test_elsewhere(client: Any) -> None:
    """Another machine may not, nor who comes without an address."""
    with pytest.raises(InvalidRequest):
        require_loopback(asking(client))


async def test_the_document_has_them(api: httpx.AsyncClient) -> None:
    """OpenAPI tells the filter, the bodies and both answers."""
    document = (await api.get("/openapi.json")).json()
    names = [one["name"] for one in document["paths"][JOBS]["get"]["parameters"]]
    assert names == ["status", "code", "user", "deck", "q", "since", "cursor", "limit"]
    body = document["components"]["schemas"]["ManyRequest"]["properties"]
    assert {"status", "code", "user", "deck", "q", "since", "all", "dryRun", "count"} == set(body)
    for action in ("retry", "cancel", "dismiss"):
        answers = document["paths"][f"{JOBS}/{action}"]["post"]["responses"]
        assert {"200", "403", "409", "422"} <= set(answers)
    assert "anyOf" in document["components"]["schemas"]["ManyAnswer"]
