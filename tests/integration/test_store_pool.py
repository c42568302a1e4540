"""Connections to a PostgreSQL that changes beneath them."""

import asyncpg
import pytest

from deckgen.store.pool import open_database

WRITE = "INSERT INTO workers (id, concurrency) VALUES ('w', 1) ON CONFLICT DO NOTHING"
READ_ONLY = "ALTER DATABASE {} SET default_transaction_read_only = on"
WRITABLE = "ALTER DATABASE {} RESET default_transaction_read_only"


async def become(url: str, change: str) -> None:
    """Of new sessions only, as with an address that leads to another server."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("SET default_transaction_read_only = off")
        name = await connection.fetchval("SELECT current_database()")
        await connection.execute(change.format(name))
    finally:
        await connection.close()


async def test_a_read_only_server_is_left(own_database_url: str) -> None:
    """A pool that has met one connects anew, and so writes again once there is a server for it."""
    database = await open_database(own_database_url)
    await become(own_database_url, READ_ONLY)
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await database.service.execute(WRITE)
    await become(own_database_url, WRITABLE)
    await database.service.execute(WRITE)
    await database.close()


async def test_without_leaving(own_database_url: str) -> None:
    """The control: a plain pool stays with the session that it has."""
    await become(own_database_url, READ_ONLY)
    pool = await asyncpg.create_pool(own_database_url, min_size=0, max_size=1)
    for change in (READ_ONLY, WRITABLE):
        await become(own_database_url, change)
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            await pool.execute(WRITE)
    await pool.close()
