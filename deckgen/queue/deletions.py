"""The deletion of a deck, a user or a tenant, for those who ask for it."""

import time

from deckgen.domain.access import LOCAL_TENANT, Caller
from deckgen.domain.deletions import Receipt, What
from deckgen.domain.documents import is_id, uuid_of
from deckgen.domain.errors import NotFound, Unavailable
from deckgen.observability.logs import get_logger
from deckgen.queue.connections import Connections
from deckgen.queue.decks import unknown_deck
from deckgen.queue.dispatch import Dispatcher
from deckgen.queue.erasing import Eraser
from deckgen.queue.event_notifier import EventNotifier
from deckgen.store import away, deletions

log = get_logger(__name__)

WAIT_SECONDS = 2.0  # of the request for a user or a tenant; a worker goes on after it


class Deletions:
    """What a caller may have deleted, and the receipts."""

    def __init__(
        self,
        connections: Connections,
        caller: Caller,
        dispatcher: Dispatcher,
        notifier: EventNotifier,
    ) -> None:
        self._caller, self._dispatcher = caller, dispatcher
        self._database = connections.database.acting_for(caller)
        self._service = connections.database.service
        self._eraser = Eraser(connections.database, connections.delivery, notifier)

    async def deck(self, deck_id: str) -> Receipt:
        """Delete a deck with all that was made for it; NotFound if the caller sees no such deck.

        Unavailable if the database goes away in between: then a worker goes on.
        """
        receipt = await self._delete(What.DECK, deck_id) if is_id(deck_id) else None
        if receipt is None:
            raise unknown_deck(deck_id)
        return receipt

    async def user(self, user_id: str) -> Receipt:
        """Delete all that is a user's; NotFound if there is nothing.

        Returns after WAIT_SECONDS at the latest; what is left by then is removed by a worker.
        """
        receipt = await self._delete(What.USER, user_id, WAIT_SECONDS) if is_id(user_id) else None
        if receipt is None:
            raise NotFound(f"There is nothing of a user {user_id!r}.", code="user_not_found")
        return receipt

    async def tenant(self) -> Receipt:
        """Delete all that is the caller's tenant's, likewise: nobody gets in with its keys any more."""
        receipt = await self._delete(What.TENANT, self._caller.tenant, WAIT_SECONDS)
        assert receipt is not None
        return receipt

    async def receipt(self, deletion_id: str) -> Receipt:
        """Returns a receipt of the caller's tenant; of any tenant if the caller is an operator.

        A tenant that is gone has no key with which it could look at its own.
        """
        sees_all = self._caller.tenant == LOCAL_TENANT and self._caller.user_id is None
        pool = self._service if sees_all else self._database
        found = None
        if number := uuid_of(deletion_id):
            async with away.database():
                found = await deletions.receipt(pool, number)
        if found is None:
            raise NotFound(f"There is no deletion {deletion_id!r}.", code="deletion_not_found")
        return found

    async def _delete(self, what: What, target: str, seconds: float | None = None) -> Receipt | None:
        async with away.database():
            deletion = await deletions.begin(self._database, self._caller.tenant, what, target)
        if deletion is None:
            return None
        log.info("deletion.began", deletion=str(deletion.id), what=what)
        until = None if seconds is None else time.monotonic() + seconds
        try:
            async with away.database():
                await self._eraser.erase(deletion, lambda: until is None or time.monotonic() < until)
                receipt = await deletions.receipt(self._database, deletion.id)
        except Unavailable as error:
            raise Unavailable(
                "The database went away in between. The deletion goes on by itself when it is back: "
                f"ask for it once more, or look at /api/deletions/{deletion.id}.",
                code="interrupted",
            ) from error
        await self._dispatcher.dispatch()
        return receipt
