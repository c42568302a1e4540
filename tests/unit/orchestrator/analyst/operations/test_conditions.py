"""Conditions: how many lie below another column, or above a number."""

from pathlib import Path

import pytest

from deckgen.orchestrator.analyst.planning.thresholds import number_in
from tests.unit.orchestrator.analyst.operations.asking import ask

PARTS = [
    (f"P{n}", ("Nuts", "Bolts")[n % 2], 5 if n % 4 == 1 or n == 2 else 50, 20, 2 + n % 3)
    for n in range(80)
]
PARTS_HEADER = "sku,family,on hand,reorder level,unit cost"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("over 10,000", 10_000), ("mehr als 10.000 Euro", 10_000), ("above €2k", 2_000),
        ("more than 1.5 million", 1_500_000), ("under 20%", 0.2), ("über 2,5", 2.5), ("late", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, number: float | None) -> None:
    """Marks of thousands, decimals, words for thousands and percent signs are understood."""
    assert number_in(text) == number


def test_two_columns_of_a_row_are_held_against_each_other(tmp_path: Path) -> None:
    """Items are counted whose stock is below the level in the same row."""
    said = ask(tmp_path, PARTS_HEADER, PARTS, "How many items are below their reorder level?")
    assert said.headline == "On hand is below reorder level for 21 of 80 items: 26%"
    assert said.points[0] == "Bolts has most of them: 20"


@pytest.mark.parametrize(
    "question", ["How many invoices are over 1,000?", "Wie viele Rechnungen sind über 1.000 Euro?"]
)
def test_rows_are_held_against_a_number(tmp_path: Path, question: str) -> None:
    """Rows above a number are counted, as a part of all and with what they add up to."""
    rows = [(f"I{n}", ("Ash", "Oak")[n % 2], 1_500 + n if n % 5 == 0 else 700 + n) for n in range(60)]
    said = ask(tmp_path, "invoice,customer,amount", rows, question)
    assert said.headline == "Amount is above 1,000 for 12 of 60 invoices: 20%"
    total = sum(amount for _, _, amount in rows if amount > 1_000)
    assert said.points[0] == f"Together, their amount comes to {total:,}"


def test_customers_are_held_against_it_by_their_sums(tmp_path: Path) -> None:
    """Who has several orders is above a number by the sum of them, and counts once."""
    rows = [(f"O{n}", f"C{n % 20}", 40 if n % 20 < 5 else 20) for n in range(80)]
    said = ask(tmp_path, "order id,customer id,amount", rows, "How many customers spent more than 100?")
    assert said.headline == "Amount is above 100 for 5 of 20 customers: 25%"


def test_the_number_itself_is_not_above_it(tmp_path: Path) -> None:
    """More than a number excludes the number, and a value that is missing is no value."""
    rows = [(f"E{n}", 30_000 if n < 10 else 40_000 if n < 15 else "") for n in range(20)]
    said = ask(tmp_path, "employee id,salary", rows, "How many employees earn more than 30,000?")
    assert said.headline == "Salary is above 30,000 for 5 of 15 employees: 33%"
    assert said.points[-1] == "5 employees have no value of it and are left out"
