"""Native scales of answers: stacked bars, pushed so that their middles stand under one another."""

from pptx.enum.chart import XL_CHART_TYPE

from deckgen.export.charts import scales
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.native import labels, stacks
from deckgen.export.charts.native.dressing import by_category
from deckgen.export.charts.native.ooxml import NativeChart, paint
from deckgen.export.charts.native.workbook import CategoryData
from deckgen.export.charts.view import View
from deckgen.export.colours import from_bad_to_good, of_role, readable_on
from deckgen.export.layout.number_formats import label_format
from deckgen.export.themes.theme import Theme


def chart_type(room: Frame) -> XL_CHART_TYPE:
    return XL_CHART_TYPE.BAR_STACKED


def data(view: View, room: Frame) -> CategoryData:
    """Returns the deck's shares, and before them what pushes each bar."""
    named = zip(view.labels, view.series, strict=True)
    answers = [(label, list(series.values)) for label, series in named]
    return stacks.data(view, room, [(stacks.BASE, [*scales.before(view)]), *answers])


def style(chart: NativeChart, view: View, room: Frame, theme: Theme) -> None:
    by_category(chart, room)
    colours = theme.light
    fills = from_bad_to_good(len(view.series))
    for number, series in enumerate(stacks.on_base(chart, room)):
        paint(series.format.fill, of_role(fills[number], colours))
        text = of_role(readable_on(fills[number], colours), colours)
        said = {
            index: labels.Label(
                label_format(view.series[number].values[index] or 0, view.unit, view.formatter),
                position="ctr",
                colour=text,
            )
            for index in room.labelled[number]
        }
        labels.label_points(series, said)
