"""Rows of a workbook's sheet that are no rows of its table."""

from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from tests.unit.orchestrator.analyst.reading import Read, read

SALES: list[list[Any]] = [["N", "a", 10], ["S", "b", 20], ["N", "b", 30], ["S", "a", 41]]
HEADER: list[Any] = ["Region", "Kind", "Sales"]


def sheet(folder: Path, rows: list[list[Any]]) -> Read:
    with Workbook(str(folder / "book.xlsx")) as book:
        shown = book.add_worksheet()
        for number, row in enumerate(rows):
            shown.write_row(number, 0, row)
    return read(folder, (folder / "book.xlsx").read_bytes(), "read.xlsx")


@pytest.mark.parametrize(
    ("between", "first"), [([[]], 7), ([[], ["Returns"]], 8), ([[], ["Returns", None, None]], 8)]
)
def test_a_second_table_of_a_sheet_is_not_added_to_the_first(
    tmp_path: Path, between: list[list[Any]], first: int
) -> None:
    """Its rows are named as the sheet numbers them."""
    other: list[list[Any]] = [["Product", "Type", "Returns"], ["P", "x", 500], ["Q", "y", 600]]
    found = sheet(tmp_path, [HEADER, *SALES, *between, *other])
    assert sum(found.column("Sales")) == 101
    assert found.warns(f"3 rows belong to another table (rows {first} to {first + 2})")


def test_the_header_of_a_sheet_may_stand_there_again(tmp_path: Path) -> None:
    """As on the next page of what was printed."""
    found = sheet(tmp_path, [HEADER, *SALES, HEADER, *SALES])
    assert sum(found.column("Sales")) == 202
    assert found.warns("Row 6 repeats the header; it was left out")


def test_words_under_the_header_of_a_sheet_are_left_out(tmp_path: Path) -> None:
    """Survey tools write workbooks too."""
    found = sheet(tmp_path, [["Id", "Q1", "Q2"], ["Number", "How?", "Why?"], [1, 4, 5], [2, 3, 2]])
    assert found.rows == [(1, 4, 5), (2, 3, 2)]
    assert found.warns("Row 2 says in words what the columns are; it was left out")


def test_labels_alone_in_rows_of_a_sheet_stay_labels(tmp_path: Path) -> None:
    """They are cut to a single cell on the way, and belong to the rows below."""
    rows: list[list[Any]] = [["Item", 2022, 2023], [], ["Lyon"], ["Books", 10, 20], ["Pens", 5, 6]]
    found = sheet(tmp_path, [*rows, ["Bern"], ["Books", 1, 2], ["Pens", 3, 4]])
    assert found.rows[0] == ("Books", "Lyon", 2022, 10)
    assert len(found.rows) == 8


def test_cells_of_several_lines_are_read_as_before(tmp_path: Path) -> None:
    """Their lines are not the sheet's rows, by which rows are named."""
    found = sheet(tmp_path, [HEADER, ["N\nW", "a", 10], [], *SALES])
    assert sum(found.column("Sales")) == 111
