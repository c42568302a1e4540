"""Stretches of time: what is asked since a year, or from one year to another."""

from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.operations.asking import ask

HEADER = "date,region,revenue"
# The South leads over all years, and the North in the last one alone.
SOLD = {2020: (100, 400), 2021: (110, 420), 2022: (130, 380), 2023: (500, 90)}
ROWS = [
    (f"{year}-{month:02}-01", region, amount)
    for year, amounts in SOLD.items()
    for month in range(1, 13)
    for region, amount in zip(("North", "South"), amounts, strict=True)
]


@pytest.mark.parametrize(
    ("question", "old", "new"),
    [
        ("How did revenue develop since 2021?", "6,360 in 2021", "7,080 in 2023"),
        ("Wie hat sich revenue seit 2021 entwickelt?", "6,360 in 2021", "7,080 in 2023"),
        ("Did revenue rise after 2020?", "6,000 in 2020", "7,080 in 2023"),
    ],
)
def test_since_a_year_is_up_to_the_last_one(tmp_path: Path, question: str, old: str, new: str) -> None:
    """What happened since a year is the change from it to the last full year."""
    said = ask(tmp_path, HEADER, ROWS, question)
    assert old in said.headline
    assert new in said.headline


@pytest.mark.parametrize(
    ("question", "highest"),
    [
        (
            "Which region brought most revenue since 2020?",
            "From 2020 to 2023, South brings 61% of revenue: 15,480",
        ),
        (
            "Which region brought most revenue from 2021 to 2022?",
            "From 2021 to 2022, South brings 77% of revenue: 9,600",
        ),
        (
            "Which region brought most revenue between 2021 and 2022?",
            "From 2021 to 2022, South brings 77%",
        ),
        ("Which region brought most revenue in 2023?", "In 2023, North brings 85% of revenue: 6,000"),
    ],
)
def test_a_ranking_is_over_the_whole_stretch(tmp_path: Path, question: str, highest: str) -> None:
    """Of a stretch of years all rows count, and not those of its first or last year alone."""
    assert ask(tmp_path, HEADER, ROWS, question).headline.startswith(highest)


def test_a_figure_says_its_stretch(tmp_path: Path) -> None:
    """A figure of a stretch tells where it begins and ends."""
    said = ask(tmp_path, HEADER, ROWS, "How much revenue did we make from 2021 to 2022?")
    assert said.headline == "Revenue came to 12,480 from 2021 to 2022"


def test_a_ranking_says_its_time(tmp_path: Path) -> None:
    """A ranking of some of the rows says which time it is about."""
    one = ask(tmp_path, HEADER, ROWS, "Which region brought most revenue in 2021?")
    several = ask(tmp_path, HEADER, ROWS, "Which region brought most revenue since 2021?")
    assert one.headline.startswith("In 2021, South")
    assert several.headline.startswith("From 2021 to 2023, South")


def test_two_years_that_are_compared_are_no_stretch(tmp_path: Path) -> None:
    """Two years that are held against each other stay two."""
    said = ask(tmp_path, HEADER, ROWS, "How did revenue change in 2023 compared with 2021?")
    assert "6,360 in 2021, 7,080 in 2023" in said.headline


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which region brought most revenue after 2021?", "From 2022 to 2023, North"),
        ("Which region brought most revenue from 2021?", "In 2021, South"),
        ("Which region brought most revenue from 2021 on?", "From 2021 to 2023, South"),
        ("Which region brought most revenue from 2015 to 2021?", "From 2020 to 2021, South"),
    ],
)
def test_where_a_stretch_begins_and_ends(tmp_path: Path, question: str, said: str) -> None:
    """After a year is without it, from a year alone is that year, and no stretch leaves the table."""
    assert ask(tmp_path, HEADER, ROWS, question).headline.startswith(said)


def test_a_movement_compares_the_ends_of_the_stretch_before(tmp_path: Path) -> None:
    """Who grew, asked after a stretch, is told of its first and its last period."""
    brief = "Which region brought most revenue from 2020 to 2022? Which region grew most?"
    second = ask(tmp_path, HEADER, ROWS, brief).answers[1]
    assert second.plan is not None
    assert second.plan.period is not None
    assert second.plan.base is not None
    assert (second.plan.base.start.year, second.plan.period.start.year) == (2020, 2022)
