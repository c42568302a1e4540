"""Native bars with a line on a second axis, which python-pptx has no call for."""

from dataclasses import replace
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.util import Pt

from deckgen.domain.formatting.display import PERCENT
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.marks.paretos import TICKS, inside, is_vital
from deckgen.export.charts.native import labels, workbook
from deckgen.export.charts.native.dressing import by_category, gap, point_labels
from deckgen.export.charts.native.ooxml import NativeChart, element, paint, qn, rgb
from deckgen.export.charts.view import View
from deckgen.export.layout.number_formats import scale_format
from deckgen.export.themes.theme import Palette, Theme

_CATEGORIES, _SHARES = "50010", "50020"  # the second pair of axes
data = workbook.by_category


def chart_type(room: Frame) -> XL_CHART_TYPE:
    return XL_CHART_TYPE.COLUMN_CLUSTERED


def style(chart: NativeChart, view: View, room: Frame, theme: Theme) -> None:
    by_category(chart, room)
    colours, plot = theme.light, chart.plots[0]
    plot.gap_width, plot.vary_by_categories = gap(room.band), False
    bars, _ = plot.series
    bars.invert_if_negative = False
    for index in range(len(view.categories)):
        colour = colours.accent if is_vital(view, index) else colours.rest
        paint(bars.points[index].format.fill, colour)
    found = {
        index: replace(label, bold=False, position="inEnd", colour=colours.paper)
        if inside(view, room, index)
        else replace(label, bold=False)
        for index, label in point_labels(view, 0, room).items()
    }
    labels.label_points(bars, found)
    _move_to_a_line(chart)
    _line(chart.plots[1].series[0], colours)
    _axis_of_shares(chart, view)


def _move_to_a_line(chart: NativeChart) -> None:
    """Give the second series a line and axes of its own."""
    area = chart._chartSpace.chart.plotArea
    columns = area.find(qn("c:barChart"))
    moved = columns.findall(qn("c:ser"))[1]
    for tag in ("c:invertIfNegative",):
        for each in moved.findall(qn(tag)):
            moved.remove(each)
    ids = "".join(f'<c:axId val="{each}"/>' for each in (_CATEGORIES, _SHARES))
    line = element("c:lineChart", f'<c:grouping val="standard"/><c:varyColors val="0"/>{ids}')
    line.find(qn("c:varyColors")).addnext(moved)
    moved.append(element("c:smooth", val=0))
    columns.addnext(line)


def _line(series: Any, colours: Palette) -> None:
    series.format.line.width = Pt(2)
    series.format.line.color.rgb = rgb(colours.muted)
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 5
    paint(series.marker.format.fill, colours.muted)
    series.marker.format.line.fill.background()


def _axis_of_shares(chart: NativeChart, view: View) -> None:
    """Add the axis to the right, and the one of categories that it needs and nobody sees."""
    area = chart._chartSpace.chart.plotArea
    last = area.findall(qn("c:valAx"))[-1]
    number_format = scale_format(TICKS, PERCENT, view.formatter)
    scaling = '<c:scaling><c:orientation val="minMax"/>{}</c:scaling>'
    limits = scaling.format('<c:max val="1"/><c:min val="0"/>')
    hairless = "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
    marks = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
    values = element(
        "c:valAx",
        f'<c:axId val="{_SHARES}"/>{limits}<c:delete val="0"/><c:axPos val="r"/>'
        f'<c:numFmt formatCode="" sourceLinked="0"/>{marks}<c:tickLblPos val="nextTo"/>{hairless}'
        f'<c:crossAx val="{_CATEGORIES}"/><c:crosses val="max"/><c:crossBetween val="between"/>'
        f'<c:majorUnit val="0.2"/>',
    )
    values.find(qn("c:numFmt")).set("formatCode", number_format)
    categories = element(
        "c:catAx",
        f'<c:axId val="{_CATEGORIES}"/>{scaling.format("")}<c:delete val="1"/><c:axPos val="b"/>'
        f'{marks}<c:tickLblPos val="none"/><c:crossAx val="{_SHARES}"/><c:crosses val="autoZero"/>',
    )
    last.addnext(values)
    values.addnext(categories)
