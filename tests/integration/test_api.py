"""The HTTP API on a real socket: what it accepts, and what it tells."""

import gzip

import httpx
import pytest

from deckgen.config.settings import Settings
from deckgen.store import workers
from deckgen.web.app import create_app
from tests.asked import CSV, REQUEST
from tests.books import book, sheet
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.serving import serving


async def test_the_call_of_old(api: httpx.AsyncClient) -> None:
    """The call that users have always made is answered with 202 and a job id that can be asked for."""
    response = await api.post("/api/ai/generate-async", json=REQUEST)
    assert response.status_code == 202
    answer = response.json()
    assert answer["estimatedTime"]
    job = (await api.get(f"/api/ai/jobs/{answer['jobId']}")).json()
    assert job["status"] == "waiting"
    assert [step["name"] for step in job["progress"]["steps"]] == ["draft", "assemble"]
    deck = (await api.get("/api/presentations/test-deck-123")).json()
    assert (deck["status"], deck["deck"], deck["errorMessage"]) == ("queued", None, None)


async def test_queue_status(api: httpx.AsyncClient, database: OwnDatabase) -> None:
    """The queue's status has the shape that users know."""
    await workers.beat(database, "w", concurrency=2)
    await api.post("/api/ai/generate-async", json=REQUEST)
    response = await api.get("/api/ai/queue-status")
    status = response.json()
    assert response.status_code == 200
    assert status["healthy"] is True
    assert {"waiting": 1, "active": 0, "completed": 0, "failed": 0}.items() <= status["jobs"].items()
    assert {"errorRate": 0, "activeJobs": 0, "workers": 1}.items() <= status["metrics"].items()


async def test_a_pause_is_told_at_once(api: httpx.AsyncClient) -> None:
    """What was told a moment before is kept for the next who ask, but not over a pause."""
    for call, paused in (("pause", True), ("resume", False)):
        assert (await api.get("/api/ai/queue-status")).json()["paused"] is not paused
        assert (await api.post(f"/api/ai/queue/{call}")).json()["paused"] is paused
        assert (await api.get("/api/ai/queue-status")).json()["paused"] is paused


async def test_queue_status_unhealthy(settings: Settings) -> None:
    """While PostgreSQL is away: 503 with the reason."""
    nowhere = type(settings.database_url)("postgresql://127.0.0.1:9/none")
    app = create_app(settings.model_copy(update={"database_url": nowhere}))
    async with (
        serving(app) as address,
        patient(address) as client,
    ):
        status = await client.get("/api/ai/queue-status")
        accepted = await client.post("/api/ai/generate-async", json=REQUEST)
        ready = await client.get("/readyz")
    assert status.status_code == 503
    assert status.json()["reasons"]
    assert accepted.status_code == 503
    assert accepted.headers["Retry-After"]
    assert ready.status_code == 503


async def test_multipart(api: httpx.AsyncClient, database: OwnDatabase) -> None:
    """A file is uploaded as multipart, and keeps its name without any path."""
    response = await api.post(
        "/api/ai/generate-async",
        data={"deckId": "d", "userId": "u", "priority": "7", "context": '{"businessContext": "Hi"}'},
        files={"csvData": ("../../etc/sales.csv", CSV)},
    )
    assert response.status_code == 202
    job = await database.fetchrow("SELECT priority, dataset_name FROM jobs")
    assert job is not None
    assert tuple(job) == (7, "sales.csv")


async def test_accepts_a_workbook(api: httpx.AsyncClient, database: OwnDatabase) -> None:
    """A file that is no text is kept as it came, whatever its name says."""
    content = book(sheet())
    response = await api.post(
        "/api/ai/generate-async",
        data={"deckId": "d", "userId": "u"},
        files={"csvData": ("sales.csv", content)},
    )
    assert response.status_code == 202
    kept = await database.fetchval("SELECT gzip FROM datasets")
    assert gzip.decompress(kept) == content


@pytest.mark.contract
@pytest.mark.sample
async def test_openapi_describes_every_endpoint(api: httpx.AsyncClient) -> None:
    """The document names each URL, the schema of each body, and what is read of query and headers."""
    document = (await api.get("/openapi.json")).json()
    generate = document["paths"]["/api/ai/generate-async"]["post"]
    schema = generate["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    properties = document["components"]["schemas"][schema.rpartition("/")[2]]["properties"]
    assert {"deckId", "userId", "context", "csvData", "priority"} <= properties.keys()
    brief = document["components"]["schemas"]["Brief"]["properties"]
    assert [name for name, field in brief.items() if not field.get("description")] == []
    assert "/api/ai/jobs/{jobId}" in document["paths"]
    usage = document["paths"]["/api/ai/usage"]["get"]["parameters"]
    assert [one["name"] for one in usage if "name" in one] == ["from", "to", "userId"]
    assert generate["parameters"][0]["name"] == "Idempotency-Key"
