"""Tenants share nothing: whose a row is decides PostgreSQL, and not the statement that asks for it."""

import asyncio
import contextlib
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from deckgen.domain.errors import NotFound
from deckgen.domain.finding import Preview
from deckgen.domain.jobs import JobStatus
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import leases, retention
from deckgen.store.pool import APPLICATION, SERVICE, Pool
from deckgen.store.queries import queries
from deckgen.worker.reconcile import reconcile_once
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.work import take, work

A_CALL = """
INSERT INTO model_calls (job_id, key, deck_id, user_id, step, part, model, tokens_in, tokens_cached,
                         tokens_out, seconds)
SELECT id, 'k', deck_id, user_id, 'draft', '', 'm', 1, 0, 1, 1 FROM jobs WHERE id = $1
"""
A_VERSION = """
INSERT INTO deck_versions (deck_id, number, deck, completed_at)
SELECT deck_id, 1, '{}', now() FROM jobs WHERE id = $1
"""
BRIEF = {"businessContext": "How are sales of Quixotry?"}
CSV = "region,sales\nNorth,10\nSouth,20\n"
DECK, USER, KEY = "deck-1", "user-1", "key-1"
ACME, BETA = "acme", "beta"
OF_TENANTS = """
SELECT relname::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE attname = 'tenant_id' AND relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1
"""
SILENT = "UPDATE jobs SET lease_until = now() - interval '1 hour' WHERE status = 'active'"
OTHERS = """
SELECT count(*) FROM (
  SELECT tenant_id FROM jobs UNION ALL SELECT tenant_id FROM job_events
  UNION ALL SELECT tenant_id FROM job_attempts UNION ALL SELECT tenant_id FROM job_steps
  UNION ALL SELECT tenant_id FROM job_texts UNION ALL SELECT tenant_id FROM deliveries
  UNION ALL SELECT tenant_id FROM presentations UNION ALL SELECT tenant_id FROM datasets
) AS found WHERE tenant_id NOT IN ('acme', 'beta')
"""
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


async def submit(decks: AsyncOrchestrator, **options: Any) -> str:
    return (await decks.enqueue_presentation_generation(DECK, USER, BRIEF, CSV, **options)).job_id


@pytest.fixture
async def acme(decks: AsyncOrchestrator) -> AsyncOrchestrator:
    return decks.of(ACME)


@pytest.fixture
async def beta(decks: AsyncOrchestrator) -> AsyncOrchestrator:
    return decks.of(BETA)


@pytest.fixture
async def job_id(acme: AsyncOrchestrator, runtime: Runtime, webhook_url: str) -> str:
    """Of a completed job of acme's, the second for its deck, with rows in every table."""
    await work(runtime, await submit(acme))
    again = await submit(acme, idempotency_key=KEY, webhook_url=webhook_url)
    await work(runtime, again)
    for statement in (A_CALL, A_VERSION):
        await runtime.database.of(ACME).execute(statement, UUID(again))
    return again


async def tables(database: OwnDatabase) -> list[str]:
    return [row["relname"] for row in await database.fetch(OF_TENANTS)]


async def rows_of(database: OwnDatabase, tenant: str) -> dict[str, list[str]]:
    """Every row of a tenant, as text."""
    found = {}
    for table in await tables(database):
        rows = await database.fetch(
            f"SELECT t::text AS row FROM {table} t WHERE tenant_id = $1", tenant
        )
        found[table] = sorted(row["row"] for row in rows)
    return found


