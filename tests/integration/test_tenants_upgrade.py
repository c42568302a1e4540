"""A database from before there were tenants, whose user is no administrator, becomes one of tenants."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from deckgen.config.settings import load_settings
from deckgen.domain.access import LOCAL_TENANT
from deckgen.domain.jobs import JobStatus
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import migrate as migrations
from deckgen.store.migrate import MigrationError, migrate
from deckgen.store.pool import Connection, open_database
from deckgen.store.queries import SQL

USER, PASSWORD, NAME = "plain", "secret", "deckgen_plain"
# How APIs of 0.3.0 and of 0.4.0 ask for a deck.
CALLS = (
    "SELECT outcome::text FROM accept_job("
    "$1, 'u', 5, '{}', '{}', NULL, NULL, NULL, NULL, NULL, 3, NULL, 'k1', 'hash', 10, 10)",
    "SELECT outcome::text FROM accept_job($1, 'u', 'generate', false, "
    "5, '{}', '{}', NULL, NULL, NULL, NULL, NULL, 3, NULL, 'k2', 'hash', 10, 10)",
)
# How a process of theirs ends a job.
CANCEL = """
WITH job AS (
  UPDATE jobs SET status = 'cancelled', finished_at = now(), last_event = last_event + 1
  WHERE deck_id = 'after-1' RETURNING id, last_event
)
INSERT INTO job_events (job_id, number, kind) SELECT id, last_event, 'job.cancelled' FROM job
"""
AN_ENDPOINT = "INSERT INTO webhook_endpoints (url, events, secret) VALUES ('u', '{job.cancelled}', 's')"
COMPLETE = (
    "UPDATE presentations SET status = 'completed', final_deck_json = '{}', completed_at = now();"
    "UPDATE presentations SET final_deck_json = '{\"again\": 1}'"
)


@pytest.fixture
async def administrator(servers: dict[str, str]) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(servers["DATABASE_URL"])
    yield connection
    await connection.close()


@pytest.fixture
async def url(
    servers: dict[str, str], _template: None, administrator: Connection
) -> AsyncIterator[str]:
    """Of a database that its user owns, who may do nothing else."""
    await administrator.execute(f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'")
    await administrator.execute(f"CREATE DATABASE {NAME} OWNER {USER}")
    parts = urlsplit(servers["DATABASE_URL"])
    yield parts._replace(
        netloc=f"{USER}:{PASSWORD}@{parts.hostname}:{parts.port}", path=f"/{NAME}"
    ).geturl()
    await administrator.execute(f"DROP DATABASE {NAME} WITH (FORCE)")
    await administrator.execute(f"DROP ROLE {USER}")


async def migrate_as_before(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SQL / "migrations", folder / "migrations")
    for file in (folder / "migrations").glob("*.sql"):
        if file.name >= "0017":
            file.unlink()
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "SQL", folder)
        await migrate(url)


async def test_all_that_there_was_is_local(
    url: str,
    administrator: Connection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Jobs and decks stay, processes of former releases go on beside new ones, and see no other's."""
    await migrate_as_before(url, tmp_path, monkeypatch)
    former = await asyncpg.connect(url)
    for number, call in enumerate(CALLS):
        assert await former.fetchval(call, f"before-{number}") == "accepted"
    await former.execute(COMPLETE)

    with pytest.raises(MigrationError, match="GRANT deckgen_app, deckgen_service TO plain WITH"):
        await migrate(url)
    await administrator.execute(f"GRANT deckgen_app, deckgen_service TO {USER} WITH INHERIT FALSE")
    assert (await migrate(url))[0] == "0017_tenants.sql"

    database = await open_database(url)
    await database.of("acme").execute(
        "INSERT INTO presentations (id, user_id) VALUES ('before-0', 'u')"
    )
    for number, call in enumerate(CALLS):
        assert await former.fetchval(call, f"before-{number}") == "existing"
        assert await former.fetchval(call.replace("'k", "'l"), f"after-{number}") == "accepted"
    for tenant in (LOCAL_TENANT, "acme"):
        await database.of(tenant).execute(AN_ENDPOINT)
    assert await former.execute(CANCEL) == "INSERT 0 1"
    told = await database.service.fetch("SELECT tenant_id, endpoint_id FROM webhook_deliveries")
    assert [(row["tenant_id"], row["endpoint_id"] is None) for row in told] == [(LOCAL_TENANT, False)]
    await former.execute("UPDATE presentations SET status = 'error', error_message = 'of the former'")
    everything = "SELECT count(*) FROM presentations"
    counts = [
        await database.of(tenant).fetchval(everything) for tenant in (LOCAL_TENANT, "acme", "beta")
    ]
    assert (counts, await former.fetchval(everything)) == ([4, 1, 0], 4)
    assert await database.of("acme").fetchval("SELECT status::text FROM presentations") == "draft"
    counted = "SELECT sum(waiting) FROM job_counts"
    assert await database.service.fetchval(counted) == 3
    await database.close()
    await former.close()


async def test_a_user_that_owns_nothing(
    environment: dict[str, str],
    administrator: Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Processes may sign in as a mere member of the two roles, who by itself sees nothing."""
    await administrator.execute(f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'")
    await administrator.execute(f"GRANT deckgen_app, deckgen_service TO {USER} WITH INHERIT FALSE")
    parts = urlsplit(environment["DATABASE_URL"])
    own = parts._replace(netloc=f"{USER}:{PASSWORD}@{parts.hostname}:{parts.port}").geturl()
    for name, value in {**environment, "DATABASE_URL": own}.items():
        monkeypatch.setenv(name, value)
    async with AsyncOrchestrator(load_settings()) as decks:
        brief = {"businessContext": "How are sales?"}
        submitted = await decks.enqueue_presentation_generation("d", "u", brief, "a,b\n1,2\n")
        assert (await decks.cancel_job(submitted.job_id)).status is JobStatus.CANCELLED
        assert (await decks.get_queue_status()).jobs.cancelled == 1
    itself = await asyncpg.connect(own)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await itself.fetch("SELECT * FROM jobs")
    await itself.close()
    await administrator.execute(f"DROP ROLE {USER}")
