"""Charts of a refreshed presentation: caches, workbooks, formulas, and what people changed in them."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships no types
from lxml import etree  # type: ignore[import-untyped]  # ships no types
from pptx import Presentation

from deckgen.domain.charts import Chart
from deckgen.domain.decks import Deck
from deckgen.export.charts.native.ooxml import rgb
from deckgen.export.pptx.document import render_pptx
from deckgen.export.pptx.manifest import manifest_of
from deckgen.export.pptx.reading.archive import Archive
from deckgen.export.pptx.reading.contents import ChartPlace
from deckgen.export.pptx.reading.slides import contents
from deckgen.export.pptx.rewriting.workbooks import renewed
from deckgen.export.themes.theme import theme
from deckgen.orchestrator.refresher import refresh
from tests.presentation_edits import saved, shapes
from tests.refreshed_presentations import sales
from tests.unit.orchestrator.analyst.engine import run_table

pytestmark = pytest.mark.slow

BRIEF = "How did sales develop in each region? How did sales develop by month?"
RED = rgb("C80000")
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return presentation_about(BRIEF, tmp_path_factory.mktemp("made"))


def presentation_about(brief: str, folder: Path) -> bytes:
    return render_pptx(run_table(folder / "sales.csv", sales(), brief).deck, theme())


def refreshed(content: bytes, table: str, path: Path) -> bytes:
    path.write_text(table)
    return refresh(content, path, path.name)[0]


def charts(content: bytes) -> list[Any]:
    every = (each for slide in Presentation(BytesIO(content)).slides for each in shapes(slide))
    return [each.chart for each in every if getattr(each, "has_chart", False) and each.has_chart]


def places(content: bytes) -> list[ChartPlace]:
    return [each for slide in contents(Archive.opened(content)).slides for each in slide.charts]


def due(content: bytes) -> list[Chart]:
    deck = Deck.model_validate(manifest_of(Archive.opened(content)).deck)
    return [block for slide in deck.slides for block in slide.blocks if isinstance(block, Chart)]


def cells(chart: Any, what: str = "v", sheet: int = 1) -> dict[str, str]:
    """Returns the values of a workbook by cell, the text of text cells, or their formulas (`f`)."""
    with ZipFile(BytesIO(chart.part.chart_workbook.xlsx_part.blob)) as book:
        root = etree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))
        shared = book.read("xl/sharedStrings.xml").decode() if sheet > 1 else ""
    found = {each.get("r"): each.findtext(f"{{*}}{what}") for each in root.iter(f"{_S}c")}
    return {name: value for name, value in found.items() if value is not None} | {"shared": shared}


def test_charts_and_workbooks_have_the_new_values(made: bytes, tmp_path: Path) -> None:
    """What is drawn is what the deck's queries give, and each workbook has the same."""
    file = refreshed(made, sales(level=1.5), tmp_path / "sales.csv")
    assert [each.faults for each in places(file)] == [[] for _ in places(file)]
    drawn = {value for place in places(file) for series in place.series for value in series.values}
    assert places(file) != places(made)
    for chart in due(file):
        assert {value for series in chart.series for value in series.values} <= drawn


def test_months_come_and_go(made: bytes, tmp_path: Path) -> None:
    """Categories of the new table take the places of those before, in the workbook as well."""
    longer = refreshed(made, sales(years=3), tmp_path / "sales.csv")
    shorter = refreshed(longer, sales(), tmp_path / "sales.csv")
    lengths = [
        max(len(series.values) for place in places(each) for series in place.series)
        for each in (made, longer, shorter)
    ]
    assert lengths[0] == lengths[2] < lengths[1]
    assert not any(each.faults for content in (longer, shorter) for each in places(content))


def test_a_bridge_keeps_its_formulas(tmp_path: Path) -> None:
    """Who changes a value in column B of the new workbook sees columns and labels follow."""
    made = presentation_about("Which regions contributed to the change of sales in 2024?", tmp_path)
    (before,) = charts(made)
    (after,) = charts(refreshed(made, sales(level=1.5), tmp_path / "sales.csv"))
    assert cells(after, "f") == cells(before, "f")
    assert "C3" in cells(after, "f")
    assert float(cells(after)["B2"]) == pytest.approx(1.5 * float(cells(before)["B2"]), rel=1e-3)


def test_looks_of_a_chart_and_values_of_people_stay(made: bytes, tmp_path: Path) -> None:
    """A line that was painted red stays red, and a value that somebody set stays set in both places."""
    presentation = Presentation(BytesIO(made))
    every = (each for slide in presentation.slides for each in shapes(slide))
    found = [each.chart for each in every if getattr(each, "has_chart", False) and each.has_chart]
    line = found[0]
    line.plots[0].series[0].format.line.color.rgb = RED
    point = line._chartSpace.find(f".//{_C}val//{_C}pt")
    point.find(f"{_C}v").text = "12345.5"
    file = refreshed(saved(presentation), sales(level=1.5), tmp_path / "sales.csv")
    after = charts(file)[0]
    assert after.plots[0].series[0].format.line.color.rgb == RED
    assert next(iter(after.plots[0].series[0].values)) == 12345.5
    assert cells(after)["B2"] == "12345.5"
    assert list(after.plots[0].series[0].values)[1] != list(line.plots[0].series[0].values)[1]


def test_other_sheets_of_a_workbook_stay(made: bytes, tmp_path: Path) -> None:
    """What people noted in a workbook beside the chart's cells is there after it."""
    presentation = Presentation(BytesIO(made))
    every = (each for slide in presentation.slides for each in shapes(slide))
    chart = next(each.chart for each in every if getattr(each, "has_chart", False) and each.has_chart)
    part, into = chart.part.chart_workbook.xlsx_part, BytesIO()
    book = xlsxwriter.Workbook(into)
    for name in ("Sheet1", "Notes"):
        book.add_worksheet(name).write_string("K1", f"mine on {name}")
    book.close()
    part._blob = renewed(into.getvalue(), part.blob, {})
    file = refreshed(saved(presentation), sales(level=1.5), tmp_path / "sales.csv")
    after = charts(file)[0]
    assert cells(after, sheet=2)["K1"]
    assert "mine on Notes" in cells(after, sheet=2)["shared"]
    assert cells(after)["K1"] == "0"  # the first of the shared texts
    assert not places(file)[0].faults


def test_a_workbook_that_is_left_is_named(
    made: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If only what is drawn were renewed, the report would name the cells."""

    def as_it_was(content: bytes, fresh: bytes, kept: object) -> bytes:
        return content

    monkeypatch.setattr("deckgen.export.pptx.rewriting.charts.renewed", as_it_was)
    path = tmp_path / "sales.csv"
    path.write_text(sales(level=1.5))
    _, document = refresh(made, path, path.name)
    assert any("its workbook has" in each.why for each in document.refresh.left)
