"""The connections to PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import asyncpg
import orjson
from asyncpg.pool import PoolAcquireContext

from deckgen.domain.model import canonical_json
from deckgen.store.schema import check

COMMAND_TIMEOUT = 30.0
MAX_QUERIES = 50_000  # of one connection, before it is replaced: asyncpg's default
IDLE_SECONDS = 300.0  # after which a connection is closed: asyncpg's default

Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
Pooled: TypeAlias = "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | Pooled"


class ServingPool(asyncpg.Pool):
    """Leaves a server that has become read-only: of several in the URL another one may take writes."""

    def acquire(self, *, timeout: float | None = None) -> "_Acquired":
        """A connection that is given back at the end of an `async with`."""
        return _Acquired(self, timeout)


class _Acquired(PoolAcquireContext):
    async def __aexit__(self, *error: object) -> None:
        if isinstance(error[1], asyncpg.ReadOnlySQLTransactionError):
            await self.pool.expire_connections()
        await super().__aexit__(*error)


async def create_pool(database_url: str, *, max_size: int = 10) -> Pool:
    """A pool that connects when it is first used; json and jsonb columns hold Python values.

    Who uses it gets a SchemaError while the database is not one that this version can serve.
    """
    return await ServingPool(
        database_url,
        min_size=0,
        max_size=max_size,
        max_queries=MAX_QUERIES,
        max_inactive_connection_lifetime=IDLE_SECONDS,
        loop=None,
        connection_class=asyncpg.Connection,
        record_class=asyncpg.Record,
        command_timeout=COMMAND_TIMEOUT,
        init=_prepare,
        reset=_keep_session,
    )


async def _keep_session(connection: Any) -> None:
    """Nothing here changes a session, so giving a connection back needs no statement of its own."""


async def _prepare(connection: Any) -> None:
    """Nobody works with a schema that does not fit."""
    await check(connection)
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name,
            schema="pg_catalog",
            encoder=lambda value: canonical_json(value).decode(),
            decoder=orjson.loads,
        )


@asynccontextmanager
async def transaction(pool: Pool) -> AsyncIterator[Connection]:
    """A connection inside a transaction."""
    async with pool.acquire() as connection, connection.transaction():
        yield connection
