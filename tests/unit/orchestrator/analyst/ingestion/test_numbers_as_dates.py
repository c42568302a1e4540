import datetime
from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.reading import columns, read

FIRST, SECOND = datetime.date(2023, 7, 1), datetime.date(2023, 8, 1)


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("Monat", ["07.2023", "08.2023"]),
        ("Month", ["7.2023", "8.2023"]),
        ("Buchungsperiode", ["007.2023", "008.2023"]),
        ("Period", ["2023.07", "2023.08"]),
        ("x", ["07.2023", "08.2023"]),
        ("Buchungsdatum", ["45108", "45139"]),
        ("Abrechnungsmonat", ["45108", "45139"]),
    ],
)
def test_numbers_are_months_or_days_if_name_or_form_says_so(
    tmp_path: Path, name: str, cells: list[str]
) -> None:
    """It is said: they could have been numbers, and their sum means nothing."""
    found = read(tmp_path, columns(**{name: [*cells, cells[0]], "n": ["1", "2", "3"]}))
    assert found.column(name) == [FIRST, SECOND, FIRST]
    assert found.warns(f"“{name}”: ")


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("rate", ["7.2023", "8.2023"]),
        ("month", ["45108", "45140"]),
        ("days to date", ["45108", "45139"]),
    ],
)
def test_other_numbers_stay_numbers(tmp_path: Path, name: str, cells: list[str]) -> None:
    """Decimals of four digits, days within months, and counts of days."""
    found = read(tmp_path, columns(**{name: cells, "n": ["1", "2"]}))
    assert found.type(name) in ("BIGINT", "DOUBLE")


def test_days_with_a_part_of_a_day_are_moments(tmp_path: Path) -> None:
    """Excel counts the time as a part of its day."""
    found = read(tmp_path, columns(created_at=["45108.25", "45139.5"], n=["1", "2"]))
    assert list(map(str, found.column("created_at"))) == ["2023-07-01 06:00:00", "2023-08-01 12:00:00"]


@pytest.mark.parametrize(
    "header",
    ["shop;45108;45139;45170", "shop;07.2023;08.2023;09.2023", "shop;01.07.2023;01.08.2023;01.09.2023"],
)
def test_a_header_of_months_that_look_like_numbers_makes_rows(tmp_path: Path, header: str) -> None:
    """Read as data, its numbers would be added to those below."""
    found = read(tmp_path, f"{header}\nA;40000;2;3\nB;4;5;6\n")
    assert found.rows[:2] == [("A", FIRST, 40000), ("A", SECOND, 2)]
    assert sum(found.column("value")) == 40020
