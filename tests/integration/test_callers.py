"""Who makes a request: whoever is on this machine, the owner of a key, or somebody whom others know."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount

from deckgen.config.settings import Settings, SettingsError
from deckgen.domain.access import Caller, Scope
from deckgen.domain.errors import InvalidRequest, NotAllowed
from deckgen.http.local import require_loopback
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store.pool import Pool
from deckgen.web import callers
from deckgen.web.app import create_app
from deckgen.web.start import check_door
from tests.asked import REQUEST
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.keys import new_key, with_key
from tests.patience import PATIENCE_SECONDS
from tests.serving import serving

JOBS, GENERATE = "/api/ai/jobs", "/api/ai/generate-async"
SECRET = "s" * 32
FORWARDED = [
    {"X-Forwarded-For": "127.0.0.1"},
    {"X-Forwarded-For": ""},
    {"X-Forwarded-Proto": "https"},
    {"Forwarded": "for=127.0.0.1"},
    {"Via": "1.1 proxy"},
    {"X-Real-IP": "127.0.0.1"},
    {"Host": "deckgen.example"},
]


@asynccontextmanager
async def served(app: Any) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        serving(app) as url,
        patient(url) as client,
    ):
        yield client


def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize("headers", FORWARDED, ids=str)
async def test_without_keys_a_proxy_opens_nothing(settings: Settings, headers: dict[str, str]) -> None:
    """What was forwarded, or asks for another name than this machine's, is refused; probes are not."""
    open_ = settings.model_copy(update={"allowed_hosts": "*"})
    async with served(create_app(open_)) as client:
        for method, path in (("GET", JOBS), ("POST", GENERATE), ("POST", f"{JOBS}/retry")):
            answer = await client.request(method, path, json=REQUEST, headers=headers)
            assert refused(answer) == (403, "loopback_only")
            assert "deckgen keys create" in answer.json()["detail"]
        assert (await client.get("/readyz", headers=headers)).status_code == 200
        assert (await client.get(JOBS)).status_code == 200  # the control


async def test_with_keys_a_proxy_passes_on(settings: Settings, decks: AsyncOrchestrator) -> None:
    """A key lets in whoever has it, however the request came."""
    both = settings.model_copy(update={"allowed_hosts": "*", "auth": "keys"})
    key = with_key(await new_key(decks))
    async with served(create_app(both)) as client:
        for headers in FORWARDED:
            assert (await client.get(JOBS, headers=headers | key)).status_code == 200
            assert refused(await client.get(JOBS, headers=headers)) == (401, "key_missing")


def asking(client: Any, host: str = "localhost:3000") -> Request:
    headers = [(b"host", host.encode())]
    return Request({"type": "http", "client": client, "headers": headers})


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])
def test_loopback(address: str) -> None:
    """Every address of this machine's loopback may."""
    require_loopback(asking((address, 1)))
    require_loopback(asking((address, 1), "[::1]:3000"))


@pytest.mark.parametrize(
    "client", [("10.0.0.1", 1), ("::ffff:10.0.0.1", 1), ("", 0), ("localhost", 1), None]
)
def test_elsewhere(client: Any) -> None:
    """Another machine may not, nor who comes without an address."""
    with pytest.raises(NotAllowed):
        require_loopback(asking(client))


@pytest.mark.parametrize(
    ("update", "is_off"),
    [
        ({}, True),
        ({"host": "::1"}, True),
        ({"host": "0.0.0.0"}, False),
        ({"auth": "keys"}, False),
        ({"auth_proxy_secret": SecretStr(SECRET)}, False),
    ],
    ids=str,
)
def test_the_default(settings: Settings, update: dict[str, Any], is_off: bool) -> None:
    """No key is asked for on loopback, unless a setting says that others come."""
    assert settings.model_copy(update=update).auth_is_off is is_off


async def test_a_start_that_lets_in_nobody(settings: Settings, decks: AsyncOrchestrator) -> None:
    """It is refused with the command to run, until there is a key that is neither revoked nor over."""
    beyond = settings.model_copy(update={"host": "0.0.0.0"})
    with pytest.raises(SettingsError, match="deckgen keys create"):
        await check_door(beyond)
    revoked = await new_key(decks)
    await decks.keys.revoke(revoked[8:16])
    with pytest.raises(SettingsError, match="deckgen keys create"):
        await check_door(beyond)
    await new_key(decks.of("acme"))
    await check_door(beyond)


async def test_a_start_that_lets_in_everybody(settings: Settings, decks: AsyncOrchestrator) -> None:
    """Without keys the API never listens where others reach it, even if there are some."""
    await new_key(decks)
    with pytest.raises(SettingsError, match="AUTH=off"):
        await check_door(settings.model_copy(update={"host": "0.0.0.0", "auth": "off"}))
    await check_door(settings)


