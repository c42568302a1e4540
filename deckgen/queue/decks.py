"""Stored decks: their documents and former versions, and the proof of their numbers and signature."""

import asyncio
from functools import partial
from typing import Any

from deckgen.config.settings import Settings
from deckgen.domain.access import Caller
from deckgen.domain.asking import AskRequest, Replies
from deckgen.domain.decks import Verification
from deckgen.domain.documents import is_id
from deckgen.domain.errors import Conflict, InvalidRequest, NotFound
from deckgen.domain.presentations import DeckVersions, Presentation, PresentationSummary
from deckgen.domain.refreshing import Refresh, RefreshedFile
from deckgen.domain.signing_keys import JsonWebKeySet, PrivateKey
from deckgen.queue.asking import ask
from deckgen.queue.connections import Connections
from deckgen.queue.refreshing import refreshed, signed
from deckgen.queue.table_files import TableAsRead, table_file, table_tag
from deckgen.queue.verification import HERE, verify, verify_file, with_signature
from deckgen.runtime.batching import Batching
from deckgen.store import away, presentations, signing_keys

MAX_VERSION = 2**31 - 1  # the largest integer of PostgreSQL


class Decks:
    """The decks that a caller sees; NotFound for an id that has none."""

    def __init__(self, connections: Connections, settings: Settings, caller: Caller) -> None:
        self._database = connections.database.acting_for(caller)
        self._service = connections.database.service
        self._reading = connections.reading.acting_for(caller)
        self._settings = settings
        # Questions that come in while a statement is on its way share the next one.
        self._summaries = Batching(partial(presentations.summaries, self._reading))

    async def get(self, deck_id: str) -> Presentation:
        """Returns the deck's status with its documents."""
        async with away.database():
            known = is_id(deck_id)
            presentation = await presentations.get(self._database, deck_id) if known else None
        if presentation is None:
            raise unknown_deck(deck_id)
        return presentation

    async def get_summary(self, deck_id: str) -> PresentationSummary:
        """Returns the deck's status with the hashes of its documents, which are not read."""
        async with away.database():
            summary = await self._summaries.do(deck_id) if is_id(deck_id) else None
        if summary is None:
            raise unknown_deck(deck_id)
        return summary

    async def get_document(self, deck_id: str, sha256: str) -> dict[str, Any] | None:
        """Returns the deck or draft with this hash; None if another has taken its place."""
        async with away.database():
            return await presentations.deck_of_hash(self._reading, deck_id, sha256)

    async def get_unknown(self, deck_ids: list[str]) -> list[str]:
        """Returns the ids under which there is no deck, or no longer one."""
        async with away.database():
            return await presentations.unknown(self._reading, deck_ids)

    async def get_versions(self, deck_id: str) -> DeckVersions:
        """Returns the former decks, the oldest first, and the present one."""
        await self.get_summary(deck_id)
        async with away.database():
            return await presentations.versions(self._database, deck_id)

    async def get_version(self, deck_id: str, number: int) -> dict[str, Any]:
        """Returns one of the former decks or the present one, by its number."""
        async with away.database():
            known = is_id(deck_id) and number <= MAX_VERSION
            deck = await presentations.version(self._database, deck_id, number) if known else None
        if deck is None:
            raise NotFound(
                f"There is no version {number} of the deck {deck_id!r}.", code="version_not_found"
            )
        return deck

    async def verify(self, deck_id: str) -> Verification:
        """Compute the last completed deck again, and check its signature; Conflict without one."""
        stored = await self._with_data(deck_id)
        keys = await self.get_signing_keys()
        found = await verify(self._settings, stored)
        sha256 = stored.table_sha256
        return await asyncio.to_thread(with_signature, found, stored.deck, sha256, keys)

    async def verify_file(self, deck_id: str, content: bytes) -> Verification:
        """Compute the deck inside a PowerPoint file again from the table of the last completed deck,
        and name what was changed in the file; Conflict without a deck.
        """
        stored = await self._with_data(deck_id)
        keys = await self.get_signing_keys()
        found = await verify_file(self._settings, stored, content)
        if found.deck is None:
            return found.verification
        sha256 = stored.table_sha256
        return await asyncio.to_thread(with_signature, found.verification, found.deck, sha256, keys)

    async def refresh(
        self, deck_id: str, content: bytes, table: bytes, name: str
    ) -> tuple[Refresh, bytes]:
        """Returns a PowerPoint file with the numbers of a new table, and what became of it; NotFound
        without such a deck, InvalidRequest for a file of another one. It is signed with the key that
        signs here, if that is at hand, and if the deck in the file was signed here.
        """
        stored = await self.get(deck_id)
        document, file = await refreshed(self._settings, content, table, name)
        if not await self._is_of(document, stored):
            raise InvalidRequest(
                f"The presentation was not made of the deck {deck_id!r}, nor of a version of it.",
                code="presentation_of_another_deck",
            )
        known = {key.kid: HERE for key in (await self.get_signing_keys()).keys}
        key = await self.get_signing_key()
        return await signed(self._settings, document, file, key, known)

    async def _is_of(self, document: RefreshedFile, stored: Presentation) -> bool:
        """True if a presentation was made of a deck, its draft, or one of its former versions."""
        if any(deck and document.is_of(deck) for deck in (stored.deck, stored.draft)):
            return True
        async with away.database():
            known = await presentations.versions(self._database, stored.deck_id)
            for number in [former.number for former in known.versions]:
                deck = await presentations.version(self._database, stored.deck_id, number)
                if deck and document.is_of(deck):
                    return True
        return False

    async def get_signing_key(self) -> PrivateKey | None:
        """Returns the key that signs here; None if it is not at hand."""
        if seed := self._settings.deck_signing_key:
            return PrivateKey.decode(seed.get_secret_value())
        async with away.database():
            return await signing_keys.kept(self._service)

    async def get_table_tag(self, deck_id: str) -> str:
        """Returns what tells the table of the last completed deck from others; Conflict without a
        deck, NotFound for one without a table.
        """
        async with away.database():
            known = is_id(deck_id)
            table = await presentations.get_table(self._reading, deck_id) if known else None
        if table is None:
            raise unknown_deck(deck_id)
        if not table.is_completed:
            raise _not_completed("There is no completed deck yet.")
        return table_tag(_of_table(deck_id, table.table_sha256), table.copies)

    async def get_table(self, deck_id: str) -> TableAsRead:
        """Returns the table of the last completed deck as it was read, as an open file."""
        stored = await self._with_data(deck_id)
        sha256 = _of_table(deck_id, stored.table_sha256)
        assert stored.gzip is not None
        said = stored.deck["brief"].get("table") or {}
        return await table_file(self._settings, sha256, stored.gzip, said.get("copies"))

    async def ask(self, deck_id: str, request: AskRequest) -> Replies:
        """Returns the answers to a question about the table of the last completed deck."""
        return await ask(self._settings, deck_id, await self._with_data(deck_id), request)

    async def _with_data(self, deck_id: str) -> presentations.DeckWithData:
        presentation = await self.get(deck_id)
        async with away.database():
            stored = await presentations.get_with_data(self._database, deck_id)
        if stored is None:
            raise _not_completed(
                f"There is no completed deck yet; its status is {presentation.status}."
            )
        return stored

    async def get_signing_keys(self) -> JsonWebKeySet:
        """Returns the public keys of all decks that were ever signed here."""
        async with away.database():
            return await signing_keys.public_keys(self._database)


def unknown_deck(deck_id: str) -> NotFound:
    return NotFound(f"There is no deck {deck_id!r}.", code="deck_not_found")


def _not_completed(words: str) -> Conflict:
    return Conflict(words, code="deck_not_completed")


def _of_table(deck_id: str, sha256: str | None) -> str:
    if sha256 is None:
        raise NotFound(
            f"The deck {deck_id!r} was made from a brief alone, so it has no table.",
            code="table_not_found",
        )
    return sha256
