from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.reading import columns, read


@pytest.mark.parametrize(
    ("name", "cells", "values", "unit"),
    [
        ("x", ["39:15", "8:30", "0:45"], [39.25, 8.5, 0.75], "h"),
        ("Hours worked", ["7:15", "8:30", "0:45"], [7.25, 8.5, 0.75], "h"),
        ("Arbeitszeit", ["07:15", "08:30", "00:45"], [7.25, 8.5, 0.75], "h"),
        ("Gleitzeit", ["-1:15", "0:30", "-0:45"], [-1.25, 0.5, -0.75], "h"),
        ("Call length", ["39:15", "8:30", "0:45"], [2355, 510, 45], "s"),
        ("x", ["1 days 02:00:00", "0 days 00:00:30", "2 days 00:00:00"], [93600, 30, 172800], "s"),
        ("x", ["PT1H30M", "PT45S", "P1DT2H"], [5400, 45, 93600], "s"),
    ],
)
def test_clock_times_that_are_durations_become_numbers(
    tmp_path: Path, name: str, cells: list[str], values: list[float], unit: str
) -> None:
    """Because they exceed a day, are negative, or by their name."""
    found = read(tmp_path, columns(**{name: cells, "n": ["1", "2", "3"]}))
    assert (found.column(name), found.symbols[0]) == (values, unit)
    assert found.warns(f"“{name}”: ")


@pytest.mark.parametrize(
    ("name", "cells", "kind"),
    [
        ("departure", ["7:15", "8:30", "0:45"], "TIME"),
        ("opening hours", ["7:15", "8:30", "0:45"], "TIME"),
        ("score", ["7:75", "8:30", "0:45"], "VARCHAR"),
        ("country", ["PT", "ES", "PT"], "VARCHAR"),
    ],
)
def test_times_of_a_day_are_no_durations(
    tmp_path: Path, name: str, cells: list[str], kind: str
) -> None:
    """Nor are the scores of games and the codes of countries."""
    assert read(tmp_path, columns(**{name: cells, "n": ["1", "2", "3"]})).type(name) == kind


def test_full_clock_times_of_work_are_durations(tmp_path: Path) -> None:
    """A spreadsheet that adds them up shows them as times of a day."""
    found = read(tmp_path, columns(hours=["07:15:00", "08:30:00"], n=["1", "2"]))
    assert found.rows[0][0] == 26100
