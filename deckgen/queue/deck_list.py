"""The decks that a caller sees, as a list."""

from datetime import datetime

from deckgen.domain.access import Caller
from deckgen.domain.presentations import ListedDeck
from deckgen.queue.connections import Connections
from deckgen.store import away, presentations


class DeckList:
    """Lists a caller's decks, the newest first."""

    def __init__(self, connections: Connections, caller: Caller) -> None:
        self._reading = connections.reading.acting_for(caller)

    async def latest(self, limit: int, before: tuple[datetime, str] | None = None) -> list[ListedDeck]:
        """Returns at most `limit` decks: the newest, or those before a time and an id."""
        async with away.database():
            return await presentations.latest(self._reading, limit, before)

    async def of_ids(self, deck_ids: list[str]) -> list[ListedDeck]:
        """Returns those of these decks that there are."""
        async with away.database():
            return await presentations.of_ids(self._reading, deck_ids)
