"""Two versions of a deck compared: slides that came, went, moved or changed, and numbers."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from enum import StrEnum

from pydantic import Field

from deckgen.domain.blocks import Block, Kpis, Table
from deckgen.domain.charts import Chart
from deckgen.domain.decks import Deck, Slide
from deckgen.domain.documents import BaseDocument
from deckgen.domain.facts import Fact, Text
from deckgen.domain.slide_texts import places


class SlideChange(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"  # its texts, or what they stand beside
    HIDDEN = "hidden"
    SHOWN = "shown"  # it was hidden before


class Said(BaseDocument):
    text: str = Field(description="With its references, such as {{f3}}")
    shown: str = Field(description="As it reads")


class TextChange(BaseDocument):
    place: str = Field(description="title, notes, bullet 2, message 1, …")
    before: Said | None = Field(description="null for a text that is new")
    after: Said | None = Field(description="null for a text that is gone")


class SlideDifference(BaseDocument):
    """A slide that is not the same in both versions."""

    id: str
    title: str = Field(description="As it reads in the later version, or read before it went")
    changes: list[SlideChange]
    place_before: int | None = Field(description="From 1; null for a slide that is new")
    place_after: int | None = Field(description="null for a slide that is gone")
    texts: list[TextChange] = []
    exhibits_changed: bool = Field(
        default=False, description="Whether charts, tables or figures are not the same"
    )


class NumberChange(BaseDocument):
    """A fact that has another value, came or went."""

    label: str
    before: str | None = Field(description="As it was shown; null for one that is new")
    after: str | None = Field(description="null for one that is gone")


class DeckComparison(BaseDocument):
    """What differs between two versions of a deck; equal slides are left out."""

    before: int = Field(description="The number of a version")
    after: int = Field(description="The number of the version that it is compared with")
    slides: list[SlideDifference]
    numbers: list[NumberChange]

    @property
    def is_empty(self) -> bool:
        return not self.slides and not self.numbers


def compared(before: tuple[int, Deck], after: tuple[int, Deck]) -> DeckComparison:
    """Returns what differs between two numbered versions."""
    (number, old), (other, new) = before, after
    return DeckComparison(
        before=number, after=other, slides=list(_slides(old, new)), numbers=list(_numbers(old, new))
    )


def _slides(old: Deck, new: Deck) -> Iterator[SlideDifference]:
    """Yields the slides of the later version in its order, then those that are gone."""
    was = {slide.id: place for place, slide in enumerate(old.slides, start=1)}
    now = {slide.id: place for place, slide in enumerate(new.slides, start=1)}
    moved = _moved([name for name in was if name in now], [name for name in now if name in was])
    gone = [slide for slide in old.slides if slide.id not in now]
    for slide in [*new.slides, *gone]:
        before = old.slides[was[slide.id] - 1] if slide.id in was else None
        after = slide if slide.id in now else None
        texts = list(_texts(before, after, old, new)) if before and after else []
        exhibits = bool(before and after and _exhibits(before) != _exhibits(after))
        changes = list(_changes(before, after, is_moved=slide.id in moved))
        if texts or exhibits:
            changes.append(SlideChange.CHANGED)
        if changes:
            yield SlideDifference(
                id=slide.id,
                title=(new if after else old).reference_values().filled(slide.title),
                changes=changes,
                place_before=was.get(slide.id),
                place_after=now.get(slide.id),
                texts=texts,
                exhibits_changed=exhibits,
            )


def _changes(before: Slide | None, after: Slide | None, *, is_moved: bool) -> Iterator[SlideChange]:
    if before is None or after is None:
        yield SlideChange.ADDED if before is None else SlideChange.REMOVED
        return
    if is_moved:
        yield SlideChange.MOVED
    if before.hidden != after.hidden:
        yield SlideChange.HIDDEN if after.hidden else SlideChange.SHOWN


def _moved(old: list[str], new: list[str]) -> set[str]:
    """Returns those of the same names that do not stand in the same order: as few as possible."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = {name for block in blocks for name in old[block.a : block.a + block.size]}
    return set(old) - kept


def _texts(before: Slide, after: Slide, old: Deck, new: Deck) -> Iterator[TextChange]:
    was, now = _said(before, old), _said(after, new)
    for place in dict.fromkeys([*was, *now]):
        if was.get(place) != now.get(place):
            yield TextChange(place=place, before=was.get(place), after=now.get(place))


def _said(slide: Slide, deck: Deck) -> Mapping[str, Said]:
    values = deck.reference_values()

    def said(text: Text) -> Said:
        return Said(text=text, shown=values.filled(text))

    return {place: said(text) for place, text in places(slide).items() if text}


def _exhibits(slide: Slide) -> list[Block]:
    return [block for block in slide.blocks if isinstance(block, Chart | Table | Kpis)]


def _numbers(old: Deck, new: Deck) -> Iterator[NumberChange]:
    was, now = _facts(old), _facts(new)
    for key in dict.fromkeys([*was, *now]):
        before, after = was.get(key), now.get(key)
        shown = before and before.display, after and after.display
        if shown[0] != shown[1]:
            label = (after or before or was[key]).label
            yield NumberChange(label=label, before=shown[0], after=shown[1])


def _facts(deck: Deck) -> dict[tuple[str, str], Fact]:
    """Returns facts by their meaning: ids are others in a deck that was made anew."""
    return {(fact.label, fact.sql): fact for fact in deck.facts}
