"""The audit: who did what when, which nobody changes, and which each tenant sees of itself."""

from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from deckgen.domain.access import Caller
from deckgen.domain.api_keys import NewKey
from deckgen.domain.audit import AuditEntry
from deckgen.domain.errors import Conflict
from deckgen.domain.share_links import NewShareLink
from deckgen.domain.steps import Step
from deckgen.domain.webhook_endpoints import EndpointChange, NewEndpoint
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import audit
from deckgen.store.pool import Pool
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.deletions import submit
from tests.stand_in import StandIn, problem
from tests.work import work

ADMIN = Caller("acme", None, "key:3f9aZk2P")
ANN = Caller("acme", "ann", "proxy:ann")
EVERYTHING = "SELECT count(*) FROM audit_log"
REWRITES = (
    "UPDATE audit_log SET actor = 'somebody'",
    "DELETE FROM audit_log",
    "TRUNCATE audit_log",
    "INSERT INTO audit_log (actor, action, target_kind) VALUES ('somebody', 'key.created', 'key')",
    "INSERT INTO audit_log (at, action, target_kind) VALUES ('2000-01-01', 'key.created', 'key')",
    "INSERT INTO audit_log (tenant_id, action, target_kind) VALUES ('beta', 'key.created', 'key')",
)


@pytest.fixture
async def admin(decks: AsyncOrchestrator) -> AsyncOrchestrator:
    return decks.acting_for(ADMIN)


@pytest.fixture
async def failed_id(admin: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn) -> str:
    stand_in.answers[Step.PROFILE] = [problem(422, "broken", retryable=False)]
    job_id = await submit(admin, "failed", "ann")
    await work(runtime, job_id)
    return job_id


async def entries(decks: AsyncOrchestrator, **query: Any) -> list[AuditEntry]:
    """The oldest first."""
    return (await decks.audit.page(query)).entries[::-1]


def briefly(entry: AuditEntry) -> tuple[str, str, str | None]:
    return entry.action, entry.target.kind, entry.target.id


async def test_what_is_done_to_a_job(
    admin: AsyncOrchestrator, decks: AsyncOrchestrator, failed_id: str
) -> None:
    """Each change has an entry: who, bound to which user, what, to which job; a request has none."""
    ann = decks.acting_for(ANN)
    job_id = await submit(ann, "d", "ann")
    await admin.change_priority(job_id, 9)
    await ann.cancel_job(job_id)
    await admin.dismiss_job(failed_id)
    await admin.retry_job(failed_id)
    told = await entries(admin)
    assert [briefly(entry) for entry in told] == [
        ("job.priority_changed", "job", job_id),
        ("job.cancelled", "job", job_id),
        ("job.dismissed", "job", failed_id),
        ("job.retried", "job", failed_id),
    ]
    assert told[0].details == {"priority": 9}
    assert [(entry.actor, entry.user_id) for entry in told[:2]] == [
        ("key:3f9aZk2P", None),
        ("proxy:ann", "ann"),
    ]
    assert told[0].at <= told[-1].at


async def test_what_is_refused_is_not_told(admin: AsyncOrchestrator, failed_id: str) -> None:
    """What changes nothing leaves no entry: it is of the same transaction as the change."""
    for change in (admin.cancel_job(failed_id), admin.change_priority(failed_id, 9)):
        with pytest.raises(Conflict):
            await change
    assert await entries(admin) == []


