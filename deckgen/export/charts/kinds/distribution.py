"""Distributions: a box for the middle half of each group, lines to its ends, its median named."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from deckgen.domain.charts import Chart
from deckgen.export.charts.frame import LABEL_GAP, Frame
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.kinds.bar import with_names
from deckgen.export.charts.kinds.line import around
from deckgen.export.charts.marks import boxes
from deckgen.export.charts.texts import label
from deckgen.export.charts.view import View
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Element, Panel, Rule
from deckgen.export.themes.theme import Theme

LOW, LOWER, MEDIAN, UPPER, HIGH = range(5)
_KEY = 22.0  # points of a mark in the key
_CAP = 0.3  # of a box's height, at the ends of its lines


def _frame(bare: Frame, view: View, size: float) -> Frame:
    """Room for names and an axis, and to the right for the medians."""
    line = height(1, size)
    said = [view.labels[MEDIAN], *(view.said(MEDIAN, index) for index in range(len(view.categories)))]
    right = max(view.face.width(text, size, bold=True) for text in said) + 2 * LABEL_GAP
    heads = len({top for _, _, top in _entries(view, size, bare.width)}) + 1
    framed = replace(bare, top=heads * line + LABEL_GAP, bottom=line + LABEL_GAP, right=right)
    return with_names(framed, view, size)


def _shapes(view: View, room: Frame, theme: Theme) -> Iterable[Element]:
    """Yields the key, and for each group its lines, its median and what this is."""
    yield from _key(view, room)
    size = room.size
    right = room.plot_right + room.right - room.beside - LABEL_GAP / 2
    wide = right - room.plot_right - LABEL_GAP / 2
    below = max(top for _, _, top in _entries(view, size, room.width)) + height(1, size)
    head = (right, below)
    yield label(view.labels[MEDIAN], head, size, wide, align="right", colour="muted")
    for index in range(len(view.categories)):
        yield from _lines(view, room, index)
        at, is_bold = (right, room.along(index)), view.picked(index)
        yield label(view.said(MEDIAN, index), at, size, wide, align="right", bold=is_bold)


def _lines(view: View, room: Frame, index: int) -> Iterator[Element]:
    values = [series.values[index] for series in view.series]
    low, lower, median, upper, high = (room.at(value or 0) for value in values)
    middle, half = room.along(index), room.slot * boxes.BAND / 2
    for start, end in ((low, lower), (high, upper)):
        yield Rule((start, middle), (end, middle), "muted", 1)
        yield Rule((start, middle - half * _CAP), (start, middle + half * _CAP), "muted", 1)
    yield Rule((median, middle - half), (median, middle + half), "paper", 2.5)


def _key(view: View, room: Frame) -> Iterator[Element]:
    """Yields what a box and its lines mean, in the words of the series."""
    size = room.size
    box, ends = _entries(view, size, room.width)
    yield Panel(Box(box[1], box[2] - 5, _KEY, 10), "rest")
    yield Rule((ends[1], ends[2]), (ends[1] + _KEY, ends[2]), "muted", 1)
    for text, left, middle in (box, ends):
        wide = view.face.width(text, size) + 2
        yield label(text, (left + _KEY + 6, middle), size, wide, colour="muted")


def _entries(view: View, size: float, limit: float) -> list[tuple[str, float, float]]:
    """Returns the words of the key with the left and the middle of each, on two lines if need be."""
    found, left, middle = [], 0.0, height(0.5, size)
    for one, other in ((LOWER, UPPER), (LOW, HIGH)):
        text = f"{view.labels[one]} – {view.labels[other]}"
        wide = _KEY + 6 + view.face.width(text, size) + 2
        if left and left + wide > limit:
            left, middle = 0.0, middle + height(1, size)
        found.append((text, left, middle))
        left += wide + 2 * LABEL_GAP
    return found


def _lacks(chart: Chart) -> str:
    """What a distribution needs: five values of each group, none below the one before it."""
    if len(chart.series) != 5:
        return "A distribution needs five series: low, quartile, median, quartile and high."
    for values in zip(*(series.values for series in chart.series), strict=True):
        known = [value for value in values if value is not None]
        if len(known) < 5 or known != sorted(known):
            return "A distribution needs five values of each group, from low to high."
    return ""


KIND = Kind(
    frame=_frame,
    marks=boxes.marks,
    native="boxes",
    shapes=_shapes,
    scale=around,
    lacks=_lacks,
    is_sideways=True,
    is_based=False,
)
