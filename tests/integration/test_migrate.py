"""Migrations, against a real PostgreSQL."""

import asyncio
import shutil
from pathlib import Path

import asyncpg
import pytest

from deckgen.store import migrate as migrations
from deckgen.store.migrate import MigrationError, migrate
from deckgen.store.queries import SQL


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


async def test_one_at_a_time(own_database_url: str, sql: Path) -> None:
    """Of many processes that start at once, one applies a migration and the others wait for it."""
    (sql / "0002_more.sql").write_text("CREATE TABLE more (id int)")
    applied = await asyncio.gather(*(migrate(own_database_url) for _ in range(5)))
    assert sorted(applied) == [[], [], [], [], ["0002_more.sql"]]


async def test_jobs_from_before_are_found(
    own_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The migration that makes jobs findable reads those that there are; later errors are added."""
    everything = SQL
    shutil.copytree(everything, tmp_path / "sql")
    (tmp_path / "sql" / "migrations" / "0014_find_jobs.sql").unlink()
    connection = await asyncpg.connect(own_database_url)
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    monkeypatch.setattr(migrations, "SQL", tmp_path / "sql")
    await migrate(own_database_url)
    await connection.execute(
        "INSERT INTO presentations (id, user_id) VALUES ('d', 'u'), ('e', 'u');"
        "INSERT INTO jobs (deck_id, user_id, max_attempts, context) VALUES"
        """ ('d', 'u', 3, '{"businessContext": "Umsätze"}'), ('e', 'u', 3, '{}')"""
    )
    monkeypatch.setattr(migrations, "SQL", everything)
    assert "0014_find_jobs.sql" in await migrate(own_database_url)
    found = "SELECT deck_id FROM job_texts JOIN jobs ON id = job_id WHERE words @@ searched($1)"
    assert [row["deck_id"] for row in await connection.fetch(found, "umsatz")] == ["d"]
    await connection.execute("UPDATE jobs SET error_code = 'x', error_message = 'It broke.'")
    assert len(await connection.fetch(found, "broke")) == 2
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
