"""Migrations, against a real PostgreSQL."""

import asyncio
import shutil
from pathlib import Path

import asyncpg
import pytest

from deckgen.domain.errors import Unavailable
from deckgen.store import migrate as migrations
from deckgen.store.away import AWAY, reason
from deckgen.store.migrate import MigrationError, migrate
from deckgen.store.pool import open_database
from deckgen.store.queries import SQL

REVISION = '{"slideId": "s1", "instruction": "Shorter, please."}'
# How an API of 0.3.0 writes a revision.
ACCEPT_BEFORE = f"""
SELECT outcome::text FROM accept_job(
  $1, 'u', 5, NULL, '{{}}', '{REVISION}', NULL, NULL, NULL, NULL, 3, NULL, NULL, NULL, 10, 10)
"""
READS = 200  # some of them while a migration waits for its lock, and some between two tries


@pytest.fixture
def sql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of migrations of the test's own."""
    monkeypatch.setattr(migrations, "SQL", tmp_path)
    folder = tmp_path / "migrations"
    folder.mkdir()
    return folder


async def test_applies_once(own_database_url: str) -> None:
    """A database that is up to date is left alone."""
    assert await migrate(own_database_url) == []


async def test_a_database_that_is_away_is_told_of() -> None:
    """Whoever migrates reads a sentence about DATABASE_URL, and no traceback."""
    with pytest.raises(Unavailable, match=r"can't be reached just now\. Check DATABASE_URL\."):
        await migrate("postgresql://u:secret@127.0.0.1:1/none")


async def test_one_at_a_time(own_database_url: str, sql: Path) -> None:
    """Of many processes that start at once, one applies a migration and the others wait for it."""
    (sql / "0002_more.sql").write_text("CREATE TABLE more (id int)")
    applied = await asyncio.gather(*(migrate(own_database_url) for _ in range(5)))
    assert sorted(applied) == [[], [], [], [], ["0002_more.sql"]]


