"""Which webhooks a request may name, over HTTP and from Python, and what the job shows of them."""

import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from deckgen.config.settings import Settings, load_settings
from deckgen.domain.errors import InvalidRequest
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from deckgen.worker.jobs.deliver_webhook import run_delivery
from deckgen.worker.runtime import Runtime
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.receiver import SECRET
from tests.serving import serving

SHOWN = "https://receiver.example/hook"
URL = f"{SHOWN}?token=1"
BRIEF = {"businessContext": "Test"}
REQUEST = {"deckId": "d", "userId": "u", "context": BRIEF}


@pytest.fixture
def settings(configured: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    monkeypatch.setenv("WEBHOOK_ALLOWED_HOSTS", "10.0.0.0/8")
    return load_settings()


@pytest.fixture
async def api(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        serving(create_app(settings)) as address,
        patient(address) as client,
    ):
        yield client


async def request(api: httpx.AsyncClient, webhook: Any) -> httpx.Response:
    """With ASCII escapes, as JSON may have: half a character can be written so."""
    content = json.dumps(REQUEST | {"webhookUrl": webhook})
    headers = {"Content-Type": "application/json"}
    return await api.post("/api/ai/generate-async", content=content, headers=headers)


async def webhook_of(api: httpx.AsyncClient, accepted: httpx.Response) -> Any:
    assert accepted.status_code == 202
    return (await api.get(accepted.json()["statusUrl"])).json()["webhook"]


@pytest.mark.parametrize("url", [URL, "http://10.1.2.3:8080/", "http://receiver.internal/"])
async def test_json(api: httpx.AsyncClient, url: str) -> None:
    """The job shows where its end will be told, but no query, which may hold a secret."""
    shown = {"url": url.partition("?")[0], "deliveries": []}
    assert await webhook_of(api, await request(api, url)) == shown


async def test_multipart(api: httpx.AsyncClient) -> None:
    """In a form it is a field of that name."""
    fields = {"deckId": "d", "userId": "u", "webhookUrl": URL, "context": json.dumps(BRIEF)}
    files = {"csvData": ("sales.csv", "region,sales\nNorth,10\nSouth,20\n")}
    accepted = await api.post("/api/ai/generate-async", data=fields, files=files)
    assert await webhook_of(api, accepted) == {"url": SHOWN, "deliveries": []}


async def test_none(api: httpx.AsyncClient) -> None:
    """A request without a webhook is as it was."""
    assert await webhook_of(api, await request(api, None)) is None


async def test_a_delivery_over_http(api: httpx.AsyncClient) -> None:
    """When the job has ended, it shows how far the telling of it is."""
    job_id = (await request(api, URL)).json()["jobId"]
    cancelled = (await api.post(f"/api/ai/jobs/{job_id}/cancel")).json()
    (delivery,) = cancelled["webhook"]["deliveries"]
    assert delivery.pop("nextAttemptAt") is not None
    assert delivery == {
        "event": "job.cancelled",
        "status": "pending",
        "attempts": 0,
        "lastError": None,
        "deliveredAt": None,
    }


@pytest.mark.parametrize(
    "url",
    [
        5,
        "",
        "receiver.example",
        "ftp://receiver.example/",
        "https://",
        "https://user:password@receiver.example/",
        "https://user@receiver.example/",
        "https://receiver.example:99999/",
        "https://receiver.example/\ud800",
        "https://receiver.example/" + "x" * 2_048,
        "https://receiver.example/" + "ü" * 1_000,  # too long once it is escaped
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.0.0.1/",
        "http://%31%32%37.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
        "http://LOCALHOST.:8080/",
        "http://169.254.169.254/latest/meta-data/",
        "http://192.168.0.1/",
    ],
)
async def test_refused_urls(api: httpx.AsyncClient, database: OwnDatabase, url: Any) -> None:
    """No URL that can't be posted to, none with a password, none that is private by its own word."""
    refused = await request(api, url)
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (422, "invalid_request")
    assert [error["field"] for error in problem["errors"]] == ["webhookUrl"]
    assert await database.fetchval("SELECT count(*) FROM jobs") == 0


SECRETS = ("us3r", "pa55", "t0k3n", "fr4gment")
SECRETIVE = "https://us3r:pa55@unreachable.invalid:9/hook?token=t0k3n#fr4gment"


async def test_a_refused_url_is_not_repeated(
    api: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the answer nor a log says what stood in it."""
    caplog.set_level(logging.DEBUG)
    refused = await request(api, SECRETIVE)
    told = refused.text + "".join(one.getMessage() for one in caplog.records)
    assert refused.status_code == 422
    assert not any(secret in told for secret in SECRETS)


async def test_nothing_tells_more_than_host_and_path(
    api: httpx.AsyncClient,
    decks: AsyncOrchestrator,
    runtime: Runtime,
    database: OwnDatabase,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Neither the job nor lists, events, the log of deliveries and the worker: whatever is stored."""
    caplog.set_level(logging.DEBUG)
    job_id = (await request(api, "https://10.0.0.1:9/")).json()["jobId"]
    await database.execute("UPDATE jobs SET webhook_url = $1", SECRETIVE)
    await decks.cancel_job(job_id)
    await run_delivery(runtime, job_id, 2)
    answers = [
        (await api.get(path)).text
        for path in (
            f"/api/ai/jobs/{job_id}",
            "/api/ai/jobs",
            f"/api/ai/jobs/{job_id}/events",
            "/api/webhooks/deliveries",
        )
    ]
    assert all(job_id in answer for answer in (answers[0], answers[1], answers[3]))
    assert '"https://unreachable.invalid:9/hook"' in answers[0]
    assert '"https://unreachable.invalid:9/hook"' in answers[3]
    said = "\n".join(one.getMessage() for one in caplog.records)
    assert "webhook.delayed" in said
    assert not any(secret in text for secret in SECRETS for text in (*answers, said))


async def test_without_a_secret(settings: Settings, database: OwnDatabase) -> None:
    """A deckgen that can't sign says so at once, and takes other requests as before."""
    async with AsyncOrchestrator(settings.model_copy(update={"webhook_secret": None})) as decks:
        with pytest.raises(InvalidRequest, match="WEBHOOK_SECRET") as refused:
            await decks.enqueue_presentation_generation("d", "u", BRIEF, webhook_url=URL)
        assert refused.value.code == "webhooks_not_configured"
        assert await database.fetchval("SELECT count(*) FROM jobs") == 0
        assert await decks.enqueue_presentation_generation("d", "u", BRIEF)


async def test_an_open_job_keeps_its_webhook(decks: AsyncOrchestrator) -> None:
    """A second request for the deck gets the job as it is, which tells no secret of the webhook's."""
    first = await decks.enqueue_presentation_generation("d", "u", BRIEF, webhook_url=URL)
    second = await decks.enqueue_presentation_generation(
        "d", "u", BRIEF, webhook_url="https://other.example/"
    )
    assert (second.job_id, second.existing) == (first.job_id, True)
    webhook = (await decks.get_job_status(first.job_id)).webhook
    assert webhook is not None
    assert webhook.url == SHOWN


async def test_the_webhook_is_part_of_an_idempotent_request(decks: AsyncOrchestrator) -> None:
    """The same key with the same webhook gets the same job; with another it is another request."""

    async def submit(url: str) -> str:
        one = await decks.enqueue_presentation_generation(
            "d", "u", BRIEF, idempotency_key="k", webhook_url=url
        )
        return one.job_id

    assert await submit(URL) == await submit(URL)
    with pytest.raises(InvalidRequest) as refused:
        await submit("https://other.example/")
    assert refused.value.code == "idempotency_key_reused"


async def test_openapi(api: httpx.AsyncClient) -> None:
    """The document has the field, and the schema of what is posted for each end."""
    document = (await api.get("/openapi.json")).json()
    schemas = document["components"]["schemas"]
    assert "webhookUrl" in schemas["GenerateRequest"]["properties"]
    assert set(document["webhooks"]) == {"job.completed", "job.failed", "job.cancelled"}
    content = document["webhooks"]["job.failed"]["post"]["requestBody"]["content"]
    name = content["application/json"]["schema"]["$ref"].rpartition("/")[2]
    assert set(schemas[name]["properties"]) == {"type", "timestamp", "data"}
