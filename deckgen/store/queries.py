"""The statements of sql/queries, by name."""

from functools import cache
from pathlib import Path
from typing import Any

import aiosql

PACKAGE = Path(__file__).parent.parent
# An installed package carries sql/ inside itself; a checkout has it at its top.
SQL = PACKAGE / "sql" if (PACKAGE / "sql").is_dir() else PACKAGE.parent / "sql"


@cache
def queries() -> Any:
    """Every statement as an async function of a connection or pool and its named parameters."""
    return aiosql.from_path(SQL / "queries", "asyncpg")
