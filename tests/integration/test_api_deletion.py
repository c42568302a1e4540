"""Deletions and the audit over HTTP: who may ask, what is answered, what becomes of rendered files."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from deckgen.config.settings import Settings
from deckgen.domain.access import Scope
from deckgen.domain.api_keys import NewKey
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from deckgen.web.exports import Exports
from deckgen.worker.runtime import Runtime
from tests.asked import assert_problem
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.decks import brief_deck
from tests.deletions import submit
from tests.serving import serving

NewClient = Callable[..., Any]
DELETED = "/api/presentations/deck-of-ann"
WRITER, ADMIN = (Scope.READ, Scope.WRITE), tuple(Scope)


@pytest.fixture
def keeping(settings: Settings, tmp_path: Path) -> Settings:
    """Requests need keys, and what is rendered is kept in a folder of the test's own."""
    return settings.model_copy(update={"auth": "keys", "export_cache_dir": tmp_path / "exports"})


@pytest.fixture
async def acme(decks: AsyncOrchestrator) -> AsyncOrchestrator:
    return decks.of("acme")


@pytest.fixture
async def client(
    keeping: Settings, decks: AsyncOrchestrator
) -> AsyncIterator[Callable[..., "httpx.AsyncClient"]]:
    """Makes the key of a tenant, and a client that sends it."""
    await decks.keys.create(NewKey(name="first"))
    clients: list[httpx.AsyncClient] = []
    async with serving(create_app(keeping)) as address:

        async def new(
            *scopes: Scope, user: str | None = None, tenant: str = "acme"
        ) -> httpx.AsyncClient:
            wanted = NewKey(name="test", scopes=frozenset(scopes), user_id=user)
            key = (await decks.of(tenant).keys.create(wanted)).key
            headers = {"Authorization": f"Bearer {key}"}
            clients.append(patient(address, headers=headers))
            return clients[-1]

        yield new  # type: ignore[misc]
        for each in clients:
            await each.aclose()


async def complete(database: OwnDatabase, deck_id: str, user: str) -> None:
    """A deck of acme's, as a worker would make it."""
    await database.execute(
        "INSERT INTO presentations (tenant_id, id, user_id, status, final_deck_json, completed_at) "
        "VALUES ('acme', $1, $2, 'completed', $3, now())",
        deck_id,
        user,
        brief_deck().to_json(),
    )


async def delete(client: httpx.AsyncClient, url: str, body: Any = None) -> httpx.Response:
    return await client.request("DELETE", url, json=body)


async def test_a_deck(client: NewClient, acme: AsyncOrchestrator) -> None:
    """Whoever may write deletes it, and gets the receipt; then there is none."""
    await submit(acme, "deck-of-ann", "ann")
    writer = await client(*WRITER)
    answer = await delete(writer, DELETED)
    receipt = answer.json()
    assert answer.status_code == 200
    assert (receipt["what"], receipt["id"], receipt["counts"]["jobs"]) == ("deck", "deck-of-ann", 1)
    assert receipt["requestedBy"].startswith("key:")
    assert receipt["completedAt"]
    assert_problem(await writer.get(DELETED), 404, "deck_not_found")
    assert_problem(await delete(writer, DELETED), 404, "deck_not_found")
    admin = await client(*ADMIN)
    assert (await admin.get(receipt["url"])).json() == receipt


async def test_a_user_deletes_their_own(client: NewClient, acme: AsyncOrchestrator) -> None:
    """Another user's deck is not there for a key that is bound to a user."""
    await submit(acme, "deck-of-ann", "ann")
    ben, ann = [await client(*WRITER, user=user) for user in ("ben", "ann")]
    other = await client(*WRITER, tenant="beta")
    for stranger in (ben, other):
        assert_problem(await delete(stranger, DELETED), 404, "deck_not_found")
    assert (await delete(ann, DELETED)).json()["counts"]["decks"] == 1


