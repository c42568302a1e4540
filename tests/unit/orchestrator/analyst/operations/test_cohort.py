"""Cohort: who is active in the months after the first one."""

from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

# Twenty come first in each of eight months; ten come again a month later, five three months later.
VISITS = [
    (f"M{month}-{n}", f"2024-{month + after:02}-{n + 1:02}", 10)
    for month in range(1, 9)
    for n in range(20)
    for after in (0, 1, 3)
    if (after == 0 or (after == 1 and n < 10) or (after == 3 and n < 5)) and month + after <= 8
]
VISITS.append(("M1-0", "2024-09-01", 10))
HEADER = "customer id,date,amount"


@pytest.mark.parametrize(
    "question", ["How is our retention by cohort?", "Wie ist die Kundenbindung nach Kohorten?"]
)
def test_shares_are_of_those_whose_month_is_complete(tmp_path: Path, question: str) -> None:
    """Half are active a month later; who came last can't have been active later, and doesn't count."""
    said = ask(tmp_path, HEADER, VISITS, question)
    assert said.headline == "50% of customers are active a month after their first, 25% after three"


def test_cohorts_that_are_alike_are_said_to_be(tmp_path: Path) -> None:
    """Later cohorts that come back as often as earlier ones don't differ."""
    said = ask(tmp_path, HEADER, VISITS, "How is our retention by cohort?")
    assert said.points[0].endswith("show no clear difference: 50% against 50%")


def test_one_visit_each_gives_no_retention(tmp_path: Path) -> None:
    """Where everybody is in the table once, nobody can have come again."""
    rows = [(f"C{n}", f"2024-{n % 12 + 1:02}-05", 10) for n in range(60)]
    said = ask(tmp_path, HEADER, rows, "How is our retention by cohort?")
    assert said.answer.end is End.LACKS
    assert said.answer.reason == "the table lacks more than one visit of the same person"
