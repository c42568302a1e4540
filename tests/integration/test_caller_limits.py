"""What one key may take: requests a minute, bytes, templates, streams of events, waiting jobs."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any

import httpx
import pytest

from deckgen.config.settings import Settings
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.presentations import PRESENTATION
from deckgen.domain.templates import Template
from deckgen.queue.service import AsyncOrchestrator
from deckgen.queue.templates import TenantTemplates
from deckgen.web.app import create_app
from tests.asked import REQUEST
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.keys import new_key, with_key
from tests.patience import PATIENCE_SECONDS
from tests.serving import serving

JOBS, GENERATE = "/api/ai/jobs", "/api/ai/generate-async"
Clients = Callable[..., AbstractAsyncContextManager[list[httpx.AsyncClient]]]


@pytest.fixture
async def clients(settings: Settings, decks: AsyncOrchestrator) -> Clients:
    """Two clients of a server with these limits, each with a key of its own."""

    @asynccontextmanager
    async def made(**limits: int) -> AsyncIterator[list[httpx.AsyncClient]]:
        update: dict[str, Any] = {"auth": "keys"} | limits
        async with (
            serving(create_app(settings.model_copy(update=update))) as url,
            AsyncExitStack() as stack,
        ):
            yield [
                await stack.enter_async_context(
                    httpx.AsyncClient(
                        base_url=url, timeout=PATIENCE_SECONDS, headers=with_key(await new_key(decks))
                    )
                )
                for _ in range(2)
            ]

    return made


def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_requests_a_minute(clients: Clients) -> None:
    """Beyond the limit a key gets 429 and when to come back; another key's requests are its own."""
    async with clients(key_requests_per_minute=3) as (client, other):
        left = []
        for _ in range(3):
            answer = await client.get(JOBS)
            assert answer.headers["RateLimit-Policy"] == '"key";q=3;w=60'
            found = re.fullmatch(r'"key";r=(\d);t=(\d+)', answer.headers["RateLimit"])
            assert found
            left.append(int(found[1]))
            assert 1 <= int(found[2]) <= 60
        assert left == [2, 1, 0]
        late = await client.get(JOBS)
        assert refused(late) == (429, "too_many_requests")
        assert 1 <= int(late.headers["Retry-After"]) <= 60
        assert late.json()["retryable"]
        assert (await client.get("/healthz")).status_code == 200
        assert (await other.get(JOBS)).status_code == 200


async def test_an_error_tells_what_is_left(clients: Clients) -> None:
    """A client that asks for what there is not learns of its limit too."""
    async with clients() as (client, _):
        answer = await client.get(f"{JOBS}/x")
        assert answer.status_code == 404
        assert '"key";r=' in answer.headers["RateLimit"]


async def test_without_keys_there_is_no_limit(settings: Settings) -> None:
    """Whoever is on this machine is not counted."""
    few = settings.model_copy(update={"key_requests_per_minute": 1})
    async with (
        serving(create_app(few)) as url,
        patient(url) as client,
    ):
        for _ in range(3):
            answer = await client.get(JOBS)
            assert answer.status_code == 200
            assert "RateLimit" not in answer.headers


async def test_bytes_in_flight(clients: Clients) -> None:
    """While a key's other bodies have them all, a further one gets 429; another key's does not."""
    async with clients(key_bytes_in_flight=10_000) as (client, other):
        large: dict[str, Any] = REQUEST | {"csvData": "a,b\n" + "1,2\n" * 4_000}
        assert (await client.post(GENERATE, json=large)).status_code == 202  # alone
        sent, over = asyncio.Event(), asyncio.Event()

        async def half() -> AsyncIterator[bytes]:
            yield b" " * 9_000
            sent.set()
            await over.wait()
            yield b"{}"

        json_type = {"Content-Type": "application/json"}
        slow = asyncio.create_task(client.post(GENERATE, content=half(), headers=json_type))
        await sent.wait()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (answer := await client.post(GENERATE, json=large)).status_code == 202:
                pass  # the server has not read the other's bytes yet
        assert refused(answer) == (429, "too_many_bytes_of_key")
        assert answer.headers["Retry-After"]
        theirs = await other.post(GENERATE, json=large | {"deckId": "theirs"})
        assert theirs.status_code == 202
        over.set()
        assert (await slow).status_code == 422
        assert (await client.post(GENERATE, json=large)).status_code == 202


