"""The settings of `arq --check`, which looks for a worker's sign of life by its own connection."""

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
    """Returns the settings that arq connects with.

    arq knows only the plain form of Sentinel: it hands neither password nor TLS to the sentinels.
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
    """Returns a key as it is called in Redis: arq's own connection puts no tag on it."""
    tag = hash_tag(settings)
    return tag.key(name).decode() if tag else name


class FoundSettings(RedisSettings):
    """Settings that look for host and port only when arq reads them, as only its check does."""

    def __init__(self, find: Find, **options: Any) -> None:
        super().__init__(**options)
        self._find = find
        del self.host, self.port  # the defaults, which the properties below replace

    @cached_property
    def host(self) -> str:  # type: ignore[override] # it can still be set
        return self._address[0]

    @cached_property
    def port(self) -> int:  # type: ignore[override] # it can still be set
        return self._address[1]

    @cached_property
    def _address(self) -> Address:
        """The master's address, found in a thread: nothing can be awaited where arq reads it."""

        async def find_master() -> Address:
            return await self._find()

        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, find_master()).result()
