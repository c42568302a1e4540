"""Native points of two measures."""

from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.util import Pt

from deckgen.export.charts.frame import Frame
from deckgen.export.charts.marks import points
from deckgen.export.charts.native.dressing import axis_text, set_range
from deckgen.export.charts.native.ooxml import NativeChart, paint, rgb
from deckgen.export.charts.native.workbook import XyData
from deckgen.export.charts.view import View, pairs
from deckgen.export.colours import of_role, of_series
from deckgen.export.layout.number_formats import scale_format
from deckgen.export.themes.theme import Palette, Theme


def chart_type(room: Frame) -> XL_CHART_TYPE:
    return XL_CHART_TYPE.XY_SCATTER


def data(view: View, room: Frame) -> Any:
    """Returns x and y of each point that has both, those of a trend from left to right."""
    data: Any = XyData()  # type: ignore[no-untyped-call]  # no types in python-pptx
    for number, label in enumerate(view.labels):
        series = data.add_series(label)
        for _, x, y in _points(view, number):
            series.add_data_point(x, y)
    return data


def _points(view: View, number: int) -> list[tuple[int, float, float]]:
    found = pairs(view, number)
    return sorted(found, key=lambda each: each[1]) if points.is_trend(view.series[number]) else found


def style(chart: NativeChart, view: View, room: Frame, theme: Theme) -> None:
    _axes(chart, view, room)
    colours = theme.light
    shown = points.groups(view)
    for number, series in enumerate(chart.plots[0].series):
        series.smooth = False
        if number in shown:
            _scatter(series, view, number, shown.index(number), colours)
        else:
            series.marker.style = XL_MARKER_STYLE.NONE
            series.format.line.color.rgb = rgb(colours.muted)
            series.format.line.width = Pt(1.5)
            series.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH


def _scatter(series: Any, view: View, number: int, place: int, colours: Palette) -> None:
    """Style a series as points; LibreOffice sees those that stand out because they are larger."""
    series.format.line.fill.background()
    rest = "rest" if view.chart.highlight else of_series(place)
    _mark(series.marker, points.size(view), of_role(rest, colours), colours)
    for at, (index, _, _) in enumerate(_points(view, number)):
        if view.picked(index):
            _mark(series.points[at].marker, points.LARGE, colours.accent, colours)


def _mark(marker: Any, size: int, colour: str, colours: Palette) -> None:
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, size
    paint(marker.format.fill, colour)
    marker.format.line.color.rgb = rgb(colours.paper)


def _axes(chart: NativeChart, view: View, room: Frame) -> None:
    """The name of the upright axis stands over it, where it can be read."""
    axis = chart.category_axis
    title = "" if room.across.is_log else view.category_label
    set_range(axis, room.across)
    axis_text(axis, scale_format(room.across.ticks, view.chart.category_unit, view.formatter))
    chart.value_axis.has_title, axis.has_title = False, bool(title)
    if title:
        axis.axis_title.text_frame.text = title
        run = axis.axis_title.text_frame.paragraphs[0].runs[0]
        run.font.bold, run.font.size = False, chart.font.size
