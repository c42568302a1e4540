"""Native boxes as stacked bars: a base that is not seen carries each to its lower quartile."""

from pptx.enum.chart import XL_CHART_TYPE

from deckgen.export.charts.frame import Frame
from deckgen.export.charts.marks.boxes import BAND
from deckgen.export.charts.native import stacks
from deckgen.export.charts.native.dressing import by_category, gap
from deckgen.export.charts.native.ooxml import NativeChart, paint
from deckgen.export.charts.native.workbook import CategoryData
from deckgen.export.charts.view import View
from deckgen.export.themes.theme import Theme


def chart_type(room: Frame) -> XL_CHART_TYPE:
    return XL_CHART_TYPE.BAR_STACKED


def data(view: View, room: Frame) -> CategoryData:
    return stacks.data(view, room, columns(view))


def columns(view: View) -> stacks.Columns:
    """The workbook's columns: both halves of each box. Below zero, what is nearer to it comes
    first."""
    lower, median, upper = ([value or 0.0 for value in view.series[n].values] for n in (1, 2, 3))
    halves = [
        (f"{view.labels[1]} – {view.labels[2]}", list(zip(lower, median, strict=True))),
        (f"{view.labels[2]} – {view.labels[3]}", list(zip(median, upper, strict=True))),
    ]
    base = [max(low, 0.0) + min(high, 0.0) for low, high in zip(lower, upper, strict=True)]
    found: stacks.Columns = [(stacks.BASE, [*base])]
    for name, parts in halves:
        found.append((name, [stacks.above(*part) for part in parts]))
    for name, parts in reversed(halves):
        below = [stacks.below(*part) for part in parts]
        if any(below):
            label = view.formatter.language.say("waterfall.below", name=name)
            found.append((label, [*below]))
    return found


def style(chart: NativeChart, view: View, room: Frame, theme: Theme) -> None:
    by_category(chart, room)
    colours = theme.light
    for series in stacks.on_base(chart, room):
        series.invert_if_negative = False
        paint(series.format.fill, colours.accent)
        for index in range(len(view.categories)):
            if not view.emphasised(index):
                paint(series.points[index].format.fill, colours.rest)
    chart.plots[0].gap_width = gap(BAND)
