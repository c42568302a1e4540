"""Whatever a model writes of what it may cite, the judge has an answer."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.orchestrator.analyst.proof.judging.judge import Judge
from deckgen.orchestrator.analyst.proof.judging.reading import COLUMN, GROUP, MEASURE, NUMBER, PERIOD
from deckgen.orchestrator.analyst.proof.judging.vocabulary import KINDS, PHRASE_KINDS
from tests.unit.orchestrator.model.judged_sentences import FOLDER, Sentences, read

pytestmark = pytest.mark.slow

TABLES = sorted(file.stem for file in FOLDER.glob("*.txt"))
SHAPES = (NUMBER, GROUP, PERIOD, MEASURE, COLUMN)
MARKS = [",", ";", ":", "–", "'s", "(", ")", "of", "than", "from", "to", "per", "against", "and"]
# A word of each kind stands for the others, so that rare kinds are drawn as often as common ones.
WORDS = sorted({kind: word for word, kind in sorted(KINDS.items())}.values())
PHRASES = sorted(" ".join(phrase) for phrase in PHRASE_KINDS)


@cache
def known(name: str) -> tuple[Judge, st.SearchStrategy[list[str]]]:
    """The judge of a table's facts, and the sentences about them, as their pieces."""
    said = read(name)
    mentions = st.sampled_from(_mentions(said))
    pieces = st.one_of(
        mentions, st.sampled_from(WORDS), st.sampled_from(sorted(KINDS)), st.sampled_from(MARKS),
        st.sampled_from(PHRASES).flatmap(lambda phrase: _phrase(phrase, mentions)),
    )  # fmt: skip
    return Judge(said.facts, said.source), st.lists(pieces, min_size=1, max_size=12)


def _mentions(said: Sentences) -> list[str]:
    columns = [f"{{{{c{place}}}}}" for place in range(len(said.source.columns))]
    return columns + [f"{{{{{fact.id}}}}}" for fact in said.facts]


def _phrase(phrase: str, mentions: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A phrase with mentions in its slots, of whatever shape."""
    parts = [mentions if part in SHAPES else st.just(part) for part in phrase.split()]
    return st.tuples(*parts).map(" ".join)


@pytest.mark.parametrize("name", TABLES)
@given(data=st.data())
@settings(max_examples=150)
def test_no_sentence_is_too_odd_to_be_judged(name: str, data: st.DataObject) -> None:
    """Words, phrases and references in any order: it is accepted, or its faults are named."""
    judge, sentences = known(name)
    assert all(judge.faults(" ".join(data.draw(sentences))))


def test_a_rank_of_nothing_is_refused() -> None:
    """A word of rank beside neither group nor period is judged as well."""
    judge, _ = known("regions")
    assert judge.faults("{{C0}} is clearly the highest")
