"""Native bars and columns."""

from typing import Any

from pptx.enum.chart import XL_CHART_TYPE

from deckgen.export.charts.frame import Frame
from deckgen.export.charts.marks import bars
from deckgen.export.charts.native import labels, workbook
from deckgen.export.charts.native.dressing import by_category, gap, hollow, point_labels
from deckgen.export.charts.native.ooxml import NativeChart, paint
from deckgen.export.charts.view import View
from deckgen.export.colours import of_role
from deckgen.export.themes.theme import Palette, Theme

data = workbook.by_category


def chart_type(room: Frame) -> XL_CHART_TYPE:
    return XL_CHART_TYPE.BAR_CLUSTERED if room.is_sideways else XL_CHART_TYPE.COLUMN_CLUSTERED


def style(chart: NativeChart, view: View, room: Frame, theme: Theme) -> None:
    by_category(chart, room)
    colours, plot = theme.light, chart.plots[0]
    plot.gap_width = gap(room.band, len(view.series))
    plot.overlap = 0 if len(view.series) == 1 else -5
    plot.vary_by_categories = False
    fills = bars.colours_of(view)
    for number, (series, base) in enumerate(zip(plot.series, fills, strict=True)):
        series.invert_if_negative = False
        paint(series.format.fill, of_role(base, colours))
        if bars.is_hollow(view, number):
            hollow(series.format, base, colours, dashed=False)
        if len(view.series) == 1:
            _pick_out(series, view, colours)
        for index in view.chart.partial:
            colour = base if view.emphasised(index) or len(view.series) > 1 else "rest"
            hollow(series.points[index].format, colour, colours)
        labels.label_points(series, point_labels(view, number, room))


def _pick_out(series: Any, view: View, colours: Palette) -> None:
    for index in range(len(view.categories)):
        if not view.emphasised(index) and index not in view.chart.partial:
            paint(series.points[index].format.fill, colours.rest)
