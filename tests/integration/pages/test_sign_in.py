"""Sign in with a key: the session, its ends, and what was being sent when it was over."""

import asyncio

import httpx
import pytest

from deckgen.config.settings import Settings
from deckgen.domain.access import Scope
from deckgen.pages.routing import PageRoute
from deckgen.pages.sessions import COOKIE
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web import callers, events
from deckgen.web.app import create_app
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.keys import new_key, with_key
from tests.patience import PATIENCE_SECONDS
from tests.people import AS_BROWSER, form, held_in, sign_in
from tests.serving import serving

ENDS = {
    "expired": "UPDATE sessions SET expires_at = now()",
    "key revoked": "UPDATE api_keys SET revoked_at = now()",
    "key expired": "UPDATE api_keys SET expires_at = now()",
    "key deleted": "DELETE FROM api_keys",
}


async def test_who_signs_in_comes_back_to_where_they_were(
    stranger: httpx.AsyncClient, decks: AsyncOrchestrator
) -> None:
    """A page leads to the sign-in, and that back to the page; the session lets in from then on."""
    led = await stranger.get("/decks?q=sales")
    assert (led.status_code, led.headers["location"]) == (303, "/sign-in?next=%2Fdecks%3Fq%3Dsales")
    assert "Your key" in (await stranger.get(led.headers["location"])).text
    back = await sign_in(stranger, await new_key(decks), next="/decks?q=sales")
    assert (back.status_code, back.headers["location"]) == (303, "/decks?q=sales")
    assert (await stranger.get("/decks")).status_code == 200


async def test_the_cookie(stranger: httpx.AsyncClient, decks: AsyncOrchestrator) -> None:
    """No script reads it, no other site's form sends it, and over https it is sent by https alone."""
    key = await new_key(decks)
    plain = (await sign_in(stranger, key)).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(plain.split("; "))
    assert "Secure" not in plain
    stranger.headers["Origin"] = stranger.headers["Origin"].replace("http:", "https:")
    assert "Secure" in (await sign_in(stranger, key)).headers["set-cookie"].split("; ")


async def test_only_a_hash_is_kept(
    stranger: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """Whoever reads the database can't take over a session."""
    await sign_in(stranger, await new_key(decks))
    kept = await database.fetchval("SELECT string_agg(s::text, ' ') FROM sessions s")
    assert stranger.cookies[COOKIE] not in kept


@pytest.mark.parametrize("how", ENDS)
async def test_a_session_ends(
    stranger: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase, how: str
) -> None:
    """With its time or with its key, at once."""
    await sign_in(stranger, await new_key(decks))
    assert (await stranger.get("/decks")).status_code == 200
    await database.execute(ENDS[how])
    assert (await stranger.get("/decks")).status_code == 303


async def test_sign_out(stranger: httpx.AsyncClient, decks: AsyncOrchestrator) -> None:
    """The session ends on the server: a copy of its cookie lets nobody in either."""
    await sign_in(stranger, await new_key(decks))
    token = stranger.cookies[COOKIE]
    assert (await stranger.post("/sign-out")).status_code == 303
    assert COOKIE not in stranger.cookies
    stranger.cookies.set(COOKIE, token)
    assert (await stranger.get("/decks")).status_code == 303


@pytest.mark.parametrize("key", ["", "x", f"dg_live_aaaaaaaa_{'b' * 43}"])
async def test_a_wrong_key(stranger: httpx.AsyncClient, key: str) -> None:
    """The page says what is wrong with it, and begins no session."""
    refused = await sign_in(stranger, key, next="/decks")
    assert refused.status_code == 401
    assert 'role="alert"' in refused.text
    assert 'value="/decks"' in refused.text
    assert COOKIE not in stranger.cookies


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "x"]
)
async def test_it_leads_nowhere_else(
    stranger: httpx.AsyncClient, decks: AsyncOrchestrator, elsewhere: str
) -> None:
    """Whatever a link to the sign-in says, it leads to this server."""
    done = await sign_in(stranger, await new_key(decks), next=elsewhere)
    assert done.headers["location"] == "/"


async def test_what_was_typed_is_not_lost(
    stranger: httpx.AsyncClient, decks: AsyncOrchestrator
) -> None:
    """A form that comes after the end of a session is held, and sent again after the sign-in."""
    question = 'Why "sales" <fell>?\nAnd\twhere & when?'
    over = await stranger.post("/", **form(question=question))
    assert over.status_code == 401
    assert "Your session is over" in over.text
    wrong = await sign_in(stranger, "x", held=held_in(over))  # a slip on the way loses nothing
    again = await sign_in(stranger, await new_key(decks), held=held_in(wrong))
    assert again.status_code == 200
    assert 'action="/"' in again.text
    assert "Why &#34;sales&#34; &lt;fell&gt;?\nAnd\twhere &amp; when?</textarea>" in again.text


