"""Compression of answers, and what stays as it is."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from deckgen.http.compression import Compression
from deckgen.web.app import packed
from tests.asked import REQUEST

TEXT = b"region,sales\n" * 1_000


def answering(media_type: str) -> httpx.AsyncClient:
    async def endpoint(_: object) -> Response:
        return Response(TEXT, media_type=media_type)

    async def stream(_: object) -> Response:
        return StreamingResponse(iter([TEXT, TEXT]), media_type=media_type)

    methods = ["GET", "POST"]
    app = Starlette(
        routes=[Route("/", endpoint, methods=methods), Route("/stream", stream)],
        middleware=[Middleware(Compression, packed=packed())],
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


@pytest.mark.parametrize("media_type", ["application/json", "application/problem+json", "text/html"])
async def test_documents_and_pages_are_compressed(media_type: str) -> None:
    """For clients that take it; caches are told that others get it plain."""
    async with answering(media_type) as client:
        answer = await client.get("/")
        plain = await client.get("/", headers={"Accept-Encoding": "identity"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) < len(TEXT) / 10
    assert answer.content == plain.content == TEXT
    assert answer.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("media_type", ["text/event-stream", *packed()])
@pytest.mark.parametrize("path", ["/", "/stream"])
async def test_others_are_not(media_type: str, path: str) -> None:
    """An event is not held back, and a file that is compressed inside not compressed again."""
    async with answering(media_type) as client:
        assert "Content-Encoding" not in (await client.get(path)).headers


async def test_what_tells_a_secret_is_not() -> None:
    """Keys, secrets and links come in answers to POST, whose lengths say nothing of them."""
    async with answering("application/json") as client:
        assert "Content-Encoding" not in (await client.post("/")).headers


@pytest.mark.parametrize("path", ["/api/ai/jobs/{job}", "/api/ai/jobs", "/api/ai/jobs?limit=5"])
async def test_what_is_polled_is_sent_once(api: httpx.AsyncClient, path: str) -> None:
    """A job and a list of jobs, until they are others."""
    job = (await api.post("/api/ai/generate-async", json=REQUEST)).json()["jobId"]
    path = path.format(job=job)
    known = {"If-None-Match": (await api.get(path)).headers["ETag"]}
    assert (await api.get(path, headers=known)).status_code == 304
    await api.patch(f"/api/ai/jobs/{job}", json={"priority": 9})
    assert (await api.get(path, headers=known)).status_code == 200
