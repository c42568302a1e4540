"""The workbook inside a native chart: what PowerPoint opens for "Edit data"."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, unescape

from pptx.chart.data import CategoryChartData, XyChartData
from xlsxwriter import Workbook  # type: ignore[import-untyped]  # ships no types

from deckgen.export.charts.frame import Frame
from deckgen.export.charts.view import View
from deckgen.export.layout.number_formats import label_format

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # no clock: same deck, same bytes
# Labels out of the data are text, whatever they begin with.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@contextmanager
def sheet_of(into: BytesIO) -> Iterator[tuple[Any, Any]]:
    """A workbook and its one sheet, written into `into` at the end."""
    with Workbook(into, _OPTIONS) as workbook:
        workbook.set_properties({"created": EPOCH.replace(tzinfo=None)})
        yield workbook, workbook.add_worksheet()


class CategoryData(CategoryChartData):
    """python-pptx's chart data, with a workbook in which no label is a formula.

    Number formats come escaped, because python-pptx writes them into the chart's XML as they are.
    """

    @property
    def xlsx_blob(self) -> bytes:
        """Categories in column A from row 2, one series a column: where the chart's XML looks."""
        into = BytesIO()
        with sheet_of(into) as (workbook, sheet):
            sheet.write_column(1, 0, [category.label for category in self.categories])
            sheet.set_column(0, 0, 28)
            for column, series in enumerate(self, start=1):
                sheet.write_string(0, column, series.name)
                cell_format = workbook.add_format({"num_format": unescape(series.number_format)})
                sheet.write_column(1, column, series.values, cell_format)
        return into.getvalue()


class XyData(XyChartData):
    """As CategoryData; each series has its own rows, x in column A and y in column B."""

    @property
    def xlsx_blob(self) -> bytes:
        into = BytesIO()
        with sheet_of(into) as (workbook, sheet):
            for series in self:
                top = series.index * 2 + series.data_point_offset
                cell_format = workbook.add_format({"num_format": series.number_format})
                sheet.write_string(top, 1, series.name)
                sheet.write_column(top + 1, 0, series.x_values)
                sheet.write_column(top + 1, 1, series.y_values, cell_format)
        return into.getvalue()


def by_category(view: View, room: Frame, order: Sequence[int] = ()) -> CategoryData:
    """Returns the deck's values as they are, by category; its series in an order, if one is given."""
    data: Any = CategoryData()  # type: ignore[no-untyped-call]  # no types in python-pptx
    data.categories = room.categories
    for number in order or range(len(view.series)):
        label, series = view.labels[number], view.series[number]
        largest = max((abs(value) for value in series.values if value is not None), default=0)
        data.add_series(
            label, series.values, escape(label_format(largest, series.unit, view.formatter))
        )
    found: CategoryData = data
    return found
