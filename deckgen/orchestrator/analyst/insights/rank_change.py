"""Rank change: a group that overtook others between the last two full periods."""

from functools import partial
from typing import NamedTuple

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.facts import Fact, Sign, Statistics, Text
from deckgen.domain.formatting.display import COUNT, TEXT, Unit
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared.breakdown import MAX_BARS
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate, Story
from deckgen.orchestrator.analyst.insights.shared.comparison import Comparison, of_comparisons
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.method_notes import left_out
from deckgen.orchestrator.analyst.sql import quoting

TOP, MIN_PLACES = 5, 2
MIN_LEAD = 0.1  # how far ahead of the overtaken, as a share of their value, before and after
RANKS = (
    "Groups were ranked by their totals in each of the two periods. It says who passed whom, not why, "
    "and it describes the table as it is, so nothing was tested."
)


class Group(NamedTuple):
    """A group's name, and its value and place before and after."""

    name: str
    before: float
    after: float
    old: int
    new: int


class Overtaking(NamedTuple):
    """Who passed whom; `overtaken` is the foremost of them afterwards."""

    group: Group
    overtaken: Group

    @property
    def is_lead(self) -> bool:
        """Whether it was the lead that changed hands."""
        return self.group.new == 1 and self.overtaken.old == 1


def find(analysis: Analysis) -> list[Candidate]:
    return of_comparisons(analysis, _candidate)


def ranks(comparison: Comparison) -> str:
    """SQL: each group's value and place before and after (g, before, after, d, old, new)."""
    places = ", ".join(
        f"row_number() OVER (ORDER BY {value} DESC, g) AS {place}"
        for value, place in (("before", "old"), ("after", "new"))
    )
    return f"SELECT *, {places} FROM ({comparison.sql})"


def _candidate(comparison: Comparison) -> Candidate | None:
    rows = comparison.analysis.table.all(
        f"SELECT g, before, after, old, new FROM ({ranks(comparison)}) ORDER BY new"
    )
    groups = [Group(str(g), float(b), float(a), int(old), int(new)) for g, b, a, old, new in rows]
    total = sum(group.after for group in groups)
    if total <= 0 or min(min(group.before, group.after) for group in groups) < 0:
        return None
    if (found := _overtaking(groups)) is None:
        return None
    share = found.group.after / total
    return Candidate(
        InsightKind.RANK_CHANGE,
        f"{comparison.breakdown.key}|change",
        impact=comparison.breakdown.weight,
        strength=min(1.0, (0.45 if found.is_lead else 0.25) + 0.5 * share),
        write=partial(_write, comparison, found, len(groups)),
        columns=comparison.breakdown.columns,
        values=(found.group.name, found.overtaken.name),
    )


def _overtaking(groups: list[Group]) -> Overtaking | None:
    """The new leader, else the first of the others that passed several; None for a narrow lead.

    `groups` are in their order afterwards.
    """
    for group in groups[:TOP]:
        passed = [other for other in groups if other.old < group.old and other.new > group.new]
        clear = [other for other in passed if _is_ahead(group.after, other.after)]
        clear = [other for other in clear if _is_ahead(other.before, group.before)]
        if not clear or group.before <= 0:
            continue
        foremost = min(clear, key=lambda other: other.old)
        leads = group.new == 1 and foremost.old == 1
        if leads or min(len(clear), group.old - group.new) >= MIN_PLACES:
            return Overtaking(group, foremost)
    return None


def _is_ahead(value: float, other: float) -> bool:
    return value > other * (1 + MIN_LEAD)


def _write(
    comparison: Comparison, found: Overtaking, groups: int, book: FactBook, _: Statistics | None
) -> Story:
    metric = comparison.breakdown.metric
    old, new = (say(period) for period in comparison.periods(book))
    group, other = (_name(comparison, book, one) for one in found)
    passed = f"{say(group)} overtook {say(other)} by {metric.noun}"
    leads = " and now leads" if found.is_lead else ""
    return Story(
        f"{passed} from {old} to {new}{leads}",
        [
            _course(comparison, book, group),
            _course(comparison, book, other),
            *comparison.small(book, group, groups),
            *left_out(comparison.analysis, book, *comparison.breakdown.columns),
        ],
        f"{comparison.method(book)} {RANKS}",
        _chart(comparison, book, found, (old, new)),
        short=f"{say(group)} overtook others{leads or ' between both periods'}",
    )


def _name(comparison: Comparison, book: FactBook, group: Group) -> Fact:
    label = f"{comparison.breakdown.dimension.label} at place {group.new}"
    return comparison.query(
        book, label, f"SELECT g FROM ({ranks(comparison)}) WHERE new = {group.new}", TEXT
    )


def _course(comparison: Comparison, book: FactBook, group: Fact) -> Text:
    """Places and values of a group in the two periods."""
    metric = comparison.breakdown.metric
    own = f"FROM ({ranks(comparison)}) WHERE g = {quoting.literal(str(group.value))}"

    def fact(label: str, column: str, unit: Unit, sign: Sign = Sign.PLAIN) -> Text:
        said = f"{label}, {group.display}"
        return say(comparison.query(book, said, f"SELECT {column} {own}", unit, sign=sign, group=group))

    old, new = fact("place before", "old", COUNT), fact("place after", "new", COUNT)
    before, after = (
        fact(f"{metric.label} {word}", column, metric.unit)
        for word, column in (("before", "before"), ("after", "after"))
    )
    change = fact(f"change of {metric.label}", "d", metric.unit, Sign.CHANGE)
    return f"{say(group)} went from place {old} to {new}: {before} before, {after} now ({change})"


def _chart(
    comparison: Comparison, book: FactBook, found: Overtaking, periods: tuple[Text, Text]
) -> Chart:
    metric, dimension = comparison.breakdown.metric, comparison.breakdown.dimension
    old, new = periods
    chart = book.chart(
        ChartKind.BAR,
        f"{metric.subject} by {dimension.noun} in {old} and {new}",
        f"SELECT g, before, after FROM ({ranks(comparison)}) ORDER BY new LIMIT {MAX_BARS}",
        (dimension.subject, TEXT),
        [(old, metric.unit), (new, metric.unit)],
        f"{metric.subject} for each {dimension.noun} in {old} and in {new}, ranked by {new}",
    )
    names = (found.group.name, found.overtaken.name)
    marked = [place for place, name in enumerate(chart.categories) if name in names]
    return chart.model_copy(update={"highlight": marked})
