"""Native bars of what was reached over pale ones of what was planned.

The tick of the plan and the differences are shapes over the chart: no native chart has them.
"""

from dataclasses import replace

from pptx.enum.chart import XL_CHART_TYPE

from deckgen.export.charts import against
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.native import labels, workbook
from deckgen.export.charts.native.dressing import by_category, gap, point_labels
from deckgen.export.charts.native.ooxml import NativeChart, paint
from deckgen.export.charts.view import View
from deckgen.export.themes.theme import Theme


def chart_type(room: Frame) -> XL_CHART_TYPE:
    return XL_CHART_TYPE.BAR_CLUSTERED


def data(view: View, room: Frame) -> workbook.CategoryData:
    """Returns the plan first: what comes later is drawn over it."""
    return workbook.by_category(view, room, _order(view))


def _order(view: View) -> list[int]:
    return [against.plan_of(view.chart) or 0, against.actual_of(view.chart)]


def style(chart: NativeChart, view: View, room: Frame, theme: Theme) -> None:
    by_category(chart, room)
    plot, colours = chart.plots[0], theme.light
    plot.gap_width, plot.overlap, plot.vary_by_categories = gap(against.THICK), 100, False
    for series, colour in zip(plot.series, (colours.line, colours.accent), strict=True):
        series.invert_if_negative = False
        paint(series.format.fill, colour)
    actual = against.actual_of(view.chart)
    inside = {
        index: replace(label, position="inBase", bold=True, colour=colours.paper)
        for index, label in point_labels(view, actual, room).items()
    }
    labels.label_points(plot.series[1], inside)
