"""Amounts for each of something: per head, per seat, per million of what is large."""

from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

STATES = [
    (state, region, people, incidents)
    for state, region, people, incidents in (
        ("Alba", "South", 1_000_000, 90), ("Bora", "South", 3_000_000, 110),
        ("Cora", "North", 9_000_000, 270), ("Dora", "North", 3_000_000, 90),
    )
]  # fmt: skip
HEADER = "state,region,population,incidents"


@pytest.mark.parametrize("words", ["per head", "per capita", "per inhabitant"])
def test_what_is_asked_per_head(tmp_path: Path, words: str) -> None:
    """Per head is the sum over the sum of people, of as many of them as can be read."""
    said = ask(tmp_path, HEADER, STATES, f"Which region has the most incidents {words}?")
    assert said.headline == "South has the highest incidents per million of population: 50"


def test_what_is_asked_per_other_things(tmp_path: Path) -> None:
    """What is asked for each of something is divided by the column that counts it."""
    rows = [("Blue Air", 10, 4_000), ("Red Air", 30, 30_000), ("Green Air", 12, 8_000)]
    question = "Which airline had the most incidents per seat?"
    said = ask(tmp_path, "airline,incidents,seats offered", rows, question)
    assert said.headline == "Blue Air has the highest incidents per thousand of seats offered: 2.50"


def test_what_no_column_counts_is_lacking(tmp_path: Path) -> None:
    """An amount is not told instead of its part for each of what the table does not count."""
    said = ask(tmp_path, HEADER, STATES, "Which region has the most incidents per hospital?")
    assert said.answer.end is End.LACKS
    assert said.answer.reason == "the table lacks a number of what it is asked for each of"


def test_per_region_names_groups(tmp_path: Path) -> None:
    """What is asked per region is told by region."""
    said = ask(tmp_path, HEADER, STATES, "Where are most incidents per region?")
    assert said.headline == "North accounts for 64% of incidents: 360"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Which airline had the most incidents between 1985 and 1999?", "Blue"),
        ("Which airline had the most incidents from 2000 to 2014?", "Red"),
    ],
)
def test_years_in_the_names_of_columns(tmp_path: Path, question: str, value: str) -> None:
    """Of columns of several years those count whose years are named, though in two digits."""
    rows = [("Blue", 80, 2), ("Red", 10, 9), ("Green", 20, 3)]
    said = ask(tmp_path, "airline,incidents_85_99,incidents_00_14", rows, question)
    assert said.headline.startswith(value)
