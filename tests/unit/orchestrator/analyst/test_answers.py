"""The questions of a brief are answered first, each in its turn, and each ends in one of four ways."""

from pathlib import Path

import pytest

from deckgen.domain.blocks import Messages
from deckgen.domain.decks import Layout
from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.engine import run_table
from tests.unit.orchestrator.analyst.told import told

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How did sales develop?", "Sales rose"),
        ("Why did sales rise in 2023?", "Sales rose by 57%"),
        ("Is there a season in sales?", "July has the highest sales a month"),
        ("Does price differ by product?", "Average price is higher for b"),
        ("Which region is best?", "north brings 63% of sales"),
    ],
)
def test_the_question_is_answered_first(question: str, expected: str) -> None:
    """The same table gives the answer that was asked for: as the summary's title, and in other words
    on the next slide.
    """
    result = told(question)
    assert expected in result.answer
    first, second = result.draft.slides[1:3]
    assert result.say(first.title) == result.answer
    assert result.say(second.title) != result.answer


def test_a_question_of_no_known_words_has_an_end_of_its_own() -> None:
    """It does not vanish into the one after it, as if that had answered both."""
    result = told("How did sales develop, what does it smell of, and which region leads?")
    ends = {each.question: each.end for each in result.draft.questions}
    assert list(ends) == ["How did sales develop", "what does it smell of", "which region leads?"]
    assert ends["what does it smell of"] is not End.ANSWERED


def test_each_question_is_answered_in_its_turn() -> None:
    """Each has a slide, in the order of the brief, and a sentence of the summary that names it."""
    result = told("How did sales develop, is there a season, and which region leads?")
    titles = [result.say(slide.title) for slide in result.draft.slides[2:5]]
    assert [title.split()[0] for title in titles] == ["Sales", "July", "north"]
    summary = result.on(Layout.SUMMARY)
    assert not any(title in summary for title in titles)
    rows = next(block.items for block in result.draft.slides[1].blocks if isinstance(block, Messages))
    assert [row.slide for row in rows] == ["{{s3}}", "{{s4}}", "{{s5}}"]


def test_what_was_asked_before_says_what_a_question_is_about() -> None:
    """Which product leads, is asked of the price after the price; alone, it is asked of sales."""
    both = told("How did the price develop, and which product leads?")
    assert "price" in both.say(both.draft.slides[3].title)
    assert "sales" in told("Which product leads?").answer


def test_the_summary_does_not_repeat_its_title() -> None:
    """Another question may have the first one's answer among its points."""
    slide = told("Which region is best, and how did the regions do?").draft.slides[1]
    rows = [row for block in slide.blocks if isinstance(block, Messages) for row in block.items]
    assert rows
    assert slide.title not in [text for row in rows for text in (row.text, row.support)]


def test_an_undecided_test_is_an_answer() -> None:
    """No link was found, so none is claimed, and that is what the question ends with."""
    result = told("Is price related to sales?")
    assert "do not go clearly with" in result.answer
    assert [question.end for question in result.draft.questions] == [End.ANSWERED]


def test_what_is_not_answered_does_not_keep_the_others_from_it(tmp_path: Path) -> None:
    """A table without dates says so of the question about time, and answers the other one."""
    rows = [(size, n % 7 + 1) for n, size in enumerate(("S", "M", "M", "L", "L", "L") * 10)]
    question = "Which size brings most revenue, and what will revenue be next month?"
    run = run_table(tmp_path / "t.csv", [("size", "revenue"), *rows], question)
    answered, lacking = run.deck.questions
    assert (answered.end, lacking.end) == (End.ANSWERED, End.LACKS)
    assert "the table lacks" in lacking.reason
    assert answered.slide is not None
    assert lacking.slide is None
    assert run.say(run.deck.storyline.answer).startswith("L brings")


def test_a_question_that_is_not_understood_has_an_end_of_its_own() -> None:
    """It is no part of the next one, which is answered."""
    strange, known = told("Are we on the right track? Which region leads?").draft.questions
    assert (strange.question, strange.end) == ("Are we on the right track?", End.NOT_DONE)
    assert known.end is End.ANSWERED


def test_a_wrong_supposition_is_set_right() -> None:
    """Who asks why sales fell is told by the figures of that measure and year that they rose."""
    assert "rose" in told("Why did sales fall in 2023?").on(Layout.SUMMARY)


def test_the_appendix_says_how_a_question_was_understood() -> None:
    """Each question stands there with its plan in words and its end."""
    result = told("Which region leads?")
    (slide,) = [each for each in result.draft.slides if "question" in each.title]
    table = slide.blocks[0].to_json()
    assert table["rows"] == [["Which region leads?", "ranking: sales, by region", "answered"]]


def test_a_period_that_is_not_finished_is_not_compared_and_that_is_said() -> None:
    """Of the year that ends in October, the same months of the year before are compared."""
    result = told("How did sales develop in 2023?", last=10)
    summary = result.on(Layout.SUMMARY)
    assert "Jan 2023–Oct 2023" in summary


def test_a_named_group_is_told_on_its_own() -> None:
    """Who asks about the south learns what became of it, whatever north did."""
    result = told("How did sales develop in the South?")
    assert "south" in result.on(Layout.SUMMARY)
