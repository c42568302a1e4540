"""Groups, largest first, and the share that they reach together: few make most of it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from deckgen.domain.charts import Chart, SeriesRole
from deckgen.domain.formatting.display import PERCENT, ValueFormat
from deckgen.export.charts.frame import (
    LABEL_GAP,
    NARROW,
    Frame,
    axis_width,
    widest_label,
    with_category_labels,
)
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.marks import paretos
from deckgen.export.charts.view import View
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.number_formats import tick_labels
from deckgen.export.layout.scales import Scale, nice
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Element, Rule, TextBox
from deckgen.export.scene.setting import Plain
from deckgen.export.themes.theme import Theme

_MOST = 0.8  # the share that is asked about


def _whole(view: View) -> Scale:
    """The bars' scale reaches to the sum of all groups, which is where the line reaches 100 %."""
    value, reached = view.series[0].values[0] or 0, view.series[1].values[0] or 1
    total = float(value / reached)
    return Scale(0.0, total, nice([0.0, total], zero=True).step)


def _frame(bare: Frame, view: View, size: float) -> Frame:
    """Bars say their values if there is room for that; otherwise there is an axis."""
    labels = tick_labels(paretos.TICKS, PERCENT, view.formatter)
    right = max(view.face.width(label, size) for label in labels) + LABEL_GAP
    framed = replace(bare, right=right, top=height(1, size) / 2 + 2)
    fits = widest_label(view, size) + 4 <= framed.slot
    if not fits:
        framed = replace(framed, left=axis_width(view, framed, size))
    labelled = [list(range(len(view.categories))) if fits else [], []]
    framed = replace(framed, axis=not fits, labelled=labelled)
    return with_category_labels(framed, view, size)


def _shapes(view: View, room: Frame, theme: Theme) -> Iterable[Element]:
    """Yields the mark of 80 %, and how much the groups reach that together come to it."""
    if room.slot < NARROW:
        yield from _picked(view, room)
    level = room.top + (1 - _MOST) * room.plot_height
    index = next((n for n, share in enumerate(view.series[1].values) if (share or 0) >= _MOST), None)
    if index is None:
        yield Rule((room.left, level), (room.plot_right, level), "muted", 1, dashed=True)
        return
    at = room.along(index)
    yield Rule((at, level), (room.plot_right, level), "muted", 1, dashed=True)
    share = view.series[1].values[index] or 0
    top = room.top + (1 - share) * room.plot_height
    text = view.set.paragraph(Plain(view.said(1, index)), room.size, 1e6, bold=True, colour="muted")
    wide, high = view.face.width(text.text, room.size, bold=True) + 1, height(1, room.size)
    yield TextBox("value", Box(at - wide - 4, top - high - 4, wide, high), (text,), "middle")


def _picked(view: View, room: Frame) -> Iterator[TextBox]:
    """Yields the names of what the slide is about, over bars that are too narrow for names."""
    high, edge = height(1, room.size), 0.0
    for index in sorted(view.chart.highlight):
        text = view.set.paragraph(
            Plain(f"{view.categories[index]} {view.said(0, index)}"),
            room.size,
            room.plot_width / 2,
            most=1,
            bold=True,
            colour="accent",
        )
        left = room.along(index) - room.slot / 3
        if left < edge:
            continue
        wide = view.face.width(text.text, room.size, bold=True) + 1
        top = room.at(view.series[0].values[index] or 0) - high - 3
        yield TextBox("value", Box(left, top, wide, high), (text,), "middle")
        edge = left + wide


def _lacks(chart: Chart) -> str:
    roles = [series.role for series in chart.series]
    if (
        roles != [SeriesRole.ACTUAL, SeriesRole.REACHED]
        or chart.series[1].unit.format is not ValueFormat.PERCENT
    ):
        return "A Pareto chart needs values, and in per cent what they reach together."
    values = [value or 0 for value in chart.series[0].values]
    first = chart.series[1].values[0] or 0
    if values != sorted(values, reverse=True) or values[-1] < 0 or not values[0] or first <= 0:
        return "The groups of a Pareto chart stand largest first, and none is negative."
    return ""


KIND = Kind(
    frame=_frame,
    marks=paretos.marks,
    native="paretos",
    shapes=_shapes,
    scale=_whole,
    lacks=_lacks,
)
