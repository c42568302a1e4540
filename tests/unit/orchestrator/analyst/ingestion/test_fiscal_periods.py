from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.reading import columns, read


@pytest.mark.parametrize(
    "cells",
    [
        ["Q1/23", "Q2/23"],
        ["Q1-23", "Q2-23"],
        ["1Q23", "2Q23"],
        ["23Q1", "23Q2"],
        ["GJ23 Q1", "GJ23 Q2"],
        ["2023/24 Q1", "2023/24 Q2"],
        ["Q1 2023/24", "Q2 2023/24"],
        ["Q1 FY23/24", "Q2 FY23/24"],
    ],
)
def test_quarters_of_short_and_of_fiscal_years_are_dates(tmp_path: Path, cells: list[str]) -> None:
    """As text they would be no axis of time."""
    found = read(tmp_path, columns(p=[*cells, cells[0]], n=["1", "2", "3"]))
    assert [str(day) for day in found.column("p")] == ["2023-01-01", "2023-04-01", "2023-01-01"]
    fiscal = "FY" in cells[0] or "GJ" in cells[0] or "2023/24" in cells[0]
    assert found.warns("quarters of fiscal years were placed") == fiscal


@pytest.mark.parametrize(
    "cells",
    [["FY23", "FY24"], ["FY2023", "FY2024"], ["2023/24", "2024/25"], ["GJ 2023/2024", "GJ 2024/2025"]],
)
def test_fiscal_years_are_placed_where_they_begin(tmp_path: Path, cells: list[str]) -> None:
    """As if that were in January, which is said."""
    found = read(tmp_path, columns(p=cells, n=["1", "2"]))
    assert [str(day) for day in found.column("p")] == ["2023-01-01", "2024-01-01"]
    assert found.warns("“p”: fiscal years were placed as if the year began in January")


@pytest.mark.parametrize("cells", [["18/19", "20/21"], ["2023/26", "2024/29"], ["FY", "GJ"]])
def test_other_pairs_of_numbers_are_no_years(tmp_path: Path, cells: list[str]) -> None:
    """Bands of ages and spans of years."""
    assert read(tmp_path, columns(p=cells, n=["1", "2"])).type("p") == "VARCHAR"
