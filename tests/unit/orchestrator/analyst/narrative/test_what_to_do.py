"""What should we do? The moves that other answers allow, if they are about the same."""

from pathlib import Path

import pytest

from deckgen.domain.decks import Layout
from tests import restaurants
from tests.unit.orchestrator.analyst.engine import run_table

pytestmark = pytest.mark.slow

TABLE = [restaurants.HEADER.split(","), *restaurants.rows()]
WHERE = "Where do we lose margin?"


@pytest.mark.parametrize(
    ("question", "is_settled"),
    [("What should we do?", True), ("What should we do about guests?", False)],
)
def test_the_moves_are_the_answer(tmp_path: Path, question: str, is_settled: bool) -> None:
    """With a move for the margin, the recommendation answers the question, and no slide beside it has
    another advice; about something else it does not.
    """
    run = run_table(tmp_path / "data.csv", TABLE, f"{WHERE} {question}")
    slides = {slide.id: slide for slide in run.deck.slides}
    asked = slides.get(run.deck.questions[-1].slide or "")
    assert (asked is not None and asked.layout is Layout.RECOMMENDATION) is is_settled
    told = [slide for slide in slides.values() if slide.layout in (Layout.CHART, Layout.KPI)]
    assert len(told) == 1


def test_asked_alone_it_is_answered_by_what_was_lost(tmp_path: Path) -> None:
    """No other question allows a move: what went wrong is looked for, and told before the advice."""
    run = run_table(tmp_path / "data.csv", TABLE, "What should we do?")
    told = {slide.id: slide.layout for slide in run.deck.slides if slide.layout is not Layout.APPENDIX}
    assert [*told.values()][2:] == [Layout.CHART, Layout.CHART, Layout.RECOMMENDATION]
    assert told[run.deck.questions[0].slide or ""] is Layout.RECOMMENDATION