async def test_an_entry_that_cannot_be_written(
    admin: AsyncOrchestrator, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then there is no change either."""
    job_id = await submit(admin, "d", "ann")

    async def breaks(*_: object, **__: object) -> None:
        raise asyncpg.CheckViolationError

    monkeypatch.setattr(audit, "record", breaks)
    changes: tuple[Callable[[], Awaitable[object]], ...] = (
        lambda: admin.cancel_job(job_id),
        lambda: admin.change_priority(job_id, 9),
        lambda: admin.cancel_jobs({"all": True, "count": 1}),
        lambda: admin.keys.create(NewKey(name="shop")),
        lambda: admin.deletions.user("ann"),
        admin.pause_queue,
    )
    for change in changes:
        with pytest.raises(asyncpg.CheckViolationError):
            await change()
    assert await database.fetchval("SELECT status::text FROM jobs WHERE priority = 5") == "waiting"
    assert await database.fetchval("SELECT paused_at FROM queue_state") is None
    for table in ("api_keys", "deletions"):
        assert await database.fetchval(f"SELECT count(*) FROM {table}") == 0


async def test_many_jobs_at_once(admin: AsyncOrchestrator) -> None:
    """One entry says what was done to how many."""
    for deck in "abc":
        await submit(admin, deck, "ann")
    await admin.cancel_jobs({"user": "ann", "count": 3})
    (entry,) = await entries(admin)
    assert (*briefly(entry), entry.details) == ("jobs.cancelled", "jobs", None, {"changed": 3})


async def test_keys(admin: AsyncOrchestrator) -> None:
    """Made and revoked, with what they may do, and without the key itself."""
    created = await admin.keys.create(NewKey(name="shop", user_id="ann"))
    await admin.keys.revoke(created.key_id)
    made, revoked = await entries(admin, target=created.key_id)
    assert (made.action, revoked.action) == ("key.created", "key.revoked")
    scopes = ["decks:read", "decks:write"]
    assert made.details == {"name": "shop", "scopes": scopes, "userId": "ann"}
    assert created.key not in str(made) + str(revoked)


async def test_the_queue(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """Who has paused and resumed it stands in the audit of the operator's tenant."""
    operator = decks.acting_for(Caller("local", None, "key:op"))
    await operator.pause_queue()
    await operator.resume_queue()
    told = await entries(operator)
    assert [(entry.actor, *briefly(entry)) for entry in told] == [
        ("key:op", "queue.paused", "queue", None),
        ("key:op", "queue.resumed", "queue", None),
    ]


async def test_deletions(admin: AsyncOrchestrator) -> None:
    """Each has an entry, which leads to its receipt; that of a tenant outlives the tenant."""
    for deck, user in (("a", "ann"), ("b", "ben")):
        await submit(admin, deck, user)
    receipts = [
        await admin.deletions.deck("a"),
        await admin.deletions.user("ben"),
        await admin.deletions.tenant(),
    ]
    told = await entries(admin)
    assert [briefly(entry) for entry in told] == [
        ("deck.deleted", "deck", "a"),
        ("user.deleted", "user", "ben"),
        ("tenant.deleted", "tenant", "acme"),
    ]
    assert [entry.details["deletionId"] for entry in told] == [each.deletion_id for each in receipts]


async def test_another_tenant_sees_nothing(admin: AsyncOrchestrator, decks: AsyncOrchestrator) -> None:
    """Not even the operator's tenant; nor does a single user of the same one."""
    await admin.keys.create(NewKey(name="shop"))
    assert len(await entries(admin)) == 1
    for other in (Caller("beta"), Caller(), ANN):
        assert await entries(decks.acting_for(other)) == []


@pytest.mark.parametrize("statement", REWRITES)
async def test_it_is_only_added_to(
    admin: AsyncOrchestrator, database: OwnDatabase, statement: str
) -> None:
    """Neither role changes or empties it, or says another actor, time or tenant than its own."""
    await admin.keys.create(NewKey(name="shop"))
    for pool in (database.acting_for(ADMIN), database.serving(ADMIN), database.service):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await pool.execute(statement)
    assert [entry.actor for entry in await entries(admin)] == [ADMIN.name]


@pytest.mark.parametrize("statement", REWRITES[:3])
async def test_the_owner_is_bound_too(
    admin: AsyncOrchestrator, database: OwnDatabase, statement: str
) -> None:
    """No right keeps a database's owner off its tables, so a trigger does."""
    await admin.keys.create(NewKey(name="shop"))
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="only added to"):
        await database.execute(statement)
    assert await database.fetchval(EVERYTHING) == 1


async def test_rights_are_what_keeps_roles_off(admin: AsyncOrchestrator, database: OwnDatabase) -> None:
    """Negative control: without the trigger the owner may, and the roles still may not."""
    await admin.keys.create(NewKey(name="shop"))
    async with database.acquire() as connection:
        await connection.execute("SET LOCAL session_replication_role = replica")
        assert await connection.execute("DELETE FROM audit_log") == "DELETE 1"
    service: Pool = database.service
    rights = "SELECT has_table_privilege($1, 'audit_log', $2)"
    for role in ("deckgen_app", "deckgen_service"):
        for right in ("UPDATE", "DELETE", "TRUNCATE", "TRIGGER"):
            assert not await service.fetchval(rights, role, right)


async def test_receipts_stay(admin: AsyncOrchestrator, database: OwnDatabase) -> None:
    """Neither role removes a receipt, or changes whose it is."""
    await admin.deletions.tenant()
    for statement in ("DELETE FROM deletions", "UPDATE deletions SET target_id = 'other'"):
        for pool in (database.acting_for(ADMIN), database.service):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await pool.execute(statement)


async def test_links_and_webhooks(admin: AsyncOrchestrator, decks: AsyncOrchestrator) -> None:
    """Each change of them has an entry, which tells neither link nor secret nor query."""
    await submit(decks.acting_for(ANN), "d", "ann")
    link = await admin.shares.create("d", NewShareLink())
    await admin.shares.revoke("d", link.share_id)
    url = "https://receiver.example/hook?token=t0k3n"
    endpoint = await admin.webhooks.create(NewEndpoint.model_validate({"url": url}))
    await admin.webhooks.change(endpoint.endpoint_id, EndpointChange(enabled=False))
    rotated = await admin.webhooks.rotate(endpoint.endpoint_id, 1)
    await admin.webhooks.remove(endpoint.endpoint_id)
    own = await admin.webhooks.rotate_own_secret(1)
    told = await entries(admin)
    kind, its_id = "webhook_endpoint", endpoint.endpoint_id
    assert [briefly(entry) for entry in told] == [
        ("share.created", "deck", "d"),
        ("share.revoked", "deck", "d"),
        *((f"{kind}.{what}", kind, its_id) for what in ("created", "changed", "rotated", "removed")),
        ("webhook_secret.rotated", "webhook_secret", None),
    ]
    everything = " ".join(entry.model_dump_json() for entry in told)
    secrets = (endpoint.secret, rotated.secret, own.secret, link.url, "t0k3n")
    assert [secret for secret in secrets if secret in everything] == []
