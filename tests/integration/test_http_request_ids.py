"""Ids of requests: what a client says and what the server answers and logs are of one request."""

import httpx
import pytest
import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deckgen.http import problems
from deckgen.http.request_ids import HEADER, RequestIds


async def endpoint(request: Request) -> Response:
    if "fail" in request.query_params:
        raise RuntimeError("planted")
    return JSONResponse(structlog.contextvars.get_contextvars())


@pytest.fixture
async def client() -> httpx.AsyncClient:
    app = Starlette(
        routes=[Route("/", endpoint)],
        middleware=[Middleware(RequestIds)],
        exception_handlers=problems.HANDLERS,
    )
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def test_a_well_formed_id_is_taken_over(client: httpx.AsyncClient) -> None:
    """The answer has it, and so has whatever is logged meanwhile."""
    answer = await client.get("/", headers={HEADER: "shop-7.42"})
    assert answer.headers[HEADER] == answer.json()["requestId"] == "shop-7.42"


@pytest.mark.parametrize("sent", ["", "a b", "a\tb", "x" * 129, "é", "<script>"])
async def test_another_is_not(client: httpx.AsyncClient, sent: str) -> None:
    """What would do harm in a log is replaced by an id of the server's."""
    answer = await client.get("/", headers=[(HEADER.encode(), sent.encode())])
    assert answer.headers[HEADER] == answer.json()["requestId"] != sent
    assert len(answer.headers[HEADER]) == 36


async def test_two_are_none(client: httpx.AsyncClient) -> None:
    """Nobody knows which one was meant."""
    answer = await client.get("/", headers=[(HEADER, "one"), (HEADER, "two")])
    assert answer.headers[HEADER] not in ("one", "two", "one, two")


async def test_each_request_has_its_own(client: httpx.AsyncClient) -> None:
    """Also over one connection."""
    first, second = [(await client.get("/")).headers[HEADER] for _ in range(2)]
    assert first != second


async def test_a_bug_has_one(client: httpx.AsyncClient) -> None:
    """It is what a person who was told of it can send to the operator."""
    answer = await client.get("/?fail", headers={HEADER: "shop-8"})
    assert answer.status_code == 500
    assert answer.headers[HEADER] == "shop-8"


async def test_refusals_have_one(api: httpx.AsyncClient) -> None:
    """Of the doors too."""
    answer = await api.post(
        "/api/ai/generate-async", content=b"x", headers={"Origin": "https://x.test"}
    )
    assert answer.status_code == 403
    assert len(answer.headers[HEADER]) == 36
