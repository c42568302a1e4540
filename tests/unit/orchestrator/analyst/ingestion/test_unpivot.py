import datetime
from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.engine import run_table
from tests.unit.orchestrator.analyst.reading import read


def test_a_column_a_year_is_turned_into_rows(tmp_path: Path) -> None:
    """Each item has a row a year then, in order; cells that are missing make no row; and it is said."""
    found = read(tmp_path, "country,2019,2020,2021\nA,1,2,3\nB,4,,6.5\n")
    assert (found.names, found.types) == (["country", "year", "value"], ["VARCHAR", "BIGINT", "DOUBLE"])
    assert found.rows == [
        ("A", 2019, 1),
        ("A", 2020, 2),
        ("A", 2021, 3),
        ("B", 2019, 4),
        ("B", 2021, 6.5),
    ]
    assert found.warns("The table had a column for each year")


@pytest.mark.parametrize(
    ("header", "axis", "second"),
    [
        ("Jan 2024,Feb 2024", "month", datetime.date(2024, 2, 1)),
        ("2024-01,2024-02", "month", datetime.date(2024, 2, 1)),
        ("Q1 2024,Q2 2024", "quarter", datetime.date(2024, 4, 1)),
        ("1/22/20,1/23/20", "date", datetime.date(2020, 1, 23)),
        ("FY2023,FY2024", "year", 2024),
    ],
)
def test_columns_of_other_periods_are_understood(
    tmp_path: Path, header: str, axis: str, second: object
) -> None:
    """Months, quarters and days become dates."""
    found = read(tmp_path, f"item,{header}\nA,1,2\nB,3,4\n")
    assert found.column(axis)[1] == second
    assert found.column("value") == [1, 2, 3, 4]


def test_months_without_a_year_take_it_from_a_column_or_a_title(tmp_path: Path) -> None:
    """Where no year is said anywhere, months are groups: none is made up."""
    by_column = read(tmp_path, "year,Jan,Feb,Mar\n2023,1,2,3\n2024,4,5,6\n")
    assert by_column.names == ["month", "value"]
    assert by_column.column("month")[3] == datetime.date(2024, 1, 1)
    by_title = read(tmp_path, "Sales by item 2024,,,\nitem,Jan,Feb,Mar\nA,1,2,3\nB,4,5,6\n")
    assert by_title.names == ["item", "month", "Sales"]
    assert by_title.column("month")[1] == datetime.date(2024, 2, 1)
    without = read(tmp_path, "item,Jan,Feb,Mar\nA,1,2,3\nB,4,5,6\n")
    assert without.column("month")[:3] == ["Jan", "Feb", "Mar"]
    assert without.warns("No year is said")


def test_several_values_a_period_become_a_column_each(tmp_path: Path) -> None:
    """By their names, or by a group above them."""
    for header in (
        "region,sales_2019,sales_2020,cost_2019,cost_2020",
        ",sales,,cost,\nregion,2019,2020,2019,2020",
    ):
        found = read(tmp_path, f"{header}\nA,1,2,3,4\nB,5,6,7,8\n")
        assert found.names == ["region", "year", "sales", "cost"]
        assert found.rows[1] == ("A", 2020, 2, 4)


def test_sums_over_periods_and_other_numbers_are_left_out(tmp_path: Path) -> None:
    """Repeated in each period they would be added up wrongly; and it is said."""
    found = read(
        tmp_path, "id,area,Jan 2024,Feb 2024,Mar 2024,Q1 2024,Total\n1,5,1,2,3,6,6\n2,6,1,2,3,6,6\n"
    )
    assert found.names == ["id", "month", "value"]
    assert found.warns("left out: “area”, “Q1 2024”, “Total”")


