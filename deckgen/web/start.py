"""The check, before the API listens, that it does not let in everybody, and not nobody either."""

import asyncio
from contextlib import suppress

from deckgen.config.settings import Settings, SettingsError
from deckgen.domain.errors import Unavailable
from deckgen.domain.net.hosts import is_loopback
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store.schema import SchemaError

ASK_SECONDS = 10.0  # a database that is away does not hold up the start: its requests get 503


async def check_door(settings: Settings) -> None:
    """Raise SettingsError, with the command to run, if requests need keys and there are none."""
    if settings.auth_is_off:
        if not is_loopback(settings.host):
            raise SettingsError(
                f"AUTH=off serves everybody who can reach HOST={settings.host}. Set AUTH=keys, and run "
                "`deckgen keys create NAME` on this server; or set HOST=127.0.0.1."
            )
        return
    if settings.auth_proxy_secret is None and not await _has_keys(settings):
        raise SettingsError(
            f"The API at HOST={settings.host} serves only requests with a key, and there is none yet. "
            "Run `deckgen keys create NAME` on this server, with the API's DATABASE_URL, and start it "
            "again."
        )


async def _has_keys(settings: Settings) -> bool:
    """True if there is a key, or if nobody can tell just now."""
    with suppress(Unavailable, SchemaError, TimeoutError):
        async with AsyncOrchestrator(settings) as decks, asyncio.timeout(ASK_SECONDS):
            return await decks.keys.any_usable()
    return True
