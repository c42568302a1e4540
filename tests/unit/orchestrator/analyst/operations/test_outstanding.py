"""Outstanding: what is not paid yet, and with whom."""

from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

HEADER = "invoice,customer,issued,due,paid,amount"
ROWS = [
    (f"I{n}", ("Ash", "Birch")[n % 2], f"2024-{n % 6 + 1:02}-01", f"2024-{n % 6 + 1:02}-20",
     "" if n % 10 == 1 else f"2024-{n % 6 + 1:02}-25", 100)
    for n in range(60)
]  # fmt: skip


@pytest.mark.parametrize(
    "question", ["How much money is still outstanding?", "Wie viel ist noch nicht bezahlt?"]
)
def test_what_has_no_date_of_payment_is_outstanding(tmp_path: Path, question: str) -> None:
    """The sum of the amounts without a date of payment is outstanding, and not the sum of all."""
    said = ask(tmp_path, HEADER, ROWS, question)
    assert said.headline == "600 is still outstanding on 6 of 60 invoices"
    assert said.points[0].startswith("400 of it was due before ")


def test_a_status_says_what_is_open(tmp_path: Path) -> None:
    """Statuses that say open and overdue are open, others are not."""
    rows = [(f"R{n}", ("paid", "open", "paid", "overdue")[n % 4], 10) for n in range(80)]
    said = ask(tmp_path, "bill,status,amount", rows, "How many bills are still open?")
    assert said.headline == "40 of 80 bills are still open: 50%"


def test_without_either_the_table_lacks_it(tmp_path: Path) -> None:
    """Amounts alone can't say which of them are paid."""
    rows = [(f"I{n}", 100 + n) for n in range(40)]
    said = ask(tmp_path, "invoice,amount", rows, "How much is outstanding?")
    assert said.answer.end is End.LACKS
    assert said.answer.reason == (
        "the table lacks a date of payment, or a status that says what is open"
    )


def test_who_owes_most_is_asked_of_what_is_open(tmp_path: Path) -> None:
    """A question after it for the one with most is about open amounts, and not about all."""
    said = ask(tmp_path, HEADER, ROWS, "How much do we still owe, and to which customer most?")
    assert said.say(said.answers[1].headline) == "600 is still outstanding on 6 of 60 invoices"


def test_what_is_settled_can_be_said(tmp_path: Path) -> None:
    """Where the request names the one of several values that counts, all others are open."""
    rows = [(f"R{n}", ("done", "soon", "done", "later")[n % 4], 10) for n in range(80)]
    columns = {"paid": {"outcome": "done"}, "amount": {"kind": "flow"}}
    said = ask(tmp_path, "invoice,paid,amount", rows, "How much is outstanding?", columns=columns)
    assert "400" in said.headline
