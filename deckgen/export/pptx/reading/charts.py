"""A native chart as it is read: what it draws, and whether the workbook behind it has the same."""

from collections.abc import Iterator
from math import isfinite
from typing import Any

from deckgen.domain.errors import InvalidRequest
from deckgen.export.pptx.reading.archive import Archive
from deckgen.export.pptx.reading.contents import ChartPlace, PlotSeries
from deckgen.export.pptx.reading.workbooks import Drawn, differing

MOST_POINTS = 100_000
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_C15 = "{http://schemas.microsoft.com/office/drawing/2012/chart}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ALONG, _VALUES = (f"{_C}cat", f"{_C}xVal"), (f"{_C}val", f"{_C}yVal")


def chart(archive: Archive, part: str, name: str) -> ChartPlace:
    """Returns the chart in a part of the file."""
    root = archive.xml(part)
    series = [_series(each) for each in root.iter(f"{_C}ser")]
    texts = ["".join(_said(each) for each in line.iter(f"{_A}t")) for line in root.iter(f"{_A}p")]
    return ChartPlace(
        name=name,
        series=series,
        texts=[" ".join(text.split()) for text in texts if text.strip()],
        faults=list(_faults(archive, part, root)),
    )


def _said(text: Any) -> str:
    """Returns a text as it is shown: what a cell says stands in a list of the series, which is the one
    that LibreOffice keeps.
    """
    label = next(text.iterancestors(f"{_C}dLbl"), None)
    if text.getparent().get("type") != "CELLRANGE" or label is None:
        return text.text or ""
    place = next((each.get("val") for each in label.iter(f"{_C}idx")), "")
    cells = next(next(label.iterancestors(f"{_C}ser")).iter(f"{_C15}dlblRangeCache"), ())
    shown = (each for point in cells if point.get("idx") == place for each in point.iter(f"{_C}v"))
    return next((each.text or "" for each in shown), text.text or "")


def _series(element: Any) -> PlotSeries:
    title = element.find(f"{_C}tx")
    name = "" if title is None else " ".join(each.text or "" for each in title.iter(f"{_C}v"))
    along = next(element.iterchildren(*_ALONG), None)
    values = next(element.iterchildren(*_VALUES), None)
    return PlotSeries(
        name=" ".join(name.split()),
        categories=[] if along is None else [each or "" for each in points(along)],
        values=[] if values is None else [number(each) for each in points(values)],
    )


def _drawn(formula: Any) -> Drawn:
    """Returns the area that a formula names, and its points; a crowded axis leaves out labels."""
    data = formula.getparent()
    is_label = data.getparent().tag not in _VALUES
    return Drawn(formula.text or "", points(data), may_lack=is_label)


def points(data: Any) -> list[str | None]:
    """Returns the points of a series in their order, with None for each that is missing."""
    levels = list(data.iter(f"{_C}lvl")) or [data]
    found: dict[int, list[str]] = {}
    for level in levels:
        for each in level.iter(f"{_C}pt"):
            value = each.find(f"{_C}v")
            if (place := _whole(each.get("idx"))) is not None and value is not None:
                found.setdefault(place, []).append(" ".join((value.text or "").split()))
    count = next((_whole(each.get("val")) for each in data.iter(f"{_C}ptCount")), None)
    length = max([count or 0, *(place + 1 for place in found)])
    return [" ".join(found[place]) if place in found else None for place in range(length)]


def _whole(text: str | None) -> int | None:
    """Returns the number of a point, if it is one that a chart may have."""
    is_number = text is not None and text.isascii() and text.isdigit() and len(text) < len("1000000")
    return int(text) if is_number and text and int(text) < MOST_POINTS else None


def number(text: str | None) -> float | None:
    """Returns a value of a chart; None for a gap, which programs write in their own ways."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if isfinite(value) else None


def _faults(archive: Archive, part: str, root: Any) -> Iterator[str]:
    """Yields where the workbook has something else than the chart; a file without it has no fault."""
    known = archive.relations(part)
    for link in root.iter(f"{_C}externalData"):
        relation = known.get(link.get(f"{_R}id", ""))
        if relation is None:
            continue
        if relation.is_external:
            yield "its data stand outside of the file"
            continue
        drawn = [_drawn(each) for each in root.iter(f"{_C}f")]
        try:
            yield from differing(archive.read(relation.target), drawn)
        except InvalidRequest:
            yield "its workbook can't be read"
