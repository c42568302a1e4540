"""The texts of a slide as an editor shows them: words, and references as chips."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from deckgen.domain.editing import AskedByHand, SlideEdit
from deckgen.domain.facts import References, Span, Text, references, spans
from deckgen.domain.slide_texts import BULLET, NOTES, TITLE, places
from deckgen.pages.studio.deck_asking import FIRST_ASKED, LAST_ASKED
from deckgen.pages.studio.deck_opened import Opened, Placed

MOST_CHIPS = 300  # of the deck's numbers that are offered


@dataclass(frozen=True)
class Editor:
    """A text with its place: as the deck has it, and as it has been written so far."""

    place: str
    was: Text
    pieces: list[Span]

    @property
    def kind(self) -> str:
        """The place without its number: `bullet`, `message`, …"""
        return self.place.rstrip("0123456789 ")

    @property
    def number(self) -> str:
        return self.place.removeprefix(self.kind).strip()


@dataclass(frozen=True)
class Chip:
    """A number that can be put into a text: its reference, how it reads, what it is."""

    reference: str
    display: str
    label: str


@dataclass(frozen=True)
class Editors:
    """All that the page of an edit shows."""

    title: Editor
    bullets: list[Editor]
    texts: list[Editor]  # rows of summary and advice, and callouts
    notes: Editor
    were: str  # the bullets of the deck, as JSON
    asked: str  # what was asked for so far, as JSON
    chips: list[Chip]  # the slide's numbers
    others: list[Chip]  # the deck's other numbers
    free: int  # the next id for a number that is asked for

    @property
    def has_bullets(self) -> bool:
        return bool(self.bullets) or self.were != "[]" or not self.texts


def editors_of(deck: Opened, placed: Placed, edit: Mapping[str, Any]) -> Editors:
    """Returns the editors of a slide, with the texts of an edit that was not saved in them."""
    slide, texts = placed.slide, places(placed.slide)
    mine, asked = _readable(edit)
    given = {fact.id: fact for each in asked for fact in each.given}
    values = References({**deck.values, **{name: fact.display for name, fact in given.items()}})
    bullets = slide.points if mine.bullets is None else mine.bullets

    def editor(place: str, text: Text | None) -> Editor:
        was = texts.get(place, "")
        return Editor(place, was, _pieces(was if text is None else text, values))

    used = {name for text in [*texts.values(), *bullets] for name in references(text)}
    chips = [Chip(each.id, each.display, each.label) for each in [*deck.deck.facts, *given.values()]]
    taken = [int(each.reference[1:]) for each in chips]
    return Editors(
        title=editor(TITLE, mine.title),
        bullets=[editor(f"{BULLET} {n}", text) for n, text in enumerate(bullets, start=1)],
        texts=[
            editor(place, mine.texts.get(place))
            for place in texts
            if place not in (TITLE, NOTES) and not place.startswith(BULLET)
        ],
        notes=editor(NOTES, mine.notes),
        were=json.dumps(slide.points),
        asked=json.dumps([each.to_json() for each in asked]),
        chips=[each for each in chips if each.reference in used],
        others=[each for each in chips if each.reference not in used][:MOST_CHIPS],
        free=max([FIRST_ASKED - 1, *(n for n in taken if FIRST_ASKED <= n <= LAST_ASKED)]) + 1,
    )


def _readable(edit: Mapping[str, Any]) -> tuple[SlideEdit, list[AskedByHand]]:
    """Returns the parts of an edit; an unreadable one is as none."""
    try:
        slide = SlideEdit.model_validate(next(iter(edit.get("slides", [])), {"id": "none"}))
        return slide, [AskedByHand.model_validate(each) for each in edit.get("asked", [])]
    except (ValidationError, TypeError):
        return SlideEdit(id="none"), []


def _pieces(text: Text, values: References) -> list[Span]:
    """Returns words and chips; a reference to nothing is shown as it was written."""
    if all(values.knows(name) for name in references(text)):
        return list(spans(text, values))
    return [Span(text)] if text else []
