"""Overtime: hours a week of each person against a limit."""

from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

# Eight weeks of five days: Ada works 40 hours, Ben 50 in every other week, and Cyd 30.
DAYS = [
    (f"2024-{1 + (week * 7 + day) // 31:02}-{(week * 7 + day) % 31 + 1:02}", name, hours)
    for week in range(4)
    for day in range(5)
    for name, hours in (("Ada", 8), ("Ben", 10 if week % 2 else 8), ("Cyd", 6))
]
HEADER = "date,employee,hours"


@pytest.mark.parametrize("question", ["Who works overtime?", "Wer macht Überstunden?"])
def test_the_usual_limit_is_said(tmp_path: Path, question: str) -> None:
    """Who is above the usual forty hours a week on average works overtime, and the limit is told."""
    said = ask(tmp_path, HEADER, DAYS, question)
    assert said.headline == "Ben works 45 hours a week on average, above 40 in 2 of 4"
    assert said.points[-1] == "Overtime means more than 40 hours in a week here"


def test_the_limit_of_the_question_counts(tmp_path: Path) -> None:
    """A limit that the question names is taken, and nobody may be above it."""
    said = ask(tmp_path, HEADER, DAYS, "Who works more than 48 hours a week?")
    assert said.headline == "Nobody is above 48 hours a week on average: Ben is first with 45"


def test_monthly_hours_say_nothing_of_weeks(tmp_path: Path) -> None:
    """Hours by month are no hours of a week."""
    rows = [(f"2024-{month:02}-01", name, 160) for month in range(1, 13) for name in ("Ada", "Ben")]
    said = ask(tmp_path, "month,employee,hours", rows, "Who works overtime?")
    assert said.answer.end is End.LACKS
    assert said.answer.reason == "the table lacks hours by week or by day"
