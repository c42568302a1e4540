"""What counts as PostgreSQL being away, and how it is told."""

import asyncpg
import pytest

from deckgen.domain.errors import Unavailable
from deckgen.store import away


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (asyncpg.ReadOnlySQLTransactionError, "read-only"),
        (asyncpg.TooManyConnectionsError, "no free connection"),
        (asyncpg.DiskFullError, "disk"),
        (asyncpg.QueryCanceledError, "in time"),
        (asyncpg.DeadlockDetectedError, "in time"),
        (asyncpg.LockNotAvailableError, "in time"),
        (asyncpg.InvalidPasswordError, "password"),
        (asyncpg.InvalidCatalogNameError, "DATABASE_URL"),
        (asyncpg.UndefinedColumnError, "deckgen migrate"),
        (asyncpg.InsufficientPrivilegeError, "rights"),
        (asyncpg.CannotConnectNowError, "can't be reached"),
        (asyncpg.InternalClientError, "can't be reached"),
        (TimeoutError, "can't be reached"),
    ],
)
async def test_what_is_said(error: type[Exception], said: str) -> None:
    """What the database says about itself is no fault of the request, and is told in plain words."""
    with pytest.raises(Unavailable, match=said) as caught:
        async with away.database():
            raise error("it quotes secret data")
    assert caught.value.code == "database_unavailable"
    assert "secret" not in caught.value.message


@pytest.mark.parametrize(
    "error", [asyncpg.UniqueViolationError("u"), asyncpg.DataError("d"), ValueError("v")]
)
async def test_what_is_about_the_work(error: Exception) -> None:
    """What it says about the data is not taken for an outage, or it would be tried for ever."""
    assert not away.is_away(error)
    with pytest.raises(type(error)):
        async with away.database():
            raise error
