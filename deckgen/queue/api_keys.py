"""The keys of the HTTP API: a tenant's own, and the search for one that somebody came with."""

import asyncpg

from deckgen.domain.access import Caller
from deckgen.domain.api_keys import CreatedKey, Key, KeyList, NewKey
from deckgen.domain.errors import NotFound
from deckgen.observability.logs import get_logger
from deckgen.queue.connections import Connections
from deckgen.store import api_keys, away
from deckgen.store.api_keys import FoundKey

log = get_logger(__name__)


class ApiKeys:
    """The keys of a caller's tenant."""

    def __init__(self, connections: Connections, caller: Caller) -> None:
        self._service = connections.database.service
        self._database = connections.database.acting_for(caller)

    async def create(self, wanted: NewKey) -> CreatedKey:
        """Make a key; the answer alone has the key itself."""
        async with away.database():
            created = await api_keys.add(self._database, wanted)
        log.info("key.created", key=created.key_id, scopes=created.scopes)
        return created

    async def listed(self) -> KeyList:
        """Returns all keys of the tenant, the latest first."""
        async with away.database():
            return KeyList(keys=await api_keys.listed(self._database))

    async def revoke(self, key_id: str) -> Key:
        """Let nobody in with this key from now on, within 5 s in every process."""
        async with away.database():
            revoked = await api_keys.revoke(self._database, key_id)
        if revoked is None:
            raise NotFound(f"There is no key {key_id!r}.", code="key_not_found")
        log.info("key.revoked", key=key_id)
        return revoked

    async def find(self, sha256: bytes) -> FoundKey | None:
        """Returns the key with this hash, of any tenant, and keeps that it was used."""
        async with away.database():
            found = await api_keys.find(self._service, sha256)
        if found and found.use_is_to_be_kept:
            try:
                await api_keys.keep_use(self._service, found.id)
            except (asyncpg.PostgresError, OSError) as error:  # the request itself may only read
                log.warning("key.use_not_kept", error=repr(error))
        return found

    async def any_usable(self) -> bool:
        """True if some key, of any tenant, lets somebody in."""
        async with away.database():
            return await api_keys.any_usable(self._service)
