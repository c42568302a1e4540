"""Sheets of a workbook that say more about the rows of another one become its columns."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from deckgen.orchestrator.analyst.ingestion.table import DataTable, open_table

pytestmark = pytest.mark.slow

Cells = list[list[Any]]
ORDERS: Cells = [
    ["Order", "CustomerNo", "Amount"],
    *([f"O{n}", 100 + n % 20, 50 + n] for n in range(60)),
]
CUSTOMERS: Cells = [
    ["Customer No", "Segment", "Country"],
    *([100 + n, ("SMB", "Enterprise")[n % 2], ("DE", "FR", "IT")[n % 3]] for n in range(20)),
]


def book(path: Path, **sheets: Cells) -> Path:
    with Workbook(str(path)) as made:
        for name, rows in sheets.items():
            shown = made.add_worksheet(name)
            for number, row in enumerate(rows):
                shown.write_row(number, 0, row)
    return path


def names(table: DataTable) -> list[str]:
    return [column.name for column in table.columns]


def test_a_sheet_of_customers_joins_that_of_orders(tmp_path: Path) -> None:
    """Each order has its customer's segment; no row is lost or multiplied, and it is said."""
    with open_table(book(tmp_path / "t.xlsx", Orders=ORDERS, Customers=CUSTOMERS)) as table:
        assert (table.rows, names(table)) == (60, [*ORDERS[0], "Segment", "Country"])
        total = table.all('SELECT "Segment", sum("Amount") FROM data GROUP BY 1 ORDER BY 1')
        assert table.warnings == ["The sheet “Customers” was joined to “Orders” by “CustomerNo”"]
    assert total == [("Enterprise", sum(51 + n for n in range(0, 60, 2))),
                     ("SMB", sum(50 + n for n in range(0, 60, 2)))]  # fmt: skip


def test_the_order_of_sheets_does_not_matter(tmp_path: Path) -> None:
    """A first sheet that only says more about the rows of another is joined to it."""
    with open_table(book(tmp_path / "t.xlsx", Customers=CUSTOMERS, Orders=ORDERS)) as table:
        assert (table.rows, names(table)) == (60, [*ORDERS[0], "Segment", "Country"])


def test_a_first_sheet_with_amounts_of_its_own_stays(tmp_path: Path) -> None:
    """Its amounts would be lost, or be counted for each order."""
    limits = [[*row, "Limit" if n == 0 else n * 10] for n, row in enumerate(CUSTOMERS)]
    with open_table(book(tmp_path / "t.xlsx", Customers=limits, Orders=ORDERS)) as table:
        assert (table.rows, names(table)) == (20, limits[0])
        assert table.warnings == [
            "The sheet “Customers” was read and others were left out: “Orders”",
            "The sheet “Orders” was not joined by “Customer No”: it has several rows for one value of "
            "it",
        ]


def test_numbers_that_many_rows_share_stay_out(tmp_path: Path) -> None:
    """A customer's limit on each of its orders would be summed several times."""
    limits = [[*row, "Limit" if n == 0 else n * 10] for n, row in enumerate(CUSTOMERS)]
    with open_table(book(tmp_path / "t.xlsx", Orders=ORDERS, Customers=limits)) as table:
        assert names(table) == [*ORDERS[0], "Segment", "Country"]
        assert table.warnings == [
            "The sheet “Customers” was joined to “Orders” by “CustomerNo”; its numbers were left out, "
            "since each belongs to several rows: “Limit”"
        ]


def test_sheets_with_a_row_for_each_month_join_with_their_numbers(tmp_path: Path) -> None:
    months = [f"2024-{month:02}" for month in range(1, 13)]
    sales: Cells = [["Month", "Sales"], *([month, 100 + n] for n, month in enumerate(months))]
    costs: Cells = [["Month", "Costs"], *([month, 60 + n] for n, month in enumerate(months))]
    with open_table(book(tmp_path / "t.xlsx", Sales=sales, Costs=costs)) as table:
        assert table.all('SELECT count(*), sum("Sales"), sum("Costs") FROM data') == [(12, 1266, 786)]


def test_rows_without_a_match_stay_and_are_counted(tmp_path: Path) -> None:
    orders = [*ORDERS, ["O60", 999, 7], ["O61", None, 8]]
    with open_table(book(tmp_path / "t.xlsx", Orders=orders, Customers=CUSTOMERS)) as table:
        assert table.all('SELECT count(*), count("Segment"), sum("Amount") FROM data') == [
            (62, 60, sum(50 + n for n in range(60)) + 15)
        ]
        assert table.warnings == [
            "The sheet “Customers” was joined to “Orders” by “CustomerNo”; 2 rows have no match"
        ]