async def test_the_same_ids_and_the_same_table(
    acme: AsyncOrchestrator, beta: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """Two tenants use one deck id, user id, idempotency key and table: each has a job and a deck."""
    first, second = [await submit(one, idempotency_key=KEY) for one in (acme, beta)]
    assert first != second
    for decks, job_id in ((acme, first), (beta, second)):
        await work(runtime, job_id)
        assert (await decks.get_job_status(job_id)).status is JobStatus.COMPLETED
        assert (await decks.get_presentation(DECK)).job_id == job_id
        assert await submit(decks, idempotency_key=KEY) == job_id
    assert await database.fetchval("SELECT count(*) FROM datasets") == 2


async def test_all_that_a_job_writes_is_its_tenant_s(
    job_id: str, database: OwnDatabase, runtime: Runtime
) -> None:
    """Whoever writes a row, request, worker or trigger, it is the row of the job's tenant."""
    found = await rows_of(database, ACME)
    assert [table for table, rows in found.items() if not rows] == []
    assert await database.fetchval(OTHERS) == 0


async def test_a_job_of_a_dead_worker(
    acme: AsyncOrchestrator, beta: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """The reconciler takes it back in its tenant's name, and leaves the other's deck alone."""
    job_ids = [await submit(one) for one in (acme, beta)]
    for _ in range(leases.MAX_CRASHES):
        await database.execute("UPDATE jobs SET run_after = now(), dispatched_at = now()")
        assert await take(database, job_ids[0])
        await database.execute(SILENT)
        await reconcile_once(runtime)
    assert (await acme.get_job_status(job_ids[0])).status is JobStatus.FAILED
    assert (await acme.get_presentation(DECK)).status == "error"
    assert (await beta.get_presentation(DECK)).status == "queued"
    assert await database.fetchval(OTHERS) == 0


async def test_each_user_of_each_tenant_has_a_share(
    acme: AsyncOrchestrator, beta: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """Users of two tenants with the same id do not take each other's places in Redis."""
    for decks in (acme, beta):
        for number in range(runtime.settings.user_concurrency + 1):
            await decks.enqueue_presentation_generation(f"d{number}", USER, BRIEF)
    rows = await database.fetch(
        "SELECT tenant_id::text, count(dispatched_at) AS there FROM jobs GROUP BY 1 ORDER BY 1"
    )
    share = runtime.settings.user_concurrency
    assert [tuple(row) for row in rows] == [(ACME, share), (BETA, share)]


async def test_another_tenant_finds_nothing(
    job_id: str, acme: AsyncOrchestrator, beta: AsyncOrchestrator
) -> None:
    """What is another tenant's is not there: not by its id, not in a list, not in the account."""
    for question in (
        beta.get_job_status(job_id),
        beta.cancel_job(job_id),
        beta.retry_job(job_id),
        beta.dismiss_job(job_id),
        beta.change_priority(job_id, 9),
        beta.follow_job(job_id),
        beta.get_presentation(DECK),
        beta.get_summary(DECK),
        beta.get_versions(DECK),
        beta.get_version(DECK, 1),
        beta.verify_presentation(DECK),
    ):
        with pytest.raises(NotFound):
            await question
    assert await beta.events_after(job_id, 0) == []
    assert await beta.get_unknown([DECK]) == [DECK]
    for decks, count in ((acme, 2), (beta, 0)):
        for query in ({}, {"q": "quixotry"}, {"q": "quixotry", "user": USER}, {"deck": DECK}):
            assert len((await decks.find_jobs(query)).jobs) == count
        preview = await decks.retry_jobs({"all": True, "dryRun": True})
        assert isinstance(preview, Preview)
        assert preview.count == 0
        account = await decks.get_account(date(2000, 1, 1), date(2100, 1, 1))
        assert len(account.days) == (1 if decks is acme else 0)


RIGHTS = ("rolsuper", "rolbypassrls", "rolcanlogin", "rolcreaterole")
PARAMETERS = {
    "limit": 10,
    "number": 0,
    "priority": 9,
    "event_number": 1,
    "attempt": 0,
    "key": KEY,
    "q": "quixotry",
    "statuses": ["completed", "failed", "waiting"],
    "planning": [],
    "first": date(2000, 1, 1),
    "last": date(2100, 1, 1),
    "is_crash": False,
    "uses_attempt": True,
}


async def values_of(database: OwnDatabase, job_id: str) -> dict[str, object]:
    """What names the rows of the job, for the parameters of any statement."""
    row = await database.fetchrow("SELECT * FROM jobs WHERE id = $1", UUID(job_id))
    assert row
    ids = {name: row[name] for name in ("deck_id", "user_id", "lease_token", "worker_id")}
    many = {f"{name}s": [value] for name, value in ids.items()}
    deck = await database.fetchval(
        "SELECT final_deck_sha256 FROM presentations WHERE tenant_id = $1", ACME
    )
    return {
        **PARAMETERS,
        **ids,
        **many,
        "job_id": UUID(job_id),
        "job_ids": [UUID(job_id)],
        "dispatch_nos": [row["dispatch_no"]],
        "sha256": deck,
        "tenant": ACME,
        "tenant_ids": [ACME],
    }


STATEMENTS = sorted(name for name in queries().available_queries if not name.endswith("_cursor"))
# What says no more than it was given, or the numbers of the whole queue, which the service asks for.
TELLS_NOTHING = {"unknown_decks", "expect_words", "outlook", "queue_figures", "database_time"}
REFUSALS = (
    asyncpg.InsufficientPrivilegeError,
    asyncpg.NotNullViolationError,  # it would need a parameter that has no value here
    asyncpg.CheckViolationError,
    asyncpg.DataError,
)


async def asked(pool: Pool, name: str, values: dict[str, object]) -> str:
    """The rows of a statement, as text; what is not among the values is null."""
    names = queries().driver_adapter.var_sorted[name]
    rows = await pool.fetch(getattr(queries(), name).sql, *(values.get(each) for each in names))
    return " ".join(str(value) for row in rows for value in row.values())


async def test_every_statement_in_another_s_name(job_id: str, database: OwnDatabase) -> None:
    """Given the ids of another tenant's rows, each finds none of them and changes none."""
    before, values = await rows_of(database, ACME), await values_of(database, job_id)
    for name in STATEMENTS:
        told = ""
        with contextlib.suppress(*REFUSALS):
            told = await asked(database.of(BETA), name, values)
        if name not in TELLS_NOTHING:
            secrets = [secret for secret in (job_id, DECK, USER, "uixotry", "North") if secret in told]
            assert (name, secrets) == (name, [])
        assert (name, await rows_of(database, ACME)) == (name, before)


async def test_without_row_security(job_id: str, database: OwnDatabase) -> None:
    """Negative control: to the owner, whom it does not bind, the same statements tell and change."""
    before, values = await rows_of(database, ACME), await values_of(database, job_id)
    assert job_id in await asked(database, "jobs_as_seen", values)
    await asked(database, "purge_jobs", {**values, "after": "", "completed": 0, "users": 9})
    assert await rows_of(database, ACME) != before


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
    for pool, tenant in (
        (database.of(ACME), BETA),
        (Pool(database._connections, APPLICATION, ""), ACME),
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await pool.execute(insert, tenant)
    # The service has to name one.
    with pytest.raises(asyncpg.NotNullViolationError):
        await database.service.execute("INSERT INTO presentations (id, user_id) VALUES ('d', 'u')")


async def test_tenants_take_turns_on_a_connection(
    job_id: str, acme: AsyncOrchestrator, beta: AsyncOrchestrator
) -> None:
    """What one transaction has set is not there for the next, however many go on at once."""
    questions = [one.find_jobs({}) for _ in range(50) for one in (acme, beta)]
    found = [len(page.jobs) for page in await asyncio.gather(*questions)]
    assert found == [2, 0] * 50


async def test_retention_of_all_tenants(
    acme: AsyncOrchestrator, beta: AsyncOrchestrator, runtime: Runtime, database: OwnDatabase
) -> None:
    """Jobs and tables are removed by the rules of each tenant's own rows."""
    for decks in (acme, beta):
        await work(runtime, await submit(decks))
    service = database.service
    await database.execute("DELETE FROM jobs WHERE tenant_id = $1", ACME)
    await database.execute("DELETE FROM presentations WHERE tenant_id = $1", ACME)
    page = await retention.remove_datasets(service, "", limit=10)
    assert (page.purged, await database.fetchval("SELECT tenant_id FROM datasets")) == (1, BETA)
    page = await retention.purge_jobs(service, "", completed=0, failed=0, users=10, limit=10)
    assert page.purged == 1
    assert await retention.remove_jobs(service, seconds=0, limit=10) == 1
