"""Every statement with the ids of another tenant, and the roles in which all are made."""

import contextlib
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from deckgen.domain.access import Caller
from deckgen.domain.errors import InvalidRequest, PermanentError
from deckgen.domain.webhook_endpoints import NewEndpoint
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import progress
from deckgen.store.pool import APPLICATION, SERVICE, Pool
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.statements import (
    A_CALL,
    A_COST,
    A_DELETION,
    A_JOB,
    A_KEY,
    A_LINK,
    A_SESSION,
    A_SUMMED_DAY,
    A_TEMPLATE,
    A_VERSION,
    A_WORKER,
    AN_ENTRY,
    HANDED_OVER,
    NOT_HANDED_OVER,
    NOT_TOLD,
    OF_A_TENANT,
    OF_ANOTHER_USER,
    SILENT,
    STATEMENTS,
    TELLS_NOTHING,
    THE_DELETION,
    TOLD,
    UNNEEDED,
    VACUOUS,
    done,
    secrets_in,
    values_of,
)
from tests.tenants import ACME, BETA, KEY, rows_of, submit, tables
from tests.work import take, work

# What belongs to no tenant: the fleet, the queue's state, public keys.
OF_NOBODY = {
    "probes",
    "purge_places",
    "queue_state",
    "reconciler",
    "schema_migrations",
    "signing_keys",
    "workers",
}
RIGHTS = ("rolsuper", "rolbypassrls", "rolcanlogin", "rolcreaterole")


@pytest.fixture
async def job_ids(
    decks: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase, webhook_url: str
) -> list[str]:
    """Jobs of acme's that are completed, active, failed and waiting, with rows in every table.

    One more has failed and one waits: neither is handed over to Redis.
    """
    acme, own = decks.of(ACME), database.of(ACME)
    options = {"webhook_url": webhook_url}
    endpoint = NewEndpoint.model_validate({"url": "https://receiver.example/quixotry"})
    await acme.webhooks.create(endpoint)
    await acme.webhooks.rotate_own_secret(1)
    completed = await submit(acme, idempotency_key=KEY, **options)
    await work(runtime, completed)
    active, *failed = [await submit(acme, f"deck-1{number}", **options) for number in range(3)]
    waiting, left = [await submit(acme, f"deck-2{number}") for number in range(2)]
    assert await take(database, active)
    for job_id in failed:
        lease = await take(database, job_id)
        assert lease
        await progress.fail(own, lease, PermanentError("It broke.", code="broken"))
    for statement, one in (
        (A_VERSION, completed),
        (A_CALL, completed),
        (A_LINK, completed),
        (TOLD, completed),
        (SILENT, active),
        (A_WORKER, active),
        (OF_ANOTHER_USER, failed[1]),
        (HANDED_OVER, failed[0]),
        (NOT_TOLD, failed[1]),
        (NOT_HANDED_OVER, left),
        (UNNEEDED, completed),
        (A_DELETION, completed),
        (AN_ENTRY, completed),
        (A_KEY, completed),
        (A_SESSION, completed),
        (A_TEMPLATE, completed),
        (A_SUMMED_DAY, completed),
        (A_COST, completed),
    ):
        await database.execute(statement, UUID(one))
    return [completed, active, *failed, waiting, left]


@pytest.fixture
async def values(database: OwnDatabase, job_ids: list[str]) -> list[dict[str, Any]]:
    """What names the rows of each job, for the parameters of any statement."""
    rows = [row for each in job_ids for row in await database.fetch(A_JOB, UUID(each))]
    deletion_id = await database.fetchval(THE_DELETION)
    return [values_of(row, deletion_id) for row in rows]


