"""Rankings: a lead that chance may give is none, and what a table's sums say is said."""

import random
from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.operations.asking import ask

TEAMS = ["Sales", "Support", "IT", "Logistics"]
MONTHS = [f"{year}-{month:02}-01" for year in (2023, 2024) for month in range(1, 13)]


def scores(seed: int, **lifted: float) -> list[tuple[str, float]]:
    """Scores of eighty people a team, those of some teams lifted."""
    luck = random.Random(f"scores {seed}")
    return [
        (team, round(luck.gauss(50 + lifted.get(team, 0), 10), 1)) for team in TEAMS for _ in range(80)
    ]


def flows(seed: int, **times: float) -> list[tuple[str, str, int]]:
    """The sales of each team in each month, those of some teams multiplied."""
    luck = random.Random(f"flows {seed}")
    return [
        (month, team, round(luck.gauss(1000, 150) * times.get(team, 1))) for month in MONTHS
        for team in TEAMS
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_means_of_chance_have_no_leader(tmp_path: Path, seed: int) -> None:
    """Where groups differ by chance none stands out, and the first and the last stand beneath."""
    said = ask(tmp_path, "team,score", scores(seed), "Which team has the best score?")
    assert said.headline.startswith("No team stands out by average score: all lie between ")
    assert " comes first with " in said.points[0]
    assert said.answer.chart is not None
    assert said.answer.chart.highlight == []


def test_a_mean_that_is_clearly_higher_leads(tmp_path: Path) -> None:
    """A lead beyond chance is told, with its value."""
    said = ask(tmp_path, "team,score", scores(1, IT=12), "Which team has the best score?")
    assert said.headline.startswith("IT has the highest average score: ")


def test_the_first_of_two_that_are_level_is_no_clear_leader(tmp_path: Path) -> None:
    """Where two groups are ahead of the rest and level with each other, both are named."""
    rows = scores(2, IT=12, Sales=12)
    said = ask(tmp_path, "team,score", rows, "Which team has the best score?")
    assert "but not clearly more than" in said.headline
    assert {team for team in TEAMS if team in said.headline} == {"IT", "Sales"}


def test_sums_that_are_close_by_chance_have_no_leader(tmp_path: Path) -> None:
    """Sums that months of equal groups give are level."""
    said = ask(tmp_path, "month,team,sales", flows(1), "Which team sells most?")
    assert said.headline.startswith("No team stands out by sales: all lie between ")


def test_sums_that_are_far_apart_are_told_as_they_are(tmp_path: Path) -> None:
    """A sum is a fact: who has clearly more of it leads, however few rows there are."""
    said = ask(tmp_path, "month,team,sales", flows(1, IT=1.5), "Which team sells most?")
    assert said.headline.startswith("IT brings ")
    rows = [("2024-01-01", "IT", 300), ("2024-01-02", "Sales", 100), ("2024-01-03", "IT", 50)]
    said = ask(tmp_path, "day,team,sales", rows, "Which team sells most?")
    assert said.headline.startswith("IT brings ")


def test_questions_share_the_chance_of_a_false_find(tmp_path: Path) -> None:
    """A lead that is told where one question is asked needs to be rarer where several are."""
    rows = scores(3, IT=7)
    one = ask(tmp_path, "team,score", rows, "Which team has the best score?")
    several = (
        "Which team has the best score? How many people are there? What is the average score? " * 4
    )
    many = ask(tmp_path, "team,score", rows, several)
    assert one.headline.startswith("IT has the highest average score")
    assert many.say(many.answers[0].headline).startswith("No team stands out")
