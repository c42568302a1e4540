"""Native PowerPoint charts: editable, with their workbook inside."""

from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.util import Pt

from deckgen.domain.decks import ChartKind
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.view import View, label_side, pairs
from deckgen.export.layout.number_formats import label_format, scale_format
from deckgen.export.pptx import chart_labels, waterfall
from deckgen.export.pptx.chart_workbook import CategoryData, XyData
from deckgen.export.pptx.ooxml import NativeChart, paint, rgb
from deckgen.export.themes import Palette, Theme, paler, series_colour

_TYPES = {
    ChartKind.LINE: XL_CHART_TYPE.LINE,
    ChartKind.COLUMN: XL_CHART_TYPE.COLUMN_CLUSTERED,
    ChartKind.BAR: XL_CHART_TYPE.BAR_CLUSTERED,
    ChartKind.WATERFALL: XL_CHART_TYPE.COLUMN_STACKED,
    ChartKind.SCATTER: XL_CHART_TYPE.XY_SCATTER,
}


def chart_type(view: View) -> XL_CHART_TYPE:
    return _TYPES[view.kind]


def chart_data(view: View, room: Frame) -> Any:
    """The deck's values as they are: what PowerPoint shows under "Edit data"."""
    if view.kind is ChartKind.SCATTER:
        return _xy_data(view)
    data: Any = CategoryData()  # type: ignore[no-untyped-call]  # no types in python-pptx
    data.categories = room.categories
    if view.kind is ChartKind.WATERFALL:
        for name, values in waterfall.columns(view, room).items():
            data.add_series(
                name, values, escape(label_format(view.scale.high, view.unit, view.formatter))
            )
        return data
    for label, series in zip(view.labels, view.series, strict=True):
        largest = max((abs(value) for value in series.values if value is not None), default=0)
        data.add_series(
            label, series.values, escape(label_format(largest, series.unit, view.formatter))
        )
    return data


def _xy_data(view: View) -> Any:
    data: Any = XyData()  # type: ignore[no-untyped-call]  # no types in python-pptx
    for number, label in enumerate(view.labels):
        points = data.add_series(label)
        for _, x, y in pairs(view, number):
            points.add_data_point(x, y)
    return data


def style(chart: NativeChart, view: View, room: Frame, theme: Theme) -> None:
    """Everything about the chart's looks; python-pptx's own defaults are Office's of 2007."""
    colours = theme.light
    chart.has_title = False
    chart.font.size = Pt(theme.small)
    chart.font.name = theme.font
    chart.font.color.rgb = rgb(colours.ink)
    chart.has_legend = bool(room.legend)
    if room.legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart_labels.lay_out_legend(chart, room)
    chart_labels.lay_out(chart, room)
    _style_axes(chart, view, room, theme)
    {
        ChartKind.LINE: _style_lines,
        ChartKind.COLUMN: _style_bars,
        ChartKind.BAR: _style_bars,
        ChartKind.WATERFALL: waterfall.style,
        ChartKind.SCATTER: _style_points,
    }[view.kind](chart, view, room, theme)


def _style_axes(chart: NativeChart, view: View, room: Frame, theme: Theme) -> None:
    colours, value, category = theme.light, chart.value_axis, chart.category_axis
    value.minimum_scale, value.maximum_scale = room.scale.low, room.scale.high
    value.visible = room.axis
    value.has_major_gridlines = room.axis
    value.major_tick_mark = value.minor_tick_mark = XL_TICK_MARK.NONE
    if room.axis:
        value.major_unit = room.scale.step
        _axis_text(value, scale_format(room.scale.ticks, view.unit, view.formatter))
        value.format.line.fill.background()
        value.major_gridlines.format.line.color.rgb = rgb(colours.line)
        value.major_gridlines.format.line.width = Pt(0.75)
    category.has_major_gridlines = False
    category.major_tick_mark = category.minor_tick_mark = XL_TICK_MARK.NONE
    category.format.line.color.rgb = rgb(colours.rest)
    category.tick_label_position = value.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if view.kind is ChartKind.SCATTER:
        _style_scatter_axis(chart, view, room)
        return
    chart_labels.set_tick_spacing(category, room.tick_every)
    category.reverse_order = view.kind is ChartKind.BAR


def _axis_text(axis: Any, number_format: str) -> None:
    axis.tick_labels.number_format = number_format
    axis.tick_labels.number_format_is_linked = False


