"""Peaks: in which year or month something was at its highest or lowest."""

from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

HEADER = "month,price"
# The price is highest in May 2021, and over whole years in 2022.
PRICES = {2020: 50, 2021: 60, 2022: 90, 2023: 40}
ROWS = [
    (f"{year}-{month:02}-01", 200 if (year, month) == (2021, 5) else price)
    for year, price in PRICES.items()
    for month in range(1, 13)
]


@pytest.mark.parametrize(
    "question",
    [
        "When did the price peak?",
        "When was the price highest?",
        "Wann war price am höchsten?",
    ],
)
def test_the_month_of_a_peak(tmp_path: Path, question: str) -> None:
    """When something peaked is one month of one year, and no month that comes round."""
    said = ask(tmp_path, HEADER, ROWS, question)
    assert said.operation == "peak"
    assert "was highest in May 2021: 200" in said.headline


def test_the_value_at_a_peak_is_a_rank(tmp_path: Path) -> None:
    """A claim may call it the highest; of the months that tie for the lowest none is it."""
    said = ask(tmp_path, HEADER, ROWS, "When did the price peak?")
    ranks = {fact.about.end: fact.display for fact in said.facts if fact.about and fact.about.end}
    assert ranks == {"highest": "200"}


def test_what_became_of_it(tmp_path: Path) -> None:
    """The answer says how far the last month lies below the peak."""
    said = ask(tmp_path, HEADER, ROWS, "When did the price peak?")
    assert "From then to Dec 2023 it fell by 80%, to 40" in said.points


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("In which year was the price highest?", "highest in 2022: 90"),
        ("Which year had the lowest price?", "lowest in 2023: 40"),
        ("In welchem Jahr war price am niedrigsten?", "lowest in 2023: 40"),
    ],
)
def test_a_year_that_is_asked_for(tmp_path: Path, question: str, year: str) -> None:
    """Which year is answered by a year, over all of its months."""
    assert year in ask(tmp_path, HEADER, ROWS, question).headline


def test_an_unfinished_year_is_no_lowest(tmp_path: Path) -> None:
    """A year that is not over has the smallest sum by that alone, so that it does not count."""
    rows = [(f"{y}-{m:02}-01", 100 + y - 2020) for y in (2020, 2021, 2022) for m in range(1, 13)]
    said = ask(tmp_path, "month,sales", [*rows, ("2023-01-01", 90)], "Which year had the lowest sales?")
    assert said.headline == "Sales were lowest in 2020: 1,200"


def test_years_without_dates_are_groups(tmp_path: Path) -> None:
    """Years that describe things are groups like others."""
    rows = [(2001 + n % 3, 100 * (n % 3) + n) for n in range(30)]
    said = ask(tmp_path, "year built,price", rows, "Which year built has the highest price?")
    assert said.operation == "ranking"


def test_without_dates_it_is_lacking(tmp_path: Path) -> None:
    """A table without dates can't say when."""
    rows = [(name, n) for n, name in enumerate("abcdefgh")]
    said = ask(tmp_path, "name,price", rows, "When did the price peak?")
    assert said.answer.end is End.LACKS


def test_a_day_of_the_week_in_a_column(tmp_path: Path) -> None:
    """Where no date tells the weekday, a column that does is one of groups."""
    days = ("Mon", "Tue", "Wed", "Thu", "Fri")
    rows = [(days[n % 5], 20 + 10 * (n % 5) + n / 7) for n in range(50)]
    said = ask(tmp_path, "day,minutes", rows, "On which days do deliveries take longest?")
    assert said.headline.startswith("Fri takes longest: 63")
