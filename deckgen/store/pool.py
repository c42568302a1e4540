"""The connections to PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import asyncpg
import orjson
from asyncpg.pool import PoolAcquireContext
from asyncpg.transaction import Transaction

from deckgen.domain.documents import canonical_json
from deckgen.store.schema import check

COMMAND_TIMEOUT = 30.0
STATEMENT_CACHE = 100  # asyncpg's default
MAX_QUERIES = 50_000  # of one connection, before it is replaced: asyncpg's default
IDLE_SECONDS = 300.0  # after which a connection is closed: asyncpg's default

Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
Pooled: TypeAlias = "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | Pooled"


class ServingPool(asyncpg.Pool):
    """A pool that leaves a server which has become read-only: another one in the URL may take writes.

    Without a cache of statements each one runs in a transaction. A statement is prepared and executed
    by two messages, which a PgBouncer in transaction mode may otherwise give to two servers.
    """

    def __init__(self, *args: Any, statement_cache_size: int, **options: Any) -> None:
        super().__init__(*args, statement_cache_size=statement_cache_size, **options)
        self._is_by_transaction = statement_cache_size == 0

    def acquire(self, *, timeout: float | None = None) -> "_Acquired":
        """Returns a connection that is given back at the end of an `async with`."""
        return _Acquired(self, timeout, self._is_by_transaction)


class _Acquired(PoolAcquireContext):
    __slots__ = ("_inside", "_is_by_transaction")

    def __init__(self, pool: Pool, timeout: float | None, is_by_transaction: bool) -> None:
        super().__init__(pool, timeout)
        self._is_by_transaction = is_by_transaction
        self._inside: Transaction | None = None

    async def __aenter__(self) -> Any:
        connection = await super().__aenter__()
        if self._is_by_transaction:
            try:
                self._inside = connection.transaction()
                await self._inside.start()
            except BaseException:
                await super().__aexit__()
                raise
        return connection

    async def __aexit__(self, *error: Any) -> None:
        try:
            if self._inside is not None:
                await self._inside.__aexit__(*error)
        finally:
            if isinstance(error[1], asyncpg.ReadOnlySQLTransactionError):
                await self.pool.expire_connections()
            await super().__aexit__(*error)


async def create_pool(
    database_url: str, *, max_size: int = 10, statement_cache: int = STATEMENT_CACHE
) -> Pool:
    """Returns a pool that connects when it is first used; json and jsonb columns hold Python values.

    Its connections raise SchemaError while this version can't serve the database.
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
        statement_cache_size=statement_cache,
        init=_prepare,
        reset=_keep_session,
    )


async def _keep_session(connection: Any) -> None:
    """Do nothing: no session is changed, so giving a connection back needs no statement."""


async def _prepare(connection: Any) -> None:
    """Check the schema of a new connection, and set its codecs."""
    async with connection.transaction():
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
