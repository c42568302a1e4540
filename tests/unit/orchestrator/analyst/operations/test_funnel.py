"""Funnel: losses from step to step, never the sum over steps."""

from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

STEPS = [("Visit", 8_000), ("Basket", 2_000), ("Payment", 1_500), ("Thanks", 300)]
QUESTIONS = ("Where in the funnel do we lose most people?", "Wo im Trichter verlieren wir die meisten?")


@pytest.mark.parametrize("question", QUESTIONS)
def test_losses_are_told_in_number_and_in_percent(tmp_path: Path, question: str) -> None:
    """The step that loses most in number leads, and the one that loses most in percent is told too."""
    said = ask(tmp_path, "step,people", STEPS, question)
    assert said.headline == "Most people are lost from Visit to Basket: 6,000, or 75%"
    assert said.points[0] == "In percent, most are lost from Payment to Thanks: 80% of 1,500"
    assert said.points[1] == "3.8% of people get from Visit to Thanks: 300 of 8,000"


def test_the_sum_over_steps_is_told_nowhere(tmp_path: Path) -> None:
    """Who reached the second step was at the first one as well, so steps are not added up."""
    said = ask(tmp_path, "step,people", STEPS, QUESTIONS[0])
    assert 11_800 not in [fact.value for fact in said.facts]


def test_numbered_steps_are_in_their_order(tmp_path: Path) -> None:
    """Steps with numbers are in the order of these, also the tenth, and in that of the chart."""
    rows = [(f"{place} Page", 1_000 - place * 10) for place in (10, 2, 1, 9)]
    said = ask(tmp_path, "step,users", rows, "Where in the funnel do we lose most users?")
    assert said.headline == "Most users are lost from 2 Page to 9 Page: 70, or 7.1%"
    assert said.answer.chart
    assert said.answer.chart.categories == ["1 Page", "2 Page", "9 Page", "10 Page"]


def test_steps_can_be_columns(tmp_path: Path) -> None:
    """Visits, carts and orders are steps; what was spent is none."""
    rows = [(f"2024-01-{day:02}", 100 + day, 40, 30, 99) for day in range(1, 29)]
    said = ask(tmp_path, "day,visits,carts,orders,spend", rows, "Where do visitors drop off?")
    visits = sum(100 + day for day in range(1, 29))
    assert visits - 28 * 40 == 2_086
    assert said.headline == "Most visits are lost from visits to carts: 2,086, or 65%"
    assert said.points[-1] == "26% of visits get from visits to orders: 840 of 3,206"


def test_the_last_step_of_each_row_stands_for_those_before(tmp_path: Path) -> None:
    """Where each row is somebody with the last step, who was hired was interviewed as well."""
    sizes = (("Applied", 60), ("Screening", 25), ("Interview", 10), ("Offer", 4), ("Hired", 1))
    stages = [stage for stage, size in sizes for _ in range(size)]
    rows = [(f"A{place}", stage) for place, stage in enumerate(stages)]
    said = ask(tmp_path, "applicant id,stage", rows, "At which stage do we lose most applicants?")
    assert said.headline == "Most applicants are lost from Applied to Screening: 60, or 60%"
    assert said.points[0] == "In percent, most are lost from Offer to Hired: 80% of 5"


def test_people_count_once_at_each_step_of_a_log(tmp_path: Path) -> None:
    """In a log of events somebody who comes to a step twice is one person there."""
    rows = [(f"U{user}", "1 Visit") for user in range(40) for _ in range(2)]
    rows += [(f"U{user}", "2 Trial") for user in range(10)]
    rows += [(f"U{user}", "3 Paid") for user in range(8)]
    said = ask(tmp_path, "user id,step", rows, "Where in the funnel do we lose users?")
    assert said.headline == "Most users are lost from 1 Visit to 2 Trial: 30, or 75%"


def test_without_steps_the_table_lacks_them(tmp_path: Path) -> None:
    """A table without steps has no funnel, and the end says so."""
    rows = [(f"2025-01-{day:02}", 100 + day) for day in range(1, 29)]
    said = ask(tmp_path, "day,revenue", rows, "Where in the funnel do we lose most users?")
    assert said.answer.end is End.LACKS
    assert said.answer.reason.startswith("the table lacks steps")
