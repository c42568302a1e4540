"""A statement in other words says no more than in its own."""

import pytest

from deckgen.domain.language.languages import languages
from deckgen.domain.language.phrasebook import slots_of
from deckgen.orchestrator.analyst.facts.statements import CAUTIOUS, gist, in_short, state

ENGLISH = languages()["en"]
CAREFUL = [
    key for key in ENGLISH.texts if CAUTIOUS & {*key.split(".")} and key.split(".")[0] != "short"
]


@pytest.mark.parametrize("key", [key for key in CAREFUL if not key.startswith("gist.")])
def test_a_caution_is_said_in_other_words_as_well(key: str) -> None:
    """What is unclear, usual or of few rows is told so in a summary, or not in other words at all."""
    statement = state(key, **dict.fromkeys(slots_of(ENGLISH.texts[key]), "X"))
    for said in (in_short(statement, ENGLISH), gist(statement, ENGLISH)):
        assert not said or any(
            word in said for word in ("no ", "not", "nothing", "only", "may be", "usual", "allows")
        )


def test_without_a_caution_the_nearest_words_are_taken() -> None:
    """Another key with the same beginning and slots will do."""
    statement = state("change.rose.month", measure="sales", by="X")
    assert gist(statement, ENGLISH) == "sales rose by X"
