"""Relation: whether one thing goes with another."""

import random
from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.operations.asking import ask

FIBRE = [
    (row, row % 70 + 1, 0 if row % 10 == 0 else 1, 1 if row % 10 and row % 4 == 0 else 0)
    for row in range(200)
]


def test_a_flag_and_an_outcome_are_told_with_and_without(tmp_path: Path) -> None:
    """40 of 180 with fibre leave, and none of 20 without it."""
    said = ask(
        tmp_path, "customer,tenure,fibre,churned", FIBRE, "Do customers with fibre leave more often?"
    )
    assert said.operation == "relation"
    assert said.headline == "The churn rate differs by fibre: 22% with fibre, 0% without"


def _staff(slope: float, noise: float, seed: int = 2) -> list[tuple[object, ...]]:
    chance = random.Random(seed)
    found: list[tuple[object, ...]] = []
    for person in range(120):
        years = person % 10 + 8
        found.append((f"P{person}", years, round(10 + slope * years + chance.gauss(0, noise), 3)))
    return found


def test_two_numbers_are_told_by_slope_and_ends(tmp_path: Path) -> None:
    """Wage is 10 and 2 for each year: those with 8 to 11 years earn 29 on average, with 14 to 17 41."""
    said = ask(tmp_path, "person,education,wage", _staff(2, 0), "Does education pay off?")
    assert said.headline == "More education goes with higher average wage: +2 per unit"
    assert (
        said.points[0] == "Average wage is 29 where education is 11 or less, 41 where it is 14 or more"
    )
    assert [said.say(kpi.value) for kpi in said.answer.kpis] == ["+2", "1"]


def test_noise_is_no_relation(tmp_path: Path) -> None:
    """Where nothing goes together, the headline says so with the coefficient, which stands large too:
    no point of the chart shows it.
    """
    said = ask(tmp_path, "person,education,wage", _staff(0, 3), "Is wage related to education?")
    assert said.headline.startswith("Average education does not go clearly with wage: correlation") or (
        said.headline.startswith("Average wage does not go clearly with education: correlation")
    )
    assert [kpi.label for kpi in said.answer.kpis] == ["correlation"]


@pytest.mark.parametrize(
    "question",
    [
        "Does weight affect duration?",
        "Does duration depend on weight?",
        "Hängt duration von weight ab?",
    ],
)
def test_what_depends_on_what_is_read_from_the_words(tmp_path: Path, question: str) -> None:
    """The measure is what is affected, wherever it stands."""
    rows = [(f"T{row}", row % 20 + 1, 3 * (row % 20) + row % 3) for row in range(100)]
    said = ask(tmp_path, "trip,weight,duration", rows, question)
    assert said.headline.startswith("More weight goes with higher average duration: +")


def test_what_people_spend_is_the_measure_not_who_they_are(tmp_path: Path) -> None:
    """“Do members spend more” asks for the spend by membership."""
    rows = [
        (f"G{row}", "yes" if row % 2 else "no", 20 + 10 * (row % 2) + row % 5) for row in range(100)
    ]
    said = ask(tmp_path, "guest,member,spend", rows, "Do members spend more?")
    assert said.headline == "Average spend differs by member: 32 with member, 22 without"


def test_two_rising_series_are_told_with_their_changes(tmp_path: Path) -> None:
    """Sales follow the spend of each week, so the changes go together as well."""
    chance = random.Random(4)
    spends = [chance.randint(200, 800) for _ in range(52)]
    rows = [
        (f"2024-W{week:02}", spend, 3 * spend + 4_000 + chance.randint(-60, 60))
        for week, spend in enumerate(spends, 1)
    ]
    said = ask(tmp_path, "week,ad spend,sales", rows, "Does advertising pay off?")
    assert said.headline.startswith("More ad spend goes with higher average sales: +3")
    assert said.points[1].startswith("Their changes from period to period go together too: +2.98")


def test_series_that_share_only_a_trend_say_so(tmp_path: Path) -> None:
    """Both rise, but their changes have nothing to do with each other."""
    chance = random.Random(6)
    rows = [
        (
            f"2024-W{week:02}",
            100 + 10 * week + chance.gauss(0, 12),
            900 + 30 * week + chance.gauss(0, 40),
        )
        for week in range(1, 53)
    ]
    said = ask(tmp_path, "week,ad spend,sales", rows, "Does advertising pay off?")
    assert (
        "Their changes from period to period do not go together clearly: both may follow the same trend"
        in (said.points)
    )


def test_a_group_whose_measure_rose_is_no_relation(tmp_path: Path) -> None:
    """“Did sales in the North increase” asks for a change: nothing stands after the verb."""
    rows = [
        (f"2024-{month:02}-01", region, 100 + month)
        for month in range(1, 13)
        for region in ("North", "South")
    ]
    said = ask(tmp_path, "month,region,sales", rows, "Did sales in the North increase?")
    assert said.answer.plan is None or said.operation != "relation"


def test_what_something_reduces_is_a_relation(tmp_path: Path) -> None:
    """“Does training reduce errors” names what is done and what it does."""
    rows = [(f"T{row}", "yes" if row % 2 else "no", 9 - 4 * (row % 2) + row % 3) for row in range(90)]
    said = ask(tmp_path, "team,training,errors", rows, "Does training reduce errors?")
    assert said.headline == "Average errors differs by training: 10 without training, 6 with"


def test_a_slope_along_a_share_is_told_per_point(tmp_path: Path) -> None:
    """Two more units for each point of discount, not 200 for the whole of it."""
    rows = [(f"P{row}", row % 25, 100 + 2 * (row % 25)) for row in range(150)]
    said = ask(
        tmp_path, "product,discount (%),units sold", rows, "Does the discount increase units sold?"
    )
    assert said.headline == "More discount (%) goes with higher average units sold: +2 per point"