async def test_a_start_without_a_database(settings: Settings) -> None:
    """Nobody can tell whether there are keys, so the API starts, and says 503 until it is back."""
    nowhere = type(settings.database_url)("postgresql://127.0.0.1:9/none")
    away = settings.model_copy(update={"auth": "keys", "database_url": nowhere})
    await check_door(away)
    async with served(create_app(away)) as client:
        answer = await client.get(JOBS, headers=with_key(f"dg_live_aaaaaaaa_{'b' * 43}"))
        assert answer.status_code == 503


async def test_a_revoked_key(
    settings: Settings, decks: AsyncOrchestrator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process believes a key for less than five seconds, and then looks again."""
    assert callers.KEY_SECONDS < 5
    monkeypatch.setattr(callers, "KEY_SECONDS", 0.0)
    key = await new_key(decks)
    async with served(create_app(settings.model_copy(update={"auth": "keys"}))) as client:
        assert (await client.get(JOBS, headers=with_key(key))).status_code == 200
        await decks.keys.revoke(key[8:16])
        assert refused(await client.get(JOBS, headers=with_key(key))) == (401, "key_revoked")


async def test_a_revoked_key_ends_its_streams(
    settings: Settings, decks: AsyncOrchestrator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who follows a job with a key hears no more once it is revoked; others go on."""
    monkeypatch.setattr(callers, "KEY_SECONDS", 0.02)
    job = await decks.enqueue_presentation_generation("d", "u", {"businessContext": "Hi"})
    revoked, other = [await new_key(decks) for _ in range(2)]
    path = f"{job.status_url}/events"
    async with (
        served(create_app(settings.model_copy(update={"auth": "keys"}))) as client,
        client.stream("GET", path, headers=with_key(other)) as going_on,
    ):
        async with client.stream("GET", path, headers=with_key(revoked)) as ending:
            lines = ending.aiter_lines()
            await anext(lines)
            await decks.keys.revoke(revoked[8:16])
            async with asyncio.timeout(PATIENCE_SECONDS):
                assert [line async for line in lines if "job." in line]  # to its end
        await decks.cancel_job(job.job_id)
        assert "job.cancelled" in await anext_with(going_on, "event: job.cancelled")


async def anext_with(answer: httpx.Response, wanted: str) -> str:
    async for line in answer.aiter_lines():
        if line == wanted:
            return line
    return ""


async def test_a_key_is_looked_up_once(
    settings: Settings, decks: AsyncOrchestrator, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requests that follow each other share one question to the database, and its use is kept."""
    monkeypatch.setattr(callers, "KEY_SECONDS", PATIENCE_SECONDS)
    key = await new_key(decks)
    async with served(create_app(settings.model_copy(update={"auth": "keys"}))) as client:
        assert (await client.get(JOBS, headers=with_key(key))).status_code == 200
        await database.execute("UPDATE api_keys SET revoked_at = now()")
        assert (await client.get(JOBS, headers=with_key(key))).status_code == 200
    (listed,) = (await decks.keys.listed()).keys
    assert listed.last_used_at


async def test_a_database_that_only_reads(
    settings: Settings, decks: AsyncOrchestrator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request that only reads is answered though the key's use can't be kept."""
    key = await new_key(decks)

    async def failing(pool: Pool, key_id: str) -> None:
        await pool.execute("SET default_transaction_read_only = on; CREATE TABLE x ()")

    monkeypatch.setattr("deckgen.store.api_keys.keep_use", failing)
    async with served(create_app(settings.model_copy(update={"auth": "keys"}))) as client:
        assert (await client.get(JOBS, headers=with_key(key))).status_code == 200


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Deckgen-Proxy-Secret": SECRET, "X-Forwarded-User": "ann"}, None),
        ({"Deckgen-Proxy-Secret": "s" * 31, "X-Forwarded-User": "ann"}, "proxy_refused"),
        ({"Deckgen-Proxy-Secret": "", "X-Forwarded-User": "ann"}, "proxy_refused"),
        ({"X-Forwarded-User": "ann"}, "key_missing"),
        ({"Deckgen-Proxy-Secret": SECRET}, "proxy_user_invalid"),
        ({"Deckgen-Proxy-Secret": SECRET, "X-Forwarded-User": "a'b"}, "proxy_user_invalid"),
        ({"Deckgen-Proxy-Secret": SECRET, "X-Forwarded-User": ""}, "proxy_user_invalid"),
    ],
    ids=str,
)
async def test_a_proxy_s_user(
    settings: Settings, headers: dict[str, str], code: str | None, decks: AsyncOrchestrator
) -> None:
    """With the proxy's secret a request is its user's, who sees and asks for their own decks only."""
    proxied = settings.model_copy(update={"auth_proxy_secret": SecretStr(SECRET)})
    other = await decks.enqueue_presentation_generation("other", "bob", {"businessContext": "Hi"})
    async with served(create_app(proxied)) as client:
        answer = await client.get(JOBS, headers=headers)
        if code:
            assert refused(answer) == (401, code)
            return
        assert answer.json()["jobs"] == []
        assert (await client.get(other.status_url, headers=headers)).status_code == 404
        mine = await client.post(GENERATE, json=REQUEST | {"userId": "ann"}, headers=headers)
        assert mine.status_code == 202
        assert (await client.get(mine.json()["statusUrl"], headers=headers)).status_code == 200
        asked = await client.post(GENERATE, json=REQUEST, headers=headers)
        assert refused(asked) == (403, "user_not_allowed")
        assert refused(await client.get("/api/keys", headers=headers)) == (403, "scope_missing")


