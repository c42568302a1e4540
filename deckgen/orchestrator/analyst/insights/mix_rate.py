"""Mix against rate: whether a mean moved within its groups or because their weights shifted.

Kitagawa, E. M. (1955): Components of a difference between two rates. JASA 50. The change of a mean is
the sum over the groups of their own changes, at their mean weight (within), and of the changes of their
weights, at their mean level (mix). It guards against Simpson's paradox: a whole that rises while it
falls in each of its groups.
"""

import math
from dataclasses import dataclass
from functools import partial
from typing import Literal, NamedTuple

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.facts import Fact, Sign, Statistics, Text
from deckgen.domain.formatting.display import PERCENT, POINTS, TEXT, Unit, ValueFormat
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared import phrases
from deckgen.orchestrator.analyst.insights.shared.breakdown import MAX_BARS, Breakdown, considered
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate, Story
from deckgen.orchestrator.analyst.insights.shared.comparison import Comparison, comparisons
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.method_notes import left_out
from deckgen.orchestrator.analyst.sql import quoting

MAX_METRICS, MAX_GROUPS = 4, 50
MIN_ROWS = 5  # of a group in each period, for its direction to count
MOST = 0.8  # of the rows: what nearly all groups together have
MATERIAL, MIN_SHIFT = 0.3, 0.05  # a part of all that moved; standard deviations of the single rows
HUGE = "1e100"  # squares of larger numbers have no place in a float
METHOD = (
    "The change was taken apart after Kitagawa: what each group changed by itself, at its mean weight, "
    "and what the weights of the groups changed, at the groups' mean level; both add up to the whole. "
    "It is arithmetic and does not say why; nothing was tested."
)

Kind = Literal["reversal", "mix", "hidden"]


class Parts(NamedTuple):
    """The change of the whole, its two parts, and the spread of single rows to measure them by."""

    whole: float
    within: float
    mix: float
    spread: float
    agreeing: float  # the share of the rows in groups that went the way of the whole
    opposing: float

    @property
    def kind(self) -> Kind | None:
        """What there is to tell: a reversal, a mix that adds to the change, or one that hides it."""
        least = MIN_SHIFT * self.spread
        if min(abs(self.mix), abs(self.within) + abs(self.whole)) < least or not self.spread:
            return None
        opposite = self.whole * self.within < 0
        if opposite and self.opposing >= MOST and min(abs(self.whole), abs(self.within)) >= least:
            return "reversal"
        if abs(self.mix) < MATERIAL * (abs(self.mix) + abs(self.within)):
            return None
        return "mix" if self.mix * self.whole > 0 else "hidden"


def find(analysis: Analysis) -> list[Candidate]:
    rates = [metric for metric in analysis.measures if not metric.additive][:MAX_METRICS]
    breakdowns = [
        Breakdown(metric, dimension, 1.0 if metric == analysis.main else 0.6)
        for metric in rates
        for dimension in considered(analysis)
        if dimension.groups <= MAX_GROUPS
    ]
    found = (_candidate(comparison) for comparison in comparisons(analysis, breakdowns))
    return [candidate for candidate in found if candidate]


def groups_sql(comparison: Comparison) -> str:
    """SQL: rows, weight and mean of each group in both periods (g, n0, n1, w0, w1, r0, r1).

    A group without rows in one period has the mean of the other there: it only changed its weight.
    """
    value, breakdown = comparison.breakdown.metric.value, comparison.breakdown
    within = comparison.analysis.time_axis.within
    counted = ", ".join(
        f"count(*) FILTER ({condition}) AS n{place}, avg({value}) FILTER ({condition}) AS a{place}"
        for place, condition in enumerate((within(comparison.earlier), within(comparison.later)))
    )
    where = quoting.where(*comparison.conditions)
    return (
        "SELECT g, n0, n1, n0 / sum(n0) OVER () AS w0, n1 / sum(n1) OVER () AS w1, "
        "coalesce(a0, a1) AS r0, coalesce(a1, a0) AS r1 "
        f"FROM (SELECT {breakdown.dimension.text} AS g, {counted} FROM data{where} GROUP BY ALL)"
    )


WITHIN, MIX = "sum((w0 + w1) / 2 * (r1 - r0))", "sum((w1 - w0) * (r0 + r1) / 2)"
WHOLE = "sum(w1 * r1) - sum(w0 * r0)"


def _candidate(comparison: Comparison) -> Candidate | None:
    metric, breakdown = comparison.breakdown.metric, comparison.breakdown
    judged = f"n0 >= {MIN_ROWS} AND n1 >= {MIN_ROWS}"
    ways = ", ".join(
        f"coalesce(sum(n0 + n1) FILTER ({judged} AND r1 {way} r0), 0) / sum(n0 + n1)" for way in "><"
    )
    usual = f"CASE WHEN abs({metric.value}) < {HUGE} THEN {metric.value} END"
    deviation = f"(SELECT stddev_pop({usual}) FROM data{quoting.where(*comparison.conditions)})"
    row = comparison.analysis.table.one(
        f"SELECT {WHOLE}, {WITHIN}, {MIX}, {deviation}, {ways}, count(*) "
        f"FROM ({groups_sql(comparison)}) WHERE n0 + n1 > 0"
    )
    if row[0] is None or row[3] is None or row[6] < 2:
        return None
    whole, within, mix, spread, up, down = (float(cell) for cell in row[:6])
    if not math.isfinite(whole):
        return None
    parts = Parts(whole, within, mix, spread, *((up, down) if whole > 0 else (down, up)))
    if (kind := parts.kind) is None:
        return None
    size = min(1.0, abs(mix) / spread)
    return Candidate(
        InsightKind.MIX_RATE,
        f"{breakdown.key}|mix",
        impact=breakdown.weight,
        strength=min(1.0, (0.6 if kind == "reversal" else 0.2) + size),
        write=partial(_write, comparison, kind, whole > 0),
        columns=breakdown.columns,
    )


