"""Apply sql/migrations, in order of their names, once, under an advisory lock."""

import hashlib

import asyncpg

from deckgen.store.pool import Connection
from deckgen.store.queries import SQL

LOCK = 0x6465636B  # "deck": one migration at a time in a database


class MigrationError(Exception):
    """A migration that was applied is not the file that is here now."""


async def migrate(database_url: str) -> list[str]:
    """Bring the database up to date; returns the names of the migrations that were applied now."""
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", LOCK)
        return await _apply_missing(connection)
    finally:
        await connection.close()


async def _apply_missing(connection: Connection) -> list[str]:
    await connection.execute(
        "CREATE TABLE IF NOT EXISTS schema_migrations ("
        "name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())"
    )
    rows = await connection.fetch("SELECT name, sha256 FROM schema_migrations")
    applied = {row["name"]: row["sha256"] for row in rows}
    fresh = []
    for file in sorted((SQL / "migrations").glob("*.sql")):
        sql = file.read_text()
        sha256 = hashlib.sha256(sql.encode()).hexdigest()
        if file.name not in applied:
            await _apply(connection, file.name, sql, sha256)
            fresh.append(file.name)
        elif applied[file.name] != sha256:
            raise MigrationError(
                f"{file.name} was changed after it was applied: add a new file instead."
            )
    return fresh


async def _apply(connection: Connection, name: str, sql: str, sha256: str) -> None:
    async with connection.transaction():
        await connection.execute(sql)
        await connection.execute("INSERT INTO schema_migrations VALUES ($1, $2)", name, sha256)
