"""The statements of sql/queries, by name."""

from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import aiosql
from aiosql.adapters.asyncpg import AsyncPGAdapter

PACKAGE = Path(__file__).parent.parent
# An installed package carries sql/ inside itself; a checkout has it at its top.
SQL = PACKAGE / "sql" if (PACKAGE / "sql").is_dir() else PACKAGE.parent / "sql"


class Adapter(AsyncPGAdapter):
    """aiosql's adapter without its own way to take a connection out of a pool.

    Our pool does that itself, and learns from errors.
    """

    def _ordered(self, query_name: str, parameters: dict[str, Any]) -> list[Any]:
        return [parameters[name] for name in self.var_sorted[query_name]]

    async def select(
        self, conn: Any, query_name: str, sql: str, parameters: Any, record_class: Any = None
    ) -> AsyncIterator[Any]:
        for row in await conn.fetch(sql, *self._ordered(query_name, parameters)):
            yield row

    async def select_one(
        self, conn: Any, query_name: str, sql: str, parameters: Any, record_class: Any = None
    ) -> Any:
        return await conn.fetchrow(sql, *self._ordered(query_name, parameters))

    async def select_value(self, conn: Any, query_name: str, sql: str, parameters: Any) -> Any:
        return await conn.fetchval(sql, *self._ordered(query_name, parameters))

    async def insert_update_delete(self, conn: Any, query_name: str, sql: str, parameters: Any) -> Any:
        return await conn.execute(sql, *self._ordered(query_name, parameters))


@cache
def queries() -> Any:
    """Returns every statement as an async function of a connection or pool and its named parameters."""
    return aiosql.from_path(SQL / "queries", cast("Any", Adapter))
