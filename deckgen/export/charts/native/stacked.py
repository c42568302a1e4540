"""Native columns of pieces."""

from dataclasses import replace

from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Pt

from deckgen.export.charts import stacks
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.native import labels, workbook
from deckgen.export.charts.native.dressing import by_category, gap, point_labels
from deckgen.export.charts.native.ooxml import NativeChart, paint, rgb
from deckgen.export.charts.view import View
from deckgen.export.colours import of_role, readable_on
from deckgen.export.themes.theme import Palette, Theme

data = workbook.by_category


def chart_type(room: Frame) -> XL_CHART_TYPE:
    return XL_CHART_TYPE.COLUMN_STACKED


def style(chart: NativeChart, view: View, room: Frame, theme: Theme) -> None:
    by_category(chart, room)
    plot, colours = chart.plots[0], theme.light
    plot.gap_width, plot.overlap = gap(room.band), 100
    for number, series in enumerate(plot.series):
        paint(series.format.fill, of_role(stacks.tint(view, number), colours))
        series.format.line.color.rgb = rgb(colours.paper)
        series.format.line.width = Pt(1)
        for index in view.chart.partial:
            pale = of_role(stacks.tint(view, number, index), colours)
            paint(series.points[index].format.fill, pale)
        inside = {
            index: replace(label, position="ctr", bold=False, colour=_ink(view, number, index, colours))
            for index, label in point_labels(view, number, room).items()
        }
        labels.label_points(series, inside)


def _ink(view: View, number: int, index: int, colours: Palette) -> str:
    return of_role(readable_on(stacks.tint(view, number, index), colours), colours)
