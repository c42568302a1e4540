"""Lateness: what is later than due, by how much, and for whom most."""

from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

DAYS = "\N{NO-BREAK SPACE}days"
HEADER = "invoice,customer,issued,due,paid,amount"


def invoices(delays: dict[str, tuple[int, ...]]) -> list[tuple[object, ...]]:
    """Invoices that were due on the tenth, and paid so many days later."""
    return [
        (f"I{name}{n}", name, f"2024-{n % 12 + 1:02}-01", f"2024-{n % 12 + 1:02}-10",
         f"2024-{n % 12 + 1:02}-{10 + delay:02}", 100 + n)
        for name, own in delays.items()
        for n, delay in enumerate(own * 6)
    ]  # fmt: skip


ROWS = invoices({"Ash": (-3, -2, -4, 1), "Birch": (12, 15, 9, 14), "Cedar": (-1, -5, -2, -6)})


@pytest.mark.parametrize("question", ["Which customers pay late?", "Welche Kunden zahlen zu spät?"])
def test_customers_are_ranked_by_days_after_the_due_date(tmp_path: Path, question: str) -> None:
    """Who pays later than due on average is told by how much and how often; the others as one."""
    said = ask(tmp_path, HEADER, ROWS, question)
    assert said.headline == f"Birch is latest: 12.5{DAYS} after the due date on average, 100% late"
    assert said.points[0] == "Every other customer is before the due date on average"
    assert said.points[1] == "30 of 72 invoices are late: 42%"
    ranks = {fact.about.end: fact.display for fact in said.facts if fact.about and fact.about.end}
    assert ranks == {"highest": f"12.5{DAYS}"}
    labels = [fact.label for fact in said.facts if fact.display in ("30", "72")][:2]
    assert labels == ["number of invoices (share late)", "number of invoices (due, paid)"]


def test_what_is_not_paid_yet_is_neither_late_nor_in_time(tmp_path: Path) -> None:
    """A blank date of payment counts for neither side of the share."""
    rows = [*ROWS, *((f"J{n}", "Ash", "2024-05-01", "2024-05-10", "", 50) for n in range(8))]
    said = ask(tmp_path, HEADER, rows, "How many invoices are paid late?")
    assert said.headline == "30 of 72 invoices are late: 42%"
    assert said.points[0] == "Paid is blank for 8 invoices, which count as neither"


def test_an_outcome_says_it_as_well(tmp_path: Path) -> None:
    """Where a column says yes or no, its share is the answer, and the worst group has the lowest."""
    rows = [(f"D{n}", ("Ox", "Elk")[n % 2], "No" if n % 10 in (0, 2, 4) else "Yes") for n in range(200)]
    said = ask(
        tmp_path, "delivery,carrier,on time", rows,
        "How many deliveries arrive on time, and which carrier lets us down?",
    )  # fmt: skip
    first, second = (said.say(each.headline) for each in said.answers)
    assert first == "140 of 200 deliveries are on time: 70%"
    assert second == "Ox does worst: 40% of its deliveries are on time"


def test_groups_that_are_alike_are_not_ranked(tmp_path: Path) -> None:
    """No customer is said to pay late where chance gives as much."""
    rows = invoices({"Ash": (-3, 2, -4, 1), "Birch": (-3, 2, -4, 2)})
    said = ask(tmp_path, HEADER, rows, "Which customers pay late?")
    assert said.headline == "No customer clearly differs: Birch has 50% late, Ash 50%"


@pytest.mark.parametrize(
    ("header", "question"),
    [
        ("parcel,sent,delivered,carrier,promised_days", "Which carrier delivers late most often?"),
        ("parcel,sent,delivered,carrier,promised_days", "Which carrier is least punctual?"),
        ("Paket,Versand,Geliefert,Spediteur,Soll (Tage)", "Welcher Spediteur ist meist zu spät?"),
    ],
)  # fmt: skip
def test_what_was_promised_may_be_a_number_of_days(tmp_path: Path, header: str, question: str) -> None:
    """A parcel is late if it took longer than its own number of days, not if it took long."""
    rows = [
        (f"{carrier}{n}", f"2024-03-{n + 1:02}", f"2024-03-{n + 1 + days:02}", carrier, promised)
        for carrier, late in (("Crane", 10), ("Heron", 2))
        for n in range(20)
        for promised in [2 if carrier == "Crane" else 6]
        for days in [promised + (1 if n < late else 0)]
    ]
    said = ask(tmp_path, header, rows, question)
    assert "Crane" in said.headline
    assert "50%" in said.headline
    assert said.answer.plan
    assert [len(measured.columns) for measured in said.answer.plan.measures] == [3]


def test_without_a_promise_nothing_is_late(tmp_path: Path) -> None:
    """The number of parcels is no answer to who delivers late."""
    rows = [(f"P{n}", f"2024-03-{n + 1:02}", "ab"[n % 2], n % 5) for n in range(24)]
    said = ask(tmp_path, "parcel,sent,carrier,stops", rows, "Which carrier delivers late most often?")
    assert said.answer.end is End.LACKS


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Which customers pay late least often?", "Cedar"),
        ("Which customer is most punctual?", "Cedar"),
        ("Which customer is the least punctual?", "Birch"),
        ("Welcher Kunde zahlt am pünktlichsten?", "Cedar"),
    ],
)
def test_the_most_punctual_is_late_least(tmp_path: Path, question: str, name: str) -> None:
    """Most and least turn round with the word that they stand beside."""
    assert ask(tmp_path, HEADER, ROWS, question).headline.startswith(name)
