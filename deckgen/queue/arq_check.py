"""What `arq --check` is told, which looks for a worker's sign of life by a connection of its own."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Any

from arq.connections import RedisSettings

from deckgen.config.settings import Settings
from deckgen.domain.net.endpoints import endpoints
from deckgen.redis.cluster import Address, Find
from deckgen.redis.connections import hash_tag, slot_master, tls, user


def arq_settings(settings: Settings) -> RedisSettings:
    """What a worker connects with.

    Of Sentinel arq can do the plain form only: it hands neither password nor TLS to the sentinels.
    """
    options: dict[str, Any] = {
        **user(settings),
        "database": settings.redis_db,
        "ssl": settings.redis_tls,
        **tls(settings),
    }
    if tag := hash_tag(settings):
        return FoundSettings(slot_master(settings, tag).find, **options)
    return RedisSettings(
        host=endpoints(settings.redis_sentinels) or settings.redis_host,
        port=settings.redis_port,
        sentinel=bool(settings.redis_sentinels),
        sentinel_master=settings.redis_sentinel_master,
        **options,
    )


def key_in_redis(settings: Settings, name: str) -> str:
    """What a key of ours is called there, as arq's own connection puts no tag on it."""
    tag = hash_tag(settings)
    return tag.key(name).decode() if tag else name


class FoundSettings(RedisSettings):
    """Host and port are looked for when arq reads them, and not before: only its check does."""

    def __init__(self, find: Find, **options: Any) -> None:
        super().__init__(**options)
        self._find = find
        del self.host, self.port  # the defaults; what is below takes their place

    @cached_property
    def host(self) -> str:  # type: ignore[override] # it can still be set
        return self._address[0]

    @cached_property
    def port(self) -> int:  # type: ignore[override] # it can still be set
        return self._address[1]

    @cached_property
    def _address(self) -> Address:
        """Asked in a thread, because arq reads its settings where nothing can be awaited."""

        async def found() -> Address:
            return await self._find()

        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, found()).result()
