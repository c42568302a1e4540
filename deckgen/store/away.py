"""What counts as PostgreSQL being away: whatever it says that has nothing to do with the work itself.

Such work waits, or is refused with the reason, and is never taken for one that failed.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import asyncpg
import stamina

from deckgen.domain.errors import Unavailable
from deckgen.store.schema import SchemaError

UNREACHABLE = "The database can't be reached just now."
# The first that fits says why.
REASONS: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    (
        (asyncpg.ReadOnlySQLTransactionError,),
        "The database takes no writes: it is read-only.",
    ),
    (
        (asyncpg.TooManyConnectionsError,),
        "The database has no connection left.",
    ),
    (
        (asyncpg.InsufficientResourcesError, asyncpg.PostgresSystemError),
        "The database is out of disk space or memory, or its disk fails.",
    ),
    (
        (asyncpg.QueryCanceledError, asyncpg.LockNotAvailableError, asyncpg.TransactionRollbackError),
        "The database did not answer in time, or gave up for the sake of somebody else.",
    ),
    (
        (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError),
        "The database refuses the user, the password or the name in DATABASE_URL.",
    ),
    (
        (
            asyncpg.UndefinedTableError,
            asyncpg.UndefinedColumnError,
            asyncpg.UndefinedFunctionError,
            asyncpg.UndefinedObjectError,
            asyncpg.InsufficientPrivilegeError,
            asyncpg.OutdatedSchemaCacheError,
            asyncpg.InvalidCachedStatementError,
        ),
        "The database's schema or rights do not fit this version of deckgen: run `deckgen migrate`.",
    ),
    (
        (
            OSError,  # TimeoutError is one
            asyncpg.PostgresConnectionError,
            asyncpg.OperatorInterventionError,
            asyncpg.InterfaceError,
            asyncpg.InternalClientError,
        ),
        UNREACHABLE,
    ),
)
AWAY: tuple[type[Exception], ...] = (
    SchemaError,
    *(kind for kinds, _ in REASONS for kind in kinds),
)

T = TypeVar("T")


def is_away(error: Exception) -> bool:
    """Whether it is one of AWAY; asyncpg derives "wrong argument" from InterfaceError."""
    return isinstance(error, AWAY) and not isinstance(error, ValueError)


def reason(error: Exception) -> str:
    """Why the database does not serve, in a sentence that quotes neither data nor addresses."""
    if isinstance(error, SchemaError):
        return str(error)
    return next((why for kinds, why in REASONS if isinstance(error, kinds)), UNREACHABLE)


async def durably(call: Callable[..., Awaitable[T]], *args: Any, **kwargs: Any) -> T:
    """Call the store, again with backoff for as long as PostgreSQL is away.

    A repeated write does no harm: each one changes nothing if it was done already.
    """
    try:
        return await call(*args, **kwargs)
    except AWAY as error:
        if not is_away(error):
            raise
    # Only now, as it costs more than what goes well at once.
    async for attempt in stamina.retry_context(on=is_away, attempts=None, timeout=None, wait_max=2.0):
        with attempt:
            return await call(*args, **kwargs)
    raise AssertionError("stamina ends only with a result or an error")


@asynccontextmanager
async def database() -> AsyncIterator[None]:
    """Turn "PostgreSQL is away" into Unavailable, which says why without the address."""
    try:
        yield
    except AWAY as error:
        if not is_away(error):
            raise
        raise Unavailable(
            f"{reason(error)} Nothing was changed. Try again later.",
            code="database_unavailable",
        ) from error
