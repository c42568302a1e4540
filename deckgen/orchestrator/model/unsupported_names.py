"""Groups that a slide must not name: none of its facts is about them, so a number beside such a name
would be another group's.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from deckgen.domain.datasets import Source
from deckgen.domain.facts import REFERENCE, Fact, Text
from deckgen.domain.formatting.display import ValueFormat
from deckgen.orchestrator.model.entity_binding import QUOTED, in_brief

SHORTEST, LONGEST = 2, 100
SHORTEST_WORD = 4  # in capitals: "USA" is never written "Usa"
# Groups may have such names, but no sentence can do without these words.
_ORDINARY = """
    all any bad big both closed done first good high key large last less long low main medium more most
    new next no none normal not old one only open other others same short single small special standard
    strong top total unknown weak yes
"""
ORDINARY = frozenset(_ORDINARY.split())


def unsupported_names(
    supported: Sequence[Fact], all_facts: Sequence[Fact], source: Source | None
) -> list[str]:
    """Returns the groups that the deck's facts are about but none of the `supported` ones, without
    those that look like ordinary words: names in lower case, and words in the names of columns.
    """
    columns = " ".join(column.label for column in source.columns) if source else ""
    ordinary = ORDINARY | set(columns.casefold().split())
    names = _names(all_facts) - _names(supported)
    return sorted(name for name in names if name != name.lower() and name.casefold() not in ordinary)


def first_unsupported(
    text: Text, supported: Sequence[Fact], unsupported: Sequence[str], brief: str
) -> str | None:
    """Returns the first unsupported name in a text, outside references and quotations of the brief.

    A longer name is not taken for a shorter one that is part of it.
    """
    plain = QUOTED.sub(
        lambda match: " " if in_brief(match[1], brief) else match[0], REFERENCE.sub(" ", text)
    )
    names_by_spelling = {
        spelt: name for name in {*_names(supported), *unsupported} for spelt in _spellings(name)
    }
    if not names_by_spelling:
        return None
    longest_first = "|".join(map(re.escape, sorted(names_by_spelling, key=len, reverse=True)))
    matches = re.finditer(rf"(?<!\w)(?:{longest_first})(?!\w)", unicodedata.normalize("NFC", plain))
    return next(
        (
            names_by_spelling[match[0]]
            for match in matches
            if names_by_spelling[match[0]] in unsupported
        ),
        None,
    )


def _names(facts: Iterable[Fact]) -> set[str]:
    shown = {fact.display for fact in facts if fact.unit.format is ValueFormat.TEXT}
    candidates = shown | {group for fact in facts for group in fact.groups}
    names = {unicodedata.normalize("NFC", " ".join(name.split())) for name in candidates}
    return {name for name in names if SHORTEST <= len(name) <= LONGEST}


def _spellings(name: str) -> list[str]:
    """Returns a name as the table has it, and one in capitals also as it is usually written."""
    return [name, name.title()] if name.isupper() and len(name) >= SHORTEST_WORD else [name]
