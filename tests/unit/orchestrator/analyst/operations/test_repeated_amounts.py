"""Amounts of an order that stand in each row of its lines count once, whatever is asked."""

import datetime
from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.engine import run_table

HEADER = ["order", "created", "country", "status", "subtotal", "item", "quantity"]
ORDERS, LINES = 400, ("Mug", "Lamp", "Poster")
FIRST = datetime.date(2023, 1, 1)
QUESTIONS = [
    "What is the total subtotal?",
    "How did the subtotal develop?",
    "Did the level of the subtotal shift?",
    "Which country has the highest subtotal?",
    "Who contributed to the change of the subtotal?",
    "Which country grew most by subtotal?",
    "Are there unusual days in the subtotal?",
    "Is there a season in the subtotal?",
    "On which weekday is the subtotal highest?",
    "How concentrated is the subtotal by country?",
    "What will the subtotal be in the next three months?",
    "What drives the subtotal?",
    "How is the subtotal related to the quantity?",
    "How does the subtotal differ by country and status?",
    "How is the subtotal distributed?",
    "What is the share of each country in the subtotal?",
    "What is the subtotal per order?",
    "Which country and status stand out by subtotal?",
    "How did the mix of countries by subtotal shift?",
    "",
]


def rows() -> list[tuple[object, ...]]:
    made: list[tuple[object, ...]] = []
    for number in range(ORDERS):
        date = FIRST + datetime.timedelta(days=2 * number)
        country, status = ("DE", "FR", "IT")[number % 3], ("paid", "open")[number % 7 == 0]
        amount = 100 + number % 50 + 40 * (number % 3)
        made += [
            (f"#{number}", date, country, status, amount, item, 1 + (number + place) % 4)
            for place, item in enumerate(LINES[: 1 + number % 3])
        ]
    return made


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_has_an_answer(tmp_path: Path, question: str) -> None:
    """No query forgets that amounts are repeated: a first row of an order is known in all of them."""
    run = run_table(tmp_path / "data.csv", [HEADER, *rows()], question)
    assert run.findings.answers or run.findings.scan


def test_the_amounts_of_orders_are_shared_out(tmp_path: Path) -> None:
    """Each counts once for the country of its order; items, of which it has several, share none."""
    table = [HEADER, *rows()]
    run = run_table(tmp_path / "data.csv", table, "What is the share of each country in the subtotal?")
    (answer,) = run.findings.answers
    assert run.say(answer.headline) == "Subtotal is made up of IT (41%), FR (33%) and DE (25%)"
    run = run_table(tmp_path / "data.csv", table, "What is the share of each item in the subtotal?")
    assert [each.end for each in run.findings.answers] == [End.LACKS]
