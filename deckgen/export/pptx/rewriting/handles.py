"""The elements behind what the reader finds on a slide, in the same order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from deckgen.export.pptx.reading.archive import Archive
from deckgen.export.pptx.reading.slides import (
    FURNITURE,
    box_of,
    diagrams,
    holder_of,
    named,
    said,
    shapes,
    slide_parts,
)
from deckgen.export.pptx.rewriting.package import Package

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass
class SlideHandles:
    """A slide's elements: `texts` and `notes` are paragraphs with text, `tables` rows of cells.

    `described` are what holds alternative texts, `groups` are groups by name. A text of a diagram has
    no paragraphs here: nothing is written into it.
    """

    part: str
    root: Any
    texts: list[list[Any]] = field(default_factory=list)
    boxes: list[tuple[int, int] | None] = field(default_factory=list)
    tables: list[list[list[Any]]] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    notes: list[tuple[str, Any]] = field(default_factory=list)
    described: dict[str, list[Any]] = field(default_factory=dict)
    groups: dict[str, Any] = field(default_factory=dict)


def handles(package: Package) -> list[SlideHandles]:
    """Returns the elements of every slide."""
    archive = package.archive
    main = next(archive.related("", "officeDocument"), "")
    return [_slide(package, archive, part) for part in slide_parts(archive, main)]


def _slide(package: Package, archive: Archive, part: str) -> SlideHandles:
    root, known = package.root(part), archive.relations(part)
    found = SlideHandles(part, root)
    for shape in shapes(root):
        _describe(found, shape)
        if paragraphs := _paragraphs(shape):
            box = box_of(shape)
            found.texts.append(paragraphs)
            found.boxes.append(box[:2] if box else None)
        for each in diagrams(shape):
            if each in known:
                found.texts.append([])
                found.boxes.append(None)
        for grid in shape.iterchildren(f"{A}graphic"):
            found.tables += [_rows(each) for each in grid.iter(f"{A}tbl")]
            for each in grid.iter(f"{C}chart"):
                relation = known.get(each.get(f"{R}id", ""))
                if relation and not relation.is_external:
                    found.charts.append(relation.target)
    for group in root.iter(f"{P}grpSp"):
        _describe(found, group)
        found.groups.setdefault(named(group)[0], group)
    found.notes = list(_notes(package, archive, part))
    return found


def _describe(found: SlideHandles, shape: Any) -> None:
    own = next(shape.iter(f"{P}cNvPr"), None)
    if own is not None and own.get("descr"):
        found.described.setdefault(own.get("name", ""), []).append(own)


def _paragraphs(shape: Any) -> list[Any]:
    body = shape.find(f"{P}txBody")
    return [] if body is None else [each for each in body.iter(f"{A}p") if said(each)]


def _rows(table: Any) -> list[list[Any]]:
    return [list(row.iter(f"{A}tc")) for row in table.iter(f"{A}tr")]


def _notes(package: Package, archive: Archive, part: str) -> Iterator[tuple[str, Any]]:
    for name in archive.related(part, "notesSlide"):
        for shape in shapes(package.root(name)):
            if holder_of(shape) not in FURNITURE:
                yield from ((name, each) for each in _paragraphs(shape))
