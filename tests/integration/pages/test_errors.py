"""Errors: a page for a browser, problem+json for a program, with one status and code."""

import httpx
import pytest

from deckgen.config.settings import Settings
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.decks import brief_deck
from tests.keys import new_key, with_key
from tests.people import AS_BROWSER
from tests.serving import serving
from tests.stored_decks import complete

PROGRAM = {"Accept": "*/*"}


@pytest.mark.parametrize(
    ("path", "status", "code", "heading"),
    [
        ("/nowhere", 404, "path_not_found", "There is nothing here"),
        ("/api/ai/jobs/none", 404, "job_not_found", "There is nothing here"),
        ("/decks/none", 404, "deck_not_found", "There is no such deck"),
        ("/decks/%E2%98%83", 404, "deck_not_found", "There is no such deck"),
        ("/sign-out", 405, "method_not_allowed", "This can’t be done here"),
        ("/api/ai/jobs?limit=x", 422, "invalid_request", "This can’t be used"),
    ],
)
async def test_one_error_in_two_forms(
    person: httpx.AsyncClient, path: str, status: int, code: str, heading: str
) -> None:
    """A browser reads what was wrong and what to do; a program is told the same code and detail."""
    told = await person.get(path, headers=PROGRAM)
    assert (told.status_code, told.json()["code"]) == (status, code)
    shown = await person.get(path)
    assert shown.status_code == status
    assert f"<h1>{heading}</h1>" in shown.text
    assert f"Error {status}, {code}" in shown.text


async def test_in_german(person: httpx.AsyncClient) -> None:
    """Who wants German is told in German; what the server says itself is marked as English."""
    shown = await person.get("/decks/none", headers={"Accept-Language": "de"})
    assert '<html lang="de">' in shown.text
    assert "Dieses Deck gibt es nicht" in shown.text
    assert '<p lang="en">There is no deck' in shown.text


async def test_a_link_that_has_ended(person: httpx.AsyncClient, database: OwnDatabase) -> None:
    """Whoever follows it reads that it has ended, and whom to ask."""
    await complete(database, brief_deck())
    made = await person.post("/api/presentations/d/shares", json={}, headers=PROGRAM)
    assert (await person.get(made.json()["url"])).status_code == 200
    await database.execute("UPDATE share_links SET expires_at = now()")
    shown = await person.get(made.json()["url"])
    assert shown.status_code == 410
    assert "This link has ended" in shown.text


async def test_infrastructure_is_away(settings: Settings) -> None:
    """A page says that nothing is lost, and looks again by itself."""
    nowhere = type(settings.database_url)("postgresql://127.0.0.1:9/none")
    away = settings.model_copy(update={"database_url": nowhere})
    async with serving(create_app(away)) as url, patient(url, headers=AS_BROWSER) as person:
        shown = await person.get("/decks")
        assert shown.status_code == 503
        assert "Not available just now" in shown.text
        assert f'http-equiv="refresh" content="{shown.headers["retry-after"]}"' in shown.text


async def test_too_many_requests(settings: Settings, decks: AsyncOrchestrator) -> None:
    """Beyond a key's limit a page says when to try again."""
    few = settings.model_copy(update={"auth": "keys", "key_requests_per_minute": 1})
    key = with_key(await new_key(decks))
    async with serving(create_app(few)) as url, patient(url, headers=AS_BROWSER | key) as person:
        await person.get("/decks")
        shown = await person.get("/decks")
        assert shown.status_code == 429
        assert f"Try again in {shown.headers['retry-after']} seconds." in shown.text


async def test_a_bug(person: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody expected is a page too, and tells nothing of the inside."""

    def bug(_: str) -> bool:
        raise ValueError("secret")

    monkeypatch.setattr("deckgen.web.state.is_id", bug)
    shown = await person.get("/decks/d")
    assert shown.status_code == 500
    assert "Something went wrong on our side" in shown.text
    assert "secret" not in shown.text


async def test_what_was_refused_at_the_door(person: httpx.AsyncClient) -> None:
    """A refusal before any route is a page as well."""
    shown = await person.get("/decks", headers={"Host": "evil.example"})
    assert shown.status_code == 421
    assert "host_not_allowed" in shown.text
