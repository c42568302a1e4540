"""Links to one deck: what they open, and when they end."""

import re

import httpx
import pytest

from deckgen.config.settings import Settings
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.decks import brief_deck
from tests.keys import new_key, with_key
from tests.serving import serving
from tests.stored_decks import complete

SHARES = "/api/presentations/d/shares"


@pytest.fixture
async def url(api: httpx.AsyncClient, database: OwnDatabase) -> str:
    """Of a link to the completed deck d."""
    await complete(database, brief_deck())
    made = await api.post(SHARES, json={})
    assert made.status_code == 201
    return str(made.json()["url"])


async def test_a_link_opens_one_deck(api: httpx.AsyncClient, url: str) -> None:
    """Its page and its file are those of the deck; the address goes nowhere else."""
    for shared, own in (("", "/decks/d"), (".pptx", "/api/presentations/d.pptx")):
        answer = await api.get(f"{url}{shared}")
        assert answer.content == (await api.get(own)).content
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        known = {"If-None-Match": answer.headers["ETag"]}
        assert (await api.get(f"{url}{shared}", headers=known)).status_code == 304


async def test_a_link_changes_nothing(api: httpx.AsyncClient, url: str) -> None:
    """It is for reading, and leads to nothing beside the deck."""
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert (await api.request(method, url)).status_code == 405
    for path in (f"{url}/shares", f"{url}/versions", f"{url}.json", f"{url}/../api/ai/jobs"):
        assert (await api.get(path.replace("/..", "/%2e%2e"))).status_code == 404


async def test_a_link_needs_no_key(
    settings: Settings, decks: AsyncOrchestrator, api: httpx.AsyncClient, url: str
) -> None:
    """Whoever has it reads where keys are asked for; as a key it lets in nobody."""
    async with (
        serving(create_app(settings.model_copy(update={"auth": "keys"}))) as address,
        patient(address) as client,
    ):
        assert (await client.get(url)).status_code == 200
        assert (await client.get("/decks/d")).status_code == 401
        token = with_key(url.removeprefix("/share/"))
        assert (await client.get("/decks/d", headers=token)).status_code == 401


async def test_without_keys_a_link_opens_nothing_to_others(api: httpx.AsyncClient, url: str) -> None:
    """A server that answers its own machine only does so for links too."""
    answer = await api.get(url, headers={"X-Forwarded-For": "10.0.0.1"})
    assert (answer.status_code, answer.json()["code"]) == (403, "loopback_only")


@pytest.mark.parametrize("how", ["revoked", "expired", "altered", "shortened", "deleted"])
async def test_a_link_that_has_ended(
    api: httpx.AsyncClient, url: str, database: OwnDatabase, how: str
) -> None:
    """It says so to who has it whole; another is answered as one that there never was."""
    assert (await api.get(url)).status_code == 200
    share_id = (await api.get(SHARES)).json()["links"][0]["shareId"]
    if how == "revoked":
        assert (await api.delete(f"{SHARES}/{share_id}")).json()["revokedAt"]
    elif how == "expired":
        await database.execute("UPDATE share_links SET expires_at = now()")
    elif how == "deleted":
        await database.execute("DELETE FROM presentations")
    other = {"altered": url[:-1] + ("A" if url[-1] != "A" else "B"), "shortened": url[:-1]}.get(
        how, url
    )
    never = await api.get(f"/share/{'x' * 43}")
    for ending in ("", ".pptx"):
        answer = await api.get(f"{other}{ending}")
        if how in ("revoked", "expired"):
            assert (answer.status_code, answer.json()["code"]) == (410, "share_ended")
        else:
            assert answer.status_code == 404
            assert answer.json() == never.json()


async def test_a_token_is_kept_nowhere(
    api: httpx.AsyncClient, url: str, database: OwnDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the database nor a list nor the log has what opens the deck."""
    token = url.removeprefix("/share/")
    assert re.fullmatch("[A-Za-z0-9_-]{43}", token)
    kept = await database.fetchval("SELECT string_agg(s::text, ' ') FROM share_links s")
    assert token not in kept + (await api.get(SHARES)).text + caplog.text


async def test_a_bug_tells_no_token(
    api: httpx.AsyncClient, url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log says where it was, without what opens the deck."""

    def bug(_: str) -> bool:
        raise ValueError

    monkeypatch.setattr("deckgen.web.state.is_id", bug)
    assert (await api.get(f"{url}.pptx")).status_code == 500
    assert "/share/…" in caplog.text
    assert url not in caplog.text


async def test_links_of_another_s_deck(
    settings: Settings, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """Only whose deck it is makes, sees and revokes them: to others there is none."""
    await complete(database, brief_deck())
    ann, bob = [await new_key(decks, user_id=user) for user in ("u", "bob")]
    beta = await new_key(decks.of("beta"))
    async with (
        serving(create_app(settings.model_copy(update={"auth": "keys"}))) as address,
        patient(address) as client,
    ):
        made = await client.post(SHARES, json={"expiresInDays": 1}, headers=with_key(ann))
        revoke = f"{SHARES}/{made.json()['shareId']}"
        for key in (bob, beta):
            for method, path in (("POST", SHARES), ("GET", SHARES), ("DELETE", revoke)):
                answer = await client.request(
                    method, path, headers=with_key(key), json={} if method == "POST" else None
                )
                assert answer.status_code == 404
        assert (await client.get(made.json()["url"])).status_code == 200


@pytest.mark.parametrize("days", [0, -1, 366, "x", 1.5])
async def test_for_how_long(api: httpx.AsyncClient, url: str, days: object) -> None:
    """A link ends within a year."""
    answer = await api.post(SHARES, json={"expiresInDays": days})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "expiresInDays"
