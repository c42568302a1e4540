"""The references to facts and to the names of columns in texts."""

from collections.abc import Iterable

from deckgen.domain.facts import Fact, Text, references
from deckgen.domain.language.phrasebook import at_start

__all__ = ["at_start", "column_noun", "facts_in", "say"]


def say(fact: Fact) -> Text:
    """Returns the reference to a fact."""
    return f"{{{{{fact.id}}}}}"


def column_noun(index: int) -> Text:
    """Returns the reference to a column's label, for use within a sentence."""
    return f"{{{{c{index}}}}}"


def facts_in(texts: Iterable[Text]) -> list[str]:
    """Returns the facts that texts refer to: to their values, or to their tests ({{t3}}, {{q3}})."""
    names = (name for text in texts for name in references(text))
    return list(dict.fromkeys(f"f{name[1:]}" for name in names if name[0] in "ftq"))