@dataclass(frozen=True)
class _Numbers:
    """The facts of a decomposition."""

    whole: phrases.Change
    within: Fact
    mix: Fact


def _write(
    comparison: Comparison, kind: Kind, rises: bool, book: FactBook, _: Statistics | None
) -> Story:
    analysis, breakdown = comparison.analysis, comparison.breakdown
    old, new = (say(period) for period in comparison.periods(book))
    numbers = _numbers(comparison, book)
    whole = numbers.whole
    return Story(
        _headline(comparison, kind, numbers, rises),
        [
            f"On the whole it went from {say(whole.earlier)} in {old} to {say(whole.later)} in {new}",
            f"Within the groups: {say(numbers.within)}; by the shift of weights between them: "
            f"{say(numbers.mix)}",
            *_shift(comparison, book),
            *left_out(analysis, book, *breakdown.columns),
        ],
        f"{comparison.method(book)} {METHOD}",
        _chart(comparison, book, (old, new)),
        short=_short(kind, rises),
    )


def _numbers(comparison: Comparison, book: FactBook) -> _Numbers:
    metric, breakdown = comparison.breakdown.metric, comparison.breakdown
    change = phrases.change(
        comparison.analysis,
        book,
        metric,
        comparison.later,
        comparison.earlier,
        breakdown.dimension.known(),
    )
    assert change is not None
    parts = [
        comparison.query(
            book,
            f"{label} in the change of {metric.label}",
            f"SELECT {part} FROM ({groups_sql(comparison)})",
            _difference_unit(metric.unit),
            sign=Sign.CHANGE,
        )
        for label, part in (("part of the groups", WITHIN), ("part of the mix", MIX))
    ]
    return _Numbers(change, *parts)


def _difference_unit(unit: Unit) -> Unit:
    """Shares differ by points."""
    return POINTS if unit.format is ValueFormat.PERCENT else unit


def _headline(comparison: Comparison, kind: Kind, numbers: _Numbers, rises: bool) -> Text:
    metric, by = comparison.breakdown.metric, comparison.breakdown.dimension.noun
    moved, against, way = ("rose", "fell", "rise") if rises else ("fell", "rose", "fall")
    if kind == "reversal":
        return f"{metric.subject} {moved} on the whole but {against} within the groups by {by}"
    if kind == "mix":
        return f"The mix by {by} accounts for {say(numbers.mix)} of the {way} of {metric.noun}"
    return f"A shift of the mix by {by} hides how {metric.noun} changed within the groups"


def _short(kind: Kind, rises: bool) -> Text:
    """The same without names."""
    moved, against = ("rose", "fell") if rises else ("fell", "rose")
    if kind == "reversal":
        return f"The whole {moved} but its groups {against}"
    return "A shift between the groups moved the whole"


def _shift(comparison: Comparison, book: FactBook) -> list[Text]:
    """The group whose weight changed most, and the one that changed most by itself."""
    ranked = f"FROM ({groups_sql(comparison)}) ORDER BY abs(w1 - w0) DESC, g LIMIT 1"
    label = comparison.breakdown.dimension.label
    group = comparison.query(book, f"{label} whose weight shifted most", f"SELECT g {ranked}", TEXT)
    metric = comparison.breakdown.metric

    def fact(said: str, column: str, unit: Unit) -> Text:
        query = f"SELECT {column} {ranked}"
        return say(comparison.query(book, f"{said}, {group.display}", query, unit, group=group))

    weights = (
        f"{say(group)} went from {fact('share of the rows before', 'w0', PERCENT)} to "
        f"{fact('share of the rows after', 'w1', PERCENT)} of the rows"
    )
    levels = (
        f"{say(group)} itself: {fact(f'{metric.label} before', 'r0', metric.unit)} before, "
        f"{fact(f'{metric.label} after', 'r1', metric.unit)} after"
    )
    return [weights, levels]


def _chart(comparison: Comparison, book: FactBook, periods: tuple[Text, Text]) -> Chart:
    metric, dimension = comparison.breakdown.metric, comparison.breakdown.dimension
    old, new = periods
    return book.chart(
        ChartKind.BAR,
        f"{metric.subject} by {dimension.noun} in {old} and {new}",
        f"SELECT g, r0, r1 FROM ({groups_sql(comparison)}) WHERE n0 > 0 AND n1 > 0 "
        f"ORDER BY n0 + n1 DESC, g LIMIT {MAX_BARS}",
        (dimension.subject, TEXT),
        [(old, metric.unit), (new, metric.unit)],
        f"{metric.subject} for each {dimension.noun} in {old} and in {new}, most rows first",
    )
