"""The questions of the brief are answered first, each in its turn."""

from pathlib import Path

import pytest

from deckgen.domain.decks import Layout
from deckgen.orchestrator.analyst.proof.checks import deck_texts
from tests.unit.orchestrator.analyst.engine import run_table
from tests.unit.orchestrator.analyst.told import told

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How did sales develop?", "Sales"),
        ("Why did sales rise in 2023?", "The rise of sales from 2022 to 2023 comes mostly from north"),
        ("Is there a season in sales?", "The yearly high of sales comes in July"),
        ("Does price differ by product?", "Average price differs by product"),
        ("Which region is best?", "By region, north has 63% of sales"),
    ],
)
def test_the_question_is_answered_first(question: str, expected: str) -> None:
    """The same table gives the answer that was asked for: as the summary's title and the next slide."""
    result = told(question)
    assert expected in result.answer
    first, second = result.draft.slides[1:3]
    assert result.say(first.title) == result.answer
    assert result.say(second.title) == result.answer


def test_each_question_is_answered_in_its_turn() -> None:
    """The answer to the second one is the first argument, before what nobody asked for; each is looked
    for among all that the brief names."""
    result = told("How did sales develop, is there a season, and which region leads?")
    assert [result.say(slide.title) for slide in result.draft.slides[2:5]] == [
        "Sales rose by 57% from 2022 to 2023",
        "The yearly high of sales comes in July, the low in January",
        "By region, north has 63% of sales",
    ]
    assert "settle" not in result.on(Layout.SUMMARY)


def test_what_was_asked_before_says_what_a_question_is_about() -> None:
    """Which product leads, is asked of sales after sales; alone, it is asked of what differs most."""
    both = told("How did sales develop, and which product leads?")
    assert both.say(both.draft.slides[3].title) == "By product, the split of sales is even"
    assert told("Which product leads?").answer.startswith("Average price differs by product")


@pytest.mark.parametrize(
    ("question", "place", "answer"),
    [
        (
            "Which region leads, and is price related to sales?",
            "second",
            "By region, north has 63% of sales",
        ),
        (
            "Is price related to sales, and which region leads?",
            "first",
            "By region, north has 63% of sales",
        ),
    ],
)
def test_a_question_among_others_that_the_data_do_not_settle(
    question: str, place: str, answer: str
) -> None:
    """Which of them it is, is said; the other one is answered all the same."""
    result = told(question)
    assert result.answer.startswith(answer)
    assert f"The data do not settle the {place} question" in result.on(Layout.SUMMARY)


def test_which_question_supposes_the_opposite_is_said() -> None:
    """A wrong supposition in the second is not laid on the first."""
    result = told("Which region leads, and why did sales fall in 2023?")
    summary = result.on(Layout.SUMMARY)
    assert "The second question supposes the opposite of what the data show" in summary


def test_what_the_data_do_not_settle_is_said() -> None:
    """No link was found, so none is claimed: what comes nearest is told as just that."""
    result = told("Is price related to sales?")
    assert result.answer.startswith("The data do not settle this question: ")
    assert "do not settle" in result.on(Layout.SUMMARY)
    advice = "Get more data on the question before deciding on it (rests on the brief)"
    assert advice in result.on(Layout.RECOMMENDATION)


def test_a_question_that_supposes_the_opposite_is_set_right() -> None:
    """Who asks why sales fell is told that they rose."""
    result = told("Why did sales fall in 2023?")
    summary = result.on(Layout.SUMMARY)
    assert "The question supposes the opposite of what the data show" in summary


def test_what_the_answer_is_about_is_said_if_the_question_does_not() -> None:
    """The measure that was chosen for the reader is named."""
    result = told("Which region is best?")
    assert "the answer is about sales" in result.on(Layout.SUMMARY)


def test_an_answer_that_counts_says_so_if_the_question_names_no_measure(tmp_path: Path) -> None:
    """A table without the revenue that is asked for is answered by counting rows, and that is said."""
    rows = [(size, "east") for size in ("S", "M", "M", "L", "L", "L") * 10]
    run = run_table(tmp_path / "t.csv", [("size", "region"), *rows], "Which size brings most revenue?")
    assert run.say(run.deck.storyline.answer).startswith("By size, L")
    texts = [text for _, text in deck_texts(run.deck)]
    assert "The question names no measure of the table; the answer is a count" in texts


def test_a_period_that_is_not_finished_is_not_compared_and_that_is_said() -> None:
    """The year that ends in October is named, and the last full one is told instead."""
    result = told("How did sales develop in 2023?", last=10)
    summary = result.on(Layout.SUMMARY)
    assert "2023 is not complete in the data, so it is not compared" in summary
    assert not any("to 2023" in result.say(slide.title) for slide in result.draft.slides)


def test_a_named_group_is_told_on_its_own() -> None:
    """Who asks about the south learns what became of it: 0 percent, whatever north did."""
    result = told("How did sales develop in the South?")
    summary = result.on(Layout.SUMMARY)
    assert "For south alone, sales held steady" in summary
