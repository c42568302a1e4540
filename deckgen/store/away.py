"""The errors that count as PostgreSQL being away: all that have nothing to do with the work itself.

Work that meets one waits, or is refused with the reason; it never counts as failed.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import asyncpg
import stamina

from deckgen.domain.errors import Conflict, Unavailable
from deckgen.store.schema import SchemaError

UNREACHABLE = "The database can't be reached just now."
# The first one that fits says why.
REASONS: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    (
        (asyncpg.ReadOnlySQLTransactionError,),
        "The database is read-only and takes no writes.",
    ),
    (
        (asyncpg.TooManyConnectionsError,),
        "The database has no free connection.",
    ),
    (
        (asyncpg.InsufficientResourcesError, asyncpg.PostgresSystemError),
        "The database is out of disk space or memory, or its disk fails.",
    ),
    (
        (asyncpg.QueryCanceledError, asyncpg.LockNotAvailableError, asyncpg.TransactionRollbackError),
        "The database did not answer in time, or gave way to another transaction.",
    ),
    (
        (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError),
        "The database does not accept the user, the password or the database name in DATABASE_URL.",
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
        "The database's schema or rights do not fit this version of deckgen. Run `deckgen migrate`.",
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

# The trigger that lets nothing new in for what is being deleted (0023_deletion_and_audit.sql).
HELD = "nothing_new_while_deleted"

T = TypeVar("T")


def is_away(error: Exception) -> bool:
    """True if the error is one of AWAY, and no wrong argument (also an InterfaceError in asyncpg)."""
    return isinstance(error, AWAY) and not isinstance(error, ValueError)


def reason(error: Exception) -> str:
    """Returns a sentence that says why the database does not serve, without data or addresses."""
    if isinstance(error, SchemaError):
        return str(error)
    return next((sentence for kinds, sentence in REASONS if isinstance(error, kinds)), UNREACHABLE)


async def durably(call: Callable[..., Awaitable[T]], *args: Any, **kwargs: Any) -> T:
    """Call the store, and again with backoff for as long as PostgreSQL is away.

    A repeated write does no harm: it changes nothing if it was done already.
    """
    try:
        return await call(*args, **kwargs)
    except AWAY as error:
        if not is_away(error):
            raise
    # Retries are set up only now, as that costs more than a call that succeeds at once.
    async for attempt in stamina.retry_context(on=is_away, attempts=None, timeout=None, wait_max=2.0):
        with attempt:
            return await call(*args, **kwargs)
    raise AssertionError("stamina ends only with a result or an error")


@asynccontextmanager
async def database() -> AsyncIterator[None]:
    """Raise Unavailable, which says why without the address, while PostgreSQL is away.

    Conflict for what would be new for a deck, user or tenant that is being deleted.
    """
    try:
        yield
    except AWAY as error:
        if getattr(error, "constraint_name", None) == HELD:
            raise Conflict(
                "Deck, user or tenant is being deleted. Ask again when that is done.",
                code="being_deleted",
            ) from None
        if not is_away(error):
            raise
        raise Unavailable(
            f"{reason(error)} Nothing was changed. Try again later.",
            code="database_unavailable",
        ) from error
