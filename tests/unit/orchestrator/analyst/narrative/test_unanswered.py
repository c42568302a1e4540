"""A deck whose question has no answer says so first, and tells what else the table shows."""

from pathlib import Path

import pytest

from deckgen.domain.blocks import Callout
from deckgen.domain.decks import Layout
from deckgen.domain.questions import End
from tests.question_tables import TABLES
from tests.unit.orchestrator.analyst.engine import run_table

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("table", "question", "end", "title"),
    [
        (
            "sales",
            "What do our competitors charge?",
            End.LACKS,
            "Not answered: the table has nothing called “competitors”",
        ),
        (
            "line",
            "Which shop brings most revenue?",
            End.LACKS,
            "Not answered: the table lacks a column that forms groups",
        ),
    ],
)
def test_a_question_without_an_answer_is_told_first(
    table: str, question: str, end: End, title: str, tmp_path: Path
) -> None:
    """No finding that nobody asked for takes the place of the answer."""
    small = TABLES[table]
    run = run_table(tmp_path / "t.csv", [small.english.split(","), *small.rows], question)
    assert [each.end for each in run.deck.questions] == [end]
    summary = next(slide for slide in run.deck.slides if slide.layout is Layout.SUMMARY)
    assert run.say(summary.title) == title
    assert run.say(run.deck.storyline.answer).startswith(title)


def test_each_reason_is_told(tmp_path: Path) -> None:
    """Of two questions without an answer the summary says for each why."""
    small = TABLES["line"]
    run = run_table(
        tmp_path / "t.csv",
        [small.english.split(","), *small.rows],
        "Which shop brings most output? At which hour is output highest?",
    )
    summary = next(slide for slide in run.deck.slides if slide.layout is Layout.SUMMARY)
    texts = [summary.title, *(block.text for block in summary.blocks if isinstance(block, Callout))]
    told = " ".join(run.say(text) for text in texts)
    assert all(each.reason in told for each in run.deck.questions)
    assert len(run.deck.questions) == 2
