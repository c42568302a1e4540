"""Native lines."""

from dataclasses import replace
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.util import Pt

from deckgen.domain.charts import SeriesRole
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.inked import side
from deckgen.export.charts.marks.lines import dotted, in_order, unfinished
from deckgen.export.charts.native import labels, workbook
from deckgen.export.charts.native.dressing import by_category, point_labels
from deckgen.export.charts.native.ooxml import NativeChart, paint, rgb
from deckgen.export.charts.view import View
from deckgen.export.themes.theme import Palette, Theme


def data(view: View, room: Frame) -> workbook.CategoryData:
    """Returns the lines as they are drawn: what the slide is about lies over its context."""
    return workbook.by_category(view, room, in_order(view))


def chart_type(room: Frame) -> XL_CHART_TYPE:
    return XL_CHART_TYPE.LINE


def style(chart: NativeChart, view: View, room: Frame, theme: Theme) -> None:
    by_category(chart, room)
    for number, series in zip(in_order(view), chart.plots[0].series, strict=True):
        line(series, view, room, number, theme.light)


def line(series: Any, view: View, room: Frame, number: int, colours: Palette) -> None:
    """Style a series as a line, with marks and labels where it says its values."""
    colour = getattr(colours, view.tint(number))
    series.smooth = False
    _stroke(series.format.line, view, number, colour)
    series.marker.style = XL_MARKER_STYLE.NONE
    if view.series[number].role is SeriesRole.PLAN:
        series.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    for index in dotted(view, room, number):
        _mark(series.points[index], colour)
    for index in unfinished(view):
        piece = series.points[index].format.line
        _stroke(piece, view, number, colour)
        piece.dash_style = MSO_LINE_DASH_STYLE.SQUARE_DOT
    labels.label_points(series, _beside(view, room, number, colour))


def _beside(view: View, room: Frame, number: int, colour: str) -> dict[int, labels.Label]:
    """Returns the labels on the sides where they are clear of the lines."""
    of_several = len(view.series) > 1
    return {
        index: replace(
            label,
            position=side(view, room, number, index),
            bold=label.bold or of_several,
            colour=colour if of_several else "",
        )
        for index, label in point_labels(view, number, room).items()
    }


def _stroke(line: Any, view: View, number: int, colour: str) -> None:
    line.width = Pt(2.75 if number in view.focus else 1.75)
    line.color.rgb = rgb(colour)


def _mark(point: Any, colour: str) -> None:
    point.marker.style = XL_MARKER_STYLE.CIRCLE
    point.marker.size = 7
    paint(point.marker.format.fill, colour)
    point.marker.format.line.color.rgb = rgb(colour)
