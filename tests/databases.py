"""The database as its own user sees it: all tenants at once, for what tests look at and change."""

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from deckgen.domain.access import Caller
from deckgen.store import pool as store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NO_ROLE = "NONE"  # PostgreSQL's word for the user that has signed in


class OwnDatabase(store.Pool, store.Database):
    """A database whose statements, where a test makes them itself, are those of its owner."""

    def __init__(self, database: store.Database) -> None:
        store.Database.__init__(self, database._connections)
        self.service = database.service
        store.Pool.__init__(self, database._connections, NO_ROLE, Caller())


@asynccontextmanager
async def opened(url: str, **options: int) -> "AsyncIterator[OwnDatabase]":
    """Open a database for the length of the block."""
    database = OwnDatabase(await store.open_database(url, **options))
    try:
        yield database
    finally:
        await database.close()
