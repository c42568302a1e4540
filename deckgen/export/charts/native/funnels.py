"""Native funnels: bars of the steps; what each step keeps is written beside them."""

from deckgen.export.charts.frame import Frame
from deckgen.export.charts.native import bars, workbook
from deckgen.export.charts.native.ooxml import NativeChart
from deckgen.export.charts.view import View
from deckgen.export.themes.theme import Theme

chart_type = bars.chart_type


def data(view: View, room: Frame) -> workbook.CategoryData:
    return workbook.by_category(view.only(0), room)


def style(chart: NativeChart, view: View, room: Frame, theme: Theme) -> None:
    bars.style(chart, view.only(0), room, theme)