async def test_a_user_s_deck_shares_a_table(
    client: NewClient, acme: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """A key that sees one user's rows only takes no table away from another's."""
    for user in ("ann", "ben"):
        await submit(acme, f"deck-of-{user}", user)
    ann = await client(*WRITER, user="ann")
    assert (await delete(ann, DELETED)).json()["counts"]["tables"] == 0
    assert await database.fetchval("SELECT count(*) FROM datasets") == 1


async def test_who_may(client: NewClient, acme: AsyncOrchestrator) -> None:
    """A deck needs decks:write, and everything else tenant:admin."""
    await submit(acme, "deck-of-ann", "ann")
    reader, writer = await client(Scope.READ, Scope.JOBS), await client(*WRITER, Scope.JOBS)
    assert_problem(await delete(reader, DELETED), 403, "scope_missing")
    for url in ("/api/users/ann", "/api/tenant"):
        assert_problem(await delete(writer, url, {"tenant": "acme"}), 403, "scope_missing")
    for url in ("/api/audit", "/api/deletions/00000000-0000-0000-0000-000000000000"):
        assert_problem(await writer.get(url), 403, "scope_missing")
    unknown = patient(writer.base_url)
    async with unknown as nobody:
        assert_problem(await delete(nobody, DELETED), 401, "key_missing")


async def test_a_user(client: NewClient, acme: AsyncOrchestrator) -> None:
    """202, with the address of the receipt; who is not there is not found."""
    await submit(acme, "deck-of-ann", "ann")
    admin = await client(*ADMIN)
    ann = await client(*WRITER, user="ann")
    answer = await delete(admin, "/api/users/ann")
    assert answer.status_code == 202
    receipt = (await admin.get(answer.headers["Location"])).json()
    assert (receipt["counts"]["decks"], receipt["counts"]["keys"]) == (1, 1)
    assert_problem(await delete(admin, "/api/users/ann"), 404, "user_not_found")
    assert_problem(await delete(admin, "/api/users/no%20id"), 404, "user_not_found")
    assert_problem(await ann.get(DELETED), 401, "key_unknown")
    for unknown in ("00000000-0000-0000-0000-000000000000", "nonsense"):
        assert_problem(await admin.get(f"/api/deletions/{unknown}"), 404, "deletion_not_found")


async def test_a_tenant(client: NewClient, acme: AsyncOrchestrator) -> None:
    """Only with its name, and then its keys let nobody in; the operator's key sees the receipt."""
    await submit(acme, "deck-of-ann", "ann")
    admin, unused = await client(*ADMIN), await client(*ADMIN)
    for body in ({}, {"tenant": "beta"}, {"tenant": "acme", "all": True}):
        assert_problem(await delete(admin, "/api/tenant", body), 422, "invalid_request")
    answer = await delete(admin, "/api/tenant", {"tenant": "acme"})
    assert answer.status_code == 202
    assert_problem(await unused.get("/api/audit"), 401, "key_unknown")
    operator, other = await client(*ADMIN, tenant="local"), await client(*ADMIN, tenant="beta")
    receipt = (await operator.get(answer.headers["Location"])).json()
    assert (receipt["what"], receipt["id"], receipt["counts"]["keys"]) == ("tenant", "acme", 2)
    assert_problem(await other.get(answer.headers["Location"]), 404, "deletion_not_found")


async def test_what_a_key_that_is_still_believed_asks_for(
    client: NewClient, acme: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """A process believes a key for seconds, and lets nothing new in with it once the tenant is gone."""
    admin = await client(*ADMIN)
    assert (await admin.get("/api/audit")).status_code == 200
    await delete(admin, "/api/tenant", {"tenant": "acme"})
    body = {"deckId": "d", "userId": "u", "context": {"businessContext": "Test"}}
    assert_problem(await admin.post("/api/ai/generate-async", json=body), 409, "being_deleted")
    assert_problem(await admin.post("/api/keys", json={"name": "new"}), 409, "being_deleted")
    assert await database.fetchval("SELECT count(*) FROM jobs") == 0


@pytest.mark.parametrize("url", [DELETED, "/api/users/ann", "/api/tenant"])
async def test_rendered_files(
    url: str, client: NewClient, database: OwnDatabase, keeping: Settings
) -> None:
    """What this server has rendered goes with the answer, and no other deck's file."""
    for deck, user in (("deck-of-ann", "ann"), ("deck-of-ben", "ben")):
        await complete(database, deck, user)
    admin = await client(*ADMIN)
    for deck in ("deck-of-ann", "deck-of-ben"):
        assert (await admin.get(f"/decks/{deck}")).status_code == 200
    assert (await delete(admin, url, {"tenant": "acme"})).is_success
    left = {path.name for path in keeping.export_cache_dir.glob("**/deck-*")}
    assert left == (set() if "tenant" in url else {"deck-deck-of-ben"})
    assert (keeping.export_cache_dir / "tenant-acme").exists() == bool(left)


async def test_files_of_another_server(
    client: NewClient, database: OwnDatabase, keeping: Settings, acme: AsyncOrchestrator
) -> None:
    """They go with the next sweep, which comes each minute, also when the tenant is gone."""
    await complete(database, "deck-of-ann", "ann")
    assert (await (await client(*ADMIN)).get("/decks/deck-of-ann")).status_code == 200
    await acme.deletions.tenant()
    assert (keeping.export_cache_dir / "tenant-acme").exists()
    await Exports(keeping, acme.of("local")).forget_deleted()
    assert not (keeping.export_cache_dir / "tenant-acme").exists()


async def test_the_audit(client: NewClient, acme: AsyncOrchestrator, runtime: Runtime) -> None:
    """It names the key with which something was done, and is read page by page."""
    admin = await client(*ADMIN)
    job_id = await submit(acme, "d", "ann")
    await admin.post(f"/api/ai/jobs/{job_id}/cancel", json={})
    page = (await admin.get("/api/audit", params={"limit": 1, "target": job_id})).json()
    (entry,) = page["entries"]
    assert entry["actor"].startswith("key:")
    assert (entry["action"], entry["target"]) == ("job.cancelled", {"kind": "job", "id": job_id})
    assert page["nextCursor"] is None
    first = (await admin.get("/api/audit", params={"limit": 1})).json()
    second = (await admin.get("/api/audit", params={"limit": 1, "cursor": first["nextCursor"]})).json()
    assert first["entries"][0]["entryId"] > second["entries"][0]["entryId"]
    twice = await admin.get("/api/audit?actor=a&actor=b")
    assert_problem(twice, 422, "invalid_request")