def _style_scatter_axis(chart: NativeChart, view: View, room: Frame) -> None:
    across = room.across
    axis = chart.category_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = across.low, across.high, across.step
    _axis_text(axis, scale_format(across.ticks, view.chart.category_unit, view.formatter))
    for each, title in ((axis, view.category_label), (chart.value_axis, view.labels[0])):
        each.has_title = bool(title)
        if title:
            each.axis_title.text_frame.text = title
            run = each.axis_title.text_frame.paragraphs[0].runs[0]
            run.font.bold, run.font.size = False, chart.font.size


def _style_bars(chart: NativeChart, view: View, room: Frame, theme: Theme) -> None:
    colours, plot = theme.light, chart.plots[0]
    plot.gap_width, plot.overlap = (50, 0) if len(view.series) == 1 else (60, -5)
    plot.vary_by_categories = False
    for number, series in enumerate(plot.series):
        series.invert_if_negative = False
        base = series_colour(number, colours)
        paint(series.format.fill, base)
        if len(view.series) == 1:
            _pick_out(series, view, colours)
        for index in view.chart.partial:
            colour = base if view.emphasised(index) or len(view.series) > 1 else colours.rest
            _hollow(series.points[index].format, colour, colours)
        chart_labels.label_points(series, _point_labels(view, number, room))


def _pick_out(series: Any, view: View, colours: Palette) -> None:
    for index in range(len(view.categories)):
        if not view.emphasised(index) and index not in view.chart.partial:
            paint(series.points[index].format.fill, colours.rest)


def _hollow(point_format: Any, colour: str, colours: Palette) -> None:
    paint(point_format.fill, paler(colour, colours.paper))
    point_format.line.color.rgb = rgb(colour)
    point_format.line.width = Pt(1.25)
    point_format.line.dash_style = MSO_LINE_DASH_STYLE.DASH


def _style_lines(chart: NativeChart, view: View, room: Frame, theme: Theme) -> None:
    colours = theme.light
    for number, series in enumerate(chart.plots[0].series):
        colour = series_colour(number, colours)
        series.smooth = False
        series.format.line.width = Pt(2.5 if number == 0 else 2)
        series.format.line.color.rgb = rgb(colour)
        series.marker.style = XL_MARKER_STYLE.NONE
        if number >= 4:
            series.format.line.dash_style = MSO_LINE_DASH_STYLE.ROUND_DOT
        marked = set(room.labelled[number])
        for index in sorted(marked | set(view.chart.partial)):
            _mark(series.points[index], colour, colours, partial=index in view.chart.partial)
        chart_labels.label_points(series, _point_labels(view, number, room))


def _mark(point: Any, colour: str, colours: Palette, *, partial: bool) -> None:
    point.marker.style = XL_MARKER_STYLE.CIRCLE
    point.marker.size = 7
    paint(point.marker.format.fill, colours.paper if partial else colour)
    point.marker.format.line.color.rgb = rgb(colour)
    if partial:
        point.format.line.color.rgb = rgb(colour)
        point.format.line.dash_style = MSO_LINE_DASH_STYLE.SQUARE_DOT


def _point_labels(view: View, series: int, room: Frame) -> dict[int, chart_labels.Label]:
    found = {}
    for index in room.labelled[series]:
        value = view.series[series].values[index]
        if value is not None:
            number_format = label_format(value, view.series[series].unit, view.formatter)
            found[index] = chart_labels.Label(
                number_format, named=room.named_ends, bold=view.picked(index)
            )
            if view.kind is ChartKind.LINE:
                where = label_side(view.series[series].values, index)
                found[index] = replace(found[index], position=where)
    return found


def _style_points(chart: NativeChart, view: View, room: Frame, theme: Theme) -> None:
    colours = theme.light
    for number, series in enumerate(chart.plots[0].series):
        series.format.line.fill.background()
        series.marker.style = XL_MARKER_STYLE.CIRCLE
        series.marker.size = 7 if len(view.categories) < 100 else 5
        rest = colours.rest if view.chart.highlight else series_colour(number, colours)
        _fill_marker(series.marker, rest, colours)
        for place, (index, _, _) in enumerate(pairs(view, number)):
            if view.picked(index):
                _fill_marker(series.points[place].marker, colours.accent, colours)


def _fill_marker(marker: Any, colour: str, colours: Palette) -> None:
    paint(marker.format.fill, colour)
    marker.format.line.color.rgb = rgb(colours.paper)
