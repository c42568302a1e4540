"""What a board asks in one sentence is answered in full: the story that a table's books hold."""

import re
import tempfile
from functools import cache
from pathlib import Path

import pytest

from deckgen.domain.blocks import Actions, Block, Bullets, Callout, Kpis, Messages
from deckgen.domain.decks import Deck, Layout, Slide
from deckgen.domain.facts import render
from tests.restaurants import HEADER, rows
from tests.unit.orchestrator.analyst.engine import run_table

pytestmark = pytest.mark.slow

ASKED = "How profitable are we, which cities are behind plan, and where do we lose margin?"


@cache
def deck() -> Deck:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "books.csv"
        return run_table(path, [HEADER.split(","), *rows()], ASKED, audience="board").deck


def said(slide: Slide) -> str:
    """The title, the points and the large figures of a slide."""
    texts = [slide.title]
    for block in slide.blocks:
        texts += block.items if isinstance(block, Bullets) else []
        texts += _of_rows(block)
        texts += (
            [text for kpi in block.items for text in (kpi.label, kpi.value)]
            if isinstance(block, Kpis)
            else []
        )
    return " | ".join(render(text, deck().reference_values()) for text in texts)


def _of_rows(block: Block) -> list[str]:
    if isinstance(block, Messages):
        return [
            text
            for each in block.items
            for text in (each.figure, each.label, each.text, each.support, each.slide)
        ]
    if isinstance(block, Actions):
        return [
            text
            for each in block.items
            for text in (each.action, each.evidence, each.size, each.first_step)
        ]
    return []


def on(slide_id: str | None) -> str:
    return said(next(slide for slide in deck().slides if slide.id == slide_id))


def test_three_questions_of_one_sentence_have_three_answers() -> None:
    """Commas and “and” part questions, each of which has its own slide."""
    assert [each.question for each in deck().questions] == [
        "How profitable are we", "which cities are behind plan", "where do we lose margin?",
    ]  # fmt: skip
    assert [each.slide for each in deck().questions] == ["s3", "s4", "s5"]


def test_the_title_of_the_summary_is_what_the_answers_add_up_to() -> None:
    """In one sentence of at most fifteen words: growth, plan and margin."""
    summary = next(slide for slide in deck().slides if slide.layout is Layout.SUMMARY)
    title = said(summary).partition(" | ")[0]
    assert re.fullmatch(
        r"Growth halved to [\d.]+%, every city missed plan by [\d.]+%, and Delivery lost margin", title
    )
    assert "Bremen is" in said(summary)  # what changes the reader's mind


def test_a_row_of_the_summary_can_be_read_aloud() -> None:
    """It has the figure and what that is, and a sentence that does not say the figure again."""
    summary = next(slide for slide in deck().slides if slide.layout is Layout.SUMMARY)
    rows = next(block.items for block in summary.blocks if isinstance(block, Messages))
    values = deck().reference_values()
    assert [render(row.label, values) for row in rows] == [
        "Profit", "Takings against plan", "Margin of Delivery", "Profit a year",
    ]  # fmt: skip
    assert [render(row.slide, values) for row in rows] == ["3", "4", "5", "6"]
    assert not any(row.figure in row.text for row in rows)


def test_the_title_slide_has_the_answer_in_a_few_words() -> None:
    """The question and what the deck rests on stand beneath; the summary's title says more."""
    cover, summary, *_ = deck().slides
    values = deck().reference_values()
    title = render(cover.title, values)
    assert title.startswith("Growth halved")
    assert len(title.split()) <= 12
    assert cover.title != summary.title
    assert [render(block.text, values) for block in cover.blocks if isinstance(block, Callout)] == [
        ASKED, "Based on books.csv, Jan 2021 to Dec 2023",
    ]  # fmt: skip


def test_the_plan_is_held_against_what_it_plans() -> None:
    """A lone plan is of the takings, which it follows row by row, and all cities miss it alike."""
    answer = on("s4")
    assert "every city missed plan by about 8" in answer
    assert re.search(r"Bremen is 3\d% lower since May 2023", answer)
    assert "Since Jan 2023, takings" in answer


def test_the_loss_of_margin_is_parted_into_cost_and_mix() -> None:
    """One part of the menu loses it, by its own cost: its part of all has hardly moved."""
    answer = on("s5")
    assert answer.startswith("Only Delivery lost margin")
    assert "It is cost, not the mix" in answer
    measures = {fact.about.measure for fact in deck().facts if fact.about}
    assert {"cost", "takings"} <= measures
    assert not any(name.startswith(("one side of", "base of")) for name in measures)


def test_what_a_move_is_worth_is_no_change_of_a_measure() -> None:
    """No claim says that takings rose by what takings of the year before would bring."""
    worth = [fact for fact in deck().facts if fact.label.startswith("what ")]
    assert len(worth) > 1
    assert all(fact.about is None for fact in worth)


def test_sizes_are_added_up_as_they_measure_the_same() -> None:
    """Both moves are profit of a year: what the former margin, and the former takings, would bring."""
    advice = next(slide for slide in deck().slides if slide.layout is Layout.RECOMMENDATION)
    delivery, bremen, together = (
        float(fact.value or 0)
        for label in ("what margin", "what takings", "all moves together")
        for fact in deck().facts
        if fact.label.startswith(label)
    )
    assert together == pytest.approx(delivery + bremen)
    assert said(advice).startswith("Two moves would bring")
    moves = next(block for block in advice.blocks if isinstance(block, Actions))
    assert moves.size_label == "Profit a year"
    assert all(each.evidence and each.size and each.first_step for each in moves.items)
    assert "(slide\N{NO-BREAK SPACE}5)" in said(advice)


def test_all_checks_hold() -> None:
    """Also those of titles, directions and of numbers that are bound to facts."""
    assert [check for check in deck().quality if not check.passed] == []


def test_no_line_of_the_summary_is_a_title() -> None:
    """The summary says in other words what the slides argue."""
    summary, *others = (said(slide).split(" | ") for slide in deck().slides[1:6])
    assert not {*summary} & {title for title, *_ in [*others, said(deck().slides[0]).split(" | ")]}
