"""The references to facts and to the names of columns in texts."""

from deckgen.domain.facts import Fact, Text


def say(fact: Fact) -> Text:
    """Returns the reference to a fact."""
    return f"{{{{{fact.id}}}}}"


def column_noun(index: int) -> Text:
    """Returns the reference to a column's label, for use within a sentence."""
    return f"{{{{c{index}}}}}"


def at_start(noun: Text) -> Text:
    """Returns a noun, perhaps a reference to a column, for the start of a sentence."""
    if noun.startswith("{{c"):
        return "{{C" + noun.removeprefix("{{c")
    return noun[0].upper() + noun[1:]
