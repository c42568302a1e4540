"""The words of a job's warnings, and how people see them."""

from pathlib import Path

from deckgen.domain.job_warnings import (
    MAX_MESSAGE,
    MAX_QUESTION,
    MAX_WARNINGS,
    OPEN_ENDS,
    warnings_of,
)
from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.engine import run_table

TABLE = "day,sales\n" + "".join(f"2024-01-{day:02},{day * 10}\n" for day in range(1, 29))


def test_every_end_but_one_warns() -> None:
    """What is answered needs no warning; a new end would need its code."""
    assert set(OPEN_ENDS) == {end.value for end in End} - {"answered"}


def test_a_deck_that_leaves_a_question_open(tmp_path: Path) -> None:
    """The warning of a deck of the offline engine names the question and what the table lacks."""
    brief = "How much sales were there? Which region brings most sales?"
    deck = run_table(tmp_path / "sales.csv", TABLE, brief).deck.to_json()
    (warning,) = [each for each in warnings_of(deck) if each.code != "table_warning"]
    assert warning.code == "question_table_lacks"
    assert warning.message.startswith("“Which region brings most sales?” is not answered: the table")


def test_long_texts_are_cut() -> None:
    """Neither a long question, nor a long remark, nor many of them make the answer long."""
    question = {"question": "Why? " * 100, "end": "not_done", "reason": "r" * 100}
    deck = {"questions": [question], "source": {"warnings": ["w" * 5000] * 100}}
    first, *others = warnings_of(deck)
    assert first.message.endswith("…” is not answered: " + "r" * 100 + ".")
    assert len(first.message) < MAX_QUESTION + 150
    assert len(others) == MAX_WARNINGS - 1
    assert {len(each.message) for each in others} == {MAX_MESSAGE}


def test_an_end_of_a_newer_version() -> None:
    """An end that is not known here warns of nothing, and stops no job."""
    assert warnings_of({"questions": [{"question": "Q?", "end": "postponed"}]}) == []