async def test_a_file_is_asked_for_again(stranger: httpx.AsyncClient, decks: AsyncOrchestrator) -> None:
    """A file can't be held: the text comes back into its form, and no deck is made without the file."""
    large = b"region,sales\n" + b"North,1\n" * 50_000
    over = await stranger.post("/", data={"question": "How?"}, files={"csvData": ("a.csv", large)})
    assert "Choose your file once more" in over.text
    again = await sign_in(stranger, await new_key(decks), held=held_in(over))
    assert 'name="lostFile"' in again.text
    shown = await stranger.post("/", **form(question="How?", lostFile="true"))
    assert shown.status_code == 200
    assert "How?</textarea>" in shown.text
    assert (await decks.find_jobs({})).jobs == []


async def test_the_api_takes_no_cookie(stranger: httpx.AsyncClient, decks: AsyncOrchestrator) -> None:
    """A session is for pages alone; programs have keys."""
    await sign_in(stranger, await new_key(decks))
    for path in ("/api/ai/jobs", "/api/presentations/d", "/api/presentations/d.pptx"):
        assert (await stranger.get(path)).status_code == 401
    stranger.headers["Accept"] = "*/*"
    assert (await stranger.get("/api/ai/jobs")).json()["code"] == "key_missing"


async def test_a_key_that_may_only_read(stranger: httpx.AsyncClient, decks: AsyncOrchestrator) -> None:
    """It sees the decks, and is told of the rest that it is not theirs."""
    await sign_in(stranger, await new_key(decks, Scope.READ))
    assert (await stranger.get("/")).headers["location"] == "/decks"
    console = await stranger.get("/console")
    assert console.status_code == 403
    assert "This page is not yours" in console.text
    assert 'href="/console"' not in console.text
    assert (await stranger.post("/", **form(question="How?"))).status_code == 403


async def test_where_nobody_signs_in(person: httpx.AsyncClient) -> None:
    """On the server's own machine the sign-in leads to the start, and nothing offers to sign out."""
    assert (await person.get("/sign-in")).headers["location"] == "/"
    start = await person.get("/")
    assert start.status_code == 200
    assert "/sign-out" not in start.text


async def test_a_proxy_s_user_is_known(settings: Settings, decks: AsyncOrchestrator) -> None:
    """Who comes by a proxy with a login of its own needs no session."""
    secret = "s" * 32
    proxied = settings.model_copy(
        update={"auth": "keys", "auth_proxy_secret": type(settings.database_url)(secret)}
    )
    by_proxy = {"Deckgen-Proxy-Secret": secret, "X-Forwarded-User": "ann"}
    async with (
        serving(create_app(proxied)) as url,
        patient(url, headers=AS_BROWSER | by_proxy) as browser,
    ):
        shown = await browser.get("/decks")
        assert shown.status_code == 200
        assert "Signed in as ann" in shown.text


async def test_a_key_opens_pages_too(stranger: httpx.AsyncClient, decks: AsyncOrchestrator) -> None:
    """A program that fetches a page with a key needs no session."""
    key = with_key(await new_key(decks))
    assert (await stranger.get("/decks", headers=key)).status_code == 200


@pytest.mark.parametrize("how", ["signed out", "key revoked"])
async def test_a_session_that_ends_ends_its_streams(
    settings: Settings, decks: AsyncOrchestrator, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Who follows a job on a page hears of it for as long as they are signed in, and no longer."""
    monkeypatch.setattr(callers, "KEY_SECONDS", 0.02)
    job = await decks.enqueue_presentation_generation("d", "u", {"businessContext": "How?"})
    app = create_app(settings.model_copy(update={"auth": "keys"}))
    follow = PageRoute("/follow/{job_id}", events.stream, needs=Scope.READ, streams=True)
    app.router.routes.insert(0, follow)
    async with (
        serving(app) as url,
        patient(url, headers=AS_BROWSER | {"Origin": url}) as browser,
        asyncio.timeout(PATIENCE_SECONDS),
    ):
        key = await new_key(decks)
        await sign_in(browser, key)
        async with browser.stream("GET", f"/follow/{job.job_id}") as stream:
            lines = stream.aiter_lines()
            for priority in range(1, 11):
                await decks.change_priority(job.job_id, priority)
                while await anext(lines) != "event: job.priority_changed":
                    pass
            if how == "signed out":
                await decks.sessions.end(browser.cookies[COOKIE])
            else:
                await decks.keys.revoke(key[8:16])
            rest = [line async for line in lines]  # to its end, which the job has not come to
            assert "event: job.cancelled" not in rest
