"""New numbers in the places of an edited presentation: texts, tables, notes, descriptions and charts."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from deckgen.export.pptx.reading.archive import Archive
from deckgen.export.pptx.reading.contents import Contents, SlidePlaces, TablePlace, TextPlace, Words
from deckgen.export.pptx.reading.slides import said
from deckgen.export.pptx.rewriting import charts, marks
from deckgen.export.pptx.rewriting.handles import A, SlideHandles, handles
from deckgen.export.pptx.rewriting.package import Package
from deckgen.export.pptx.rewriting.runs import Replacement, replace
from deckgen.export.text import Words as Filled
from deckgen.orchestrator.refresher.aligning import (
    Found,
    Slot,
    by_comparison,
    by_reference,
    find,
    written,
)
from deckgen.orchestrator.refresher.charting import kept
from deckgen.orchestrator.refresher.renewing import Renewed
from deckgen.orchestrator.refresher.succession import with_names
from deckgen.orchestrator.verifier.presentation import matching
from deckgen.orchestrator.verifier.presentation.comparison import by_name
from deckgen.orchestrator.verifier.presentation.tables import rows_of

NOTES = "notes"


@dataclass(frozen=True)
class Told:
    """A paragraph of the new file: `told` has references in place of its facts, `was` had them before.

    `references` are those that stand in it, as the new deck calls them.
    """

    slide: int
    id: str
    part: str
    place: str
    text: str
    told: str
    references: tuple[str, ...]
    at: tuple[int, int]


@dataclass
class Outcome:
    numbers: int = 0
    changed: int = 0
    charts: int = 0
    told: list[Told] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Drawn:
    """A deck as a file, what it says, and what fills its references.

    `as_drawn` is what the file says that is drawn now of a deck that was drawn before, perhaps by another
    version.
    """

    content: bytes
    contents: Contents
    words: Filled
    as_drawn: Contents


class Replacing:
    """Writes into `package`, in which `found` was read, what has changed from one deck to another."""

    def __init__(
        self,
        package: Package,
        found: Contents,
        before: Drawn,
        after: Drawn,
        renewed: Renewed,
    ) -> None:
        self._package, self._found, self._after = package, found, after
        self._before, self._words = before.contents, before.words
        self._old = Package(Archive.opened(before.content))
        self._as_drawn = before.as_drawn
        self._renewed = renewed
        self._fresh = Package(Archive.opened(after.content))
        self.outcome = Outcome()

    def all(self) -> Outcome:
        """Replace everything; returns what was done."""
        slides = matching.slides(self._before, self._found)
        new = {each.id: (number, each) for number, each in enumerate(self._after.contents.slides)}
        drawn, old = handles(self._fresh), dict(self._drawn_before())
        for number, handle in enumerate(handles(self._package)):
            expected = slides.get(number)
            if expected is not None and expected.id in new:
                place, fresh = new[expected.id]
                was = old.get(expected.id)
                _Slide(self, number, handle, expected, fresh, drawn[place], was).all()
        return self.outcome

    def _drawn_before(self) -> Iterator[tuple[str, SlideHandles]]:
        """Yields the slides that are drawn now as they were when the file was made."""
        made = {each.id: each for each in self._before.slides}
        for slide, handle in zip(self._as_drawn.slides, handles(self._old), strict=True):
            if made.get(slide.id) == slide:
                yield slide.id, handle

    def keep(self, part: str) -> None:
        self._package.keep(part)


class _Slide:
    """One slide of the file (`found`), as it was made (`expected`), and as it is drawn now (`fresh`)."""

    def __init__(
        self,
        whole: Replacing,
        number: int,
        handle: SlideHandles,
        expected: SlidePlaces,
        fresh: SlidePlaces,
        drawn: SlideHandles,
        old: SlideHandles | None,
    ) -> None:
        self.whole, self.number, self.handle = whole, number, handle
        self.expected, self.fresh, self.drawn, self.old = expected, fresh, drawn, old
        self.found = whole._found.slides[number]
        self.names = whole._renewed.columns | whole._renewed.names.get(expected.id, {})

    def all(self) -> None:
        self.originals = {id(each): deepcopy(each) for each in self.handle.groups.values()}
        self.texts()
        self.tables()
        self.notes()
        self.descriptions()
        self.charts()
        self.marks()

    def texts(self) -> None:
        pairs = matching.texts(self.expected, self.found)
        fresh = {each.name: each for each in self.fresh.texts}
        for number, elements in enumerate(self.handle.texts):
            if number in pairs.found and elements:
                one = self.expected.texts[pairs.found[number]]
                slots = list(self._slots(one.paragraphs, _paragraphs(fresh.get(one.name))))
                found = self._write(self.handle.part, elements, one.paragraphs, slots)
                self._tell(found, elements, one, self.handle.boxes[number] or _corner(one))

    def _slots(self, before: Sequence[Words], fresh: Sequence[Words]) -> Iterator[Slot]:
        """Yields the slots of paragraphs: by references, or as the new file says it."""
        for number, each in enumerate(before):
            if each.told:
                told = with_names(each.told, self.names)
                yield from by_reference(
                    number, each.told, self.whole._words, self.whole._after.words, told
                )
            elif len(fresh) == len(before):
                yield from by_comparison(number, each.text, fresh[number].text)

    def _write(
        self, part: str, elements: Sequence[Any], before: Sequence[Words], slots: Sequence[Slot]
    ) -> Found:
        texts = [said(each) for each in elements]
        found = find([each.text for each in before], slots, texts)
        for number, replacements in found.replacements.items():
            replace(elements[number], replacements)
            self.whole.keep(part)
        self.whole.outcome.numbers += found.seen
        self.whole.outcome.changed += found.changed
        return found

    def _tell(
        self, found: Found, elements: Sequence[Any], place: TextPlace, at: tuple[int, int]
    ) -> None:
        texts = {number: said(element) for number, element in enumerate(elements)}
        for number, spots in found.told.items():
            told = _with_references(texts[number], spots, found.replacements.get(number, []))
            name = place.name.removeprefix(f"{self.expected.id} ")
            self.whole.outcome.told.append(
                Told(
                    self.number + 1, self.expected.id, self.handle.part, name, texts[number], told,
                    tuple(each.new.strip("{}") for each in spots), at,
                )
            )  # fmt: skip

    def tables(self) -> None:
        pairs = by_name(self.expected.tables, self.found.tables)
        for number, rows in enumerate(self.handle.tables):
            one = pairs.get(number)
            if one is None:
                continue
            place = self.expected.tables.index(one)
            if place < len(self.fresh.tables):
                self._table(rows, one, self.found.tables[number], self.fresh.tables[place])

    def _table(
        self, rows: list[list[Any]], before: TablePlace, now: TablePlace, new: TablePlace
    ) -> None:
        if len(before.rows) != len(new.rows):
            if before.rows == now.rows:
                rows = self._resized(rows, len(new.rows))
                _fill(rows, new)
                self.whole.keep(self.handle.part)
                self.whole.outcome.changed += sum(map(len, new.rows))
                self.whole.outcome.numbers += sum(map(len, new.rows))
                return
            self.whole.outcome.notes.append(
                f"Slide {self.number + 1}, {now.name}: it has {len(before.rows)} rows, and "
                f"{len(new.rows)} with the new table; rows were changed by hand, so none came or went"
            )
        numbers, columns = rows_of(before, now)
        for number, cells in enumerate(rows):
            row = _row_of(before, new, numbers.get(number))
            if row is not None:
                self._row(cells, before.rows[numbers[number]], row, columns)

    def _row(self, cells: list[Any], before: list[str], new: list[str], columns: list[int]) -> None:
        for cell, place in zip(cells, columns, strict=False):
            if place < len(before) and place < len(new):
                elements = [each for each in cell.iter(f"{A}p") if said(each)]
                slots = by_comparison(0, before[place], new[place])
                self._write(self.handle.part, elements, [Words(text=before[place])], slots)
                self.whole.outcome.numbers += not slots and any(map(str.isdigit, before[place]))

    def _resized(self, rows: list[list[Any]], count: int) -> list[list[Any]]:
        """Returns as many rows of a table that nobody changed as there are now, heads first."""
        elements = [row[0].getparent() for row in rows]
        for extra in elements[count:]:
            extra.getparent().remove(extra)
        while len(elements) < count:
            elements[-1].addnext(deepcopy(elements[-1]))
            elements.append(elements[-1].getnext())
        return [list(each.iter(f"{A}tc")) for each in elements[:count]]

    def notes(self) -> None:
        elements, fresh = [each for _, each in self.handle.notes], self.fresh.notes
        if self.found.notes == [Words(text=each.text) for each in self.expected.notes] and elements:
            self._fill_notes(elements, [each.text for each in fresh])
            return
        parts = {part for part, _ in self.handle.notes}
        slots = list(self._slots(self.expected.notes, self._like_before()))
        if slots and len(parts) == 1:
            self._write(parts.pop(), elements, self.expected.notes, slots)

    def _fill_notes(self, elements: list[Any], texts: list[str]) -> None:
        """Write notes that nobody changed, as many lines as there are now."""
        before = [each.text for each in self.expected.notes]
        self.whole.outcome.numbers += sum(any(map(str.isdigit, each)) for each in texts)
        if before == texts or not texts:
            return
        self.whole.outcome.changed += sum(each not in before for each in texts)
        for extra in elements[len(texts) :]:
            extra.getparent().remove(extra)
        while len(elements) < len(texts):
            elements[-1].addnext(deepcopy(elements[-1]))
            elements.append(elements[-1].getnext())
        for element, text in zip(elements, texts, strict=False):
            old = said(element)
            slots = by_comparison(0, old, text)
            replace(element, [Replacement(each.start, each.end, each.new) for each in slots])
        self.whole.keep(self.handle.notes[0][0])

    def _like_before(self) -> list[Words]:
        """Returns the new notes for each line of those before; as it was where there is none."""
        before, fresh = self.expected.notes, self.fresh.notes
        if len(before) == len(fresh):
            return fresh
        pairs = matching.paired(before, fresh, _overlap, matching.COPY_OF_SLIDE).found
        new = {one: fresh[other] for other, one in pairs.items()}
        return [new.get(number, each) for number, each in enumerate(before)]

    def descriptions(self) -> None:
        fresh = list(self.fresh.described.values())
        for place, (name, text) in enumerate(self.expected.described.items()):
            new = self.fresh.described.get(name) or (fresh[place] if place < len(fresh) else text)
            slots = by_comparison(0, text, new)
            for own in self.handle.described.get(name, []):
                found = find([text], slots, [own.get("descr")])
                self.whole.outcome.numbers += found.seen
                self.whole.outcome.changed += found.changed
                if 0 in found.replacements:
                    own.set("descr", written(own.get("descr"), found.replacements[0]))
                    self.whole.keep(self.handle.part)

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
            self.whole.outcome.charts += 1
            stays = kept(one, now, new)
            source = self.whole._fresh.archive
            if charts.renew(self.whole._package, part, source, self.drawn.charts[place], stays):
                self.whole.outcome.notes.append(
                    f"Slide {self.number + 1}, {now.name}: it was drawn anew, as it has other series now"
                )

    def marks(self) -> None:
        """Draw anew what stands in shapes over charts, if its data have moved."""
        groups = list(self.old.groups.items()) if self.old else []
        if len(groups) != len(self.drawn.groups):
            groups = [each for each in groups if each[0] in self.drawn.groups]
        for (name, old), new in zip(groups, self.drawn.groups.values(), strict=False):
            new = self.drawn.groups.get(name, new)
            group = self.handle.groups.get(name)
            if group is None or not marks.is_other(old, new):
                continue
            if self._untouched(group, old):
                marks.redraw(group, old, new, self.handle.root)
                self.whole.keep(self.handle.part)
            else:
                self.whole.outcome.notes.append(
                    f"Slide {self.number + 1}, {name}: its shapes were changed by hand, so that they "
                    "stand where they stood"
                )

    def _untouched(self, group: Any, old: Any) -> bool:
        return marks.is_as_drawn(self.originals.get(id(group), group), old)


def _paragraphs(place: TextPlace | None) -> Sequence[Words]:
    return place.paragraphs if place else []


def _corner(place: TextPlace) -> tuple[int, int]:
    return place.box[:2] if place.box else (0, 0)


def _row_of(before: TablePlace, new: TablePlace, number: int | None) -> list[str] | None:
    """Returns what a row says now: of as many rows the one in its place, else the one of its name."""
    if number is None:
        return None
    if len(before.rows) == len(new.rows):
        return new.rows[number]
    name = before.rows[number][:1]
    return next((row for row in new.rows if row[:1] == name), None)


def _fill(rows: list[list[Any]], new: TablePlace) -> None:
    """Write a whole table, cell by cell, each in the runs of its first paragraph."""
    for cells, texts in zip(rows, new.rows, strict=True):
        for cell, text in zip(cells, texts, strict=False):
            elements = [each for each in cell.iter(f"{A}p") if said(each)]
            for number, element in enumerate(elements):
                old = said(element)
                if number or old != text:
                    replace(element, [Replacement(0, len(old), "" if number else text)])


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


def _overlap(one: Words, other: Words) -> float:
    return matching.overlap(matching.bag(one.text), matching.bag(other.text))
