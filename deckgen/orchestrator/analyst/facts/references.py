"""The references that stand in texts for facts and for the names of columns."""

from deckgen.domain.facts import Fact, Text


def say(fact: Fact) -> Text:
    """The reference that stands for a fact in text."""
    return f"{{{{{fact.id}}}}}"


def column_noun(index: int) -> Text:
    """The reference to a column's label, as it is said within a sentence."""
    return f"{{{{c{index}}}}}"


def at_start(noun: Text) -> Text:
    """A noun, perhaps a reference to a column, at the start of a sentence."""
    if noun.startswith("{{c"):
        return "{{C" + noun.removeprefix("{{c")
    return noun[0].upper() + noun[1:]
