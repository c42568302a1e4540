"""Advice: what stands apart, with what it is worth; without a size there is none."""

import random
from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.operations.asking import ask

# Forty orders at each discount; at 30% each of them loses between 8 and 12.
EARNED = {0.0: 30, 0.1: 20, 0.2: 5, 0.3: -10}
ORDERS = [
    (f"O{n}-{discount}", ("North", "South")[n % 2], 100 + n, discount, earned + n % 5 - 2)
    for discount, earned in EARNED.items()
    for n in range(40)
]
HEADER = "order,region,sales,discount,profit"


@pytest.mark.parametrize(
    "question",
    ["Profit is too low. What should we do?", "Der Gewinn ist zu klein. Was sollten wir tun?"],
)
def test_a_band_that_loses_is_told_with_its_loss(tmp_path: Path, question: str) -> None:
    """The discount at which orders lose is the limit, with the loss and the profit without it."""
    said = ask(tmp_path, HEADER, ORDERS, question)
    assert said.headline == "Keep discount below 30%: 40 orders from there on lose 400"
    assert said.points[0] == "Without them, profit is 2,200 instead of 1,800"


def test_noise_gives_no_advice(tmp_path: Path) -> None:
    """Where no group stands apart beyond chance, no advice is given."""
    chance = random.Random(4)
    rows = [
        (f"O{n}", ("North", "South", "West")[n % 3], 100, n % 4 / 10, round(chance.gauss(20, 60)))
        for n in range(240)
    ]
    said = ask(tmp_path, HEADER, rows, "Profit is too low. What should we do?")
    assert said.headline.startswith("No group of this table clearly stands apart by profit: ")
    assert said.points == ["No advice is given here, as none would have a size"]


def test_the_gap_to_the_median_is_the_size(tmp_path: Path) -> None:
    """Where nothing loses, the group that lies below is told with what the median would add."""
    rows = [
        (f"O{n}", shop, amount + n % 7 - 3)
        for shop, amount in (("Quay", 50), ("Hill", 80), ("Park", 90))
        for n in range(70)
    ]
    said = ask(tmp_path, "order,shop,sales", rows, "What should we do to raise sales?")
    assert said.headline == "Start with Quay: at the groups' median it would add 2,100"
    assert said.points[0] == "Quay stands at 50, the median of the groups at 80"


def test_cases_of_an_outcome_are_its_size(tmp_path: Path) -> None:
    """Of something that should not happen, the size is the cases above the median of the groups."""
    rows = [
        (f"C{plan}{n}", plan, "Yes" if n < left else "No")
        for plan, left in (("Basic", 60), ("Plus", 20), ("Pro", 10))
        for n in range(100)
    ]
    said = ask(tmp_path, "customer id,plan,churned", rows, "What should we do about churn?")
    assert said.headline == "Look into Basic first: at the groups' median it has 40 fewer cases"
    assert said.points[0] == "Basic stands at 60%, the median of the groups at 20%"


def test_advice_is_about_what_the_question_before_explained(tmp_path: Path) -> None:
    """What to do about leavers is told by who leaves, with the column of groups such as “low”."""
    rows = [
        ("Yes" if n % 10 < many else "No", level, 3000 + 13 * (n % 40))
        for n in range(200)
        for level, many in (("Low", 6), ("High", 1), ("Medium", 1))
    ]
    said = ask(
        tmp_path, "attrition,satisfaction,income", rows,
        "Why do employees leave us, and what should we do about it?",
    )  # fmt: skip
    assert said.say(said.answers[1].headline).startswith("Look into satisfaction of Low first")