@pytest.mark.parametrize(
    ("customers", "why"),
    [
        ([*CUSTOMERS, [100, "SMB", "ES"]], "it has several rows for one value of it"),
        (CUSTOMERS[:12], "only 33 of 60 rows have a match there"),
    ],
)
def test_an_unsafe_join_is_not_made_and_says_why(customers: Cells, why: str, tmp_path: Path) -> None:
    with open_table(book(tmp_path / "t.xlsx", Orders=ORDERS, Customers=customers)) as table:
        assert (table.rows, names(table)) == (60, ORDERS[0])
        assert table.warnings == [
            "The sheet “Orders” was read and others were left out: “Customers”",
            f"The sheet “Customers” was not joined by “CustomerNo”: {why}",
        ]


def test_a_key_may_have_another_name(tmp_path: Path) -> None:
    """The same words in both, or the plain ID of the sheet that the column is called after."""
    orders = [["Order", "Buyer", "Amount"], *([a, f"Firm {b}", c] for a, b, c in ORDERS[1:])]
    firms = [["Firm", "Segment"], *([f"Firm {a}", b] for a, b, _ in CUSTOMERS[1:])]
    with open_table(book(tmp_path / "t.xlsx", Orders=orders, Firms=firms)) as table:
        assert names(table) == ["Order", "Buyer", "Amount", "Segment"]
    ids = [["ID", "Segment"], *([a, b] for a, b, _ in CUSTOMERS[1:])]
    owned = [["Order", "Customer ID", "Amount"], *ORDERS[1:]]
    with open_table(book(tmp_path / "u.xlsx", Orders=owned, Customers=ids)) as table:
        assert names(table) == ["Order", "Customer ID", "Amount", "Segment"]


def test_sheets_that_number_their_own_rows_have_no_key(tmp_path: Path) -> None:
    """1, 2, 3 in both says nothing, and neither do amounts that happen to agree."""
    one: Cells = [["ID", "Amount", "City"], *([n, n * 1.5, "A"] for n in range(1, 21))]
    other: Cells = [["ID", "Amount", "Colour"], *([n, n * 1.5, "red"] for n in range(1, 21))]
    with open_table(book(tmp_path / "t.xlsx", One=one, Other=other)) as table:
        assert names(table) == ["ID", "Amount", "City"]
        assert table.warnings[0] == "The sheet “One” was read and others were left out: “Other”"


def test_the_same_table_of_another_year_is_not_joined(tmp_path: Path) -> None:
    this: Cells = [["Region", "Sales"], *([f"R{n}", n] for n in range(20))]
    with open_table(book(tmp_path / "t.xlsx", y2024=this, y2023=this)) as table:
        assert (table.rows, names(table)) == (20, ["Region", "Sales"])
        assert table.warnings == ["The sheet “y2024” was read and others were left out: “y2023”"]


def test_a_column_of_a_name_that_is_taken_is_called_after_its_sheet(tmp_path: Path) -> None:
    orders = [[*row, "Status" if n == 0 else "paid"] for n, row in enumerate(ORDERS)]
    customers = [[*row[:2], "Status" if n == 0 else "new"] for n, row in enumerate(CUSTOMERS)]
    with open_table(book(tmp_path / "t.xlsx", Orders=orders, Customers=customers)) as table:
        assert names(table) == [*orders[0], "Segment", "Customers Status"]


def test_dates_and_numbers_of_rows_stay_what_they_are(tmp_path: Path) -> None:
    """The joined table is read by all the rules of a sheet, and a title above it prevents a join."""
    day = datetime.date(2024, 1, 5)
    with Workbook(str(tmp_path / "t.xlsx"), {"default_date_format": "yyyy-mm-dd"}) as made:
        dated = [[*row, "Day" if n == 0 else day] for n, row in enumerate(ORDERS)]
        for name, rows in (("Orders", dated), ("Customers", CUSTOMERS)):
            shown = made.add_worksheet(name)
            for number, row in enumerate(rows):
                shown.write_row(number, 0, row)
    with open_table(tmp_path / "t.xlsx") as table:
        assert [column.type for column in table.columns if column.name == "Day"] == ["DATE"]
    titled = [["All orders"], [], *ORDERS]
    with open_table(book(tmp_path / "u.xlsx", Orders=titled, Customers=CUSTOMERS)) as table:
        assert (table.rows, names(table)) == (60, ORDERS[0])


def test_a_sheet_that_breaks_its_reader_leaves_the_others_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell far away makes the reader ask for more memory than there is."""
    far = [["CustomerNo", "Segment"], [1, "A"], [2, "B"]]
    path = tmp_path / "t.xlsx"
    with Workbook(str(path)) as made:
        for name, rows in (("Orders", ORDERS), ("Far", far), ("Customers", CUSTOMERS)):
            shown = made.add_worksheet(name)
            for number, row in enumerate(rows):
                shown.write_row(number, 0, row)
            if name == "Far":
                shown.write(1_048_575, 16_383, "x")
    with open_table(path) as table:
        assert names(table) == [*ORDERS[0], "Segment", "Country"]
        assert table.warnings == [
            "The sheet “Orders” was read and others were left out: “Far”",
            "The sheet “Customers” was joined to “Orders” by “CustomerNo”",
        ]
