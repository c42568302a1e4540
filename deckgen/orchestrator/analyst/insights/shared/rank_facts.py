"""Standings: the group at a place of a breakdown, with its share of the total."""

from typing import NamedTuple

from deckgen.domain.facts import Fact, Text
from deckgen.domain.formatting.display import PERCENT, TEXT
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared.breakdown import Breakdown
from deckgen.orchestrator.analyst.insights.shared.method_notes import computed, rows_behind, small_group


class Standing(NamedTuple):
    """A group's name, its value and its share of the total."""

    name: Fact
    value: Fact
    share: Fact

    @property
    def said(self) -> Text:
        """ "north (60%)" """
        return f"{say(self.name)} ({say(self.share)})"


def standing(book: FactBook, breakdown: Breakdown, end: str, place: int) -> Standing:
    """The group at a place (from 1), counted from the top or from the bottom."""
    metric, dimension = breakdown.metric, breakdown.dimension
    direction = "DESC" if end == "top" else "ASC"
    order = f"ORDER BY v {direction} NULLS LAST, g LIMIT 1 OFFSET {place - 1}"
    totals = breakdown.totals()
    name = book.query(
        f"{dimension.label} at {end} place {place} by {metric.label}",
        f"SELECT g FROM ({totals}) {order}",
        TEXT,
        *breakdown.known,
    )
    own = (*breakdown.known, dimension.equals(name.value))
    groups = (str(name.value),)
    value = book.query(
        f"{metric.label} of {name.display}",
        f"SELECT v FROM ({totals}) {order}",
        metric.unit,
        *own,
        groups=groups,
    )
    share = book.query(
        f"share of {name.display} in {metric.label}",
        f"SELECT v / (SELECT sum(v) FROM ({totals})) FROM ({totals}) {order}",
        PERCENT,
        *own,
        groups=groups,
    )
    return Standing(name, value, share)


def others_share(book: FactBook, breakdown: Breakdown, places: int) -> Fact:
    """What share of the total the groups after so many places have together."""
    ranked = f"SELECT v FROM ({breakdown.totals()}) ORDER BY v DESC NULLS LAST, g LIMIT {places}"
    return book.query(
        f"share of all other groups of {breakdown.dimension.label}",
        f"SELECT 1 - sum(v) / (SELECT sum(v) FROM ({breakdown.totals()})) FROM ({ranked})",
        PERCENT,
        *breakdown.known,
    )


def even_share(book: FactBook, breakdown: Breakdown) -> Fact:
    """What each group would have if all were equal."""
    return book.query(
        f"even share of a group of {breakdown.dimension.label}",
        f"SELECT 1 / count(*) FROM ({breakdown.totals()})",
        PERCENT,
        breakdown.dimension.known(),
    )


def is_small(book: FactBook, breakdown: Breakdown, group: Standing, groups: int) -> list[Text]:
    """That the group has few rows, if it has."""
    own = breakdown.dimension.equals(group.name.value)
    return small_group(book, group.name, own, breakdown.known, groups)


def method(book: FactBook, breakdown: Breakdown) -> Text:
    """How shares of groups were computed, for the notes."""
    return (
        f"{computed(breakdown.metric)} It was taken for each {breakdown.dimension.noun}, and each "
        f"share is that of the total over all of them. {rows_behind(book, *breakdown.known)} It "
        "describes the table as it is, so nothing was tested."
    )
