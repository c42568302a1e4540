"""Every route for every caller, as a table: who is let in, and what the others are told."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.requests import Request

from deckgen.config.settings import Settings
from deckgen.domain.access import Caller, Scope
from deckgen.domain.share_links import NewShareLink
from deckgen.domain.webhook_endpoints import NewEndpoint
from deckgen.http.doors import BY_ADDRESS
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from deckgen.web.callers import Callers
from deckgen.web.routing import OPEN
from tests.access_table import (
    A_TABLE,
    A_VERSION,
    ALL,
    ANN,
    BOB,
    BRIEF,
    CALLS,
    DECK,
    FOR_A_USER,
    GUARDED,
    OF_ALL_USERS,
    OF_OPERATOR,
    OWN,
    World,
    refusals,
    told,
)
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.decks import brief_deck
from tests.keys import new_key, with_key
from tests.serving import serving
from tests.stored_decks import add_template, complete
from tests.tenants import ACME, BETA, rows_of

AN_ENDPOINT = {"url": "https://receiver.example/"}
LISTS = (
    *("/api/ai/jobs?user=ann", "/api/keys", "/api/ai/usage"),
    *("/api/webhooks/endpoints", "/api/webhooks/deliveries", "/api/audit"),
)


@pytest.fixture
async def world(
    settings: Settings, decks: AsyncOrchestrator, database: OwnDatabase
) -> AsyncIterator[World]:
    acme = decks.of(ACME)
    endpoints = [await acme.webhooks.create(NewEndpoint.model_validate(AN_ENDPOINT)) for _ in range(2)]
    first = await acme.enqueue_presentation_generation(DECK, ANN, BRIEF)
    await acme.cancel_job(first.job_id)
    await complete(database.of(ACME), brief_deck(), DECK, ANN)  # type: ignore[arg-type]
    for spare_deck, user in (("gone", ANN), ("spare", ANN), ("other", "leaving")):
        await complete(database.of(ACME), brief_deck(), spare_deck, user)  # type: ignore[arg-type]
    deletion = await acme.deletions.deck("gone")
    await database.execute(A_VERSION)
    await database.execute(A_TABLE)
    second = await acme.enqueue_presentation_generation(DECK, ANN, BRIEF)
    await acme.console.costs()  # sums the days that are over, which is no change by who looks at them
    log = await acme.webhooks.deliveries({"endpoint": endpoints[0].endpoint_id})
    link = await acme.shares.create(DECK, NewShareLink())
    spare, open_ = await new_key(acme), await acme.shares.create(DECK, NewShareLink())
    for name in ("acme", "spare"):
        await add_template(database.of(ACME), name)
    names = {
        "deck_id": DECK,
        "spare_deck_id": "spare",
        "user_id": "leaving",
        "deletion_id": deletion.deletion_id,
        "slide_id": "s2",
        "number": "1",
        "other": "2",
        "page": "errors",
        "job_id": second.job_id,
        "ended_id": first.job_id,
        "share_id": link.share_id,
        "key_id": spare[8:16],
        "endpoint_id": endpoints[0].endpoint_id,
        "spare_endpoint_id": endpoints[1].endpoint_id,
        "delivery_id": log.deliveries[0].delivery_id,
        "template_name": "acme",
        "spare_template": "spare@1",
        "code": "job_not_found",
        "hash": "0",
        "name": "style.css",
        "token": open_.url.removeprefix("/share/"),
    }
    async with (
        serving(create_app(settings.model_copy(update={"auth": "keys"}))) as url,
        patient(url) as client,
    ):
        yield World(client, names)


def test_every_route_has_a_row() -> None:
    """Whoever adds a route says here what is sent, and what who may do it is answered."""
    assert CALLS.keys() == ALL.keys()


def test_what_is_open() -> None:
    """What needs no scope tells nothing of anybody's, or is opened by a link."""
    opened = {name for name, call in ALL.items() if call.needs is OPEN}
    assert opened == {
        *("sign_in_page", "sign_in", "sign_out", "static"),
        *("docs", "list_errors", "error", "document", "healthz", "readyz", "metrics"),
        *("doc_page", "llms"),
        "signing_keys",
        *("shared_page", "shared_pptx", "shared_pdf"),
    }


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "key_missing"),
        ("", "key_malformed"),
        ("Bearer", "key_malformed"),
        ("Bearer dg_live_x", "key_malformed"),
        (f"Basic dg_live_aaaaaaaa_{'b' * 43}", "key_malformed"),
        (f"Bearer dg_live_aaaaaaaa_{'b' * 43}", "key_unknown"),
    ],
)
async def test_without_a_key_that_holds(
    world: World, database: OwnDatabase, value: str | None, code: str
) -> None:
    """401 with the reason, before a body is read, and nothing is changed."""
    before = await rows_of(database, ACME)
    headers = {} if value is None else {"Authorization": value}
    assert await refusals(world, headers, dict.fromkeys(GUARDED, (401, code))) == {}
    assert await rows_of(database, ACME) == before
    answer = await world.client.get("/api/ai/jobs", headers=headers)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("ended", "code"),
    [
        ("UPDATE api_keys SET expires_at = now()", "key_expired"),
        ("UPDATE api_keys SET revoked_at = now()", "key_revoked"),
    ],
)
async def test_with_a_key_that_has_ended(
    world: World, decks: AsyncOrchestrator, database: OwnDatabase, ended: str, code: str
) -> None:
    """Likewise for a key with all scopes once it has expired or was revoked."""
    key = await new_key(decks.of(ACME))
    await database.execute(ended)
    assert await refusals(world, with_key(key), dict.fromkeys(GUARDED, (401, code))) == {}


