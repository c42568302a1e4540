"""Native stacks: values on top of one another, on a base that is not seen."""

from typing import Any
from xml.sax.saxutils import escape

from deckgen.export.charts.frame import Frame
from deckgen.export.charts.native.dressing import gap
from deckgen.export.charts.native.ooxml import NativeChart
from deckgen.export.charts.native.workbook import CategoryData
from deckgen.export.charts.view import View
from deckgen.export.layout.number_formats import label_format
from deckgen.export.layout.scales import clean

# Names and values, in order: two series may be called alike.
Columns = list[tuple[str, list[float | None]]]
BASE = " "  # a name that no legend shows: which entry is to be left out, programs do not agree on


def data(
    view: View, room: Frame, columns: Columns, made: type[CategoryData] = CategoryData
) -> CategoryData:
    """Returns columns of a workbook, under the format of the chart's unit."""
    found: Any = made()
    found.categories = room.categories
    number_format = escape(label_format(room.scale.high, view.unit, view.formatter))
    for name, values in columns:
        found.add_series(name, values, number_format)
    stacks: CategoryData = found
    return stacks


def above(low: float, high: float) -> float:
    """Returns what of a reach is above zero: a stack grows from zero up and from zero down, so that
    what crosses zero is cut there."""
    return clean(max(high, 0.0) - max(low, 0.0))


def below(low: float, high: float) -> float:
    """Returns what of a reach is below zero, as a negative number."""
    return clean(min(low, 0.0) - min(high, 0.0))


def on_base(chart: NativeChart, room: Frame) -> list[Any]:
    """Returns the series over the first one, which carries them and is not seen."""
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = gap(room.band), 100
    base, *carried = plot.series
    base.format.fill.background()
    return list(carried)
