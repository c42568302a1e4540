"""The words of the judge: each asserts one thing, and a title needs one that is a verb."""

import pytest

from deckgen.orchestrator.analyst.proof.checks.lexicon import checked_words
from deckgen.orchestrator.analyst.proof.judging import phrases, vocabulary, words
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("fell", "“fell” asserts “fall” and “peak”"),
        ("zenith zenith", "“zenith” asserts “peak” and “peak”"),
        ("best-of-all", "“best-of-all” is no word"),
    ],
)
def test_a_word_stands_in_one_list(word: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second place would silently win, and a phrase in hyphens is never read."""
    monkeypatch.setitem(words.WORDS, Kind.PEAK, word)
    with pytest.raises(ValueError, match=why):
        vocabulary._words()


def test_a_phrase_has_several_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """One word is looked up among the words, so that a phrase of one would never be found."""
    monkeypatch.setitem(phrases.PHRASES, Kind.PEAK, "at its peak | zenith")
    with pytest.raises(ValueError, match="zenith"):
        vocabulary._phrases()


@pytest.mark.parametrize(
    "title",
    [
        "Total revenue by region and month",
        "Growth of revenue in all regions",
        "Count of orders by month and region",
        "The upturn of orders in the north",
        "Cost and revenue per order and month",
        "Deal count by field of business",
    ],
)
def test_a_topic_has_no_verb(title: str) -> None:
    """Nouns that are verbs elsewhere make no statement."""
    assert not checked_words("en").has_verb(title)


@pytest.mark.parametrize(
    "title",
    [
        "Revenue totals ten million in the north",
        "The north and the south account for most revenue",
        "The north and the south rank last by orders",
        "The west closes the list of regions",
        "Orders drop in the north",
    ],
)
def test_a_statement_has_a_verb(title: str) -> None:
    """In a form that is no noun, or as a verb first of all."""
    assert checked_words("en").has_verb(title)
