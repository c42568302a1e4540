"""Facts: the only place where a number may stand. Text elsewhere refers to them.

References in text: `{{f12}}` is a fact, `{{t12}}` and `{{q12}}` the statistic and the corrected p-value
of the test that it passed, `{{c3}}` the label of column 3 (from 0), `{{C3}}` the same
at the start of a sentence, `{{source}}` the name of the uploaded file, `{{brief}}` the user's words,
`{{b4-12}}` a piece of them (from character 4, counted from 0, up to 12) in quotation marks,
`{{s5}}` the number of the slide with that id.
They are filled in one pass, so a label that looks like a reference stays what it is: data.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from deckgen.domain import plans
from deckgen.domain.documents import BaseDocument
from deckgen.domain.formatting.display import Formatter, Unit, Value, cut

# White space, but for the spaces that hold a number and its unit together.
_SPACES = re.compile("[^\\S\N{NO-BREAK SPACE}\N{FIGURE SPACE}\N{NARROW NO-BREAK SPACE}]+")
REFERENCE = re.compile(r"\{\{([ftq]\d+|[cC]\d+|b\d{1,6}-\d{1,6}|s\d{1,3}|source|brief)\}\}")

_PIECE = re.compile(r"b(\d+)-(\d+)")
_SLIDE = re.compile(r"s(\d+)")
_QUOTED = re.compile(r'“\{\{b\d+-\d+\}\}”|"\{\{b\d+-\d+\}\}"')

Text = Annotated[
    str, Field(description="Plain text with references such as {{f12}}; no digit of its own")
]


class Statistics(BaseDocument):
    """The result of a test. `q_value` is the p-value after correction for all tests of the deck."""

    test: str
    statistic: float
    p_value: float
    q_value: float
    n: int


class Sign(StrEnum):
    """The way in which a display form shows on which side of zero a value lies."""

    PLAIN = "plain"  # a minus before what is negative: 12, -5%
    CHANGE = "change"  # a plus as well, because it is a change: +12, -5%
    SIZE = "size"  # neither: a word beside it says whether it is a rise or a fall: 5%


def fact_display(value: Value, unit: Unit, sign: Sign, formatter: Formatter) -> str:
    """Returns the display form of a fact, as `verify` expects it for the value."""
    if sign is Sign.SIZE and isinstance(value, int | float):
        value = abs(value)
    return cut(formatter.display(value, unit, signed=sign is Sign.CHANGE))


class FactRelation(StrEnum):
    """What a value says of its measure."""

    VALUE = "value"  # the measure itself
    RANK = "rank"  # the measure at a place of an order
    SHARE = "share"  # a part of a whole
    DIFFERENCE = "difference"  # from a base
    GROWTH = "growth"  # from a base, as a share of it


class About(BaseDocument):
    """What a value is about: a claim is checked against its parts, and the label is made of them."""

    measure: str = Field(description="The name of the measure")
    aggregate: str = Field(description="How it is computed: the kind of its measure in a plan")
    relation: FactRelation = FactRelation.VALUE
    groups: dict[str, str] = Field(default={}, description="The group of each column that it is of")
    filters: list[plans.Condition] = Field(default=[], description="Which rows count")
    period: plans.Span | None = None
    base: plans.Span | None = Field(default=None, description="The period that it is compared with")
    per: str = Field(default="", description="The column of what it is computed for each of, if any")
    end: Literal["highest", "lowest"] | None = Field(
        default=None,
        exclude_if=lambda end: end is None,
        description="The end of the order at which it stands first, if it is of a rank",
    )


class Fact(BaseDocument):
    """One proved value: `sql`, run over the uploaded table under the name `data`, yields `value`."""

    id: Annotated[str, StringConstraints(pattern=r"^f\d+$")]
    label: str = Field(description="The meaning of the value, in words")
    value: Value
    unit: Unit
    display: str
    sign: Sign = Sign.PLAIN
    sql: str = Field(description="A query over the table `data` that returns one row with one value")
    where: str = Field(default="", description="SQL condition of the rows that the value is based on")
    rows: int = Field(ge=0, description="The number of rows that the value is based on")
    groups: list[str] = Field(
        default=[], description="The groups of the table that the value is about, if any"
    )
    statistics: Statistics | None = None
    about: About | None = Field(
        default=None,
        exclude_if=lambda about: about is None,
        description="What it is about; absent from facts of deckgen before 0.5.0",
    )


def subject(fact: Fact) -> tuple[object, ...]:
    """Returns of what a fact is, whatever its value is and at whatever end of an order it stands."""
    about = fact.about
    if about is None:
        return fact.label, fact.unit, fact.sign
    of = (about.measure, about.aggregate, about.groups, about.filters, about.per)
    return fact.label, fact.unit, fact.sign, *of, about.period, about.base


@dataclass(frozen=True)
class Span:
    """A piece of rendered text, with the key of its reference if it is one."""

    text: str
    reference: str | None = None


def spans(text: str, values: Mapping[str, str]) -> Iterator[Span]:
    """Yields the plain pieces and filled references of `text`; KeyError names an unknown reference."""
    end = 0
    for match in REFERENCE.finditer(text):
        if match.start() > end:
            yield Span(text[end : match.start()])
        yield Span(values[match[1]], match[1])
        end = match.end()
    if end < len(text):
        yield Span(text[end:])


def render(text: str, values: Mapping[str, str]) -> str:
    """Returns `text` with every reference replaced by what it stands for."""
    return "".join(span.text for span in spans(text, values))


def words(text: str) -> list[str]:
    """The pieces between which a line may break: a number and its unit stay together."""
    return [word for word in _SPACES.split(text) if word]


class References(dict[str, str]):
    """The texts of references: those that were given, every piece of the brief, and every slide."""

    def __missing__(self, name: str) -> str:
        if slide := _SLIDE.fullmatch(name):
            return slide[1]
        piece = _PIECE.fullmatch(name)
        quoted = self.get("brief", "")[int(piece[1]) : int(piece[2])] if piece else ""
        if not quoted.strip():
            raise KeyError(name)
        return quoted

    def knows(self, name: str) -> bool:
        try:
            self[name]
        except KeyError:
            return False
        return True

    def filled(self, text: Text) -> str:
        """Returns a text with its references filled in; as it is if one of them is not known."""
        return render(text, self) if all(self.knows(name) for name in references(text)) else text


def unquoted(text: str) -> list[str]:
    """The pieces of the brief that stand without quotation marks, as if they were the deck's words."""
    without = _QUOTED.sub(" ", text)
    return [name for name in references(without) if _PIECE.fullmatch(name)]


def references(text: str) -> list[str]:
    return REFERENCE.findall(text)


def unbound_numerals(text: str) -> list[str]:
    """The words of `text` that hold a digit outside references: there must be none."""
    return [word for word in REFERENCE.sub(" ", text).split() if re.search(r"\d", word)]
