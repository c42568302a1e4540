from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.reading import read

SALES = [f"{'NS'[n % 2]},2023-{n % 12 + 1:02},{n % 7}" for n in range(60)]
TOTAL = sum(n % 7 for n in range(60))
RETURNS = ["P,2023-01,1000", "Q,2023-02,2000", "P,2023-03,3000"]


@pytest.mark.parametrize("rows", [60, 3000])
@pytest.mark.parametrize(
    "gap",
    [
        ["", "Product,Month,Returns"],
        [",,", "Product,Month,Returns"],
        ["", "Returns", "Product,Month,Returns"],
        [",,", "Returns,,", "Product,Month,Returns"],
        ["Product,Month,Returns"],
    ],
)
def test_a_second_table_is_not_added_to_the_first(tmp_path: Path, rows: int, gap: list[str]) -> None:
    """As wide as the first, and far behind what is looked at first as well."""
    lines = ["Region,Month,Sales", *(SALES * (rows // 60)), *gap, *RETURNS]
    found = read(tmp_path, "\n".join(lines) + "\n")
    assert sum(found.column("Sales")) == TOTAL * (rows // 60)
    assert found.type("Month") == "DATE"
    last = len(lines)
    assert found.warns(f"4 lines belong to another table (lines {last - 3:,} to {last:,})")


def test_a_header_below_a_title_of_another_measure_begins_another_table(tmp_path: Path) -> None:
    """The same regions and years, of which one table has the sales and the other the costs."""
    table = "Region,2022,2023\nN,{0}1,{0}2\nS,{0}3,{0}4\nE,{0}5,{0}6\n"
    found = read(tmp_path, f"Sales\n{table.format('')}\nCosts\n{table.format(9)}")
    assert sum(found.column("Sales")) == 21
    assert found.warns("4 lines belong to another table (lines 8 to 11)")


def test_a_header_on_the_next_page_goes_on_with_the_table(tmp_path: Path) -> None:
    """A page's title names no other measure."""
    table = "Region,2022,2023\nN,1,2\nS,3,4\nE,5,6\n"
    found = read(tmp_path, f"Sales\n{table}\nPage 2\n{table}")
    assert sum(found.column("Sales")) == 42


def test_of_two_tables_the_wider_is_read_if_it_comes_first(tmp_path: Path) -> None:
    """The second may have more lines, as one by day has."""
    pages = [f"/p{n},{n},{n * 2},{n}.5,{n * 3}" for n in range(1, 6)]
    days = [f"{n:04},{n * 100}" for n in range(1, 25)]
    lines = ["Page,Views,Users,Rate,Events", *pages, "", "Nth day,Views", *days]
    found = read(tmp_path, "\n".join(lines) + "\n")
    assert found.names == ["Page", "Views", "Users", "Rate", "Events"]
    assert sum(found.column("Events")) == 45
    assert found.warns("25 lines belong to another table (lines 8 to 32)")
