"""The signature of the decks that this worker completes, with the key that all workers have."""

import asyncio
from functools import partial
from importlib.metadata import version
from typing import Any

from deckgen.config.settings import Settings
from deckgen.domain.signing import sign
from deckgen.domain.signing_keys import PrivateKey
from deckgen.observability.logs import get_logger
from deckgen.runtime.batching import Batching
from deckgen.store import signing_keys
from deckgen.store.away import durably
from deckgen.store.leases import Lease
from deckgen.store.pool import Pool

log = get_logger(__name__)

VERSION = version("deckgen")


class Signer:
    """Signs with DECK_SIGNING_KEY, or with PostgreSQL's key, read each time as it may change."""

    def __init__(self, settings: Settings, database: Pool) -> None:
        seed = settings.deck_signing_key
        self._configured_key = PrivateKey.decode(seed.get_secret_value()) if seed else None
        self._database = database
        self._stored_key = Batching(self._ask)
        self._is_listed = False

    async def sign(self, deck: Any, lease: Lease) -> Any:
        """Returns the finished deck of a job with its signature."""
        key = await self._key()
        table = lease.dataset.sha256 if lease.dataset else None
        return await asyncio.to_thread(partial(sign, deck, key, table_sha256=table, version=VERSION))

    async def list_key(self) -> None:
        """Publish the public key before the first deck is signed with it."""
        try:
            await self._key()
        except Exception:
            log.exception("worker.bug")

    async def _key(self) -> PrivateKey:
        if self._configured_key is None:
            return await self._stored_key.do(None)
        if not self._is_listed:
            await durably(signing_keys.register, self._database, self._configured_key.public)
            self._is_listed = True
        return self._configured_key

    async def _ask(self, decks: list[None]) -> list[PrivateKey]:
        """Returns the stored key for each deck that is ready; it is read once."""
        return [await durably(signing_keys.current, self._database)] * len(decks)
