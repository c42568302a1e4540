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
    assert [each.end for each in run.findings.answers] in ([], [End.ANSWERED])
    assert run.findings.answers or run.findings.scan


@pytest.mark.parametrize("question", QUESTIONS[:4])
def test_lines_add_nothing_to_what_orders_come_to(tmp_path: Path, question: str) -> None:
    """The same orders with one line each have the same answer."""
    lines = rows()
    orders = [row for place, row in enumerate(lines) if not place or row[0] != lines[place - 1][0]]
    said = [
        run.say(answer.headline)
        for table in (lines, orders)
        for run in [run_table(tmp_path / "data.csv", [HEADER, *table], question)]
        for answer in run.findings.answers
    ]
    assert said[0].split(": ")[-1] == said[1].split(": ")[-1]


def test_the_amounts_of_orders_are_shared_out(tmp_path: Path) -> None:
    """Each counts once for the country of its order; items, of which it has several, share none."""
    table = [HEADER, *rows()]
    run = run_table(tmp_path / "data.csv", table, "What is the share of each country in the subtotal?")
    (answer,) = run.findings.answers
    assert run.say(answer.headline) == "Subtotal is made up of IT (41%), FR (33%) and DE (25%)"
    run = run_table(tmp_path / "data.csv", table, "What is the share of each item in the subtotal?")
    assert [each.end for each in run.findings.answers] == [End.LACKS]
