import datetime
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from deckgen.domain.errors import UnreadableData
from deckgen.orchestrator.analyst.ingestion import workbook_child, workbooks
from deckgen.orchestrator.analyst.ingestion.table import open_table
from deckgen.orchestrator.analyst.ingestion.workbook_child import Formats, cell_text, symbol_of
from tests.books import ROWS, book, sheet, understate

TABLE = [["region", "sales"], ["north", 5], ["south", 6]]


def write(path: Path, fill: Callable[[Any], None]) -> Path:
    """A workbook that `fill` fills."""
    with Workbook(str(path)) as made:
        fill(made)
    return path


def test_cells_keep_their_meaning(tmp_path: Path) -> None:
    """Dates, times, percentages, currencies, booleans, errors and formulas are understood."""

    def fill(made: Any) -> None:
        def form(code: str) -> Any:
            return made.add_format({"num_format": code})

        shown = made.add_worksheet()
        shown.write_row(
            0,
            0,
            ["day", "at", "hour", "share", "price", "cost", "whole", "exact", "yes", "gone", "sum"],
        )
        for row in (1, 2):
            shown.write_datetime(row, 0, datetime.date(2024, 1, row), form("dd/mm/yyyy"))
            shown.write_datetime(
                row,
                1,
                datetime.datetime.fromisoformat(f"2024-01-0{row} 13:05"),
                form("yyyy-mm-dd hh:mm"),
            )
            shown.write_datetime(row, 2, datetime.time(13, row), form("hh:mm"))
            shown.write_number(row, 3, 0.385 * row, form("0.0%"))
            shown.write_number(row, 4, -1.234 * row, form("[$€-407] #,##0.00"))
            shown.write_number(row, 5, 1234.5 * row, form('"$"#,##0'))
            shown.write_number(row, 6, 7 * row)
            shown.write_number(row, 7, row / 3)
            shown.write_boolean(row, 8, row == 1)
            shown.write_formula(row, 9, "=1/0", None, "#DIV/0!")
            shown.write_formula(row, 10, f"=1+{row}", None, 1 + row)

    with open_table(write(tmp_path / "t.xlsx", fill)) as table:
        (first, _) = table.all("SELECT * FROM data")
        types = {column.name: (column.type, column.symbol) for column in table.columns}
    assert first == (
        datetime.date(2024, 1, 1),
        datetime.datetime.fromisoformat("2024-01-01 13:05"),
        datetime.time(13, 1),
        pytest.approx(0.385),
        pytest.approx(-1.234),
        1234.5,
        7,
        1 / 3,
        "true",
        None,
        2,
    )
    assert types["share"] == ("DOUBLE", "%")
    assert types["price"] == ("DOUBLE", "EUR")
    assert types["cost"] == ("DOUBLE", "USD")
    assert types["whole"] == ("BIGINT", "")


def test_the_first_visible_sheet_with_a_table_is_read(tmp_path: Path) -> None:
    """Hidden sheets and sheets without a table are passed over, and the warnings say so."""

    def fill(made: Any) -> None:
        made.add_worksheet("Notes").write(0, 0, "About these figures")
        made.add_worksheet("Secret").write_row(0, 0, ["a", "b"])
        made.get_worksheet_by_name("Secret").write_row(1, 0, [1, 2])
        made.get_worksheet_by_name("Secret").hide()
        shown = made.add_worksheet("Sales")
        for number, row in enumerate(TABLE):
            shown.write_row(number + 3, 2, row)

    with open_table(write(tmp_path / "t.xlsx", fill)) as table:
        assert table.all("SELECT * FROM data") == [("north", 5), ("south", 6)]
        assert table.warnings == [
            "The sheet “Sales” was read and others were left out: “Notes”",
            "Hidden sheets were left out",
        ]


def test_a_formula_that_was_never_computed_is_missing(tmp_path: Path) -> None:
    """Programs that write formulas without results leave nothing to read, which is said."""
    rows = (
        ROWS + '<row r="3"><c r="A3" t="inlineStr"><is><t>all</t></is></c><c r="B3"><f>B2</f></c></row>'
    )
    path = tmp_path / "t.xlsx"
    path.write_bytes(book(sheet(rows)))
    with open_table(path) as table:
        assert table.all("SELECT * FROM data") == [("north", 5), ("all", None)]
        assert "Formulas" in table.warnings[0]


