"""A database that nobody has used yet gets its tables, and the user's key."""

from deckgen.dev.user_key import own_key
from deckgen.store import pool as store
from deckgen.store import signing_keys
from deckgen.store.migrate import migrate


async def prepare(database_url: str) -> None:
    """Create the tables, and store the user's key, as a new one would be lost with the database."""
    await migrate(database_url)
    key = own_key()
    if key is None:
        return
    database = await store.open_database(database_url)
    await signing_keys.keep(database.service, key)
    await database.close()
