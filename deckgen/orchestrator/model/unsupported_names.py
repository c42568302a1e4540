"""Groups that a slide must not name: none of its facts is about them, so what stands beside such a name
would be somebody else's number.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from deckgen.domain.datasets import Source
from deckgen.domain.facts import REFERENCE, Fact, Text
from deckgen.domain.formatting.display import Format
from deckgen.orchestrator.model.entity_binding import QUOTED, in_brief

SHORTEST, LONGEST = 2, 100
SHORTEST_WORD = 4  # in capitals, that is: "USA" is never "Usa"
# Groups are called so too, and no sentence can do without such words.
_ORDINARY = """
    all any bad big both closed done first good high key large last less long low main medium more most
    new next no none normal not old one only open other others same short single small special standard
    strong top total unknown weak yes
"""
ORDINARY = frozenset(_ORDINARY.split())


def strangers_of(own: Sequence[Fact], all_facts: Sequence[Fact], source: Source | None) -> list[str]:
    """The groups that a deck's facts are about and none of the own, but for those that can't be told
    from ordinary words: what is written small, and what columns are called.
    """
    columns = " ".join(column.label for column in source.columns) if source else ""
    said_anyway = ORDINARY | set(columns.casefold().split())
    names = _names(all_facts) - _names(own)
    return sorted(name for name in names if name != name.lower() and name.casefold() not in said_anyway)


def named(text: Text, own: Sequence[Fact], strangers: Sequence[str], brief: str) -> str | None:
    """The first stranger that a text names outside of references and quotations of the brief.

    A longer name is not taken for a shorter one that is part of it.
    """
    plain = QUOTED.sub(lambda one: " " if in_brief(one[1], brief) else one[0], REFERENCE.sub(" ", text))
    known = {spelt: name for name in {*_names(own), *strangers} for spelt in _spellings(name)}
    if not known:
        return None
    longest_first = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    found = re.finditer(rf"(?<!\w)(?:{longest_first})(?!\w)", unicodedata.normalize("NFC", plain))
    return next((known[one[0]] for one in found if known[one[0]] in strangers), None)


def _names(facts: Iterable[Fact]) -> set[str]:
    shown = {fact.display for fact in facts if fact.unit.format is Format.TEXT}
    told = shown | {group for fact in facts for group in fact.groups}
    names = {unicodedata.normalize("NFC", " ".join(name.split())) for name in told}
    return {name for name in names if SHORTEST <= len(name) <= LONGEST}


def _spellings(name: str) -> list[str]:
    """As the table has it, and what is in capitals there as one would write it."""
    return [name, name.title()] if name.isupper() and len(name) >= SHORTEST_WORD else [name]
