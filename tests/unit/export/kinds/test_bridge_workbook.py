"""Bridges in PowerPoint: what is drawn follows when a value in the workbook is changed."""

import re
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree  # type: ignore[import-untyped]  # ships no types

from deckgen.domain.charts import Chart, ChartKind
from deckgen.export.charts.native import bridges
from deckgen.export.charts.steps import waterfall_steps
from deckgen.export.charts.waterfall import said
from tests.drawn_charts import charted, laid_out
from tests.native_slides import native_charts
from tests.office import excel

VALUES = [[100e3, 60e3, -50e3, 30e3, 140e3], [-300.0, 250.0, 120.0, -180.0, -110.0]]
_FUNCTIONS = {"MIN": min, "MAX": max, "IF": lambda holds, one, other: one if holds else other}


def bridge(values: list[float]) -> Chart:
    return charted(ChartKind.WATERFALL, [*"abcde"], {"Revenue": values})


def cells_of(chart: Chart) -> tuple[dict[str, Any], dict[str, str]]:
    """The numbers and the formulas of a bridge's workbook, by their cells."""
    view, room, _ = laid_out(chart)
    with ZipFile(BytesIO(bridges.data(view, room).xlsx_blob)) as package:
        sheet = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    cells = [cell for cell in sheet.iter("{*}c") if cell.get("t") != "s"]
    numbers = {cell.get("r"): float(cell.findtext("{*}v")) for cell in cells}
    formulas = {cell.get("r"): cell.findtext("{*}f") for cell in cells if cell.find("{*}f") is not None}
    return numbers, formulas


def computed(numbers: dict[str, Any], formulas: dict[str, str]) -> dict[str, Any]:
    """The cells as a spreadsheet works them out; each waits for those it needs."""
    found = {cell: value for cell, value in numbers.items() if cell not in formulas}
    waiting = dict(formulas)
    while waiting:
        for cell, formula in list(waiting.items()):
            needed = re.findall(r"[B-Z]\d+", formula)
            if all(each in found for each in needed):
                known = {**_FUNCTIONS, **{each: found[each] for each in needed}}
                found[cell] = eval(formula, {}, known)  # they are those of this program
                del waiting[cell]
    return found


@pytest.mark.parametrize("values", VALUES)
def test_formulas_give_what_is_drawn(values: list[float]) -> None:
    """A spreadsheet that computes the workbook anew finds each number that the file has."""
    numbers, formulas = cells_of(bridge(values))
    assert computed(numbers, formulas) == pytest.approx(numbers)
    assert {f"D{row}" for row in range(2, 7)} <= set(formulas)


@pytest.mark.parametrize("values", VALUES)
def test_columns_follow_a_value(values: list[float]) -> None:
    """A rise that is made a fall moves all columns after it, and the total at the end."""
    numbers, formulas = cells_of(bridge(values))
    numbers["B3"] = -values[1] / 2
    found = computed(numbers, formulas)
    changed = [values[0], numbers["B3"], *values[2:4], values[4] - 1.5 * values[1]]
    drawn = sorted({cell[0] for cell in found} - {*"BC"})[:-1]  # the last has the room of the labels
    for row, step in enumerate(waterfall_steps(bridge(changed)), start=2):
        base, *parts = (found.get(f"{column}{row}", 0) for column in drawn)
        ends = [base + sum(part for part in parts if part * way > 0) for way in (1, -1)]
        assert max(base, *ends) == pytest.approx(step.high)
        assert found[f"C{row}"] == pytest.approx(step.reached)
    assert found["B6"] == pytest.approx(changed[-1])


def test_a_total_that_is_no_sum_stays_as_the_deck_says_it() -> None:
    """Where changes do not lead to the last total, it is a value and no formula."""
    _, formulas = cells_of(bridge([100.0, 20.0, 5.0, 1.0, 90.0]))
    assert "B6" not in formulas
    assert formulas["C6"] == "B6"


def test_labels_are_the_cells_of_the_values() -> None:
    """Each label names its cell, whose format shows what the label says."""
    view, room, _ = laid_out(bridge(VALUES[0]))
    with ZipFile(BytesIO(bridges.data(view, room).xlsx_blob)) as package:
        styles = etree.fromstring(package.read("xl/styles.xml"))
        sheet = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    codes = {each.get("numFmtId"): each.get("formatCode") for each in styles.iter("{*}numFmt")}
    formats = [codes[each.get("numFmtId")] for each in styles.find("{*}cellXfs")[1:]]
    cells = [cell for cell in sheet.iter("{*}c") if re.fullmatch(r"B[2-9]", cell.get("r"))]
    for cell, step in zip(cells, waterfall_steps(view.chart), strict=True):
        shown = excel(formats[int(cell.get("s")) - 1], step.value, "en_US")
        assert shown == said(step, view)


def test_a_chart_has_its_labels_from_cells(slides: list[Any]) -> None:
    """A bridge's labels are fields, of which the file remembers what their cells show."""
    frame = next(shape for chart, shape in native_charts(slides) if chart.kind is ChartKind.WATERFALL)
    space = frame.chart._chartSpace
    told = [unescape(each.findtext(".//{*}t")) for each in space.iter("{*}fld")]
    (area,) = {each.text for each in space.iter("{*}f") if "2012" in each.tag}
    (cached, *_) = [
        [point.findtext("{*}v") for point in cache.iter("{*}pt")]
        for cache in space.iter("{*}dlblRangeCache")
    ]
    assert area == f"Sheet1!$B$2:$B${len(cached) + 1}"
    assert {*told} <= {*cached}
    assert len(told) > 3
