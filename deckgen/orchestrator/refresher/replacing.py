"""New numbers in the places of an edited presentation: texts, tables, notes, descriptions, charts."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from deckgen.export.pptx.reading.archive import Archive
from deckgen.export.pptx.reading.contents import Contents, SlidePlaces, TextPlace, Words
from deckgen.export.pptx.reading.slides import said
from deckgen.export.pptx.rewriting import charts, marks
from deckgen.export.pptx.rewriting.handles import SlideHandles, handles
from deckgen.export.pptx.rewriting.package import Package
from deckgen.export.pptx.rewriting.runs import Replacement
from deckgen.orchestrator.refresher import charting, noting, tabling
from deckgen.orchestrator.refresher.aligning import (
    Found,
    Slot,
    by_comparison,
    by_reference,
    find,
    written,
)
from deckgen.orchestrator.refresher.outcome import Drawn, Outcome, Pen, Told
from deckgen.orchestrator.refresher.renewing import Renewed
from deckgen.orchestrator.refresher.succession import with_names
from deckgen.orchestrator.verifier.presentation import matching
from deckgen.orchestrator.verifier.presentation.comparison import by_name


def replace_all(
    package: Package, found: Contents, before: Drawn, after: Drawn, renewed: Renewed
) -> Outcome:
    """Write into a file, in which `found` was read, what is another from one deck to the next."""
    pen, fresh = Pen(package, Outcome()), Package(Archive.opened(after.content))
    slides = matching.slides(before.contents, found)
    places = {each.id: number for number, each in enumerate(after.contents.slides)}
    drawn, old = handles(fresh), dict(_drawn_before(before))
    for number, handle in enumerate(handles(package)):
        expected = slides.get(number)
        if expected is not None and expected.id in places:
            place = places[expected.id]
            one = _Slide(pen, number, handle, expected, found.slides[number])
            one.fresh, one.drawn = after.contents.slides[place], drawn[place]
            one.names = renewed.columns | renewed.names.get(expected.id, {})
            one.old, one.source = old.get(expected.id), fresh.archive
            one.renew(before, after)
    return pen.outcome


def _drawn_before(before: Drawn) -> Iterator[tuple[str, SlideHandles]]:
    """Yields the slides that are drawn now as they were when the file was made."""
    made = {each.id: each for each in before.contents.slides}
    package = Package(Archive.opened(before.content))
    for slide, handle in zip(before.as_drawn.slides, handles(package), strict=True):
        if made.get(slide.id) == slide:
            yield slide.id, handle


class _Slide:
    """A slide of the file (`found`), as it was made (`expected`, `old`), and as it is drawn now
    (`fresh`, `drawn`, out of `source`).
    """

    fresh: SlidePlaces
    drawn: SlideHandles
    old: SlideHandles | None
    source: Archive
    names: dict[str, str]

    def __init__(
        self,
        pen: Pen,
        number: int,
        handle: SlideHandles,
        expected: SlidePlaces,
        found: SlidePlaces,
    ) -> None:
        self.pen, self.number, self.handle = pen, number, handle
        self.expected, self.found = expected, found

    def renew(self, before: Drawn, after: Drawn) -> None:
        groups = {name: deepcopy(each) for name, each in self.handle.groups.items()}
        self.texts(before, after)
        self.tables()
        noting.renew(self.pen, self.handle.notes, self.expected, self.found, self.fresh)
        self.descriptions()
        self.charts()
        self.marks(groups)

    def texts(self, before: Drawn, after: Drawn) -> None:
        pairs = matching.texts(self.expected, self.found)
        fresh = {each.name: each.paragraphs for each in self.fresh.texts}
        for number, elements in enumerate(self.handle.texts):
            if number in pairs.found and elements:
                one = self.expected.texts[pairs.found[number]]
                slots = list(self._slots(one.paragraphs, fresh.get(one.name, []), before, after))
                found = self.pen.write(self.handle.part, elements, one.paragraphs, slots)
                self._tell(found, elements, one, self.handle.boxes[number] or _corner(one))

    def _slots(
        self, paragraphs: Sequence[Words], fresh: Sequence[Words], before: Drawn, after: Drawn
    ) -> Iterator[Slot]:
        """Yields the slots of paragraphs: by references, or as the new file says it."""
        for number, each in enumerate(paragraphs):
            if each.told:
                told = with_names(each.told, self.names)
                yield from by_reference(number, each.told, before.words, after.words, told)
            elif len(fresh) == len(paragraphs):
                yield from by_comparison(number, each.text, fresh[number].text)

    def _tell(
        self, found: Found, elements: Sequence[Any], place: TextPlace, at: tuple[int, int]
    ) -> None:
        name = place.name.removeprefix(f"{self.expected.id} ")
        for number, spots in found.told.items():
            text = said(elements[number])
            told = Told(
                slide=self.number + 1,
                id=self.expected.id,
                part=self.handle.part,
                place=name,
                text=text,
                told=_with_references(text, spots, found.replacements.get(number, [])),
                references=tuple(each.new.strip("{}") for each in spots),
                at=at,
            )
            self.pen.outcome.told.append(told)

    def tables(self) -> None:
        pairs = by_name(self.expected.tables, self.found.tables)
        for number, rows in enumerate(self.handle.tables):
            one = pairs.get(number)
            place = self.expected.tables.index(one) if one else len(self.fresh.tables)
            if one and place < len(self.fresh.tables):
                now, new = self.found.tables[number], self.fresh.tables[place]
                tabling.renew(self.pen, self.handle.part, rows, one, now, new)

    def descriptions(self) -> None:
        """Write what charts and tables say to those who do not see them."""
        fresh = list(self.fresh.described.values())
        for place, (name, text) in enumerate(self.expected.described.items()):
            new = self.fresh.described.get(name) or (fresh[place] if place < len(fresh) else text)
            slots = by_comparison(0, text, new)
            for own in self.handle.described.get(name, []):
                found = find([text], slots, [own.get("descr")])
                self.pen.count(found.seen, found.changed)
                if 0 in found.replacements:
                    own.set("descr", written(own.get("descr"), found.replacements[0]))
                    self.pen.package.keep(self.handle.part)

    def charts(self) -> None:
        pairs = by_name(self.expected.charts, self.found.charts)
        for number, part in enumerate(self.handle.charts):
            one = pairs.get(number)
            place = self.expected.charts.index(one) if one else len(self.fresh.charts)
            if one is None or place >= len(self.fresh.charts):
                continue
            now, new = self.found.charts[number], self.fresh.charts[place]
            if one.series == new.series and one.texts == new.texts:
                continue
            self.pen.outcome.charts += 1
            into = charting.followers(one, now, new)
            if charts.renew(self.pen.package, part, self.source, self.drawn.charts[place], into):
                self._note(now.name, "it was drawn anew, as it has other series or another kind now")
                continue
            for series in charting.gone(one, now, new):
                self._note(now.name, f"what was changed by hand in “{series}” went with that series")

    def marks(self, originals: dict[str, Any]) -> None:
        """Draw anew what stands in shapes over charts, if its data have moved."""
        groups = list(self.old.groups.items()) if self.old else []
        if len(groups) != len(self.drawn.groups):
            groups = [each for each in groups if each[0] in self.drawn.groups]
        for (name, old), other in zip(groups, self.drawn.groups.values(), strict=False):
            new, group = self.drawn.groups.get(name, other), self.handle.groups.get(name)
            if group is None or not marks.is_other(old, new):
                continue
            if marks.is_as_drawn(originals[name], old):
                marks.redraw(group, old, new, self.handle.root)
                self.pen.package.keep(self.handle.part)
            else:
                self._note(name, "its shapes were changed by hand, so they stand where they stood")

    def _note(self, name: str, what: str) -> None:
        self.pen.note(f"Slide {self.number + 1}, {name}: {what}")


def _corner(place: TextPlace) -> tuple[int, int]:
    return place.box[:2] if place.box else (0, 0)


def _with_references(text: str, spots: Sequence[Replacement], replaced: Sequence[Replacement]) -> str:
    """Returns the new text of a paragraph with references in place of its facts.

    `spots` and `replaced` are places in the text before it was written.
    """
    lengths = {each.start: len(each.new) for each in replaced}
    moved, shift = [], 0
    for each in sorted(spots, key=lambda one: one.start):
        length = lengths.get(each.start, each.end - each.start)
        moved.append(Replacement(each.start + shift, each.start + shift + length, each.new))
        shift += length - (each.end - each.start)
    return written(text, moved)
