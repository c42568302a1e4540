"""Segments: by a column of them, or by a plain split of two numbers."""

from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

# Four kinds of thirty: age says nothing, income and spending tell them apart.
KINDS = ((20_000, 80), (40_000, 20), (70_000, 35), (90_000, 85))
SHOPPERS = [
    (kind * 30 + n + 1, 20 + (n * 7 + kind) % 50, income + n * 10, score + n % 5)
    for kind, (income, score) in enumerate(KINDS)
    for n in range(30)
]
HEADER = "customer id,age,annual income,spending score"


QUESTIONS = (
    "Which customer segments should we focus on?",
    "Auf welche Kundensegmente sollten wir uns konzentrieren?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_numbers_are_split_at_their_medians(tmp_path: Path, question: str) -> None:
    """Who is above the median in both telling numbers leads, with both means; age tells nothing."""
    said = ask(tmp_path, HEADER, SHOPPERS, question)
    assert said.headline == (
        "30 customers lead in annual income and spending score: 90,145 and 87 on average"
    )
    assert said.points[-1] == (
        "The split is at the two medians: plain, and no proof of four kinds of customers"
    )


def test_segments_of_a_column_are_told_by_value_and_size(tmp_path: Path) -> None:
    """A segment is told with what it brings, beside its part of all customers."""
    rows = [
        (f"C{n}", ("Trade", "Home", "Home", "Home")[n % 4], 300 if n % 4 == 0 else 50)
        for n in range(80)
    ]
    said = ask(
        tmp_path, "customer id,segment,revenue", rows, "Which customer segments should we focus on?"
    )
    assert said.headline == "Focus on Trade: it brings 67% of revenue from 25% of customers"
    assert said.points[0] == "Home follows with 33% of revenue from 75% of customers"


def test_segments_that_are_level_are_a_tie(tmp_path: Path) -> None:
    """No segment leads where two bring the same."""
    rows = [(f"C{n}", ("Trade", "Home")[n % 2], 100) for n in range(80)]
    said = ask(tmp_path, "customer id,segment,revenue", rows, "Which segments should we focus on?")
    assert said.headline == "Home and Trade lead by revenue: 4,000 each"


def test_one_number_forms_no_segments(tmp_path: Path) -> None:
    """A single number is not enough for segments, and the end says so."""
    rows = [(f"C{n}", 20 + n) for n in range(80)]
    said = ask(tmp_path, "customer id,age", rows, "Which customer segments should we focus on?")
    assert said.answer.end is End.LACKS
    assert said.answer.reason == "the table lacks a column of segments or two numbers to form them"
