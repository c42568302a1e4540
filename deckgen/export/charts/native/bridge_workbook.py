"""The workbook of a bridge: columns and labels follow from the values, by formulas.

Column A has the names, B the deck's values, C the height after each; what is drawn follows them.
"""

from collections.abc import Sequence
from io import BytesIO
from math import isclose
from typing import Any
from xml.sax.saxutils import unescape

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]  # ships no types

from deckgen.export.charts.native.workbook import CategoryData, sheet_of
from deckgen.export.charts.steps import Step

_VALUES, _REACHED, _DRAWN = 1, 2, 3  # columns, counted from 0
LABELS = "Sheet1!$B$2:$B${last}"  # the cells of the values


class BridgeData(CategoryData):
    """As CategoryData, its first series being the base, its last the room of the labels.

    `kinds` tells of each series between them what it draws: the kind of its steps, and on which side of
    zero. `formats` are those of the values, which are the labels.
    """

    steps: Sequence[Step] = ()
    kinds: Sequence[tuple[str, bool]] = ()
    formats: Sequence[str] = ()
    names: tuple[str, str] = ("", "")  # of the columns B and C

    def series_name_ref(self, series: Any) -> str:
        return f"Sheet1!${xl_col_to_name(_DRAWN + series.index)}$1"

    def values_ref(self, series: Any) -> str:
        column = xl_col_to_name(_DRAWN + series.index)
        return f"Sheet1!${column}$2:${column}${len(series) + 1}"

    @property
    def xlsx_blob(self) -> bytes:
        into = BytesIO()
        with sheet_of(into) as (workbook, sheet):
            sheet.set_column(0, 0, 28)
            sheet.write_column(1, 0, [category.label for category in self.categories])
            for column, name in zip((_VALUES, _REACHED), self.names, strict=True):
                sheet.write_string(0, column, name)
            for place, step in enumerate(self.steps):
                looks = workbook.add_format({"num_format": self.formats[place]})
                self._write_value(sheet, place, step, looks)
                sheet.write_formula(place + 1, _REACHED, self._reached(place), looks, step.reached)
            for series in self:
                column, rows = _DRAWN + series.index, enumerate(series.values)
                looks = workbook.add_format({"num_format": unescape(series.number_format)})
                sheet.write_string(0, column, series.name)
                for place, value in rows:
                    self._write_drawn(sheet, series.index, place, value, looks)
        return into.getvalue()

    def _write_value(self, sheet: Any, place: int, step: Step, looks: Any) -> None:
        """Write what a step says; the last total is where the changes lead, if it is there."""
        before = self.steps[place - 1].reached if place else 0.0
        is_last = place == len(self.steps) - 1
        if is_last and isclose(step.value, before, rel_tol=1e-9):
            sheet.write_formula(place + 1, _VALUES, f"=C{place + 1}", looks, step.value)
        else:
            sheet.write_number(place + 1, _VALUES, step.value, looks)

    def _reached(self, place: int) -> str:
        own = f"B{place + 2}"
        return f"={own}" if self.steps[place].kind == "total" else f"=C{place + 1}+{own}"

    def _write_drawn(
        self, sheet: Any, series: int, place: int, value: float | None, looks: Any
    ) -> None:
        """Write what is drawn of a step in a series; nothing where the series has no part in it."""
        row, column = place + 1, _DRAWN + series
        if value is None:
            return
        if series > len(self.kinds):
            sheet.write_number(row, column, value, looks)
        else:
            sheet.write_formula(row, column, self._formula(series, place), looks, value)

    def _formula(self, series: int, place: int) -> str:
        is_total = self.steps[place].kind == "total"
        ends = f"{0 if is_total else f'C{place + 1}'},C{place + 2}"
        low, high = f"MIN({ends})", f"MAX({ends})"
        if series == 0:
            return f"=IF({low}>0,{low},MIN({high},0))"
        kind, is_above = self.kinds[series - 1]
        cut = f"MAX({high},0)-MAX({low},0)" if is_above else f"MIN({low},0)-MIN({high},0)"
        if is_total:
            return f"={cut}"
        sign = ">=" if kind == "increase" else "<"
        return f"=IF(B{place + 2}{sign}0,{cut},0)"
