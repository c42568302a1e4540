"""What a brief alone gives: a structure to work from, which says what data it needs."""

from typing import Any

import pytest

from deckgen.domain.briefs import Brief
from deckgen.domain.decks import Layout
from deckgen.domain.facts import REFERENCE
from deckgen.orchestrator import analyst
from deckgen.orchestrator.analyst.proof.checks import deck_texts

NOTHING: dict[str, Any] = {"source": None, "findings": None, "path": None}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Why did churn rise?", "The groups that make up the total"),
        ("Is price related to churn?", "Both measures side by side"),
        ("When do people leave?", "Two full years by month"),
        ("Should we open a shop?", "A date for each row"),
    ],
)
def test_without_data_the_kind_of_question_says_what_is_needed(question: str, expected: str) -> None:
    """The first column of data to collect is the one that this question needs."""
    draft = analyst.draft(Brief(business_context=question), None, None)
    deck = analyst.assemble(draft=draft, brief=Brief(business_context=question), **NOTHING)
    assert all(check.passed for check in deck.quality)
    data = [text for _, text in deck_texts(deck) if text.startswith(expected)]
    assert data
    assert not any(c.isdigit() for _, text in deck_texts(deck) for c in REFERENCE.sub("", text))


def test_without_data_the_number_of_slides_is_kept() -> None:
    """Four slides are enough for a structure; in a hurry the advice comes first."""
    few = analyst.draft(Brief(business_context="Why?", slide_count=4), None, None)
    urgent = analyst.draft(Brief(business_context="Why?", urgency="high"), None, None)
    assert len(few.slides) == 4
    assert urgent.slides[2].layout is Layout.RECOMMENDATION
