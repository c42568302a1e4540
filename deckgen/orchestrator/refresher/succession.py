"""The slides that deckgen would make of a new table, where they say the same as those of a deck.

A slide whose plan gives the same sentences again, about later periods perhaps, is succeeded by that
one, with its facts, charts and tables: "fell by 77% from its peak in 2000" goes on to the last year.
A slide that would say something else has no successor: it keeps what it says, and its facts
are computed by their own queries.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from deckgen.domain.blocks import Block
from deckgen.domain.charts import Chart
from deckgen.domain.decks import Slide
from deckgen.domain.facts import REFERENCE, About, Fact, references
from deckgen.orchestrator.analyst.proof.checks.texts import texts

_FACT = re.compile(r"\{\{([ftq])\d+\}\}")


@dataclass(frozen=True)
class Successor:
    """`facts` are the ids of the new facts by those of the old ones."""

    slide: Slide
    facts: dict[str, str]


def successors(
    slides: Sequence[Slide], facts: Sequence[Fact], new: Sequence[Slide], found: Sequence[Fact]
) -> dict[str, Successor]:
    """Returns the successors of slides by the ids of the old ones."""
    known, later = {fact.id: fact for fact in facts}, {fact.id: fact for fact in found}
    left = list(new)
    pairs: dict[str, Successor] = {}
    for slide in slides:
        for other in sorted(left, key=lambda one: one.id != slide.id):
            if (renamed := _renamed(slide, other)) is not None and _alike(renamed, known, later):
                pairs[slide.id] = Successor(other, renamed)
                left.remove(other)
                break
    return pairs


def _alike(renamed: dict[str, str], known: dict[str, Fact], later: dict[str, Fact]) -> bool:
    """True if each new fact says the same of the same measure as the one that it succeeds."""
    return all(
        old in known and new in later and _kind(known[old]) == _kind(later[new])
        for old, new in renamed.items()
    )


def _kind(fact: Fact) -> tuple[Any, ...]:
    about = fact.about or About(measure="", aggregate="")
    is_tested = fact.statistics is not None
    return (fact.unit, fact.sign, about.measure, about.aggregate, about.relation, about.per, is_tested)


def _renamed(slide: Slide, other: Slide) -> dict[str, str] | None:
    """Returns the new facts by the old ones if two slides say the same of them; None if they do not."""
    if slide.layout is not other.layout or _blocks(slide) != _blocks(other):
        return None
    renamed: dict[str, str] = {}
    mine, its = list(_texts(slide)), list(_texts(other))
    if len(mine) != len(its):
        return None
    for one, two in zip(mine, its, strict=True):
        if _FACT.sub("{{fact}}", one) != _FACT.sub("{{fact}}", two):
            return None
        for old, new in zip(_facts(one), _facts(two), strict=True):
            if renamed.setdefault(old, new) != new:
                return None
    return renamed


def _facts(text: str) -> list[str]:
    return [f"f{name[1:]}" for name in references(text) if name[0] in "ftq"]


def _texts(slide: Slide) -> Iterator[str]:
    yield from (text for _, text in texts(slide))
    for block in slide.blocks:
        if isinstance(block, Chart):
            yield from (f"{{{{{each.value}}}}}" for each in block.annotations if each.value)


def _blocks(slide: Slide) -> list[tuple[Any, ...]]:
    return [_shape(block) for block in slide.blocks]


def _shape(block: Block) -> tuple[Any, ...]:
    if isinstance(block, Chart):
        roles = [(each.role, each.unit) for each in block.series]
        return block.type, block.kind, roles, [each.kind for each in block.annotations]
    return (block.type,)


def with_names(document: Any, names: dict[str, str]) -> Any:
    """Returns a document in which references have other names; what is not named keeps its own."""
    match document:
        case str():
            return REFERENCE.sub(lambda match: f"{{{{{_name(match[1], names)}}}}}", document)
        case list():
            return [with_names(each, names) for each in document]
        case dict():
            return {
                key: names.get(each, each)
                if key == "value" and isinstance(each, str) and each in names
                else with_names(each, names)
                for key, each in document.items()
            }
    return document


def _name(name: str, names: dict[str, str]) -> str:
    if name[0] in "tq":
        return name[0] + names.get(f"f{name[1:]}", f"f{name[1:]}")[1:]
    return names.get(name, name)
