"""Distribution: how numbers are spread, and whether a few bring most."""

from pathlib import Path

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

FEW = [(f"O{row}", f"C{row % 20:02}", 1_000 if row % 20 < 4 else 50) for row in range(200)]


def test_the_largest_fifth_is_told_with_what_it_brings(tmp_path: Path) -> None:
    """Four of 20 customers bring 40,000 of 48,000."""
    said = ask(
        tmp_path, "order,customer,revenue", FEW, "How concentrated is our revenue among customers?"
    )
    assert said.headline == "The largest 20% by customer bring 83% of revenue: 4 of 20"
    assert said.points[0] == "C00 brings 21% of revenue: 10,000"


def test_depending_on_a_few_asks_the_same(tmp_path: Path) -> None:
    """It is a question for concentration, not for causes."""
    said = ask(tmp_path, "order,customer,revenue", FEW, "Do we depend on a few customers?")
    assert said.operation == "distribution"


def test_even_customers_are_no_few(tmp_path: Path) -> None:
    """Where all bring the same, no few carry it."""
    rows = [(f"O{row}", f"C{row % 20:02}", 100) for row in range(200)]
    said = ask(
        tmp_path, "order,customer,revenue", rows, "Ist der Umsatz auf wenige Kunden konzentriert?"
    )
    assert said.headline.startswith(
        "Revenue does not rest on a few: the largest 20% by customer bring 20%"
    )


def test_a_number_is_told_by_its_middle_half(tmp_path: Path) -> None:
    """Of 1 to 51 days in halves the middle half is from 13.5 to 38.5, and the median 26."""
    rows = [(f"P{row}", row * 37 % 101 / 2 + 1) for row in range(101)]
    said = ask(tmp_path, "parcel,delivery days", rows, "How are delivery days distributed?")
    assert said.headline == "The middle half of delivery days lies between 13.5 and 38.5"
    assert said.points == [
        "The median is 26, the mean 26", "They go from 1 to 51; the highest tenth start at 46"
    ]  # fmt: skip
    assert said.answer.chart
    assert said.answer.chart.series[0].values[0] == 8  # from 1 to less than 5


def test_without_those_who_could_be_few_the_table_lacks_them(tmp_path: Path) -> None:
    """A table without customers can't say whether a few of them bring most."""
    rows = [(f"2024-01-{day:02}", 100 + day) for day in range(1, 29)]
    said = ask(tmp_path, "day,revenue", rows, "Do we depend on few customers?")
    assert said.answer.end is End.LACKS
    assert said.answer.reason == "the table lacks a column of those who may bring most of it"