async def test_without_a_secret_no_header_is_believed(settings: Settings) -> None:
    """A server that has no proxy takes no user from a header, and no empty secret for one."""
    async with served(create_app(settings.model_copy(update={"auth": "keys"}))) as client:
        for secret in ("", SECRET):
            headers = {"Deckgen-Proxy-Secret": secret, "X-Forwarded-User": "ann"}
            assert refused(await client.get(JOBS, headers=headers)) == (401, "proxy_refused")


async def test_a_proxy_s_tenant(settings: Settings, decks: AsyncOrchestrator) -> None:
    """A second header may name the tenant, and is needed then."""
    update = {"auth_proxy_secret": SecretStr(SECRET), "auth_proxy_tenant_header": "X-Org"}
    acme = decks.of("acme")
    job = await acme.enqueue_presentation_generation("d", "ann", {"businessContext": "Hi"})
    headers = {"Deckgen-Proxy-Secret": SECRET, "X-Forwarded-User": "ann"}
    async with served(create_app(settings.model_copy(update=update))) as client:
        for tenant, status in (("acme", 200), ("beta", 404)):
            answer = await client.get(job.status_url, headers=headers | {"X-Org": tenant})
            assert answer.status_code == status
        assert refused(await client.get(JOBS, headers=headers)) == (401, "proxy_user_invalid")


async def test_mounted_in_an_application(settings: Settings, decks: AsyncOrchestrator) -> None:
    """The application says who asks, and nothing else is believed then."""
    job = await decks.of("acme").enqueue_presentation_generation("d", "ann", {"businessContext": "Hi"})
    key = await new_key(decks.of("acme"))

    async def who(request: Request) -> Caller | None:
        user = request.headers.get("X-Session")
        return (user and Caller("acme", user, f"app:{user}", frozenset({Scope.READ}))) or None

    inner = create_app(settings, authenticate=who)
    outer = Starlette(routes=[Mount("/decks-of-ours", inner)], lifespan=inner.router.lifespan_context)
    async with served(outer) as client:
        path = f"/decks-of-ours{job.status_url}"
        for user, status in (("ann", 200), ("bob", 404)):
            answer = await client.get(path, headers={"X-Session": user})
            assert answer.status_code == status
        assert refused(await client.get(path, headers=with_key(key))) == (401, "not_logged_in")
        change = await client.post(f"{path}/cancel", headers={"X-Session": "ann"})
        assert refused(change) == (403, "scope_missing")


async def test_problems_of_a_mounted_application(settings: Settings) -> None:
    """An unknown job is 404, with a page where the application is mounted."""
    inner = create_app(settings)
    outer = Starlette(routes=[Mount("/ours", inner)], lifespan=inner.router.lifespan_context)
    async with served(outer) as client:
        answer = await client.get(f"/ours/api/ai/jobs/{uuid4()}")
        assert refused(answer) == (404, "job_not_found")
        assert answer.json()["type"] == "/ours/docs/errors/job_not_found"
        assert (await client.get(answer.json()["type"])).status_code == 200
        document = (await client.get("/ours/openapi.json")).json()
        assert document["servers"] == [{"url": "/ours"}]


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        *(
            (("acme", None, name), "name")
            for name in ("", "a'b", "key:a b", "a b:c", "a:b:c", "k" * 129)
        ),
        *((("acme", user, "key:a"), "userId") for user in ("", "a'b")),
        (("a'b", None, "key:a"), "tenant"),
    ],
)
def test_a_caller_is_made_of_ids(parts: tuple[str, str | None, str], wrong: str) -> None:
    """Its parts become parts of statements, and a user without a name would be all users."""
    with pytest.raises(InvalidRequest, match=wrong):
        Caller(*parts)
