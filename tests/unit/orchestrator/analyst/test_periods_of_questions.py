"""The periods of questions: halves, stretches, what a question inherits, and what answers say."""

from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.question_tables import TABLES
from tests.unit.orchestrator.analyst.operations.asking import Said, ask

pytestmark = pytest.mark.slow


def _ask(folder: Path, question: str, *, is_german: bool = False) -> Said:
    table = TABLES["sales"]
    return ask(folder, table.german if is_german else table.english, table.rows, question)


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        (
            "What was revenue in the first half of 2024?",
            "Revenue came to 17,248 from Jan 2024 to Jun 2024",
        ),
        ("What was revenue in H1 2024?", "Revenue came to 17,248 from Jan 2024 to Jun 2024"),
        ("What was revenue in 2024 H2?", "Revenue came to 19,712 from Jul 2024 to Dec 2024"),
        ("What was revenue in the second half?", "Revenue came to 19,712 from Jul 2024 to Dec 2024"),
        ("What was revenue in Q1 2024?", "Revenue came to 7,700 in Q1 2024"),
        (
            "What was revenue from January to March 2024?",
            "Revenue came to 7,700 from Jan 2024 to Mar 2024",
        ),
        ("What was revenue from 2022 to 2023?", "Revenue came to 65,280 from 2022 to 2023"),
    ],
)
def test_a_period_limits_an_answer(question: str, headline: str, tmp_path: Path) -> None:
    """Halves of years and the time from one period to another are periods as well."""
    assert _ask(tmp_path, question).headline == headline


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("Wie hoch war der Umsatz im 1. Halbjahr 2024?", "17,248 from Jan 2024 to Jun 2024"),
        ("Wie hoch war der Umsatz im zweiten Halbjahr 2024?", "19,712 from Jul 2024 to Dec 2024"),
        ("Wie hoch war der Umsatz im ersten Quartal 2024?", "7,700 in Q1 2024"),
        ("Wie hoch war der Umsatz im 1. Quartal 2024?", "7,700 in Q1 2024"),
        ("Wie hoch war der Umsatz im letzten Jahr?", "36,960 in 2024"),
        ("Wie hoch war der Umsatz im März 2024?", "2,772 in Mar 2024"),
        ("Wie hoch war der Umsatz von Januar bis März 2024?", "7,700 from Jan 2024 to Mar 2024"),
    ],
)
def test_german_periods_are_known_in_any_locale(question: str, headline: str, tmp_path: Path) -> None:
    """A brief in German does not have to come with a German locale."""
    assert _ask(tmp_path, question, is_german=True).headline == f"Umsatz came to {headline}"


def test_a_half_is_compared_with_that_of_the_year_before(tmp_path: Path) -> None:
    """So that a season is no change."""
    said = _ask(tmp_path, "How did revenue develop in H1 2024?")
    assert said.headline == (
        "Revenue rose by 10%: 15,680 in Jan 2023–Jun 2023, 17,248 in Jan 2024–Jun 2024"
    )


def test_both_halves_are_compared_where_both_are_named(tmp_path: Path) -> None:
    """However they are called."""
    said = _ask(tmp_path, "How did revenue change from the first to the second half of 2024?")
    assert "17,248 in the first half of 2024, 19,712 in the second" in said.points[0]
    said = _ask(tmp_path, "How did revenue change between H1 2023 and H1 2024?")
    assert said.headline == (
        "Revenue rose by 10%: 15,680 in Jan 2023–Jun 2023, 17,248 in Jan 2024–Jun 2024"
    )


def test_a_question_has_the_period_of_the_one_before(tmp_path: Path) -> None:
    """The answer says so."""
    said = _ask(tmp_path, "What was revenue in 2024? And which region led? And which product?")
    assert [said.say(answer.headline) for answer in said.answers] == [
        "Revenue came to 36,960 in 2024",
        "In 2024, North brings 47% of revenue: 17,280",
        "In 2024, Table brings 75% of revenue: 27,720",
    ]


@pytest.mark.parametrize(
    "question", ["which region led in 2023?", "which region led over the years?", "who led in 2030?"]
)
def test_a_question_with_a_time_of_its_own_inherits_none(question: str, tmp_path: Path) -> None:
    """Nor does one whose period the table does not have."""
    last = _ask(tmp_path, f"What was revenue in 2024, and {question}").answers[1]
    period = last.plan.period if last.plan else None
    assert period is None or period.start.year == 2023
    assert (last.end is End.LACKS) == ("2030" in question)


def test_two_periods_that_are_compared_are_not_inherited(tmp_path: Path) -> None:
    """Neither of them is what the next question is about."""
    said = _ask(tmp_path, "How did revenue change from 2022 to 2024, and which region has most?")
    assert said.say(said.answers[1].headline) == "North brings 46% of revenue: 47,520"


def test_rows_of_a_group_are_those_of_the_period(tmp_path: Path) -> None:
    """A year of the North has a third of its rows."""
    said = _ask(tmp_path, "What was revenue in the North in 2024?")
    assert "This is about the 24 rows with the region North in 2024" in said.points
