"""POST /api/presentations/{deckId}/ask: what is refused, and the bounds of questions in flight."""

import asyncio
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from deckgen.config.settings import Settings
from deckgen.domain.access import Scope
from deckgen.domain.asking import MAX_QUESTION, Replies
from deckgen.domain.errors import NotFound
from deckgen.orchestrator import app as orchestrator
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from tests.asked import assert_problem
from tests.asking_api import ASK, TABLE, WHICH, asked, asking_at, before, store
from tests.databases import OwnDatabase
from tests.decks import brief_deck
from tests.keys import new_key, with_key
from tests.serving import serving
from tests.stored_decks import complete


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": ""},
        {"question": "  \n "},
        {"question": "w" * (MAX_QUESTION + 1)},
        {"question": "Which\x00?"},
        {"question": WHICH, "locale": "tlh"},
        {"question": WHICH, "csvData": TABLE},
        [WHICH],
    ],
    ids=lambda body: str(body)[:30],
)
async def test_what_is_no_question(settings: Settings, body: Any) -> None:
    """It is refused before anything is looked for."""
    async with serving(create_app(settings)) as url, asking_at(url) as client:
        assert_problem(await client.post(ASK, json=body), 422, "invalid_request")


async def test_decks_without_a_table(settings: Settings, database: OwnDatabase) -> None:
    """No deck, one that was made from a brief alone, and none yet are told apart."""
    async with serving(create_app(settings)) as url:
        assert_problem(await asked(url), 404, "deck_not_found")
        await complete(database, brief_deck())
        refused = await asked(url)
        assert_problem(refused, 409, "deck_has_no_table")
        assert "Request a deck with a table" in refused.json()["detail"]
        await database.execute(
            "UPDATE presentations SET final_deck_json = NULL, status = 'queued', completed_at = NULL"
        )
        assert_problem(await asked(url), 409, "deck_not_completed")


async def test_who_may_ask(settings: Settings, decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """Another tenant finds no such deck, and a key that may not read has no answer."""
    await store(database)
    guarded = settings.model_copy(update={"auth": "keys"})
    other = with_key(await new_key(decks.of("globex"), Scope.READ))
    writer = with_key(await new_key(decks, Scope.WRITE))
    async with serving(create_app(guarded)) as url, asking_at(url) as client:
        body = {"question": WHICH}
        assert_problem(await client.post(ASK, json=body, headers=other), 404, "deck_not_found")
        assert_problem(await client.post(ASK, json=body, headers=writer), 403, "scope_missing")


async def test_beyond_the_bound_of_a_key(
    settings: Settings, decks: AsyncOrchestrator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question and a preview count together: the key has no second one, and another key has."""
    come, go_on = asyncio.Semaphore(0), asyncio.Event()

    async def waiting(*_: Any, **__: Any) -> Replies:
        come.release()
        await go_on.wait()
        raise NotFound("", code="deck_not_found")

    monkeypatch.setattr(AsyncOrchestrator, "ask", waiting)
    bounded = settings.model_copy(update={"auth": "keys", "key_previews": 1})
    first, second = [with_key(await new_key(decks)) for _ in range(2)]
    async with serving(create_app(bounded)) as url, asking_at(url) as client:

        def ask(key: dict[str, str]) -> asyncio.Task[httpx.Response]:
            return asyncio.create_task(client.post(ASK, json={"question": WHICH}, headers=key))

        held = ask(first)
        await come.acquire()
        assert_problem(await ask(first), 429, "too_many_previews")
        preview = await client.post("/api/ai/preview", json={"csvData": TABLE}, headers=first)
        assert_problem(preview, 429, "too_many_previews")
        other = ask(second)
        await come.acquire()
        go_on.set()
        assert [(await each).status_code for each in (held, other)] == [404] * 2


async def test_an_orchestrator_that_is_away_or_older(settings: Settings, database: OwnDatabase) -> None:
    """Both are told as something to ask for again."""
    await store(database)
    async with serving(create_app(before(settings, "http://127.0.0.1:9"))) as url:
        assert_problem(await asked(url), 503, "orchestrator_unreachable")
    async with (
        serving(Starlette()) as old,
        serving(create_app(before(settings, old))) as url,
    ):
        assert_problem(await asked(url), 503, "not_answered")


async def test_what_the_orchestrator_refuses(settings: Settings) -> None:
    """A call without a part is at fault itself."""
    async with serving(orchestrator.create_app(settings)) as url, asking_at(url) as client:
        for files in ({"request": ("r", b'{"name": "t"}')}, {"dataset": ("d", b"")}):
            assert_problem(await client.post("/ask", files=files), 422, "invalid_request")
