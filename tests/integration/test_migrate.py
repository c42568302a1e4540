"""Migrations, against a real PostgreSQL."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from deckgen.store import migrate as migrations
from deckgen.store.migrate import MigrationError, migrate


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
