"""The command `deckgen keys`: it makes the first key in the database, without an API."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from typer.testing import CliRunner, Result

from deckgen.cli.app import app
from deckgen.client.http import Client
from deckgen.config.settings import Settings
from deckgen.domain.api_keys import is_well_formed
from deckgen.domain.errors import DeckgenError, InvalidRequest, NotFound
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from tests.databases import OwnDatabase
from tests.serving import serving


async def keys(*arguments: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, app, ["keys", *arguments])


async def test_a_key_from_the_command_line(
    settings: Settings, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """It is printed alone on standard output, lets a client in, is listed, and is revoked."""
    made = await keys("create", "shop", "--tenant", "acme", "--days", "90")
    key = made.stdout.strip()
    assert is_well_formed(key)
    assert "only time" in made.stderr
    async with serving(create_app(settings.model_copy(update={"auth": "keys"}))) as url:
        with Client(url, key) as client:
            assert (await asyncio.to_thread(client.find_jobs, {})).jobs == []
        with Client(url) as client, pytest.raises(DeckgenError, match="Send a key"):
            await asyncio.to_thread(client.find_jobs, {})
    (listed,) = (await decks.of("acme").keys.listed()).keys
    assert listed.expires_at
    assert timedelta(days=89) < listed.expires_at - datetime.now(UTC) < timedelta(days=91)
    shown = (await keys("list", "--tenant", "acme")).output
    assert listed.key_id in shown
    assert "decks:read decks:write" in shown
    assert (await keys("revoke", listed.key_id, "--tenant", "acme")).exit_code == 0
    assert "revoked" in (await keys("list", "--tenant", "acme")).output


async def test_a_key_is_kept_nowhere(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """The database has its hash, its first letters and nothing by which anybody could ask."""
    key = (await keys("create", "shop", "--admin")).stdout.strip()
    (row,) = await database.fetch("SELECT api_keys::text AS kept FROM api_keys")
    assert key[8:16] in row["kept"]
    assert key[17:] not in row["kept"]
    assert key[17:] not in (await keys("list")).output


async def test_another_tenant_s_key(decks: AsyncOrchestrator) -> None:
    """It is neither listed nor revoked, and there seems to be none."""
    await keys("create", "shop", "--tenant", "acme")
    (listed,) = (await decks.of("acme").keys.listed()).keys
    assert "no keys" in (await keys("list")).output
    assert isinstance((await keys("revoke", listed.key_id)).exception, NotFound)
    assert (await decks.of("acme").keys.listed()).keys == [listed]


@pytest.mark.parametrize(
    "arguments", [["", "--admin"], ["x", "--user", "a b"], ["x", "--user", "ann", "--admin"]]
)
async def test_a_key_that_can_t_be(
    arguments: list[str], decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """What is no name or no user, and an admin who is bound to a user, are refused in a sentence."""
    assert isinstance((await keys("create", *arguments)).exception, InvalidRequest)
    assert await database.fetchval("SELECT count(*) FROM api_keys") == 0


async def test_keys_by_http(api: httpx.AsyncClient) -> None:
    """An admin makes a key, which only that answer shows, lists and revokes it."""
    wanted = {"name": "shop", "scopes": ["decks:read"], "userId": "ann", "expiresInDays": 1}
    made = await api.post("/api/keys", json=wanted)
    assert made.status_code == 201
    assert is_well_formed(made.json()["key"])
    key_id = made.json()["keyId"]
    assert made.json()["prefix"] == made.json()["key"][:16]
    (listed,) = (await api.get("/api/keys")).json()["keys"]
    assert listed == {name: value for name, value in made.json().items() if name != "key"}
    revoked = await api.delete(f"/api/keys/{key_id}")
    assert revoked.json()["revokedAt"]
    assert (await api.delete(f"/api/keys/{key_id}")).json() == revoked.json()  # once and for all
    for unknown in ("aaaaaaaa", "x", "a%20b"):
        assert (await api.delete(f"/api/keys/{unknown}")).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"name": ""},
        {"name": "x", "scopes": []},
        {"name": "x", "scopes": ["decks:all"]},
        {"name": "x", "expiresInDays": 0},
        {"name": "x", "userId": "ann", "scopes": ["tenant:admin"]},
        {"name": "x", "more": 1},
    ],
    ids=str,
)
async def test_a_wrong_key_by_http(api: httpx.AsyncClient, wrong: object) -> None:
    """422 with the field that is wrong, and no key."""
    answer = await api.post("/api/keys", json=wrong)
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert (await api.get("/api/keys")).json()["keys"] == []
