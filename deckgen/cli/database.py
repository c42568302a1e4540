"""Commands that work on the database itself, without an API."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from deckgen.store.pool import Database

T = TypeVar("T")


def in_database(work: Callable[["Database"], Awaitable[T]]) -> T:
    """Returns the result of work with DATABASE_URL or the embedded database; neither is migrated."""
    from deckgen.config.settings import load_settings
    from deckgen.dev.postgres import Postgres
    from deckgen.dev.servers import DATA_DIR, using
    from deckgen.dev.with_servers import missing_servers

    missing = [name for name in missing_servers() if name == Postgres.name]
    with using(DATA_DIR, missing) as servers:
        url = servers.environment.get("DATABASE_URL") or load_settings().database_url.get_secret_value()
        return asyncio.run(_connected(url, work))


async def _connected(url: str, work: Callable[["Database"], Awaitable[T]]) -> T:
    from deckgen.store import away
    from deckgen.store.pool import open_database

    database = await open_database(url)
    try:
        async with away.database():
            return await work(database)
    finally:
        await database.close()