def test_a_title_above_the_table_is_no_header(tmp_path: Path) -> None:
    """What is known of reading a CSV holds for workbooks: a title line is left out."""

    def fill(made: Any) -> None:
        shown = made.add_worksheet()
        shown.write(0, 0, "Sales of 2024")
        for number, row in enumerate(TABLE):
            shown.write_row(number + 2, 0, row)

    with open_table(write(tmp_path / "t.xlsx", fill)) as table:
        assert [column.name for column in table.columns] == ["region", "sales"]
        assert table.warnings == ["Lines above the header were left out"]


FAR = ROWS.replace("</row>", '</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', 2)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
SECRET = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(book(sheet(FAR)), "workbook_too_large", id="a cell in the last row and column"),
        pytest.param(
            understate(book(sheet(padding=3_000_000)), above=2_000_000, said=900),
            "broken_workbook",
            id="an entry that lies about its size",
        ),
        pytest.param(book(sheet(before=LAUGHS)), "broken_workbook", id="entities that expand"),
        pytest.param(book(sheet(before=SECRET)), "broken_workbook", id="an entity that reads a file"),
        pytest.param(book("<worksheet><"), "broken_workbook", id="no XML"),
        pytest.param(book(sheet("")), "no_table_in_workbook", id="an empty sheet"),
    ],
)
def test_hostile_workbooks_are_refused_without_harm(tmp_path: Path, content: bytes, code: str) -> None:
    """What takes much memory or would read other files ends, at most, the process that reads it."""
    path = tmp_path / "t.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableData) as refused, open_table(path):
        pass
    assert refused.value.code == code


def test_a_text_that_is_repeated_without_end_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text that stands once may be shown in a million cells: what is written is bounded."""
    monkeypatch.setattr(workbook_child, "MAX_CSV_BYTES", 1_000_000)

    class Sheet:
        start = (0, 0)

        def iter_rows(self) -> Iterator[list[str]]:
            return itertools.repeat(["x" * 30_000] * 2)

    path = tmp_path / "t.xlsx"
    path.write_bytes(book(sheet()))
    with pytest.raises(workbook_child.RefusedError, match="too_large"):
        workbook_child.write(Sheet(), Formats(str(path), "S"), str(tmp_path / "t.csv"))


def test_a_reader_that_does_not_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that reads a workbook is killed when its time is over."""
    monkeypatch.setattr(workbooks, "SECONDS", 0.001)
    path = tmp_path / "t.xlsx"
    path.write_bytes(book(sheet()))
    with pytest.raises(UnreadableData) as refused, open_table(path):
        pass
    assert refused.value.code == "workbook_too_large"


@pytest.mark.parametrize(
    ("cell", "symbol", "text"),
    [
        (5.0, "", "5"),
        (0.1, "", "0.1"),
        (1e22, "", "1e+22"),
        (0.07, "%", "7%"),
        (-1.234, "€", "-€1.2340"),
        (datetime.timedelta(hours=30, minutes=30), "", "30.5"),
        ("a\x00b\u0007", "", "ab"),
    ],
)
def test_cells_are_said_so_that_they_can_be_read_again(cell: Any, symbol: str, text: str) -> None:
    """Whole numbers have no point, no digits are lost, and decimals never look like thousands."""
    assert cell_text(cell, symbol) == text


@pytest.mark.parametrize(
    ("code", "symbol"),
    [
        ("0.0%", "%"),
        ("[$€-407] #,##0", "€"),
        ('#,##0 "CHF"', ""),
        ("[$CHF] 0", "CHF"),
        ("[$kr-41D] 0", ""),
        (r"\$#,##0;[Red]-$0", "$"),
        ("General", ""),
        ("yyyy-mm-dd", ""),
    ],
)
def test_the_sign_of_a_number_format(code: str, symbol: str) -> None:
    """Percent and the currencies that are known elsewhere; others stay plain numbers."""
    assert symbol_of(code) == symbol
