"""Bridges: from one total to another, by the changes between them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from deckgen.domain.charts import Chart
from deckgen.export.charts import inked
from deckgen.export.charts.frame import Frame, with_category_labels, with_room
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.marks import bridges
from deckgen.export.charts.steps import waterfall_steps
from deckgen.export.charts.view import View
from deckgen.export.charts.waterfall import broken_base
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.scales import Scale
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Element, Polygon, Rule
from deckgen.export.themes.theme import Theme

_RISE, _BREAK = 6.0, 6.0  # of the mark of a broken base: its slope, and how thick it is


def _frame(bare: Frame, view: View, size: float) -> Frame:
    framed = with_category_labels(replace(bare, axis=False), view, size)
    label = height(1, size) + 6
    low = broken_base(view)
    if not low:
        return _labelled(replace(framed, scale=with_room(view, framed.plot_height, label)), view)
    high = max(view.reached)
    high += (high - low) * label / (framed.plot_height - label)
    return _labelled(replace(framed, scale=Scale(low, high, high - low)), view)


def _labelled(framed: Frame, view: View) -> Frame:
    """Returns the frame with the values that do not touch: totals first, then the largest changes."""
    last, kept = len(view.categories) - 1, dict[int, Box]()
    steps = waterfall_steps(view.chart)

    def rank(index: int) -> tuple[bool, bool, float]:
        return index not in (0, last), not view.picked(index), -abs(steps[index].value)

    for index in sorted(range(len(steps)), key=rank):
        box = inked.beyond(view, framed, 0, index)
        if not any(each.overlaps(box) for each in kept.values()):
            kept[index] = box
    return replace(framed, labelled=[sorted(kept), *framed.labelled[1:]])


def _shapes(view: View, room: Frame, theme: Theme) -> Iterable[Element]:
    """Yields what joins each column to the next, and the marks of a base that is broken."""
    half = room.slot * room.band / 2
    for index, (one, _) in enumerate(pairwise(waterfall_steps(view.chart))):
        level = room.at(one.reached)
        start, end = room.along(index) + half, room.along(index + 1) - half
        yield Rule((start, level), (end, level), "rest", 0.75, dashed=True)
    if room.scale.low > 0:
        yield from _breaks(room, half + 1)


def _breaks(room: Frame, half: float) -> Iterator[Polygon]:
    """Yields a chevron across each total: it does not begin at zero."""
    level = room.plot_bottom - room.plot_height * 0.08
    for index in (0, len(room.categories) - 1):
        left, middle, right = room.along(index) - half, room.along(index), room.along(index) + half
        upper = ((left, level), (middle, level - _RISE), (right, level))
        lower = tuple((x, y + _BREAK) for x, y in reversed(upper))
        yield Polygon((*upper, *lower), "paper")


def _lacks(chart: Chart) -> str:
    return "" if len(chart.categories) > 2 else "A bridge needs two totals and a change between them."


KIND = Kind(
    frame=_frame,
    marks=bridges.marks,
    native="bridges",
    shapes=_shapes,
    lacks=_lacks,
    is_bridge=True,
)
