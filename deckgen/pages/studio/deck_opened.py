"""A completed deck as its pages need it: the document, its version, and each slide's place."""

import asyncio
from dataclasses import dataclass
from functools import cached_property

from starlette.requests import Request

from deckgen.domain.decks import Deck, Slide
from deckgen.domain.errors import Conflict, NotFound
from deckgen.domain.facts import References
from deckgen.domain.presentations import DeckVersion, DeckVersions, PresentationSummary
from deckgen.pages import forms
from deckgen.web import presentations
from deckgen.web.exports import Replaced
from deckgen.web.state import deck_id, decks

ATTEMPTS = 3  # to read a deck, if another one replaces it each time


@dataclass(frozen=True)
class Opened:
    """A deck, the versions before it, and what its references stand for."""

    summary: PresentationSummary
    deck: Deck
    versions: DeckVersions

    @property
    def deck_id(self) -> str:
        return self.summary.deck_id

    @property
    def current(self) -> DeckVersion | None:
        return self.versions.current

    @property
    def version(self) -> int:
        """The number of the present version; 0 of a draft, which nobody edits."""
        return self.current.number if self.current else 0

    @cached_property
    def values(self) -> References:
        return self.deck.reference_values()

    @property
    def title(self) -> str:
        return self.values.filled(self.deck.title)

    @cached_property
    def slides(self) -> list["Placed"]:
        """All slides in their order; those that are hidden have no place among the shown ones."""
        placed, shown = [], 0
        for slide in self.deck.slides:
            shown += not slide.hidden
            placed.append(Placed(slide, self.values, None if slide.hidden else shown))
        return placed

    def slide(self, slide_id: str) -> "Placed":
        for each in self.slides:
            if each.id == slide_id:
                return each
        raise NotFound(f"The deck {self.deck_id!r} has no slide {slide_id!r}.", code="slide_not_found")


@dataclass(frozen=True)
class Placed:
    """A slide with its place among those that are shown, from 1."""

    slide: Slide
    values: References
    place: int | None

    @property
    def id(self) -> str:
        return self.slide.id

    @property
    def title(self) -> str:
        return self.values.filled(self.slide.title)

    @property
    def notes(self) -> str:
        return self.values.filled(self.slide.notes)


async def opened(request: Request) -> Opened:
    """Returns the deck of the path, or its draft; Conflict while it has neither."""
    for _ in range(ATTEMPTS):
        summary = await presentations.summary_of(request)
        if summary.shown_sha256 is None:
            raise Conflict("This deck is not ready yet.", code="deck_not_completed")
        document = await decks(request).get_deck(summary.deck_id, summary.shown_sha256)
        if document is not None:
            deck = await asyncio.to_thread(Deck.model_validate, document)
            return Opened(summary, deck, await decks(request).get_versions(summary.deck_id))
    raise Replaced("Another deck is replacing this one just now. Try again.")


async def fields(request: Request) -> dict[str, str]:
    """Returns the fields of a form about the deck of the path; NotFound without that deck."""
    await decks(request).get_summary(deck_id(request))
    return await forms.fields(request)
