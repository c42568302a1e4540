"""Columns that add up to another: what a total rests on, and what moved it."""

from pathlib import Path

import pytest

from tests.question_tables import PAPERS
from tests.unit.orchestrator.analyst.operations.asking import ask
from tests.unit.orchestrator.analyst.table_model.modelled import modelled

HEADER = "year,ads,subscriptions,revenue"


def test_the_columns_of_a_total_are_known(tmp_path: Path) -> None:
    """Revenue is ads and subscriptions in each row, and the reason says so."""
    found = modelled(tmp_path, HEADER, PAPERS).components
    assert found is not None
    assert (found.total, found.parts) == ("revenue", ["ads", "subscriptions"])
    assert "is the sum of ads and subscriptions" in found.reason


@pytest.mark.parametrize("off", [1, 20])
def test_a_total_that_is_off_in_one_row_is_none(tmp_path: Path, off: int) -> None:
    """What does not add up everywhere is no sum."""
    rows = [*PAPERS[:5], (*PAPERS[5][:3], PAPERS[5][3] + off), *PAPERS[6:]]
    assert modelled(tmp_path, HEADER, rows).components is None


def test_the_part_that_moved_the_total_is_named(tmp_path: Path) -> None:
    """Ads fall from 50 to 18 after 2015, revenue from 75 to 51: all of it, and 8 more."""
    said = ask(tmp_path, HEADER, PAPERS, "What drove the fall of revenue?")
    assert said.operation == "components"
    assert said.headline == "The fall of revenue since 2015 lies entirely in ads"
    assert "Subscriptions moved against it, from 25 to 33 (+8)" in said.points
    assert said.answer.chart is not None
    assert said.answer.chart.series[0].values == [75, -32, 8, 51]


def test_the_rise_before_it_is_told_if_that_is_asked_for(tmp_path: Path) -> None:
    """From 2010 to the peak of 2015 ads bring 10 of 15."""
    said = ask(tmp_path, HEADER, PAPERS, "What drove the rise of revenue?")
    assert said.headline == "67% of the rise of revenue from 2010 to 2015 lies in ads"


def test_which_fell_most_is_asked_of_columns_too(tmp_path: Path) -> None:
    """Where no column forms groups, the parts of the total are what can be meant."""
    said = ask(tmp_path, HEADER, PAPERS, "Which source of revenue fell most?")
    assert said.headline == "The fall of revenue since 2015 lies entirely in ads"


def test_columns_that_do_not_add_up_are_no_parts(tmp_path: Path) -> None:
    """The control: without a total the question is not answered by its columns."""
    rows = [(year, ads, others, revenue + year % 3 * 7) for year, ads, others, revenue in PAPERS]
    said = ask(tmp_path, HEADER, rows, "What does our revenue rest on?")
    assert said.answer.plan is None or said.operation != "components"


def test_the_figure_of_the_summary_is_that_of_its_sentence(tmp_path: Path) -> None:
    """The share of the largest part stands beside the sentence about it, and no part that follows."""
    said = ask(tmp_path, HEADER, PAPERS, "What does our revenue rest on?")
    row = said.answer.rows[0]
    assert said.say(row.figure) == "65%"
    assert said.say(row.label) == "Subscriptions"
    assert said.say(row.text).startswith("Subscriptions is the largest part of revenue: ")
