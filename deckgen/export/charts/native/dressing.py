"""What all native charts share: font, legend, axes, the colours of series."""

from typing import Any

from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.util import Pt

from deckgen.export.charts.frame import Frame
from deckgen.export.charts.native import labels
from deckgen.export.charts.native.ooxml import NativeChart, element, paint, qn, rgb
from deckgen.export.charts.view import View
from deckgen.export.colours import of_role, pale
from deckgen.export.layout.number_formats import label_format, scale_format
from deckgen.export.layout.scales import Scale
from deckgen.export.themes.theme import Palette, Theme

HAIR, THIN = 0.75, 1.25  # points
BODY_FONT = "+mn-lt"  # the one of the theme


def dress(chart: NativeChart, view: View, room: Frame, theme: Theme, size: int) -> None:
    """Give a chart its font, legend and axes; python-pptx's own defaults are Office's of 2007."""
    colours = theme.light
    chart.has_title = False
    chart.font.size = Pt(size)
    chart.font.name = BODY_FONT
    chart.font.color.rgb = rgb(colours.ink)
    chart.has_legend = bool(room.legend)
    if room.legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        labels.lay_out_legend(chart, room)
    labels.lay_out(chart, room)
    _value_axis(chart, view, room, colours)
    _category_axis(chart, view, room, colours)


def _value_axis(chart: NativeChart, view: View, room: Frame, colours: Palette) -> None:
    value = chart.value_axis
    value.visible = room.axis
    value.has_major_gridlines = room.axis
    value.major_tick_mark = value.minor_tick_mark = XL_TICK_MARK.NONE
    # Where categories stand under one another, they are written from the top, and low is high.
    sides = XL_TICK_LABEL_POSITION
    value.tick_label_position = sides.HIGH if room.is_sideways else _where(room)
    set_range(value, room.scale)
    if room.axis:
        axis_text(value, scale_format(room.scale.ticks, view.unit, view.formatter))
        value.format.line.fill.background()
        value.major_gridlines.format.line.color.rgb = rgb(colours.line)
        value.major_gridlines.format.line.width = Pt(HAIR)


def _category_axis(chart: NativeChart, view: View, room: Frame, colours: Palette) -> None:
    category = chart.category_axis
    category.has_major_gridlines = False
    category.major_tick_mark = category.minor_tick_mark = XL_TICK_MARK.NONE
    if view.kind.is_based:
        category.format.line.color.rgb = rgb(colours.rest)
    else:
        category.format.line.fill.background()
    category.tick_label_position = _where(room)


def _where(room: Frame) -> XL_TICK_LABEL_POSITION:
    return XL_TICK_LABEL_POSITION.LOW if room.is_written else XL_TICK_LABEL_POSITION.NONE


def by_category(chart: NativeChart, room: Frame) -> None:
    """Write as many names of categories as there is room for, from the top where they stand so."""
    labels.set_tick_spacing(chart.category_axis, room.tick_every)
    labels.leave_between_blank(chart, room.tick_every)
    chart.category_axis.reverse_order = room.is_sideways


def gap(share: float, bars: int = 1) -> int:
    """Returns the gap between categories in per cent of a bar; the bars take a share of the room."""
    return min(500, round(100 * (1 - share) * bars / share))


def set_range(axis: Any, scale: Scale) -> None:
    """Give an axis its ends and its steps; equal factors, and no texts, where it is logarithmic."""
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = scale.low, scale.high, scale.step
    if scale.is_log:
        axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        axis._element.find(qn("c:scaling")).insert(0, element("c:logBase", val=10))


def axis_text(axis: Any, number_format: str) -> None:
    axis.tick_labels.number_format = number_format
    axis.tick_labels.number_format_is_linked = False


def point_labels(view: View, series: int, room: Frame) -> dict[int, labels.Label]:
    """Returns the labels of a series, by the points that say their value."""
    found = {}
    for index in room.labelled[series]:
        value = view.series[series].values[index]
        if value is not None:
            number_format = label_format(value, view.series[series].unit, view.formatter)
            found[index] = labels.Label(number_format, bold=view.picked(index))
    return found


def hollow(point_format: Any, role: str, colours: Palette, *, dashed: bool = True) -> None:
    """Show that a period is not complete, or that something has not happened."""
    paint(point_format.fill, of_role(pale(role), colours))
    point_format.line.color.rgb = rgb(of_role(role, colours))
    point_format.line.width = Pt(THIN)
    if dashed:
        point_format.line.dash_style = MSO_LINE_DASH_STYLE.DASH
