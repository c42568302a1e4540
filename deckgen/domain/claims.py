"""Claims: what a deck asserts, typed. Its text is their rendering, and each rests on facts."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from deckgen.domain.documents import BaseDocument
from deckgen.domain.facts import About


class ClaimRelation(StrEnum):
    """What a claim asserts of its measure."""

    IS = "is"
    SHARE = "share"  # a part of a whole
    ROSE = "rose"  # against the base
    FELL = "fell"
    UNCHANGED = "unchanged"
    HIGHEST = "highest"  # first in an order
    LOWEST = "lowest"
    HIGHER = "higher"  # than something else
    LOWER = "lower"
    ALIKE = "alike"
    CONTRIBUTES = "contributes"  # to a change of the whole
    DIFFERS = "differs"  # between groups
    MOVES_WITH = "moves_with"  # another measure
    EXPECTED = "expected"  # in a period to come
    SUPPOSED = "supposed"  # if something were so


class Sureness(StrEnum):
    """How sure a claim is."""

    EXACT = "exact"  # arithmetic over the rows
    TESTED = "tested"  # beyond chance, by a test
    ESTIMATED = "estimated"  # by a method that may be off


class Stated(BaseDocument):
    """What a sentence states with its facts together, beside what each of them says by itself."""

    relation: ClaimRelation
    facts: list[str]
    sure: Sureness = Sureness.EXACT


class ClaimPlace(BaseDocument):
    """Where a claim is told: in the title of a slide, or in one of its takeaways (from 1)."""

    slide: str
    place: Literal["title", "takeaway"]
    number: int = Field(default=0, ge=0, description="Of a takeaway; 0 for a title")


class Claim(BaseDocument):
    """One assertion of a deck, the facts that it rests on, and where it is told."""

    id: Annotated[str, StringConstraints(pattern=r"^k\d+$")]
    relation: ClaimRelation
    about: About | None = Field(
        default=None, description="Measure, groups, filters, period, base and per; null if unknown"
    )
    than: About | None = Field(
        default=None,
        exclude_if=lambda than: than is None,
        description="What it is compared with, if that is another value",
    )
    facts: Annotated[list[str], Field(min_length=1)]
    sure: Sureness = Sureness.EXACT
    told: list[ClaimPlace] = []
