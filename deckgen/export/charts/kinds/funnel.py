"""Funnels: steps from many to few. A second series is what each keeps of the step before."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from deckgen.domain.charts import Chart
from deckgen.export.charts.frame import LABEL_GAP, TOP, Frame, present, widest_label, with_room
from deckgen.export.charts.kind import Kind, Layer
from deckgen.export.charts.kinds.bar import with_names
from deckgen.export.charts.marks import bars
from deckgen.export.charts.texts import label
from deckgen.export.charts.view import View
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Element, Polygon
from deckgen.export.themes.theme import Theme

_MARK = 9.0  # points of the arrow before a rate


def _frame(bare: Frame, view: View, size: float) -> Frame:
    """Room for the steps' names to the left, and for the rates to the right."""
    head = height(1, size) + LABEL_GAP if _rates(view) else TOP
    framed = replace(bare, top=head, bottom=TOP, right=_room_of_rates(view, size), axis=False)
    framed = with_names(framed, view, size)
    label_room = widest_label(view.only(0), size) + LABEL_GAP
    scale = with_room(view.only(0), framed.plot_width, label_room)
    return replace(framed, scale=scale, labelled=[present(view.series[0].values)])


def _rates(view: View) -> dict[int, str]:
    """Returns what is said between a step and the one before it."""
    if len(view.series) < 2:
        return {}
    return {index: view.said(1, index) for index in present(view.series[1].values) if index}


def _room_of_rates(view: View, size: float) -> float:
    rates = _rates(view)
    if not rates:
        return LABEL_GAP
    widest = max(view.face.width(text, size, bold=True) for text in rates.values())
    return max(_MARK + 4 + widest, _head_width(view, size)) + 2 * LABEL_GAP


def _head_width(view: View, size: float) -> float:
    return view.face.width(view.labels[1], size)


def _marks(view: View, room: Frame, theme: Theme) -> list[Layer]:
    return bars.marks(view.only(0), room, theme)


def _shapes(view: View, room: Frame, theme: Theme) -> Iterable[Element]:
    """Yields the sides of the funnel, and the rates where one step leads to the next."""
    yield from _sides(view, room)
    rates, size = _rates(view), room.size
    left = room.plot_right + LABEL_GAP
    if rates:
        head = (left, height(0.5, size))
        yield label(view.labels[1], head, size, room.right - LABEL_GAP, colour="muted")
    for index, rate in rates.items():
        between = room.along(index - 0.5)
        colour, is_picked = ("contrast", True) if view.picked(index) else ("muted", False)
        down = ((left, between - 3), (left + _MARK, between - 3), (left + _MARK / 2, between + 4))
        yield Polygon(down, colour)
        place = (left + _MARK + 4, between)
        wide = room.right - LABEL_GAP - _MARK
        yield label(rate, place, size, wide, bold=is_picked, colour=colour if is_picked else "ink")


def _sides(view: View, room: Frame) -> Iterator[Element]:
    half, zero = room.slot * room.band / 2, room.at(0)
    for index, (one, other) in enumerate(pairwise(view.series[0].values)):
        if one and other:
            top, bottom = room.along(index) + half, room.along(index + 1) - half
            corners = ((room.at(one), top), (room.at(other), bottom))
            yield Polygon(((zero, top), *corners, (zero, bottom)), "wash")


def _lacks(chart: Chart) -> str:
    """What a funnel needs: steps that hold ever fewer, of which none is below zero."""
    values = [value for value in chart.series[0].values if value is not None]
    if len(values) < 2 or min(values) < 0:
        return "A funnel needs at least two steps, none of them below zero."
    if values != sorted(values, reverse=True):
        return "The steps of a funnel hold ever fewer."
    return ""


KIND = Kind(
    frame=_frame,
    marks=_marks,
    native="funnels",
    shapes=_shapes,
    lacks=_lacks,
    is_sideways=True,
    partial="lighter",
)
