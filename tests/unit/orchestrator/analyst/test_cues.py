"""Cues of questions: each language has words for each of them."""

import re

import pytest

from deckgen.orchestrator.analyst.lexicon.questions import LANGUAGES, Cue, cues_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_words_for_each_cue(language: str) -> None:
    assert set(LANGUAGES[language]) == set(Cue)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_pattern_matches_what_says_nothing(language: str) -> None:
    """An alternative that is left empty would find its cue in every question."""
    assert [cue for cue, said in LANGUAGES[language].items() if re.search(said, "")] == []


def test_a_cue_is_where_a_question_says_it() -> None:
    """The first place counts, in whichever language and case."""
    assert cues_of("How many, and WHY?") == {Cue.MANY: 0, Cue.CAUSE: 14}
    assert cues_of("Warum so viele?") == {Cue.CAUSE: 0}
