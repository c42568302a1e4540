"""Edits of a deck by hand: checked by the orchestrator, and saved as its next version."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any, NoReturn

from deckgen.config.settings import Settings
from deckgen.domain.access import Caller
from deckgen.domain.authorship import Author
from deckgen.domain.comparing import DeckComparison, compared
from deckgen.domain.decks import Deck
from deckgen.domain.documents import is_id
from deckgen.domain.editing import (
    CheckedSentence,
    Edit,
    EditCheck,
    EditedDeck,
    EditOutcome,
    EditRequest,
    EditWork,
    FindingCode,
    Severity,
)
from deckgen.domain.errors import Conflict, FieldError, InvalidRequest
from deckgen.domain.requests import MAX_ERRORS, parse
from deckgen.domain.signing import sign
from deckgen.queue import previews
from deckgen.queue.connections import Connections
from deckgen.queue.decks import Decks
from deckgen.store import away, presentations
from deckgen.store.presentations import EditableDeck


class Edits:
    """Edits of the decks that a caller sees."""

    def __init__(
        self, connections: Connections, settings: Settings, caller: Caller, decks: Decks
    ) -> None:
        self._database = connections.database.acting_for(caller)
        self._settings, self._caller, self._decks = settings, caller, decks

    async def check(self, deck_id: str, edit: Edit) -> EditCheck:
        """Returns what the checks find in an edit; nothing is changed. Conflict without a deck."""
        base = await self._base(deck_id)
        work = EditWork(edit=edit)
        outcome = await previews.edit(self._settings, work, base.deck, None)
        return outcome.check.model_copy(update={"version": base.number})

    async def save(self, deck_id: str, request: EditRequest) -> EditedDeck:
        """Save an edit as the next version of the deck.

        Conflict if somebody else has changed the deck meanwhile, with the difference, or if a job is at
        work on it. InvalidRequest, with each place, for what the checks refuse.
        """
        author = self._author(request)
        base = await self._base(deck_id)
        await self._require_current(deck_id, base, request.base_version)
        outcome = await self._worked(deck_id, base, request, author)
        if outcome.deck is None:
            raise _refused(outcome.check.sentences)
        sentences = outcome.check.sentences
        if outcome.deck.edited != author:  # it is the deck as it was
            deck = outcome.deck
            return EditedDeck(version=base.number, changed=False, deck=deck, sentences=sentences)
        document = await self._signed(outcome.deck.to_json())
        async with away.database():
            number = await presentations.save_edit(self._database, deck_id, base, document, author.name)
        if number is None:
            await self._raise_changed(deck_id, request.base_version)
        deck = Deck.model_validate(document)
        return EditedDeck(version=number, changed=True, deck=deck, sentences=sentences)

    async def compare(self, deck_id: str, before: int, after: int) -> DeckComparison:
        """Returns what differs between two versions of a deck; NotFound if it has no such version."""
        decks = [await self._decks.get_version(deck_id, number) for number in (before, after)]
        return await asyncio.to_thread(_compared, (before, decks[0]), (after, decks[1]))

    def _author(self, request: EditRequest) -> Author:
        if request.user_id is not None:
            self._caller.require_user(request.user_id)
        name = request.user_id or self._caller.user_id or self._caller.name
        return Author(name=name, at=datetime.now(UTC))

    async def _base(self, deck_id: str) -> EditableDeck:
        async with away.database():
            known = is_id(deck_id)
            base = await presentations.get_editable(self._database, deck_id) if known else None
        if base is None:
            presentation = await self._decks.get_summary(deck_id)
            raise Conflict(
                f"There is no completed deck yet; its status is {presentation.status}.",
                code="deck_not_completed",
            )
        return base

    async def _worked(
        self, deck_id: str, base: EditableDeck, request: EditRequest, author: Author
    ) -> EditOutcome:
        edit = Edit(slides=request.slides, order=request.order, asked=request.asked)
        gzip = None
        if edit.asked:
            async with away.database():
                stored = await presentations.get_with_data(self._database, deck_id)
            gzip = stored.gzip if stored else None
        work = EditWork(edit=edit, author=author)
        return await previews.edit(self._settings, work, base.deck, gzip)

    async def _signed(self, deck: dict[str, Any]) -> dict[str, Any]:
        """Returns the deck signed by this instance, if its key is at hand: it saved it so."""
        key = await self._decks.get_signing_key()
        if key is None:
            return deck
        table = (deck["source"] or {}).get("sha256")
        release = version("deckgen")
        return await asyncio.to_thread(sign, deck, key, table_sha256=table, version=release)

    async def _require_current(self, deck_id: str, base: EditableDeck, number: int) -> None:
        """Raise Conflict unless the deck stands as it was edited, and no job is at work on it."""
        if base.is_in_work:
            raise _in_work(deck_id)
        if base.number != number:
            await self._raise_changed(deck_id, number)

    async def _raise_changed(self, deck_id: str, number: int) -> NoReturn:
        base = await self._base(deck_id)
        if base.is_in_work:
            raise _in_work(deck_id)
        former = await self._decks.get_version(deck_id, number)
        difference = await asyncio.to_thread(_compared, (number, former), (base.number, base.deck))
        raise Conflict(
            f"The deck is at version {base.number} now, and this edit is of version {number}. Nothing "
            "was saved. Look at the difference, and save your edit again on the new version.",
            code="deck_changed",
            members={"difference": difference.to_json()},
        )


def _compared(before: tuple[int, Mapping[str, Any]], after: tuple[int, Any]) -> DeckComparison:
    (number, old), (other, new) = before, after
    return compared((number, parse(Deck, dict(old))), (other, parse(Deck, dict(new))))


def _in_work(deck_id: str) -> Conflict:
    return Conflict(
        f"A job is working on the deck {deck_id}. Nothing was saved. Try again when it is over.",
        code="deck_in_work",
    )


def _refused(sentences: list[CheckedSentence]) -> InvalidRequest:
    """Returns the error that names each place, with the code of the first one."""
    found = [
        (each, finding)
        for each in sentences
        for finding in each.findings
        if finding.severity is Severity.ERROR
    ]
    first = found[0][1]
    code = {
        FindingCode.NUMERAL: "numeral_without_reference",
        FindingCode.UNKNOWN: "unknown_reference",
        FindingCode.CONTRADICTED: "claim_contradicted",
        FindingCode.MISPLACED: "number_of_something_else",
    }.get(first.code, "edit_refused")
    errors = tuple(
        FieldError(f"slides.{each.slide}.{each.place}", finding.message)
        for each, finding in found[:MAX_ERRORS]
    )
    more = f" {len(found) - 1} more are among the errors." if len(found) > 1 else ""
    return InvalidRequest(f"The edit was not saved. {first.message}{more}", code=code, errors=errors)