async def test_in_another_s_name(values: list[dict[str, Any]], database: OwnDatabase) -> None:
    """Given the ids of another tenant's jobs, each finds none of their rows and changes none."""
    before = await rows_of(database, ACME)
    for name in STATEMENTS:
        for of_job in values:
            with contextlib.suppress(asyncpg.InsufficientPrivilegeError):  # it is the service's alone
                told, after = await done(database.of(BETA), name, of_job)
                assert (name, after) == (name, before)
                if name not in TELLS_NOTHING:
                    assert (name, [*secrets_in(told, of_job)]) == (name, [])


async def test_in_another_user_s_name(values: list[dict[str, Any]], database: OwnDatabase) -> None:
    """The same for a caller who is bound to another user of the tenant."""
    before, bob = await rows_of(database, ACME), database.acting_for(Caller(ACME, "bob", "key:bob"))
    for name in STATEMENTS:
        if name in OF_A_TENANT:
            continue
        for of_job in values:
            with contextlib.suppress(asyncpg.InsufficientPrivilegeError):
                told, after = await done(bob, name, of_job)
                assert (name, after) == (name, before)
                if name not in TELLS_NOTHING:
                    assert (name, [*secrets_in(told, of_job)]) == (name, [])


async def test_without_row_security(values: list[dict[str, Any]], database: OwnDatabase) -> None:
    """Negative control: with these ids every statement that the application may make does something
    else to the owner, whom nothing binds.
    """
    vacuous = set()
    for name in STATEMENTS:
        with contextlib.suppress(asyncpg.InsufficientPrivilegeError, asyncpg.ForeignKeyViolationError):
            of_beta = [await done(database.of(BETA), name, one) for one in values]
            if of_beta == [await done(database, name, one) for one in values]:
                vacuous.add(name)
    assert (sorted(vacuous - VACUOUS), sorted(VACUOUS - vacuous)) == ([], [])


async def test_every_table_is_somebody_s(database: OwnDatabase) -> None:
    """A table has a tenant and row security that holds for its owner too, or is named here."""
    rows = await database.fetch(
        "SELECT relname::text, relforcerowsecurity AND relrowsecurity AS is_secured FROM pg_class "
        "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    secured = {row["relname"] for row in rows if row["is_secured"]}
    assert secured == set(await tables(database))
    assert {row["relname"] for row in rows} - secured == OF_NOBODY


async def test_the_roles(database: OwnDatabase) -> None:
    """Neither may sign in, pass row security or own a table; the application reads no private key."""
    for role in (APPLICATION, SERVICE):
        row = await database.fetchrow("SELECT * FROM pg_roles WHERE rolname = $1", role)
        assert row
        assert not any(row[right] for right in RIGHTS)
        owned = "SELECT count(*) FROM pg_class WHERE relowner = $1::regrole"
        assert await database.fetchval(owned, role) == 0
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await database.of(ACME).fetch("SELECT private_key FROM signing_keys")
    assert await database.service.fetch("SELECT private_key FROM signing_keys") == []


async def test_a_row_in_another_s_name(database: OwnDatabase) -> None:
    """The application can write for its own tenant only, and for none without one."""
    insert = "INSERT INTO presentations (tenant_id, id, user_id) VALUES ($1, 'd', 'u')"
    await database.of(ACME).execute(insert, ACME)
    nobody = Pool(database._connections, APPLICATION, None)
    for pool, tenant in ((database.of(ACME), BETA), (nobody, ACME)):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await pool.execute(insert, tenant)
    # The service has to name one.
    with pytest.raises(asyncpg.NotNullViolationError):
        await database.service.execute("INSERT INTO presentations (id, user_id) VALUES ('d', 'u')")


@pytest.mark.parametrize(
    "tenant", ["", "a'b", "a', false); DROP TABLE jobs; --", "acme\n", "ä", "x" * 129]
)
async def test_an_id_that_is_none(database: OwnDatabase, tenant: str) -> None:
    """A tenant's id becomes a part of a statement, so nothing else is let in."""
    with pytest.raises(InvalidRequest, match="tenant"):
        database.of(tenant)
