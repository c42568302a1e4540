"""What the facts of a deck mean, as far as a sentence may assert it: measure, group, period, rank.

Facts say it in `about`. Those of earlier versions have none, and their labels are read instead.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from deckgen.domain.datasets import Source
from deckgen.domain.facts import Fact, FactRelation, References, Sign
from deckgen.domain.formatting.display import ValueFormat
from deckgen.domain.plans import Relation, Span

_RANKED = re.compile(
    r"^(?:(?P<of>[^,]+) with the )?(?P<end>highest|lowest) (?P<measure>.+)$", re.IGNORECASE | re.DOTALL
)
_CHANGED = re.compile(r"^(?:size of the |the )?change of ", re.IGNORECASE)
_SHARE = re.compile(
    r"^share of (?:(?P<group>.+?) (?:in|of) )?(?P<measure>.+)$", re.IGNORECASE | re.DOTALL
)
_PREFIX = re.compile(
    r"^(?:the |(?:average|mean|total|median)(?: of)? |number of |sum of )+", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"(?<!\s)\s*+\([^()]*+\)")
_YEARLY = re.compile(r"\b(?:a|per|each) (?:year|month|quarter|week|day)\b|\byearly\b", re.IGNORECASE)
ROWS = "rows"  # what a measure counts, or is of
DURATIONS = frozenset({"days", "hours", "minutes", "seconds", "ms"})


def plain(name: str) -> str:
    """Returns the name of a measure for comparison: without brackets, articles and kinds of means."""
    return " ".join(_PREFIX.sub("", _IN_BRACKETS.sub("", name)).casefold().replace("_", " ").split())


def same_measure(one: str, other: str) -> bool:
    """True if two names are of one measure; an unknown one may be any."""
    return not one or not other or singular(plain(one)) == singular(plain(other))


def singular(name: str) -> str:
    """Returns the words of a name without the endings of plurals."""
    return " ".join(
        word[:-3] + "y"
        if word.endswith("ies") and len(word) > 4
        else word.removesuffix("s")
        if not word.endswith("ss")
        else word
        for word in name.split()
    )


@dataclass(frozen=True)
class Meaning:
    """What a fact is about. Empty parts are unknown, unless it `is_exact`: then they are not there."""

    fact: Fact
    measure: str
    relation: FactRelation
    groups: frozenset[str]
    period: str = ""
    base: str = ""
    end: str = ""  # of an order: highest or lowest
    columns: tuple[str, ...] = ()  # that form its groups
    is_exact: bool = False  # read from `about`, and not from a label
    per: str = ""  # what it is a part of: "of the customers"
    named: frozenset[str] = frozenset()  # the measures in a label that says of none what it is

    @property
    def is_change(self) -> bool:
        """True if it says how much something rose or fell."""
        changed = self.fact.sign is not Sign.PLAIN or self.relation is FactRelation.GROWTH
        return changed and not (self.is_exact and self.is_against)

    @property
    def is_against(self) -> bool:
        """True if it compares with something else than an earlier period."""
        return self.relation in (FactRelation.DIFFERENCE, FactRelation.GROWTH) and not self.base

    def is_against_measure(self, name: str) -> bool:
        """True if it says how far its measure is from another one."""
        return (
            self.is_against and not same_measure(self.measure, name) and name in plain(self.fact.label)
        )

    @property
    def is_level(self) -> bool:
        """True if it is the measure itself, which can be compared with others."""
        return self.relation in (FactRelation.VALUE, FactRelation.RANK) and self.number is not None

    def is_for_each(self, name: str) -> bool:
        """True if it is said of each of what a name stands for: of each order, in revenue per order."""
        per = singular(plain(self.measure)).partition(" per ")[2]
        return bool(per) and per == singular(plain(name))

    @property
    def is_share(self) -> bool:
        """True if it is a part of a whole."""
        return self.relation is FactRelation.SHARE

    @property
    def is_duration(self) -> bool:
        """True if it says how long something takes."""
        return self.is_level and self.fact.unit.symbol in DURATIONS

    @property
    def number(self) -> float | None:
        value = self.fact.value
        is_number = self.fact.unit.is_numeric and isinstance(value, int | float)
        return float(value) if is_number and isinstance(value, int | float) else None

    @property
    def names(self) -> str:
        """The group or period that it names; empty for a number."""
        if self.is_period:
            return f"{self.fact.value} {self.fact.unit.symbol}"
        return self.group_name

    @property
    def is_period(self) -> bool:
        """True if it is the name of a stretch of time, and of no hour or month of any year."""
        return self.fact.unit.format is ValueFormat.PERIOD

    def is_of(self, period: str) -> bool:
        """True if it is of a period, or of a stretch of which that is a part."""
        about = self.fact.about
        if period == self.period or about is None or about.period is None or about.period.end is None:
            return period == self.period
        start, _, grain = period.partition(" ")
        is_within = str(about.period.start) <= start < str(about.period.end)
        return is_within and grain == about.period.grain

    @property
    def is_yearly(self) -> bool:
        """True if it is said of each year, month or day."""
        return bool(_YEARLY.search(self.fact.label)) or bool(_YEARLY.search(self.measure))

    @property
    def group_name(self) -> str:
        """The group that it names; empty for numbers and periods."""
        is_name = self.fact.unit.format is ValueFormat.TEXT or self.fact.unit.is_time
        return str(self.fact.value) if is_name and not self.is_period else ""

    @property
    def limited_to(self) -> frozenset[str]:
        """The groups whose rows alone count in it."""
        filters = self.fact.about.filters if self.fact.about else []
        return frozenset(
            str(value) for each in filters if each.relation is Relation.IS for value in each.values
        )

    @property
    def subjects(self) -> frozenset[str]:
        """What a rank is of: groups or a period."""
        named = self.groups | ({self.names} if self.names else set())
        return named or frozenset({self.period} if self.period else ())


def meaning_of(fact: Fact, values: References) -> Meaning:
    """Returns what a fact means; `values` fills the references of labels."""
    about = fact.about
    if about is None:
        return _of_label(fact, values)
    groups = frozenset(fact.groups) | frozenset(about.groups.values())
    return Meaning(
        fact,
        about.measure,
        about.relation,
        groups,
        _name(about.period),
        _name(about.base),
        about.end or "",
        tuple(about.groups),
        is_exact=True,
    )


def _name(span: Span | None) -> str:
    """Returns a period by its first day and its grain: 2022 is not January 2022."""
    return f"{span.start} {span.grain}" if span else ""


def _of_label(fact: Fact, values: References) -> Meaning:
    label = " ".join(values.filled(fact.label).split())
    groups = frozenset(fact.groups)
    if match := _RANKED.match(label):
        measure = match["measure"].split(",")[0]
        columns = (match["of"],) if match["of"] and not fact.unit.is_time else ()
        return Meaning(
            fact, measure, FactRelation.RANK, groups, end=match["end"].lower(), columns=columns
        )
    if fact.unit.format is ValueFormat.TEXT or fact.unit.is_time:
        return Meaning(fact, "", FactRelation.VALUE, groups)
    if match := _SHARE.match(label):
        return Meaning(fact, match["measure"].split(",")[0], FactRelation.SHARE, groups)
    is_change = fact.sign is not Sign.PLAIN or bool(_CHANGED.match(label))
    measure = re.split(r",| in the (?:last|year|first|month)\b", _CHANGED.sub("", label))[0]
    relation = FactRelation.GROWTH if is_change else FactRelation.VALUE
    return Meaning(fact, measure, relation, groups)


def meanings_of(facts: Sequence[Fact], source: Source | None) -> dict[str, Meaning]:
    """Returns the meanings of facts by their ids."""
    labels = [column.label for column in (source.columns if source else [])]
    values = References({f"c{place}": label for place, label in enumerate(labels)})
    values |= {f"C{place}": label for place, label in enumerate(labels)}
    found = {fact.id: meaning_of(fact, values) for fact in facts}
    columns = {singular(plain(label)) for label in labels}
    known = set(columns)
    known |= {singular(plain(each.measure)) for each in found.values() if each.is_exact}
    things = next((plain(each.measure) for each in found.values() if _counts_rows(each)), "")
    return {
        name: replace(_if_known(meaning, known, columns), per=_per(meaning, things))
        for name, meaning in found.items()
    }


def _counts_rows(meaning: Meaning) -> bool:
    return meaning.fact.about is not None and meaning.fact.about.aggregate == ROWS


def _per(meaning: Meaning, things: str) -> str:
    """Returns what a rate is a part of: a column, or the rows by their name."""
    about = meaning.fact.about
    if about is None or meaning.fact.unit.format is not ValueFormat.PERCENT or not meaning.is_level:
        return ""
    return things if about.per == ROWS else plain(about.per)


def _if_known(meaning: Meaning, measures: set[str], columns: set[str]) -> Meaning:
    """Returns a meaning that was read off a label without its measure if nothing has such a name: then
    with the columns that the label names.
    """
    if meaning.is_exact or singular(plain(meaning.measure)) in measures:
        return meaning
    label = f" {singular(plain(meaning.fact.label))} "
    return replace(
        meaning, measure="", named=frozenset(name for name in columns if f" {name} " in label)
    )
