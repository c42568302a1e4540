"""The connections to PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import Any, TypeAlias

import asyncpg
import orjson

from deckgen.domain.access import Caller
from deckgen.domain.documents import canonical_json
from deckgen.store.schema import check

COMMAND_TIMEOUT = 30.0
STATEMENT_CACHE = 100  # asyncpg's default
ROLLBACK_SECONDS = 2.0

Connection: TypeAlias = (
    "asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"
)

APPLICATION, SERVICE = "deckgen_app", "deckgen_service"  # the roles of 0017_tenants.sql


class Pool:
    """Connections that act in one role, for a caller or for all; each `acquire` is a transaction.

    Role and caller are set in that transaction and for its length: a setting of the connection would
    be another client's behind a PgBouncer in transaction mode. Where `has_role` says that connections
    have the role by themselves, a single statement needs no transaction.
    """

    def __init__(
        self,
        connections: "asyncpg.Pool[asyncpg.Record]",
        role: str,
        caller: Caller | None,
        *,
        has_role: bool = False,
    ) -> None:
        self._connections, self._has_role = connections, has_role
        self._begin = f"BEGIN; SET LOCAL ROLE {role}; SELECT {_set(caller)}"

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[Connection]:
        """A connection in a transaction, which is committed at the end of the block."""
        async with self._connected() as connection, _transaction(connection, self._begin):
            yield connection

    async def fetch(self, query: str, *args: Any) -> list[asyncpg.Record]:
        async with self._for_one() as connection:
            return await connection.fetch(query, *args)

    async def fetchrow(self, query: str, *args: Any) -> asyncpg.Record | None:
        async with self._for_one() as connection:
            return await connection.fetchrow(query, *args)

    async def fetchval(self, query: str, *args: Any) -> Any:
        async with self._for_one() as connection:
            return await connection.fetchval(query, *args)

    async def execute(self, query: str, *args: Any) -> str:
        async with self._for_one() as connection:
            return await connection.execute(query, *args)

    def _for_one(self) -> AbstractAsyncContextManager[Connection]:
        """Returns a connection for a single statement."""
        return self._connected() if self._has_role else self.acquire()

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[Connection]:
        async with self._connections.acquire() as connection:
            try:
                yield connection
            except asyncpg.ReadOnlySQLTransactionError:
                # Another server in the URL may take writes.
                await self._connections.expire_connections()
                raise


def _set(caller: Caller | None) -> str:
    """Returns the expressions that say for whom a transaction is; the parts of a caller are ids."""
    values = (caller.tenant, caller.user_id or "", caller.name) if caller else ("", "", "")
    names = ("tenant", "user", "actor")
    return ", ".join(
        f"set_config('deckgen.{name}', '{value}', true)"
        for name, value in zip(names, values, strict=True)
    )


@asynccontextmanager
async def _transaction(connection: Connection, begin: str) -> AsyncIterator[None]:
    """A transaction whose first statements are one message: asyncpg's own would send BEGIN alone."""
    try:
        await connection.execute(begin)
        yield
        await connection.execute("COMMIT")
    except BaseException:
        await _roll_back(connection)
        raise


async def _roll_back(connection: Connection) -> None:
    """End a transaction that failed; a server that does not even answer to that loses its client."""
    if not connection.is_closed():
        try:
            await connection.execute("ROLLBACK", timeout=ROLLBACK_SECONDS)
        except Exception:
            connection.terminate()


class Database:
    """The connections of a process to PostgreSQL; `has_role` says that they are the service's."""

    def __init__(self, connections: "asyncpg.Pool[asyncpg.Record]", *, has_role: bool = False) -> None:
        self._connections = connections
        # Hands over, puts right and removes for all tenants.
        self.service = Pool(connections, SERVICE, None, has_role=has_role)

    def of(self, tenant: str) -> Pool:
        """Returns what sees and writes the rows of this tenant alone; InvalidRequest if it is no id."""
        return self.acting_for(Caller(tenant))

    def acting_for(self, caller: Caller) -> Pool:
        """Returns what sees and writes the rows of a tenant, or of one user of it."""
        return Pool(self._connections, APPLICATION, caller)

    def serving(self, caller: Caller) -> Pool:
        """Returns what changes what is everybody's, such as the queue's pause, in a caller's name."""
        return Pool(self._connections, SERVICE, caller)

    async def close(self) -> None:
        await self._connections.close()

    def terminate(self) -> None:
        self._connections.terminate()


async def open_database(
    database_url: str, *, max_size: int = 10, statement_cache: int = STATEMENT_CACHE
) -> Database:
    """Returns a database that connects when it is first used; its JSON columns hold Python values.

    Its connections raise SchemaError while this version can't serve it.
    """
    # Without a cache of statements a PgBouncer stands between, and a session is not one client's.
    is_own = statement_cache > 0
    connections = await asyncpg.create_pool(
        database_url,
        min_size=0,
        max_size=max_size,
        command_timeout=COMMAND_TIMEOUT,
        statement_cache_size=statement_cache,
        init=partial(_prepare, is_own=is_own),
        reset=_keep_session,
    )
    return Database(connections, has_role=is_own)


async def _keep_session(connection: Any) -> None:
    """Do nothing: what a transaction sets ends with it, and the role stays."""


async def _prepare(connection: Any, *, is_own: bool) -> None:
    """Check the schema of a new connection, set its codecs and, if it is our own, its role."""
    async with connection.transaction():
        await check(connection)
        for name in ("json", "jsonb"):
            await connection.set_type_codec(
                name,
                schema="pg_catalog",
                encoder=lambda value: canonical_json(value).decode(),
                decoder=orjson.loads,
            )
    if is_own:
        # It is what most single statements need; a transaction of a tenant's has another one.
        await connection.execute(f"SET ROLE {SERVICE}")