async def test_templates_in_flight(clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    """An upload takes a process and 20 MB: it counts with previews, and another key has its own."""
    come, go_on = asyncio.Semaphore(0), asyncio.Event()

    async def waiting(*_: Any) -> Template:
        come.release()
        await go_on.wait()
        raise InvalidRequest("Nothing can be drawn.", code="template_unusable")

    monkeypatch.setattr(TenantTemplates, "put", waiting)
    async with clients(key_previews=1) as (client, other):

        def upload(of: httpx.AsyncClient) -> asyncio.Task[httpx.Response]:
            headers = {"Content-Type": PRESENTATION}
            return asyncio.create_task(of.put("/api/templates/t", content=b"PK", headers=headers))

        held = upload(client)
        await come.acquire()
        late = await upload(client)
        assert refused(late) == (429, "too_many_previews")
        assert int(late.headers["Retry-After"]) > 0
        preview = await client.post("/api/ai/preview", json={"csvData": "a,b\n1,2\n"})
        assert refused(preview) == (429, "too_many_previews")
        theirs = upload(other)
        await come.acquire()
        go_on.set()
        for each in (held, theirs):
            assert refused(await each) == (422, "template_unusable")


async def test_listeners(clients: Clients, decks: AsyncOrchestrator) -> None:
    """A key has so many streams open and no more; one that ends makes room."""
    job = await decks.enqueue_presentation_generation("d", "u", {"businessContext": "Hi"})
    path = f"{job.status_url}/events"
    async with clients(key_listeners=1) as (client, other):
        async with client.stream("GET", path) as first:
            assert first.status_code == 200
            assert refused(await client.get(path)) == (429, "too_many_listeners")
            async with other.stream("GET", path) as theirs:
                assert theirs.status_code == 200
            assert (await client.get(job.status_url)).status_code == 200
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:  # until the server has noticed that the first has gone
                async with client.stream("GET", path) as again:
                    if again.status_code == 200:
                        break


async def test_waiting_jobs(clients: Clients, database: OwnDatabase) -> None:
    """So many jobs that a key asked for may wait; what was accepted before is answered as before."""
    async with clients(key_jobs_waiting=2) as (client, other):
        for number in range(2):
            body = REQUEST | {"deckId": f"d{number}", "userId": f"u{number}"}
            assert (await client.post(GENERATE, json=body)).status_code == 202
        late = await client.post(GENERATE, json=REQUEST | {"deckId": "d2"})
        assert refused(late) == (429, "too_many_jobs_of_key")
        assert late.headers["Retry-After"]
        assert (await client.post(GENERATE, json=body)).json()["existing"] is True
        assert (await other.post(GENERATE, json=REQUEST | {"deckId": "d2"})).status_code == 202
        await database.execute(
            "UPDATE jobs SET status = 'cancelled', finished_at = now(), dispatched_at = NULL"
        )
        assert (await client.post(GENERATE, json=REQUEST | {"deckId": "d3"})).status_code == 202


async def test_the_queue_s_own_bound(clients: Clients, settings: Settings) -> None:
    """A full queue is told as such, also to a key that has room."""
    async with clients(max_queue_depth=1) as (client, _):
        assert (await client.post(GENERATE, json=REQUEST)).status_code == 202
        late = await client.post(GENERATE, json=REQUEST | {"deckId": "d2"})
        assert refused(late) == (429, "queue_full")
