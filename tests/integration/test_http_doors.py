"""Who may come in at the API and at the orchestrator, and how slowly and with how much."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from deckgen.config.settings import Settings
from deckgen.orchestrator.app import create_app as create_orchestrator
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from tests.asked import REQUEST
from tests.clients import patient
from tests.keys import new_key, with_key
from tests.patience import PATIENCE_SECONDS
from tests.serving import serving

RESUME = "/api/ai/queue/resume"


def code(response: httpx.Response) -> tuple[int, str | None]:
    """Its status, and its code if it is a problem."""
    is_problem = response.headers["content-type"] == "application/problem+json"
    return response.status_code, response.json()["code"] if is_problem else None


@pytest.fixture
async def orchestrator(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        serving(create_orchestrator(settings)) as address,
        patient(address) as client,
    ):
        yield client


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://localhost"},
        {"Origin": "http://localhost:3001"},
        {"Origin": "https://localhost.evil.example:3000"},
        {"Origin": "file://localhost:3000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://localhost:3000", "Sec-Fetch-Site": "cross-site"},
    ],
)
@pytest.mark.parametrize(
    ("method", "path"), [("POST", RESUME), ("PATCH", "/api/ai/jobs/x"), ("PUT", "/x")]
)
async def test_a_foreign_page_changes_nothing(
    api: httpx.AsyncClient, headers: dict[str, str], method: str, path: str
) -> None:
    """Whatever a page of another origin asks a browser to post is refused, and says so."""
    sent = {"Host": "localhost:3000", **headers}
    assert code(await api.request(method, path, headers=sent)) == (403, "foreign_origin")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost:3000"},
        {"Origin": "HTTP://LOCALHOST:3000"},
        {"Origin": "http://localhost:3000", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Host": "localhost", "Origin": "https://localhost"},
        {"Host": "localhost:443", "Origin": "https://localhost"},
        {"Host": "[::1]:3000", "Origin": "http://[::1]:3000"},
    ],
)
async def test_our_own_pages_and_programs(api: httpx.AsyncClient, headers: dict[str, str]) -> None:
    """A page of this server's, and a program that is no browser, may change what they like."""
    sent = {"Host": "localhost:3000", **headers}
    assert "healthy" in (await api.post(RESUME, headers=sent)).json()


async def test_a_foreign_page_may_link_here(api: httpx.AsyncClient) -> None:
    """Reading is not refused: a browser keeps the answer from a foreign page by itself."""
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"}
    assert (await api.get("/docs", headers=headers)).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:3000", "localhost.", "127.0.0.1:1", "127.8.9.10", "[::1]", "[::1]:3000"],
)
async def test_loopback_is_served(api: httpx.AsyncClient, host: str) -> None:
    """Names and addresses of this machine need no setting."""
    assert (await api.get("/openapi.json", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example:3000",
        "127.0.0.1.evil.example",
        "10.0.0.1",
        "0.0.0.0",
        "[::2]",
    ],
)
async def test_another_host_is_not_served(api: httpx.AsyncClient, host: str) -> None:
    """A name that is not listed is refused, with the setting that lists it; the probes are not."""
    answer = await api.get("/openapi.json", headers={"Host": host})
    assert code(answer) == (421, "host_not_allowed")
    name = host.removesuffix(":3000").strip("[]")
    assert f"set ALLOWED_HOSTS={name} " in answer.json()["detail"]
    for probe in ("/healthz", "/readyz"):
        assert (await api.get(probe, headers={"Host": host})).status_code == 200


async def test_listed_hosts_are_served(settings: Settings, decks: AsyncOrchestrator) -> None:
    """What is listed is served beside loopback, from its own pages too, and nothing else is."""
    hosts = {"allowed_hosts": "deckgen.internal, *.example.com", "auth": "keys"}
    listed = settings.model_copy(update=hosts)
    served = {"deckgen.internal:80": 200, "a.b.EXAMPLE.com.": 200, "127.0.0.1": 200}
    refused = {"example.com": 421, "badexample.com": 421, "x.deckgen.internal": 421}
    async with (
        serving(create_app(listed)) as url,
        patient(url) as client,
    ):
        for host, status in (served | refused).items():
            answer = await client.get("/openapi.json", headers={"Host": host})
            assert (host, answer.status_code) == (host, status)
        page = {"Host": "deckgen.internal", "Origin": "https://deckgen.internal"}
        page |= with_key(await new_key(decks))
        assert "healthy" in (await client.post(RESUME, headers=page)).json()


@pytest.mark.parametrize("hosts", [b"", b"Host: a b\r\n", b"Host: \r\n", b"Host: localhost\r\n" * 2])
async def test_a_request_names_one_host(api_url: str, hosts: bytes) -> None:
    """Without a host, with two and with what is none, it is refused."""
    answer = await said(api_url, b"GET /docs HTTP/1.1\r\n" + hosts + b"Connection: close\r\n\r\n")
    assert b" 400 " in answer
    assert b'"code":"host_invalid"' in answer


