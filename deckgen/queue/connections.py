"""The connections of an AsyncOrchestrator: to PostgreSQL, for writing and for reading, and to Redis."""

from dataclasses import dataclass
from functools import partial
from typing import Self

from deckgen.config.settings import Settings
from deckgen.queue.pool import DeliveryPool, create_pool
from deckgen.store import pool as store

REDIS_RETRIES = 1
READING_SHARE = 0.3  # of the connections to PostgreSQL: the others write


@dataclass(frozen=True)
class Connections:
    """The pools of one process; `reading` is apart, so that no reader waits for requests in writing."""

    database: store.Database
    reading: store.Database
    delivery: DeliveryPool

    @classmethod
    async def open(cls, settings: Settings) -> Self:
        """Make the pools; each connects when it is first used."""
        create = partial(
            store.open_database,
            settings.database_url.get_secret_value(),
            statement_cache=settings.database_statement_cache,
        )
        reading = max(1, round(READING_SHARE * settings.database_pool_size))
        return cls(
            database=await create(max_size=max(1, settings.database_pool_size - reading)),
            reading=await create(max_size=reading),
            delivery=create_pool(settings, retries=REDIS_RETRIES),
        )

    async def close(self) -> None:
        await self.delivery.aclose()
        await self.reading.close()
        await self.database.close()
