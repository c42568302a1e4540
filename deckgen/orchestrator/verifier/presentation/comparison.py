"""The places of an edited presentation, one by one, with those that it was made with."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from deckgen.export.pptx.reading.contents import (
    ChartPlace,
    Contents,
    SlidePlaces,
    TablePlace,
    TextPlace,
)
from deckgen.orchestrator.verifier.presentation import charts, matching, tables
from deckgen.orchestrator.verifier.presentation.sentences import edits
from deckgen.orchestrator.verifier.presentation.tokens import normal

Place = TypeVar("Place", TablePlace, ChartPlace)
_TITLES = ("title", "ctrTitle")
Placed = tuple[str, str]  # what it is called, and what is wrong there
Look = Callable[[SlidePlaces, SlidePlaces, Collection[str]], Iterator[Placed]]


@dataclass(frozen=True)
class Fault:
    """What is wrong in a place of a slide, whose number is 0 for what stands on many."""

    slide: int
    id: str
    place: str
    what: str

    def __str__(self) -> str:
        if not self.slide:
            return f"{self.place}: {self.what}"
        known = f" ({self.id})" if self.id else ""
        return f"slide {self.slide}{known}, {self.place}: {self.what}"


class Comparison:
    """An edited presentation beside what it said; each look yields what is wrong, with its place."""

    def __init__(self, expected: Contents, found: Contents) -> None:
        self._expected, self._found = expected, found
        self._slides = matching.slides(expected, found)
        self._known = frozenset(_words(expected))

    def texts(self) -> Iterator[Fault]:
        """Yields the faults of texts, of masters as well, whose texts stand on many slides."""
        yield from self._each(_texts)
        before = set(self._expected.common)
        for text in self._found.common:
            if text not in before:
                yield from (Fault(0, "", "layout", each) for each in edits([], [text], self._known))

    def tables(self) -> Iterator[Fault]:
        yield from self._each(_tables)

    def charts(self) -> Iterator[Fault]:
        yield from self._each(_charts)

    def notes(self) -> Iterator[Fault]:
        """Yields the faults of notes, and of what is said of a chart to those who do not see it."""
        yield from self._each(_notes)

    def remarks(self) -> Iterator[str]:
        """Yields what is no fault, but should be known."""
        there = {slide.id for slide in self._slides.values()}
        gone = [slide.id for slide in self._expected.slides if slide.id not in there]
        if gone:
            yield f"Slides that are not in the file any more: {', '.join(gone)}"
        made = sum(slide.pictures for slide in self._expected.slides)
        more = sum(slide.pictures for slide in self._found.slides) - made
        if more > 0:
            yield f"Pictures that were added, and in which nothing is read: {more}"

    def _each(self, look: Look) -> Iterator[Fault]:
        for number, found in enumerate(self._found.slides):
            expected = self._slides.get(number, SlidePlaces())
            for place, what in look(expected, found, self._known):
                yield Fault(number + 1, expected.id, place, what)


def _words(contents: Contents) -> Iterator[str]:
    for slide in contents.slides:
        texts = [each.text for place in slide.texts for each in place.paragraphs]
        texts += [cell for table in slide.tables for row in table.rows for cell in row]
        yield from (normal(word) for text in texts for word in text.split())


def _texts(expected: SlidePlaces, found: SlidePlaces, known: Collection[str]) -> Iterator[Placed]:
    pairs = matching.texts(expected, found)
    for number, place in enumerate(found.texts):
        one = expected.texts[pairs.found[number]] if number in pairs.found else None
        before = [each.text for each in one.paragraphs] if one else []
        after = [each.text for each in place.paragraphs]
        is_title = one is not None and one.holder in _TITLES
        for problem in edits(before, after, known, is_title=is_title):
            yield _name(one or place, expected), problem


def _name(place: TextPlace | TablePlace | ChartPlace, expected: SlidePlaces) -> str:
    return place.name.removeprefix(f"{expected.id} ") or "a shape"


def _tables(expected: SlidePlaces, found: SlidePlaces, known: Collection[str]) -> Iterator[Placed]:
    pairs = by_name(expected.tables, found.tables)
    for number, table in enumerate(found.tables):
        one = pairs.get(number, TablePlace(name=table.name, rows=[]))
        for problem in tables.problems(one, table, known):
            where, _, what = problem.partition(": ")
            yield f"{_name(one, expected)}, {where}", what


def _charts(expected: SlidePlaces, found: SlidePlaces, known: Collection[str]) -> Iterator[Placed]:
    pairs = by_name(expected.charts, found.charts)
    for number, chart in enumerate(found.charts):
        one = pairs.get(number, ChartPlace(name=chart.name, series=[]))
        for problem in charts.problems(one, chart, known):
            yield _name(one, expected), problem


def by_name(expected: Sequence[Place], found: Sequence[Place]) -> dict[int, Place]:
    """Returns those that were made by the number of those that are there: by name, else in order."""
    named = {each.name: each for each in expected}
    pairs = {number: named[each.name] for number, each in enumerate(found) if each.name in named}
    left = [each for each in expected if each not in pairs.values()]
    rest = [number for number in range(len(found)) if number not in pairs]
    return pairs | dict(zip(rest, left, strict=False))


def _notes(expected: SlidePlaces, found: SlidePlaces, known: Collection[str]) -> Iterator[Placed]:
    before, after = ([each.text for each in slide.notes] for slide in (expected, found))
    yield from (("notes", each) for each in edits(before, after, known))
    for name, text in found.described.items():
        if name in expected.described:
            for problem in edits([expected.described[name]], [text], known):
                yield f"description of {name}", problem
