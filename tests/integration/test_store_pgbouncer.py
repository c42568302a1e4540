"""deckgen behind a PgBouncer in transaction mode."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from deckgen.config.settings import Settings, load_settings
from deckgen.domain.access import Caller
from deckgen.domain.errors import NotFound
from deckgen.domain.jobs import JobStatus
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import pool as store
from deckgen.store import workers
from deckgen.worker.reconcile import beat_once, reconcile_once
from deckgen.worker.runtime import Runtime
from tests.pgbouncers import needs_pgbouncer, pgbouncer
from tests.work import work

pytestmark = needs_pgbouncer
JOBS, STATEMENTS, CONNECTIONS = 12, 400, 20


@pytest.fixture
def bouncing_url(database_url: str, tmp_path: Path) -> Iterator[str]:
    with pgbouncer(tmp_path / "pgbouncer", database_url) as url:
        yield url


@pytest.fixture
def settings(
    bouncing_url: str, configured: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Settings:
    monkeypatch.setenv("DATABASE_URL", bouncing_url)
    monkeypatch.setenv("DATABASE_STATEMENT_CACHE", "0")
    return load_settings()


async def beats(url: str, *, statement_cache: int) -> None:
    """Many statements at once, over more connections than the PgBouncer has."""
    database = await store.open_database(url, max_size=CONNECTIONS, statement_cache=statement_cache)
    names = [f"w{number % CONNECTIONS}" for number in range(STATEMENTS)]
    try:
        await asyncio.gather(*(workers.beat(database.service, name, concurrency=1) for name in names))
    finally:
        await database.close()


async def test_statements_without_a_cache(bouncing_url: str) -> None:
    """However the connections are dealt out, each statement is prepared and executed by one server."""
    await beats(bouncing_url, statement_cache=0)


async def test_statements_with_a_cache(bouncing_url: str) -> None:
    """The control: what one server has prepared, another one does not know."""
    with pytest.raises(asyncpg.PostgresError, match="prepared statement"):
        await beats(bouncing_url, statement_cache=store.STATEMENT_CACHE)


async def test_jobs(decks: AsyncOrchestrator, runtime: Runtime) -> None:
    """Jobs are accepted at the same time, done, and looked after."""
    brief = {"businessContext": "Test"}
    submitted = await asyncio.gather(
        *(decks.enqueue_presentation_generation(f"d{n}", f"u{n}", brief) for n in range(JOBS))
    )
    await beat_once(runtime)
    await asyncio.gather(*(work(runtime, one.job_id) for one in submitted))
    await reconcile_once(runtime)
    jobs = await asyncio.gather(*(decks.get_job_status(one.job_id) for one in submitted))
    assert [job.status for job in jobs] == [JobStatus.COMPLETED] * JOBS


async def test_tenants(decks: AsyncOrchestrator) -> None:
    """Its few connections are dealt out to all tenants, and nobody sees with another's eyes."""
    tenants = [decks.of(f"tenant-{number}") for number in range(4)]
    for number, one in enumerate(tenants):
        for deck in range(number):
            await one.enqueue_presentation_generation(f"d{deck}", "u", {"businessContext": "Sales?"})
    questions = [one.find_jobs({}) for _ in range(30) for one in tenants]
    found = [len(page.jobs) for page in await asyncio.gather(*questions)]
    assert found == [0, 1, 2, 3] * 30


async def test_users(decks: AsyncOrchestrator) -> None:
    """The same for callers who are bound to users of one tenant, beside one who is bound to nobody."""
    acme = decks.of("acme")
    users = [decks.acting_for(Caller("acme", user, f"key:{user}")) for user in ("ann", "bob")]
    jobs = [
        await one.enqueue_presentation_generation(f"of-{user}", user, {"businessContext": "Sales?"})
        for one, user in zip(users, ("ann", "bob"), strict=True)
    ]

    async def sees(one: AsyncOrchestrator) -> list[bool]:
        seen = []
        for job in jobs:
            try:
                seen.append((await one.get_job_status(job.job_id)).job_id == job.job_id)
            except NotFound:
                seen.append(False)
        return seen

    found = await asyncio.gather(*(sees(one) for _ in range(30) for one in (*users, acme)))
    assert found == [[True, False], [False, True], [True, True]] * 30
