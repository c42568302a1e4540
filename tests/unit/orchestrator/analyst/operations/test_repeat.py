"""Repeat: how many customers there are, and how many of them come back."""

from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

# Thirty customers come once, ten twice, ten four times.
VISITS = [1] * 30 + [2] * 10 + [4] * 10
ORDERS = [
    (f"O{customer}-{visit}", f"C{customer}", f"2024-{visit + 1:02}-{customer % 28 + 1:02}", 20 + visit)
    for customer, visits in enumerate(VISITS)
    for visit in range(visits)
]
HEADER = "order id,customer id,order date,amount"


@pytest.mark.parametrize(
    "question", ["How many customers come back?", "Wie viele Kunden kommen wieder?"]
)
def test_customers_who_come_back_are_a_part_of_all(tmp_path: Path, question: str) -> None:
    """Who has more than one order comes back; the share is of all customers, not of orders."""
    said = ask(tmp_path, HEADER, ORDERS, question)
    assert said.headline == "20 of 50 customers come back: 40% are there more than once"
    assert said.points[0] == "On average, customers have 1.80 orders each"
    assert said.points[1] == "Those who come back bring 67% of the orders: 60"


def test_lines_of_one_order_are_one_visit(tmp_path: Path) -> None:
    """Two lines of the same order don't make a customer one who comes back."""
    rows = [(f"O{order}", f"C{order % 40}", item, 5) for order in range(50) for item in ("Tea", "Mug")]
    said = ask(tmp_path, "order id,customer id,item,price", rows, "How many customers come back?")
    assert said.headline == "10 of 40 customers come back: 25% are there more than once"


def test_nobody_comes_back(tmp_path: Path) -> None:
    """Where each patient is there once, that is said."""
    rows = [(f"V{n}", f"P{n}", 30 + n % 7) for n in range(40)]
    said = ask(tmp_path, "visit,patient id,age", rows, "Do patients come back more than once?")
    assert said.headline == "All 40 patients are there once: 0 of them come back"


def test_without_customers_the_table_lacks_them(tmp_path: Path) -> None:
    """Orders that nobody placed can't tell who comes back."""
    rows = [(f"O{n}", f"2024-01-{n % 28 + 1:02}", 20 + n) for n in range(60)]
    said = ask(tmp_path, "order id,order date,amount", rows, "How many customers come back?")
    assert said.answer.end is End.LACKS
    assert said.answer.reason == "the table lacks a column that tells customers apart"
