from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.reading import read

WIDE = "Region;2022;2023\nN;1;2\nS;4;5\n"


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        (["Umsatz nach Region", "Angaben in Tsd. €"], "Umsatz (Tsd. €)"),
        (["Sales by region (in EUR m)"], "Sales (EUR m)"),
        (["Shops", "(in kUSD)"], "Shops (kUSD)"),
        (["Baker & Sons: revenue", "all amounts in USD thousands"], "revenue (USD thousands)"),
        (["Openings in Germany"], "Openings"),
        (["Sales in 2023"], "Sales"),
    ],
)
def test_a_title_gives_the_values_their_unit(tmp_path: Path, titles: list[str], name: str) -> None:
    """Without it they would be a thousand times too small; a place or a year is none."""
    found = read(tmp_path, "".join(f"{title};;\n" for title in titles) + WIDE)
    assert found.names == ["Region", "year", name]


def test_lines_of_a_statement_have_the_unit_unless_they_are_rates_or_counts(tmp_path: Path) -> None:
    """A margin is in per cent, and staff are people."""
    lines = "Revenue;10;20\nCost;4;5\nMargin;60;75\nStaff costs;1;2\nEmployees;8;9\n"
    found = read(tmp_path, f"Statement;;\nin TEUR;;\nItem;2022;2023\n{lines}")
    names = ["Revenue (TEUR)", "Cost (TEUR)", "Margin", "Staff costs (TEUR)", "Employees"]
    assert found.names[1:] == names


def test_a_unit_above_other_columns_is_said_to_be_left_out(tmp_path: Path) -> None:
    """Which of them it is meant for is not to be told."""
    found = read(tmp_path, "in TEUR;;\nDate;Sales;Shops\n01.02.2023;5;6\n02.02.2023;7;8\n")
    assert found.warns("What a line above the header says, “in TEUR”, was not applied to any column")
