"""The sessions of people who signed in on the pages with a key."""

from deckgen.domain.access import Caller
from deckgen.domain.tokens import new_token, sha256_of
from deckgen.observability.logs import get_logger
from deckgen.queue.connections import Connections
from deckgen.store import away, sessions

log = get_logger(__name__)


class Sessions:
    """Begins the sessions of a caller's key, and finds and ends those of anybody's by their tokens."""

    def __init__(self, connections: Connections, caller: Caller) -> None:
        self._service = connections.database.service
        self._database = connections.database.acting_for(caller)
        self._caller = caller

    async def begin(self, *, hours: int) -> str:
        """Begin a session of the key that the caller came with; returns its token."""
        token = new_token()
        sha256, key_id = sha256_of(token), self._caller.name.partition(":")[2]
        assert sha256 is not None
        async with away.database():
            await sessions.begin(self._database, sha256, key_id, hours=hours)
        log.info("session.begun", key=key_id)
        return token

    async def find(self, token: str) -> Caller | None:
        """Returns who has signed in; None once the session or its key has ended."""
        sha256 = sha256_of(token)
        async with away.database():
            return await sessions.find(self._service, sha256) if sha256 else None

    async def end(self, token: str) -> None:
        """End a session, at once and in every process."""
        if sha256 := sha256_of(token):
            async with away.database():
                await sessions.end(self._service, sha256)
