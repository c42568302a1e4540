"""Links by which whoever has one reads one deck."""

from deckgen.domain.access import Caller
from deckgen.domain.documents import uuid_of
from deckgen.domain.errors import NotFound
from deckgen.domain.share_links import (
    CreatedShareLink,
    NewShareLink,
    ShareLink,
    ShareLinks,
)
from deckgen.domain.tokens import new_token, sha256_of
from deckgen.observability.logs import get_logger
from deckgen.queue.connections import Connections
from deckgen.queue.decks import Decks, unknown_deck
from deckgen.store import away, share_links
from deckgen.store.share_links import SharedDeck

log = get_logger(__name__)


class SharedDecks:
    """The links to a caller's decks, and what a link of anybody's opens."""

    def __init__(self, connections: Connections, caller: Caller, decks: Decks) -> None:
        self._service = connections.database.service
        self._database = connections.database.acting_for(caller)
        self._decks = decks

    async def create(self, deck_id: str, wanted: NewShareLink) -> CreatedShareLink:
        """Make a link to a deck; the answer alone has its token. NotFound without that deck."""
        token = new_token()
        days = wanted.expires_in_days
        async with away.database():
            link = await share_links.add(self._database, deck_id, _sha256(token), days=days)
        if link is None:
            raise unknown_deck(deck_id)
        log.info("share.created", share=link.share_id, deckId=deck_id)
        return CreatedShareLink(**link.model_dump(), url=f"/share/{token}")

    async def listed(self, deck_id: str) -> ShareLinks:
        """Returns the links to a deck, the latest first; NotFound without that deck."""
        await self._decks.get_summary(deck_id)
        async with away.database():
            return ShareLinks(links=await share_links.listed(self._database, deck_id))

    async def revoke(self, deck_id: str, share_id: str) -> ShareLink:
        """End a link, at once and in every process; NotFound if the deck has none of this id."""
        link = None
        if number := uuid_of(share_id):
            async with away.database():
                link = await share_links.revoke(self._database, deck_id, number)
        if link is None:
            raise _unknown_link()
        log.info("share.revoked", share=share_id, deckId=deck_id)
        return link

    async def find(self, token: str) -> SharedDeck:
        """Returns what the link with this token opens; NotFound if it opens nothing any more."""
        async with away.database():
            shared = await share_links.find(self._service, _sha256(token))
        if shared is None:
            raise _unknown_link()
        if shared.has_ended:
            raise NotFound(
                "This link has expired or was revoked. Ask whoever gave it to you for another.",
                code="share_ended",
            )
        return shared


def _sha256(token: str) -> bytes:
    sha256 = sha256_of(token)
    if sha256 is None:
        raise _unknown_link()
    return sha256


def _unknown_link() -> NotFound:
    return NotFound(
        "There is no such link. Check that it was copied whole, or ask whoever gave it to you.",
        code="share_not_found",
    )