async def as_before(url: str, first: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database as it was before the migration `first`; the next `migrate` applies the others."""
    shutil.copytree(SQL, tmp_path / "sql")
    for file in (tmp_path / "sql" / "migrations").iterdir():
        if file.name >= first:
            file.unlink()
    connection = await asyncpg.connect(url)
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    await connection.close()
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "SQL", tmp_path / "sql")
        await migrate(url)


async def test_jobs_from_before_are_found(
    own_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The migration that makes jobs findable reads those that there are; later errors are added."""
    await as_before(own_database_url, "0014_find_jobs.sql", tmp_path, monkeypatch)
    connection = await asyncpg.connect(own_database_url)
    await connection.execute(
        "INSERT INTO presentations (id, user_id) VALUES ('d', 'u'), ('e', 'u');"
        "INSERT INTO jobs (deck_id, user_id, max_attempts, context) VALUES"
        """ ('d', 'u', 3, '{"businessContext": "Umsätze"}'), ('e', 'u', 3, '{}')"""
    )
    assert "0014_find_jobs.sql" in await migrate(own_database_url)
    found = "SELECT deck_id FROM job_texts JOIN jobs ON id = job_id WHERE words @@ searched($1)"
    assert [row["deck_id"] for row in await connection.fetch(found, "umsatz")] == ["d"]
    await connection.execute("UPDATE jobs SET error_code = 'x', error_message = 'It broke.'")
    assert len(await connection.fetch(found, "broke")) == 2
    await connection.close()


async def test_revisions_from_before_have_parameters(
    own_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A revision that waits through the upgrade is given what it was asked for, under both names."""
    await as_before(own_database_url, "0015_job_kinds.sql", tmp_path, monkeypatch)
    connection = await asyncpg.connect(own_database_url)
    await connection.execute(
        "INSERT INTO presentations (id, user_id, final_deck_json, completed_at, status) "
        """SELECT id, 'u', '{"brief": {}}', now(), 'completed' FROM unnest('{d,e}'::text[]) AS id"""
    )
    assert await connection.fetchval(ACCEPT_BEFORE, "d") == "accepted"
    await migrate(own_database_url)
    assert await connection.fetchval(ACCEPT_BEFORE, "e") == "accepted"
    for row in await connection.fetch(
        "SELECT kind::text, changes_deck, parameters, revision FROM jobs"
    ):
        assert tuple(row) == ("revise", True, REVISION, REVISION)
    await connection.execute(
        "UPDATE jobs SET status = 'cancelled', finished_at = now(); "
        "UPDATE jobs SET purged_at = now(), revision = NULL"
    )
    assert await connection.fetchval("SELECT count(*) FROM jobs WHERE parameters IS NOT NULL") == 0
    await connection.close()


async def test_a_broken_migration_leaves_nothing(own_database_url: str, sql: Path) -> None:
    """A migration is applied whole or not at all."""
    (sql / "0002_broken.sql").write_text("CREATE TABLE more (id int); SELECT nonsense")
    with pytest.raises(asyncpg.PostgresError):
        await migrate(own_database_url)
    (sql / "0002_broken.sql").write_text("CREATE TABLE more (id int)")
    assert await migrate(own_database_url) == ["0002_broken.sql"]


async def test_an_edited_migration_is_refused(own_database_url: str, sql: Path) -> None:
    """A file that changed after it was applied is named instead of being ignored."""
    file = sql / "0002_more.sql"
    file.write_text("CREATE TABLE more (id int)")
    await migrate(own_database_url)
    file.write_text("CREATE TABLE more (id bigint)")
    with pytest.raises(MigrationError, match="0002_more"):
        await migrate(own_database_url)


async def refusal(url: str) -> str:
    """Why a process of this version does not work with the database; "" if it does."""
    database = await open_database(url)
    try:
        await database.service.fetchval("SELECT 1")
    except AWAY as error:
        return reason(error)
    finally:
        await database.close()
    return ""


async def test_a_schema_that_fits(own_database_url: str, sql: Path) -> None:
    """A database that is ahead is served, as long as its migrations need nothing that is not known."""
    (sql / "9998_more.sql").write_text("CREATE TABLE more (id int)")
    (sql / "9999_less.sql").write_text("-- needs: 0013_fleet.sql\nDROP TABLE more")
    await migrate(own_database_url)
    assert await refusal(own_database_url) == ""


async def test_a_schema_that_is_too_new(own_database_url: str, sql: Path) -> None:
    """A process that a migration has left behind says so, and writes nothing."""
    (sql / "9999_less.sql").write_text("-- needs: 9998_more.sql\nDROP TABLE datasets CASCADE")
    await migrate(own_database_url)
    assert "9999_less.sql for a newer deckgen" in await refusal(own_database_url)


async def test_a_schema_that_is_too_old(own_database_url: str) -> None:
    """What is missing is named, with the command that adds it."""
    connection = await asyncpg.connect(own_database_url)
    await connection.execute("DELETE FROM schema_migrations WHERE name = '0013_fleet.sql'")
    assert "lacks 0013_fleet.sql. Run `deckgen migrate`" in await refusal(own_database_url)
    await connection.execute("DROP TABLE schema_migrations")
    assert "never migrated" in await refusal(own_database_url)
    await connection.close()


async def test_a_table_in_use(
    own_database_url: str, sql: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A migration does not make others wait behind it for a lock; it tries again until it has it."""
    monkeypatch.setattr(migrations, "LOCK_MILLISECONDS", 10)
    (sql / "9999_more.sql").write_text("ALTER TABLE jobs ADD COLUMN more int")
    user = await asyncpg.connect(own_database_url)
    async with user.transaction():
        await user.execute("LOCK TABLE jobs IN ACCESS SHARE MODE")
        migrating = asyncio.create_task(migrate(own_database_url))
        other = await asyncpg.connect(own_database_url)
        for _ in range(READS):
            await other.fetchval("SELECT count(*) FROM jobs")
        assert not migrating.done()
    assert await migrating == ["9999_more.sql"]
    await other.close()
    await user.close()