async def said(url: str, *sent: bytes) -> bytes:
    """All that is answered."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(b"".join(sent))
    async with asyncio.timeout(PATIENCE_SECONDS):
        answer = await reader.read()
    writer.close()
    return answer


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
@pytest.mark.parametrize(
    "path", [RESUME, "/api/ai/queue/pause", "/api/ai/jobs/x/cancel", "/api/ai/jobs/x/retry", "/x"]
)
async def test_a_body_has_a_type(api: httpx.AsyncClient, kind: str, path: str) -> None:
    """A body that a form could post is refused everywhere, announced or in chunks."""

    async def chunks() -> AsyncIterator[bytes]:
        yield b"{}"

    for content in (b"{}", chunks()):
        answer = await api.post(path, content=content, headers={"Content-Type": kind})
        assert code(answer) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    ("rest", "behind"),
    [
        (b"", b""),
        (b"Content-Length: 0\r\n", b""),
        (b"Content-Type: text/plain\r\nContent-Length: 0\r\n", b""),
        (b"Transfer-Encoding: chunked\r\n", b"0\r\n\r\n"),
        (b"Content-Type: application/json\r\nContent-Length: 2\r\n", b"{}"),
        (b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 5\r\n", b"--x--"),
    ],
)
async def test_no_body_needs_no_type(api_url: str, rest: bytes, behind: bytes) -> None:
    """What is empty, and what has a type that a form of a foreign page can't have, is accepted."""
    head = f"POST {RESUME} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n".encode()
    assert b'"healthy"' in await said(api_url, head, rest, b"\r\n", behind)


async def test_an_empty_body_is_still_read_as_one(api_url: str) -> None:
    """An endpoint that wants JSON is told of an empty body in chunks, and waits for no other."""
    head = b"PATCH /api/ai/jobs/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    answer = await said(api_url, head, b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    assert b'"code":"invalid_json"' in answer


@pytest.mark.parametrize("path", ["/steps/draft", "/verify"])
async def test_no_browser_asks_the_orchestrator(orchestrator: httpx.AsyncClient, path: str) -> None:
    """A browser is refused there, though its page has the orchestrator's own name (DNS rebinding);
    workers reach it under any name.
    """
    files = {"request": b"{}"}
    named = {"Host": "orchestrator:3001", "Idempotency-Key": "k"}
    for sign in ({"Origin": "http://orchestrator:3001"}, {"Sec-Fetch-Site": "same-origin"}):
        answer = await orchestrator.post(path, files=files, headers=named | sign)
        assert code(answer) == (403, "foreign_origin")
    answer = await orchestrator.post(path, files=files, headers=named)
    assert code(answer) == (422, "invalid_request")
    assert (await orchestrator.get("/readyz", headers=named)).status_code == 200


@pytest.mark.parametrize("at_once", [0, 90_000])
async def test_a_body_has_a_lowest_rate(settings: Settings, at_once: int) -> None:
    """Bytes that come one by one are refused after a while, although no silence is long, and whatever
    came at once before.
    """
    update = {"body_timeout_seconds": 0.3, "min_bytes_per_second": 1_000}
    async with serving(create_app(settings.model_copy(update=update))) as url:
        parts = urlsplit(url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        writer.write(POST % 100_000 + b" " * at_once)
        dripping = asyncio.create_task(drip(writer))
        async with asyncio.timeout(PATIENCE_SECONDS):
            answer = await reader.readuntil(b"}")
        dripping.cancel()
        writer.close()
    assert b" 408 " in answer[:20]
    assert b'"code":"body_too_slow"' in answer


POST = (
    b"POST /api/ai/generate-async HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Content-Length: %d\r\n\r\n"
)


async def drip(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b" ")
        await asyncio.sleep(0.02)


async def test_bytes_in_flight(settings: Settings) -> None:
    """While others have as many bytes as all may have, a further body gets 503 and is to come later."""
    few = settings.model_copy(update={"max_body_bytes_in_flight": 10_000})
    large: dict[str, Any] = REQUEST | {"csvData": "a,b\n" + "1,2\n" * 4_000}
    async with (
        serving(create_app(few)) as url,
        patient(url) as client,
    ):
        assert (await client.post("/api/ai/generate-async", json=large)).status_code == 202  # alone
        parts = urlsplit(url)
        _, writer = await asyncio.open_connection(parts.hostname, parts.port)
        writer.write(POST % 20_000 + b" " * 9_000)
        await writer.drain()
        refused = await until_refused(client)
        assert code(refused) == (503, "too_many_bytes")
        assert refused.headers["retry-after"]
        assert (await client.get("/healthz")).status_code == 200
        writer.close()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (await client.post("/api/ai/generate-async", json=large)).status_code != 202:
                pass  # the server has not noticed yet that the other has gone


async def until_refused(client: httpx.AsyncClient) -> httpx.Response:
    """The first answer that is none to a body of two thousand bytes, in chunks."""

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 100

    headers = {"Content-Type": "application/json"}
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            answer = await client.post("/api/ai/generate-async", content=chunks(), headers=headers)
            if answer.status_code != 400:
                return answer
