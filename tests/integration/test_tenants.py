"""Tenants share nothing: whose a row is decides PostgreSQL, and not the statement that asks for it."""

import asyncio
from datetime import date
from uuid import UUID

import pytest

from deckgen.domain.access import Caller
from deckgen.domain.errors import Conflict, NotAllowed, NotFound
from deckgen.domain.finding import Preview
from deckgen.domain.jobs import JobStatus
from deckgen.domain.webhook_endpoints import NewEndpoint
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import leases, retention
from deckgen.worker.reconcile import reconcile_once
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.tenants import ACME, BETA, BRIEF, DECK, KEY, USER, rows_of, submit, tables
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
SILENT = "UPDATE jobs SET lease_until = now() - interval '1 hour' WHERE status = 'active'"
NOT_OF_JOBS = {
    "api_keys", "sessions", "costs_of_days", "summed_days", "deletions", "share_links", "templates",
}  # fmt: skip
OTHERS = """
SELECT count(*) FROM (
  SELECT tenant_id FROM jobs UNION ALL SELECT tenant_id FROM job_events
  UNION ALL SELECT tenant_id FROM job_attempts UNION ALL SELECT tenant_id FROM job_steps
  UNION ALL SELECT tenant_id FROM job_texts UNION ALL SELECT tenant_id FROM deliveries
  UNION ALL SELECT tenant_id FROM presentations UNION ALL SELECT tenant_id FROM datasets
) AS found WHERE tenant_id NOT IN ('acme', 'beta')
"""


@pytest.fixture
async def acme(decks: AsyncOrchestrator) -> AsyncOrchestrator:
    return decks.of(ACME)


@pytest.fixture
async def beta(decks: AsyncOrchestrator) -> AsyncOrchestrator:
    return decks.of(BETA)


@pytest.fixture
async def job_id(acme: AsyncOrchestrator, runtime: Runtime, webhook_url: str) -> str:
    """Of a completed job of acme's, the second for its deck, with rows in every table."""
    await acme.webhooks.create(NewEndpoint.model_validate({"url": webhook_url}))
    await acme.webhooks.rotate_own_secret(1)
    await work(runtime, await submit(acme))
    again = await submit(acme, idempotency_key=KEY, webhook_url=webhook_url)
    await work(runtime, again)
    for statement in (A_CALL, A_VERSION):
        await runtime.database.of(ACME).execute(statement, UUID(again))
    return again


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
    written = {table for table, _ in await rows_of(database, ACME)}
    assert written == set(await tables(database)) - NOT_OF_JOBS
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
        beta.events_after(job_id, 0),
        beta.get_presentation(DECK),
        beta.get_summary(DECK),
        beta.get_versions(DECK),
        beta.get_version(DECK, 1),
        beta.verify_presentation(DECK),
        beta.get_table_tag(DECK),
        beta.get_table(DECK),
    ):
        with pytest.raises(NotFound):
            await question
    assert await beta.get_unknown([DECK]) == [DECK]
    for decks, count in ((acme, 2), (beta, 0)):
        for query in ({}, {"q": "quixotry"}, {"q": "quixotry", "user": USER}, {"deck": DECK}):
            assert len((await decks.find_jobs(query)).jobs) == count
        preview = await decks.retry_jobs({"all": True, "dryRun": True})
        assert isinstance(preview, Preview)
        assert preview.count == 0
        account = await decks.get_account(date(2000, 1, 1), date(2100, 1, 1))
        assert len(account.days) == (1 if decks is acme else 0)


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


async def test_a_deck_of_a_user_who_is_not_seen(
    acme: AsyncOrchestrator, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """Who is bound and asks for another user's deck is told to choose another id; nothing is changed.

    A new deck, and one of their own, they get.
    """
    await acme.enqueue_presentation_generation(DECK, "ann", BRIEF)
    before = await rows_of(database, ACME)
    bob = decks.acting_for(Caller(ACME, "bob"))
    with pytest.raises(Conflict) as refused:
        await bob.enqueue_presentation_generation(DECK, "bob", BRIEF)
    assert refused.value.code == "deck_of_another_user"
    assert await rows_of(database, ACME) == before
    own = await bob.enqueue_presentation_generation("own", "bob", BRIEF)
    again = await bob.enqueue_presentation_generation("own", "bob", BRIEF)
    assert (again.job_id, again.existing) == (own.job_id, True)


async def test_many_jobs_of_others(acme: AsyncOrchestrator, decks: AsyncOrchestrator) -> None:
    """Who is bound and changes all jobs changes their own, and sees no count of others'."""
    kept = await acme.enqueue_presentation_generation("of-ann", "ann", BRIEF)
    own = await decks.acting_for(Caller(ACME, "bob")).enqueue_presentation_generation("o", "bob", BRIEF)
    bob = decks.acting_for(Caller(ACME, "bob"))
    preview = await bob.cancel_jobs({"all": True, "dryRun": True})
    assert isinstance(preview, Preview)
    assert [job.job_id for job in preview.jobs] == [own.job_id]
    await bob.cancel_jobs({"all": True, "count": preview.count})
    assert (await acme.get_job_status(kept.job_id)).status is JobStatus.WAITING
    assert (await acme.get_job_status(own.job_id)).status is JobStatus.CANCELLED
    with pytest.raises(NotAllowed):
        await bob.cancel_jobs({"user": "ann", "dryRun": True})
    assert [job.job_id for job in (await bob.find_jobs({"q": "Quixotry"})).jobs] == [own.job_id]
