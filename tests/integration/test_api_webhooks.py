"""The calls by which a tenant manages its webhooks, over HTTP, and who may make them."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from deckgen.config.settings import Settings
from deckgen.domain.access import Scope
from deckgen.domain.api_keys import NewKey
from deckgen.domain.webhook_endpoints import MAX_ENDPOINTS
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.endpoints import DELIVERIES, ENDPOINTS, SHOWN, URL, cancelled, code, created
from tests.serving import serving
from tests.tenants import ACME, BETA

SECRET = "/api/webhooks/secret"
CALLS = (
    ("GET", ENDPOINTS),
    ("POST", ENDPOINTS),
    ("GET", f"{ENDPOINTS}/{uuid4()}"),
    ("PATCH", f"{ENDPOINTS}/{uuid4()}"),
    ("DELETE", f"{ENDPOINTS}/{uuid4()}"),
    ("POST", f"{ENDPOINTS}/{uuid4()}/rotate"),
    ("GET", SECRET),
    ("POST", f"{SECRET}/rotate"),
    ("GET", DELIVERIES),
    ("POST", f"{DELIVERIES}/{uuid4()}/redeliver"),
)


@pytest.fixture
async def keyed_url(settings: Settings) -> AsyncIterator[str]:
    """An API that asks for keys."""
    async with serving(create_app(settings.model_copy(update={"auth": "keys"}))) as address:
        yield address


async def client_of(
    decks: AsyncOrchestrator, url: str, tenant: str, *scopes: Scope
) -> httpx.AsyncClient:
    key = await decks.of(tenant).keys.create(NewKey(name="k", scopes=frozenset(scopes)))
    headers = {"Authorization": f"Bearer {key.key}"}
    return patient(url, headers=headers)


@pytest.fixture
async def acme(decks: AsyncOrchestrator, keyed_url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with await client_of(decks, keyed_url, ACME, Scope.TENANT) as client:
        yield client


@pytest.fixture
async def beta(decks: AsyncOrchestrator, keyed_url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with await client_of(decks, keyed_url, BETA, Scope.TENANT) as client:
        yield client


async def test_an_endpoint_s_life(acme: httpx.AsyncClient) -> None:
    """It is made, seen, changed and removed; only the answer to its making has its secret."""
    made = await created(acme, description="all")
    assert made.pop("secret").startswith("whsec_")
    assert (made["url"], made["description"], made["disabledAt"]) == (SHOWN, "all", None)
    assert made["events"] == ["job.completed", "job.failed", "job.cancelled"]
    path = f"{ENDPOINTS}/{made['endpointId']}"
    assert (await acme.get(path)).json() == made
    assert (await acme.get(ENDPOINTS)).json() == {"endpoints": [made]}
    change = {"enabled": False, "events": ["job.failed"], "url": "https://other.example/"}
    changed = (await acme.patch(path, json=change)).json()
    assert changed["disabledAt"] is not None
    assert (changed["events"], changed["description"]) == (["job.failed"], "all")
    assert (await acme.patch(path, json={"enabled": True})).json()["disabledAt"] is None
    assert (await acme.delete(path)).json()["url"] == "https://other.example/"
    assert code(await acme.get(path)) == (404, "endpoint_not_found")


async def test_rotation(acme: httpx.AsyncClient) -> None:
    """The answer has the new secret, once; the former one signs for as long as it was said."""
    made = await created(acme)
    path = f"{ENDPOINTS}/{made['endpointId']}"
    rotated = (await acme.post(f"{path}/rotate")).json()
    assert rotated["secret"] not in (made["secret"], None)
    assert rotated["previousSecretUntil"] is not None
    assert "secret" not in (await acme.get(path)).json()
    at_once = (await acme.post(f"{path}/rotate", json={"overlapHours": 0})).json()
    assert at_once["previousSecretUntil"] is None
    assert (await acme.post(f"{path}/rotate")).json()["previousSecretUntil"] is not None


async def test_a_body_whose_length_is_not_known(acme: httpx.AsyncClient) -> None:
    """Who ends a secret at once is heard also if the body comes in chunks."""

    async def body() -> AsyncIterator[bytes]:
        yield b'{"overlapHours": 0}'

    path = f"{ENDPOINTS}/{(await created(acme))['endpointId']}/rotate"
    rotated = await acme.post(path, content=body(), headers={"Content-Type": "application/json"})
    assert rotated.json()["previousSecretUntil"] is None


async def test_the_own_secret(acme: httpx.AsyncClient, api: httpx.AsyncClient) -> None:
    """It is told with its rotation alone; the operator's own is a setting, which no call changes."""
    none = {"isSetting": False, "since": None, "previousUntil": None}
    assert (await acme.get(SECRET)).json() == none
    first = (await acme.post(f"{SECRET}/rotate")).json()
    assert (first["secret"][:6], first["previousUntil"]) == ("whsec_", None)
    second = (await acme.post(f"{SECRET}/rotate", json={"overlapHours": 1})).json()
    assert second["previousUntil"] is not None
    told = (await acme.get(SECRET)).json()
    assert told == {name: value for name, value in second.items() if name != "secret"}
    assert (await api.get(SECRET)).json()["isSetting"] is True
    assert code(await api.post(f"{SECRET}/rotate")) == (409, "webhook_secret_is_setting")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "url"),
        ({"url": "ftp://a.example/"}, "url"),
        ({"url": "https://user:pa55@a.example/"}, "url"),
        ({"url": "http://192.168.0.1/"}, "url"),
        ({"url": "http://[::1]/"}, "url"),
        ({"url": URL, "events": []}, "events"),
        ({"url": URL, "events": ["job.started"]}, "events.0"),
        ({"url": URL, "description": "x" * 201}, "description"),
        ({"url": URL, "secret": "whsec_mine"}, "secret"),
    ],
)
async def test_wrong_endpoints(api: httpx.AsyncClient, body: dict[str, Any], field: str) -> None:
    """Each wrong field is named, in a new endpoint and in a change, and no password is repeated."""
    path = f"{ENDPOINTS}/{(await created(api))['endpointId']}"
    for response in (await api.post(ENDPOINTS, json=body), await api.patch(path, json=body)):
        if body or response.request.method == "POST":
            assert code(response) == (422, "invalid_request")
            assert [error["field"] for error in response.json()["errors"]] == [field]
            assert "pa55" not in response.text
    assert len((await api.get(ENDPOINTS)).json()["endpoints"]) == 1


