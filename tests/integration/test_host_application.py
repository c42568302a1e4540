"""deckgen called from somebody else's application: its errors are answers there too."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deckgen import error_handlers
from deckgen.domain.share_links import NewShareLink
from deckgen.queue.service import AsyncOrchestrator

UNKNOWN: dict[str, Callable[[AsyncOrchestrator, str], Awaitable[object]]] = {
    "status": lambda deckgen, unknown: deckgen.get_job_status(unknown),
    "cancel": lambda deckgen, unknown: deckgen.cancel_job(unknown),
    "retry": lambda deckgen, unknown: deckgen.retry_job(unknown),
    "dismiss": lambda deckgen, unknown: deckgen.dismiss_job(unknown),
    "priority": lambda deckgen, unknown: deckgen.change_priority(unknown, 9),
    "follow": lambda deckgen, unknown: deckgen.follow_job(unknown),
    "events": lambda deckgen, unknown: deckgen.events_after(unknown, 0),
    "presentation": lambda deckgen, unknown: deckgen.get_presentation(unknown),
    "summary": lambda deckgen, unknown: deckgen.get_summary(unknown),
    "versions": lambda deckgen, unknown: deckgen.get_versions(unknown),
    "version": lambda deckgen, unknown: deckgen.get_version(unknown, 1),
    "verify": lambda deckgen, unknown: deckgen.verify_presentation(unknown),
    "verify-file": lambda deckgen, unknown: deckgen.verify_presentation_file(unknown, b"PK"),
    "refresh": lambda deckgen, unknown: deckgen.refresh_presentation(unknown, b"PK", b"a,b"),
    "ask": lambda deckgen, unknown: deckgen.ask(unknown, "Why?"),
    "table": lambda deckgen, unknown: deckgen.get_table(unknown),
    "share": lambda deckgen, unknown: deckgen.shares.create(unknown, NewShareLink()),
    "links": lambda deckgen, unknown: deckgen.shares.listed(unknown),
    "delete": lambda deckgen, unknown: deckgen.deletions.deck(unknown),
    "receipt": lambda deckgen, unknown: deckgen.deletions.receipt(unknown),
    "template": lambda deckgen, unknown: deckgen.templates.get(unknown),
    "endpoint": lambda deckgen, unknown: deckgen.webhooks.get(unknown),
    "key": lambda deckgen, unknown: deckgen.keys.revoke(unknown),
}


@pytest.mark.parametrize(("handlers", "status"), [(error_handlers, 404), ({}, 500)])
async def test_an_application_that_calls_deckgen(
    decks: AsyncOrchestrator, handlers: dict[Any, Any], status: int
) -> None:
    """With deckgen's handlers an unknown job is 404, and without them a failure of the application."""

    async def endpoint(request: Request) -> Response:
        return JSONResponse((await decks.get_job_status(request.path_params["id"])).to_json())

    app = Starlette(routes=[Route("/my-jobs/{id}", endpoint)], exception_handlers=handlers)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        for unknown in (str(uuid4()), "nonsense"):
            assert (await client.get(f"/my-jobs/{unknown}")).status_code == status


@pytest.mark.parametrize("asked", UNKNOWN)
async def test_what_an_application_asks_of_the_unknown(decks: AsyncOrchestrator, asked: str) -> None:
    """Whatever it calls with an id from a path, of which there is nothing, is 404 and no failure."""

    async def endpoint(request: Request) -> Response:
        await UNKNOWN[asked](decks, request.path_params["id"])
        return Response()

    app = Starlette(routes=[Route("/of-ours/{id:path}", endpoint)], exception_handlers=error_handlers)
    transport = httpx.ASGITransport(app)  # which raises what would be a failure
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        for unknown in (str(uuid4()), "nonsense", "a'b", "x" * 300, "\u00e9/..%2f%00"):
            answer = await client.get(f"/of-ours/{quote(unknown, safe='')}")
            assert (unknown, answer.status_code) == (unknown, 404)
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["type"] == "about:blank"  # there is no page of deckgen's
