"""Headcount: who is on board at a date, by dates of coming and leaving."""

from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.operations.asking import ask

# Ten come each year from 2019 on; four of each of the first two years leave in June 2022.
STAFF = [
    (f"E{year}{n}", ("Sales", "Care")[n % 2], f"{year}-03-{n + 1:02}",
     "2022-06-30" if year < 2021 and n < 4 else "", 40_000)
    for year in range(2019, 2024)
    for n in range(10)
]  # fmt: skip
HEADER = "employee id,department,hire date,exit date,salary"


@pytest.mark.parametrize(
    "question", ["How did our headcount develop?", "Wie hat sich unsere Mitarbeiterzahl entwickelt?"]
)
def test_those_who_left_are_not_counted(tmp_path: Path, question: str) -> None:
    """The headcount is those who came less those who left, at the end of the first and last year."""
    said = ask(tmp_path, HEADER, STAFF, question)
    assert said.headline == "The number of employees grew from 10 in 2019 to 42 in 2023"
    assert said.points[0] == "42 employees are on board on Mar 10, 2023"
    assert said.answer.chart
    assert said.answer.chart.series[0].values == [10, 20, 30, 32, 42]


def test_hires_alone_are_said_to_be_hires(tmp_path: Path) -> None:
    """Without dates of leaving all who came are counted, and that is said."""
    rows = [(row[0], row[1], row[2], row[4]) for row in STAFF]
    said = ask(
        tmp_path, "employee id,department,hire date,salary", rows, "How many people do we employ?"
    )
    assert said.headline == "The number of employees grew from 10 in 2019 to 50 in 2023"
    assert said.points[1] == "No column says who left, so all employees who ever came are counted"


def test_an_end_in_a_far_year_is_none(tmp_path: Path) -> None:
    """Who is employed until the end of the year 2999 has not left."""
    rows = [(*row[:3], row[3] or "2999-12-31", row[4]) for row in STAFF]
    said = ask(tmp_path, HEADER, rows, "How many people do we employ now?")
    assert said.points[0] == "42 employees are on board on Mar 10, 2023"
