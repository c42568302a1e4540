"""An answer says when rows of the file were counted once."""

from datetime import date, timedelta
from pathlib import Path

from tests.unit.orchestrator.analyst.operations.asking import ask

ORDERS = [(f"O{n:03}", date(2024, 1, 1) + timedelta(days=n), 50 + n * 7 % 31) for n in range(90)]
HEADER, QUESTION = "order id,date,amount", "How much amount was there in total?"
SAID = "Rows that stand in the file twice were counted once: "


def total(rows: list[tuple[str, date, int]]) -> str:
    return f"{sum(amount for _, _, amount in rows):,}"


def test_copies_are_left_out_of_the_total_and_it_is_said(tmp_path: Path) -> None:
    """The total is that of the rows without copies, and the remark stands beside it."""
    once = ask(tmp_path, HEADER, ORDERS, QUESTION)
    twice = ask(tmp_path, HEADER, ORDERS + ORDERS, QUESTION)
    assert twice.headline == once.headline
    assert f"{SAID}90 orders in all" in twice.points
    assert not any("counted once" in point for point in once.points)


def test_another_answer_says_what_the_rows_come_to(tmp_path: Path) -> None:
    """Whoever summed the file finds out why the deck has less."""
    said = ask(tmp_path, HEADER, ORDERS + ORDERS, "How did amount develop?")
    assert f"{SAID}amount came to {total(ORDERS)} over 90 orders" in said.points


def test_one_copy_is_said_as_one(tmp_path: Path) -> None:
    said = ask(tmp_path, HEADER, [*ORDERS, ORDERS[3]], QUESTION)
    assert "One row stands in the file twice and was counted once: 90 orders in all" in said.points


def test_rows_that_the_request_counts_are_in_the_total(tmp_path: Path) -> None:
    twice = ask(tmp_path, HEADER, ORDERS + ORDERS, QUESTION, table={"copies": "each"})
    assert total(ORDERS + ORDERS) in twice.headline
    assert not any("counted once" in point for point in twice.points)


def test_rows_that_stand_there_thrice_are_said_as_such(tmp_path: Path) -> None:
    said = ask(tmp_path, HEADER, ORDERS * 3, QUESTION)
    assert (
        "Rows that stand in the file several times were counted once: 90 orders in all" in said.points
    )
