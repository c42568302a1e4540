"""A statement of income and costs with a column for each year, and a budget for the last one alone."""

from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.operations.asking import Said, ask

HEADER = "line,FY2023 (EUR m),FY2024 (EUR m),Budget FY2024 (EUR m)"
ROWS = [
    ("Tickets", 40.0, 44.0, 46.0),
    ("Catering", 20.0, 21.0, 20.0),
    ("Sponsors", 10.0, 9.0, 10.0),
    ("Wages", -30.0, -33.0, -32.0),
    ("Rent", -12.0, -12.0, -12.5),
    ("Energy", -6.0, -6.5, -6.8),
]


def asked(folder: Path, question: str) -> Said:
    return ask(folder, HEADER, ROWS, question)


def test_a_budget_of_one_year_is_held_against_it(tmp_path: Path) -> None:
    """It has no column for each year, and still is no column to leave out."""
    said = asked(tmp_path, "How did we do against budget?")
    assert said.headline == "Actual missed budget by 8.9%: €22.5M against €24.7M (-€2.2M)"


@pytest.mark.parametrize(
    ("question", "line", "words"),
    [
        ("Which lines beat the budget?", "Rent", "beat budget by 4%"),
        ("Which lines missed the budget?", "Wages", "came out 3.1% worse than budget"),
    ],
)
def test_who_spends_less_than_planned_does_better(
    tmp_path: Path, question: str, line: str, words: str
) -> None:
    """Costs stand below zero: -12 is better than the -12.5 that were planned, -33 worse than -32."""
    said = asked(tmp_path, question)
    assert f"{line} {words}" in " | ".join([said.headline, *said.points])
