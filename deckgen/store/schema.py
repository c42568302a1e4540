"""Whether the database's schema is one that this version can serve.

Migrations expand first and contract later: a database may be ahead of the processes that use it, until
a file says whom it leaves behind, with a line `-- needs: 0013_fleet.sql`. Versions that do not know
that file are refused.
"""

import re
from functools import cache
from pathlib import Path

import asyncpg

from deckgen.store.queries import SQL

NEEDS = re.compile(r"^-- needs: ([\w.]+)$", re.MULTILINE | re.ASCII)
# As JSON, since the table of an older version has fewer columns.
APPLIED = "SELECT name, to_jsonb(schema_migrations)->>'needs' AS needs FROM schema_migrations"


class SchemaError(Exception):
    """The message says which side is behind, and what to do."""


@cache
def files(folder: Path = SQL / "migrations") -> list[Path]:
    """The migrations that this version knows, in order."""
    return sorted(folder.glob("*.sql"))


def needs(sql: str) -> str | None:
    """The migration that a version must know to work with what this one leaves."""
    found = NEEDS.search(sql)
    return found and found[1]


async def check(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """SchemaError if the database is too old or too new."""
    try:
        rows = await connection.fetch(APPLIED)
    except asyncpg.UndefinedTableError:
        raise SchemaError("The database was never migrated: run `deckgen migrate`.") from None
    known = {file.name for file in files()}
    if missing := known - {row["name"] for row in rows}:
        raise SchemaError(f"The database lacks {max(missing)}: run `deckgen migrate`.")
    for row in rows:
        if row["needs"] and row["needs"] not in known:
            raise SchemaError(
                f"The database was migrated with {row['name']} for a newer deckgen: upgrade this one."
            )