@pytest.mark.parametrize(
    "table",
    [
        "month,mining,trade\n2024-01-01,1,2\n2024-02-01,3,4\n",
        "id,2019,2020\n1,yes,no\n2,no,yes\n",
        "item,2024\nA,1\nB,2\n",
        "country,area,gdp,pop_2010,pop_2020\nA,1,2,3,4\nB,5,6,7,8\n",
        "Year,Revenue_2012,PerCap_2012\n1956,1.5,2\n1957,2.5,3\n",
    ],
)
def test_tables_with_a_column_an_item_stay_as_they_are(tmp_path: Path, table: str) -> None:
    """Columns of items, answers and single years are no periods, nor are a few among others."""
    found = read(tmp_path, table)
    assert found.names == table.splitlines()[0].split(",")
    assert found.warnings == []


def test_a_wide_table_gives_a_deck_over_time(tmp_path: Path) -> None:
    """Facts are queries over the long table, and the checks of the deck hold."""
    rows = [
        [name, *(base + year * step for year in range(8))]
        for name, base, step in (("A", 9, 3), ("B", 5, 1))
    ]
    result = run_table(
        tmp_path / "t.csv", [["country", *(f"sales_{2015 + n}" for n in range(8))], *rows]
    )
    assert [column.name for column in result.source.columns] == ["country", "year", "sales"]
    assert any('"sales"' in fact.sql and '"year"' in fact.sql for fact in result.findings.facts)
    assert [check for check in result.deck.quality if not check.passed] == []


STATEMENT = (
    "in EUR thousand,2021,2022,2023\n"
    'Revenue,"1,200","1,300","1,420"\n'
    "Cost of goods sold,(700),(760),(830)\n"
    "Gross profit,500,540,590\n"
    "EBIT margin,25.0,25.0,25.4\n"
)


def test_the_lines_of_a_statement_become_columns(tmp_path: Path) -> None:
    """Revenue and costs are no groups of one value: a mean of them would say nothing. The unit that the
    first column says is that of all lines but the rates."""
    found = read(tmp_path, STATEMENT)
    assert found.names == [
        "year",
        "Revenue (EUR thousand)",
        "Cost of goods sold (EUR thousand)",
        "Gross profit (EUR thousand)",
        "EBIT margin",
    ]
    assert found.rows[0] == (2021, 1200, -700, 500, 25)
    assert found.warns("Each row was a measure of its own")


def test_the_lines_of_a_statement_may_have_units_of_their_own(tmp_path: Path) -> None:
    """In a column beside their names."""
    found = read(tmp_path, "KPI,Unit,2022,2023\nRevenue,EUR,10,12\nChurn rate,%,4,5\nUsers,,7,8\n")
    assert found.names == ["year", "Revenue (EUR)", "Churn rate (%)", "Users"]
    assert found.rows == [(2022, 10, 4, 7), (2023, 12, 5, 8)]


@pytest.mark.parametrize(
    "lines",
    [
        ["Austria", "Brazil", "Chile"],
        ["Sales", "Production", "IT", "HR"],  # departments
        ["Revenue", "Revenue", "Profit"],  # of two things
    ],
)
def test_the_rows_of_one_measure_stay_rows(tmp_path: Path, lines: list[str]) -> None:
    """Places, products and departments are groups, also where some are called like measures."""
    table = "name,2021,2022,2023\n" + "".join(f"{line},1,2,3\n" for line in lines)
    assert read(tmp_path, table).names == ["name", "year", "value"]


@pytest.mark.parametrize("total", ["FY", "Year", "Jahr"])
@pytest.mark.parametrize(
    "lines", [[(400, 440, 480, 520), (50, 55, 60, 65)], [(500, 500, 500, 500), (400, 500, 500, 600)]]
)
def test_a_sum_of_quarters_is_no_year(tmp_path: Path, total: str, lines: list[tuple[int, ...]]) -> None:
    """Whatever its name, and though the sums may look like years: the quarters have no year then."""
    rows = "".join(f"l{n},{','.join(map(str, line))},{sum(line)}\n" for n, line in enumerate(lines))
    found = read(tmp_path, f"item,Q1,Q2,Q3,Q4,{total}\n{rows}")
    assert found.names == ["item", "quarter", "value"]
    assert found.column("quarter")[:4] == ["Q1", "Q2", "Q3", "Q4"]
    assert found.warns("were left out")
