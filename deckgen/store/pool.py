"""The connections to PostgreSQL."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeAlias, TypeVar

import asyncpg
import orjson
import stamina

from deckgen.domain.errors import Unavailable
from deckgen.domain.model import canonical_json

COMMAND_TIMEOUT = 30.0
# What asyncpg and the operating system raise when the server is away, starting or stopping.
AWAY = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.InterfaceError,
)

T = TypeVar("T")
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
Pooled: TypeAlias = "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | Pooled"


def is_away(error: Exception) -> bool:
    """Whether the server can't be reached; asyncpg derives "wrong argument" from InterfaceError."""
    return isinstance(error, AWAY) and not isinstance(error, ValueError)


async def durably(call: Callable[..., Awaitable[T]], *args: Any, **kwargs: Any) -> T:
    """Call the store, again with backoff for as long as PostgreSQL is away.

    A repeated write does no harm: each one changes nothing if it was done already.
    """
    async for attempt in stamina.retry_context(on=is_away, attempts=None, timeout=None, wait_max=2.0):
        with attempt:
            return await call(*args, **kwargs)
    raise AssertionError("stamina ends only with a result or an error")


async def create_pool(database_url: str, *, max_size: int = 10) -> Pool:
    """A pool that connects when it is first used; json and jsonb columns hold Python values."""
    return await asyncpg.create_pool(
        database_url,
        min_size=0,
        max_size=max_size,
        command_timeout=COMMAND_TIMEOUT,
        init=_set_codecs,
        reset=_keep_session,
    )


async def _keep_session(connection: Any) -> None:
    """Nothing here changes a session, so giving a connection back needs no statement of its own."""


async def _set_codecs(connection: Any) -> None:
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


@asynccontextmanager
async def database() -> AsyncIterator[None]:
    """Turn "the server is away" into Unavailable, which says so without the address."""
    try:
        yield
    except AWAY as error:
        if not is_away(error):
            raise
        raise Unavailable(
            "The database can't be reached just now; nothing was accepted. Send the request again.",
            code="database_unavailable",
        ) from error
