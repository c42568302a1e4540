"""Native forecasts: lines, and behind them the range as areas on one another."""

from typing import Any

from deckgen.export.charts.frame import Frame
from deckgen.export.charts.marks import ranges
from deckgen.export.charts.native import lines, stacks
from deckgen.export.charts.native.dressing import by_category
from deckgen.export.charts.native.ooxml import NativeChart, element, paint, qn, rgb
from deckgen.export.charts.native.workbook import CategoryData
from deckgen.export.charts.view import View
from deckgen.export.layout.scales import clean
from deckgen.export.themes.theme import Theme

chart_type = lines.chart_type
_OF_LINES = ("c:marker", "c:smooth")  # what a series of areas has no place for


def data(view: View, room: Frame) -> CategoryData:
    """Returns the deck's values; the range stands on its lower end, and opens from the last value."""
    actual, expected, low, high = view.labels
    lows, highs = ranges.opening(view, 2), ranges.opening(view, 3)
    return stacks.data(
        view,
        room,
        [
            (low, lows),
            (f"{low} – {high}", [*map(_between, lows, highs)]),
            (actual, list(view.series[0].values)),
            (expected, list(view.series[1].values)),
        ],
    )


def _between(low: float | None, high: float | None) -> float | None:
    return None if low is None or high is None else clean(high - low)


def style(chart: NativeChart, view: View, room: Frame, theme: Theme) -> None:
    by_category(chart, room)
    colours = theme.light
    low, band, *courses = chart.plots[0].series
    _behind(chart, low, band)
    low.format.fill.background()
    low.format.line.fill.background()
    paint(band.format.fill, colours.soft)
    band.format.line.fill.background()
    for number, series in enumerate(courses):
        lines.line(series, view, room, number, colours)
    courses[1].format.line.color.rgb = rgb(colours.accent)


def _behind(chart: NativeChart, *series: Any) -> None:
    """Make areas of the first series of a line chart, behind its lines and on the same axes, which
    begin and end with the first and the last period: LibreOffice lets no area begin elsewhere."""
    course = chart.plots[0]._element
    areas = element("c:areaChart", '<c:grouping val="stacked"/><c:varyColors val="0"/>')
    for each in series:
        for tag in _OF_LINES:
            for part in each._element.findall(qn(tag)):
                each._element.remove(part)
        areas.append(each._element)
    for axis in course.findall(qn("c:axId")):
        areas.append(element("c:axId", val=axis.get("val")))
    course.addprevious(areas)
    crosses = chart.value_axis._element.find(qn("c:crosses"))
    crosses.addnext(element("c:crossBetween", val="midCat"))