@pytest.mark.parametrize("scope", list(Scope))
async def test_with_one_scope(world: World, decks: AsyncOrchestrator, scope: Scope) -> None:
    """A key of the tenant is let in where its one scope is needed, and refused everywhere else."""
    key = await new_key(decks.of(ACME), scope)
    operator = dict.fromkeys(OF_OPERATOR, (403, "operator_only"))
    others = {name: (403, "scope_missing") for name, call in GUARDED.items() if call.needs is not scope}
    reads = {"start": 303} if scope is Scope.READ else {}  # to the decks, as none can be asked for
    assert await refusals(world, with_key(key), operator | others | reads) == {}


async def test_another_tenant(world: World, decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """With all scopes it finds nothing of acme's: what is not yours does not exist."""
    key = await new_key(decks.of(BETA))
    before = await rows_of(database, ACME)
    hidden = {name: 404 for name, call in GUARDED.items() if call.has_id}
    others = dict.fromkeys(OF_OPERATOR, (403, "operator_only"))
    assert await refusals(world, with_key(key), hidden | others, without=OWN) == {}
    assert await rows_of(database, ACME) == before
    ids = ("job_id", "ended_id", "key_id", "endpoint_id", "delivery_id")
    for path in LISTS:
        found = (await world.client.get(path, headers=with_key(key))).text
        assert not any(world.names[name] in found for name in ids)


async def test_another_user(world: World, decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """A key that is bound to another user of the tenant finds nothing of ann's either."""
    key = await new_key(decks.of(ACME), user_id=BOB)
    before = [row for row in await rows_of(database, ACME) if row[0] != "api_keys"]
    hidden = {name: 404 for name, call in GUARDED.items() if call.has_id and name not in OF_ALL_USERS}
    asked = dict.fromkeys(FOR_A_USER | {"revise"}, (403, "user_not_allowed"))
    expected = hidden | asked | not_for_users()
    assert await refusals(world, with_key(key), expected) == {}
    assert [row for row in await rows_of(database, ACME) if row[0] != "api_keys"] == before
    found = await world.client.get("/api/ai/jobs", headers=with_key(key))
    assert found.json()["jobs"] == []
    asked_for = await world.client.get("/api/ai/jobs?user=ann", headers=with_key(key))
    assert told(asked_for) == (403, "user_not_allowed")


def not_for_users() -> dict[str, Any]:
    """What needs a caller who is bound to nobody."""
    admin = {name: (403, "scope_missing") for name, call in ALL.items() if call.needs is Scope.TENANT}
    return admin | dict.fromkeys(OF_OPERATOR, (403, "operator_only"))


async def test_the_right_user(world: World, decks: AsyncOrchestrator) -> None:
    """A key that is bound to ann does all that is a user's with what is ann's."""
    key = await new_key(decks.of(ACME), user_id=ANN)
    assert await refusals(world, with_key(key), not_for_users()) == {}
    found = (await world.client.get("/api/ai/jobs", headers=with_key(key))).json()["jobs"]
    assert {job["jobId"] for job in found} == {world.names["job_id"], world.names["ended_id"]}


async def test_the_operator(world: World, decks: AsyncOrchestrator) -> None:
    """A key of the tenant local has the queue, and no more of acme than another tenant."""
    key = await new_key(decks)
    hidden = {name: 404 for name, call in GUARDED.items() if call.has_id}
    hidden["deletion"] = 200  # a tenant that is gone can't look at its own receipt
    setting = {"rotate_own_secret": (409, "webhook_secret_is_setting")}
    assert await refusals(world, with_key(key), hidden | setting, without=OWN) == {}


async def test_who_has_a_link(world: World, database: OwnDatabase) -> None:
    """A link opens its own two routes; sent as a key it opens nothing."""
    before = await rows_of(database, ACME)
    headers = with_key(world.names["token"])
    assert await refusals(world, headers, dict.fromkeys(GUARDED, (401, "key_malformed"))) == {}
    assert await rows_of(database, ACME) == before


async def test_a_page_of_another_site(
    world: World, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """It changes nothing, not even with a key; without one it reads nothing either."""
    key = with_key(await new_key(decks.of(ACME)))
    before = [row for row in await rows_of(database, ACME) if row[0] != "api_keys"]
    page = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    foreign = {name: (403, "foreign_origin") for name, call in ALL.items() if call.changes}
    missing = dict.fromkeys(GUARDED, (401, "key_missing"))
    assert await refusals(world, page, missing | foreign) == {}
    read = ("queue_status", "workers", "console_workers", "console_workers_live")
    others = dict.fromkeys(read, (403, "operator_only"))
    assert await refusals(world, page | key, others | foreign) == {}
    assert [row for row in await rows_of(database, ACME) if row[0] != "api_keys"] == before


async def test_another_host(world: World, decks: AsyncOrchestrator) -> None:
    """A request for a name that is not this server's is refused with any key; probes are answered."""
    headers = {"Host": "evil.example"} | with_key(await new_key(decks))
    refused = {name for name, call in ALL.items() if call.path not in BY_ADDRESS}
    wanted: dict[str, Any] = dict.fromkeys(refused, (421, "host_not_allowed"))
    # Figures say so themselves, where no token is set.
    wanted["metrics"] = (403, "metrics_closed")
    assert await refusals(world, headers, wanted) == {}


async def test_a_gap_is_noticed(
    world: World, decks: AsyncOrchestrator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: were beta's key taken for one of acme's, the table would show it."""
    key = await new_key(decks.of(BETA))

    async def of(callers: Callers, request: Request) -> Caller:
        return Caller(ACME)

    monkeypatch.setattr(Callers, "of", of)
    hidden = {name: 404 for name, call in GUARDED.items() if call.has_id}
    others = dict.fromkeys(OF_OPERATOR, (403, "operator_only"))
    wrong = await refusals(world, with_key(key), hidden | others, without=OWN)
    assert wrong.keys() == hidden.keys() - OWN
