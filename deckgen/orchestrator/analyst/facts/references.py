"""The references to facts and to the names of columns in texts."""

from deckgen.domain.facts import Fact, Text
from deckgen.domain.language.phrasebook import at_start

__all__ = ["at_start", "column_noun", "say"]


def say(fact: Fact) -> Text:
    """Returns the reference to a fact."""
    return f"{{{{{fact.id}}}}}"


def column_noun(index: int) -> Text:
    """Returns the reference to a column's label, for use within a sentence."""
    return f"{{{{c{index}}}}}"
