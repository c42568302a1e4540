"""The check that this version can serve the database's schema.

Migrations expand first and contract later: a database may be ahead of the processes that use it, until
a file leaves older ones behind with a line such as `-- needs: 0013_fleet.sql`. Versions that do not
know that file are refused.
"""

import re
from functools import cache
from pathlib import Path

import asyncpg

from deckgen.store.queries import SQL

NEEDS = re.compile(r"^-- needs: ([\w.]+)$", re.MULTILINE | re.ASCII)
# The rows are read as JSON, since an older version's table has fewer columns.
APPLIED = "SELECT name, to_jsonb(schema_migrations)->>'needs' AS needs FROM schema_migrations"


class SchemaError(Exception):
    """The message says which side is behind, and what to do."""


@cache
def files(folder: Path = SQL / "migrations") -> list[Path]:
    """Returns the migrations that this version knows, in order."""
    return sorted(folder.glob("*.sql"))


def needs(sql: str) -> str | None:
    """Returns the migration that a version must know to work with what this one leaves."""
    line = NEEDS.search(sql)
    return line and line[1]


async def check(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Raise SchemaError if the database is too old or too new."""
    try:
        rows = await connection.fetch(APPLIED)
    except asyncpg.UndefinedTableError:
        raise SchemaError("The database was never migrated. Run `deckgen migrate`.") from None
    known = {file.name for file in files()}
    if missing := known - {row["name"] for row in rows}:
        raise SchemaError(f"The database lacks {max(missing)}. Run `deckgen migrate`.")
    for row in rows:
        if row["needs"] and row["needs"] not in known:
            raise SchemaError(
                f"The database was migrated with {row['name']} for a newer deckgen. Upgrade this one."
            )
