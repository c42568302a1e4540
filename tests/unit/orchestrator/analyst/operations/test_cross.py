"""Cross: the pairs of two categories."""

import random
from pathlib import Path

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

ORDERS = [
    (f"O{row}", ("North", "South")[row % 2], ("Chair", "Desk", "Lamp")[row % 3], 10 + row % 6 * 10)
    for row in range(120)
]
HEADER = "order,region,product,revenue"


def test_totals_are_told_by_pair(tmp_path: Path) -> None:
    """Each sixth row is of one pair: 20 rows of 10 to 60, so 200 to 1,200."""
    said = ask(tmp_path, HEADER, ORDERS, "What is revenue by region and product?")
    assert said.headline == "The pair South and Lamp has the highest revenue: 1,200"
    assert said.points[0] == "North and Desk follow with 1,000"
    assert said.points[1] == "The pair North and Chair has the lowest revenue: 200"
    assert said.answer.chart
    assert [said.say(series.label) for series in said.answer.chart.series] == ["South", "North"]


def test_which_in_which_is_a_pair(tmp_path: Path) -> None:
    """The order of the groups is that of the question; a rate is one of rows."""
    chance = random.Random(3)
    rows = [
        (row, ("East", "West")[row % 2], ("old", "young")[row // 2 % 2],
         "yes" if chance.random() < (0.8 if row % 4 == 3 else 0.1) else "no")
        for row in range(400)
    ]  # fmt: skip
    said = ask(
        tmp_path, "patient,ward,age group,readmitted", rows,
        "Which age group in which ward is readmitted most?",
    )  # fmt: skip
    assert said.headline.startswith("The pair young and West has the highest readmission rate: ")


def test_means_of_noise_show_no_clear_difference(tmp_path: Path) -> None:
    """Random scores by two categories: the pairs do not differ clearly."""
    chance = random.Random(9)
    rows = [
        (row, ("East", "West")[row % 2], ("a", "b", "c")[row % 3], chance.randint(1, 10))
        for row in range(200)
    ]
    said = ask(tmp_path, "id,site,team,score", rows, "What is the average score by site and team?")
    assert said.headline.startswith("Average score shows no clear difference between the pairs: ")


def test_small_pairs_are_left_out(tmp_path: Path) -> None:
    """A mean of one row is no mean of a pair."""
    rows = [
        (row, ("East", "West")[row % 2], ("a", "b")[row // 2 % 2], 5 + row % 2) for row in range(80)
    ]
    said = ask(
        tmp_path,
        "id,site,team,score",
        [*rows, (99, "East", "c", 10)],
        "Average score by site and team?",
    )
    assert said.answer.end is End.ANSWERED
    assert "Pairs with few rows are left out" in said.points
    assert "10" not in said.headline