@pytest.mark.parametrize(
    ("method", "path", "options"),
    [
        ("PATCH", "{endpoint}", {"json": {}}),
        ("PATCH", "{endpoint}", {"json": {"enabled": "yes"}}),
        ("POST", "{endpoint}/rotate", {"json": {"overlapHours": -1}}),
        ("POST", "{endpoint}/rotate", {"json": {"overlapHours": 10_000}}),
        ("GET", DELIVERIES, {"params": {"status": "sent"}}),
        ("GET", DELIVERIES, {"params": {"job": "1"}}),
        ("GET", DELIVERIES, {"params": {"endpoint": "1"}}),
        ("GET", DELIVERIES, {"params": {"limit": "0"}}),
        ("GET", DELIVERIES, {"params": {"cursor": "x"}}),
        ("GET", DELIVERIES, {"params": {"user": "u"}}),
    ],
)
async def test_wrong_fields(
    api: httpx.AsyncClient, method: str, path: str, options: dict[str, Any]
) -> None:
    """422 with the field that is wrong."""
    endpoint = f"{ENDPOINTS}/{(await created(api))['endpointId']}"
    response = await api.request(method, path.format(endpoint=endpoint), **options)
    assert response.status_code == 422
    assert len(response.json()["errors"]) == 1


async def test_too_many(api: httpx.AsyncClient) -> None:
    """A tenant's endpoints are bounded: each event is posted to each of them."""
    for _ in range(MAX_ENDPOINTS):
        await created(api)
    assert code(await api.post(ENDPOINTS, json={"url": URL})) == (409, "too_many_endpoints")


async def test_another_tenant_s(
    decks: AsyncOrchestrator, acme: httpx.AsyncClient, beta: httpx.AsyncClient, database: OwnDatabase
) -> None:
    """What is another tenant's is not there, for any call, and stays as it was."""
    path = f"{ENDPOINTS}/{(await created(acme))['endpointId']}"
    job_id = await cancelled(decks.of(ACME))
    (delivery,) = (await acme.get(DELIVERIES)).json()["deliveries"]
    before = await database.fetch("SELECT * FROM webhook_endpoints, webhook_deliveries")
    for response in (
        await beta.get(path),
        await beta.patch(path, json={"enabled": False}),
        await beta.delete(path),
        await beta.post(f"{path}/rotate"),
        await beta.get(f"{ENDPOINTS}/none"),
    ):
        assert code(response) == (404, "endpoint_not_found")
    redeliver = f"{DELIVERIES}/{delivery['deliveryId']}/redeliver"
    assert code(await beta.post(redeliver)) == (404, "delivery_not_found")
    assert code(await beta.post(f"{DELIVERIES}/none/redeliver")) == (404, "delivery_not_found")
    assert (await beta.get(ENDPOINTS)).json() == {"endpoints": []}
    log = await beta.get(DELIVERIES, params={"job": job_id})
    assert log.json() == {"deliveries": [], "nextCursor": None}
    assert await database.fetch("SELECT * FROM webhook_endpoints, webhook_deliveries") == before


async def test_the_scope(decks: AsyncOrchestrator, keyed_url: str) -> None:
    """Each call needs tenant:admin; all other rights together are not enough."""
    others = [scope for scope in Scope if scope is not Scope.TENANT]
    async with await client_of(decks, keyed_url, ACME, *others) as client:
        for method, path in CALLS:
            body: dict[str, str] | None = {} if method in ("POST", "PATCH") else None
            answer = await client.request(method, path, json=body)
            assert code(answer) == (403, "scope_missing")
