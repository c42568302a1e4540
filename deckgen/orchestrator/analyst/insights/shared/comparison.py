"""A breakdown in two periods: what several insights of change start from."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from deckgen.domain.facts import Fact, Sign, Text
from deckgen.domain.formatting.display import TEXT, Unit
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared import phrases
from deckgen.orchestrator.analyst.insights.shared.breakdown import Breakdown, additive_breakdowns
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.method_notes import computed, rows_behind, small_group
from deckgen.orchestrator.analyst.profiling.timeline import Period

MAX_GROUPS = 200


@dataclass(frozen=True)
class Comparison:
    """A breakdown in the later and in the earlier of two full periods."""

    analysis: Analysis
    breakdown: Breakdown
    later: Period
    earlier: Period

    @property
    def sql(self) -> str:
        """SQL: each group's value before and after and its change (g, before, after, d)."""
        after = self.breakdown.totals(self.analysis.time_axis.within(self.later), name="after")
        before = self.breakdown.totals(self.analysis.time_axis.within(self.earlier), name="before")
        return (
            "SELECT g, coalesce(before, 0) AS before, coalesce(after, 0) AS after, "
            "coalesce(after, 0) - coalesce(before, 0) AS d "
            f"FROM ({after}) FULL JOIN ({before}) USING (g)"
        )

    @property
    def conditions(self) -> tuple[str, ...]:
        """SQL conditions of the rows of both periods."""
        within = self.analysis.time_axis.within
        return (*self.breakdown.known, f"({within(self.later)}) OR ({within(self.earlier)})")

    def query(
        self,
        book: FactBook,
        label: str,
        query: str,
        unit: Unit,
        *,
        sign: Sign = Sign.PLAIN,
        group: Fact | None = None,
    ) -> Fact:
        """A fact that rests on the rows of both periods, or on those of one group."""
        own = () if group is None else (self.breakdown.dimension.equals(group.value),)
        groups = () if group is None else (str(group.value),)
        return book.query(label, query, unit, *self.conditions, *own, sign=sign, groups=groups)

    def periods(self, book: FactBook) -> tuple[Fact, Fact]:
        """The earlier and the later period."""
        old, new = (
            phrases.period_fact(self.analysis, book, period) for period in (self.earlier, self.later)
        )
        return old, new

    def small(self, book: FactBook, group: Fact, groups: int) -> list[Text]:
        """That a group has few rows in the two periods, if it has."""
        own = self.breakdown.dimension.equals(group.value)
        return small_group(book, group, own, self.conditions, groups)

    def method(self, book: FactBook) -> Text:
        """What was compared, for the notes."""
        old, new = (say(period) for period in self.periods(book))
        return (
            f"{computed(self.breakdown.metric)} It was taken for each "
            f"{self.breakdown.dimension.noun} in {old} and in {new}, both of them complete. "
            f"{rows_behind(book, *self.conditions)}"
        )


def comparisons(analysis: Analysis, breakdowns: list[Breakdown]) -> list[Comparison]:
    """Each breakdown in the last full period and the one before; none without two such periods."""
    if analysis.compared is None:
        return []
    later, earlier, _ = analysis.compared
    return [
        Comparison(analysis, breakdown, later, earlier)
        for breakdown in breakdowns
        if breakdown.dimension.groups <= MAX_GROUPS
    ]


def of_comparisons(
    analysis: Analysis, candidate: Callable[[Comparison], Candidate | None]
) -> list[Candidate]:
    """The candidates that two periods of the breakdowns give whose groups add up to the whole."""
    given = map(candidate, comparisons(analysis, additive_breakdowns(analysis)))
    return [each for each in given if each]


@dataclass(frozen=True)
class Lead:
    """The group that moved most with the total; `part` is its share of all that moved."""

    comparison: Comparison
    groups: int
    part: float
    rises: bool

    @property
    def order(self) -> str:
        """SQL: the groups by their changes, this one first."""
        return f"ORDER BY d {'DESC' if self.rises else 'ASC'}, g"

    def facts(self, book: FactBook) -> tuple[Fact, Fact]:
        """Its name and its change."""
        breakdown = self.comparison.breakdown
        found = f"FROM ({self.comparison.sql}) {self.order} LIMIT 1"
        label = f"{breakdown.dimension.label} that changed most"
        name = self.comparison.query(book, label, f"SELECT g {found}", TEXT)
        label = f"change of {breakdown.metric.label}, {name.display}"
        unit = breakdown.metric.unit
        own = self.comparison.query(
            book, label, f"SELECT d {found}", unit, sign=Sign.CHANGE, group=name
        )
        return name, own


def lead_of(comparison: Comparison) -> Lead | None:
    """None for fewer than two groups or a total that did not move."""
    rows = comparison.analysis.table.all(f"SELECT d FROM ({comparison.sql})")
    deltas = [float(delta) for (delta,) in rows]
    total = math.fsum(deltas)
    moved = math.fsum(abs(delta) for delta in deltas)
    if len(deltas) < 2 or not total:
        return None
    most = max(deltas) if total > 0 else -min(deltas)
    return Lead(comparison, len(deltas), most / moved, total > 0)
