"""Migrations: the files of sql/migrations, each applied once, in order, under an advisory lock."""

import hashlib

import asyncpg
import stamina

from deckgen.domain.errors import Unavailable
from deckgen.domain.job_kinds import job_kinds
from deckgen.store.away import AWAY, reason
from deckgen.store.pool import Connection
from deckgen.store.queries import SQL
from deckgen.store.schema import needs

LOCK = 0x6465636B  # "deck": one migration at a time in a database
LOCK_MILLISECONDS, LOCK_TRIES = 2000, 30
TABLE = """
CREATE TABLE IF NOT EXISTS schema_migrations (
  name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE schema_migrations ADD COLUMN IF NOT EXISTS needs text;
"""


class MigrationError(Exception):
    """A migration was changed after it was applied, or the database's user may not apply it."""


async def migrate(database_url: str) -> list[str]:
    """Bring the database up to date; returns the names of the migrations that were applied now.

    Unavailable if it can't be reached, MigrationError if its user lacks a right.
    """
    try:
        connection = await asyncpg.connect(database_url)
    except AWAY as error:
        raise Unavailable(f"{reason(error)} Check DATABASE_URL.") from error
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", LOCK)
        applied = await _apply_missing(connection)
        await _name_kinds(connection)
    except asyncpg.InsufficientPrivilegeError as error:
        raise MigrationError(str(error)) from error
    finally:
        await connection.close()
    return applied


async def _apply_missing(connection: Connection) -> list[str]:
    await connection.execute(TABLE)
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
                f"{file.name} was changed after it was applied. Add a new file instead."
            )
    return fresh


async def _name_kinds(connection: Connection) -> None:
    """Add the kinds of jobs that this version has; those of newer versions stay."""
    for kind in job_kinds():
        await connection.execute(f"ALTER TYPE job_kind ADD VALUE IF NOT EXISTS '{kind}'")


@stamina.retry(on=asyncpg.LockNotAvailableError, attempts=LOCK_TRIES, timeout=None)
async def _apply(connection: Connection, name: str, sql: str, sha256: str) -> None:
    """Apply a migration, again if a table is in use: a wait for its lock holds up everyone else."""
    async with connection.transaction():
        await connection.execute(f"SET LOCAL lock_timeout = {LOCK_MILLISECONDS}")
        await connection.execute(sql)
        await connection.execute(
            "INSERT INTO schema_migrations (name, sha256, needs) VALUES ($1, $2, $3)",
            name,
            sha256,
            needs(sql),
        )
