"""Group difference: whose mean is highest and lowest, where the difference holds."""

from functools import partial
from typing import NamedTuple

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.facts import Fact, Statistics, Text
from deckgen.domain.formatting.display import COUNT, TEXT
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared.breakdown import MAX_BARS, Breakdown, considered
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate, Story
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.method_notes import (
    CORRECTED,
    computed,
    left_out,
    rows_behind,
    small_group,
)
from deckgen.orchestrator.analyst.insights.shared.phrases import change_of
from deckgen.orchestrator.analyst.insights.shared.sampling import note, ranked, ranked_rows
from deckgen.orchestrator.analyst.insights.shared.simpson import reversal
from deckgen.orchestrator.analyst.profiling.metrics import is_outcome
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.stats.kruskal_wallis import compare

MIN_ROWS, MIN_SHARE, MAX_GROUPS = 5, 0.005, 50
DEFINED = 0.6
MIN_EFFECT = 0.06  # a medium effect after Cohen
MAX_METRICS = 6
MIN_RATIO = 1.25  # of what happens or not: 13 against 10 percent matter, and are a tiny effect by Cohen
METHOD = "The groups were compared by a Kruskal-Wallis test of their ranks; "
MEDIUM = "its effect size had to be at least medium."
APART = "the highest share had to be at least a quarter above the lowest."


class Group(NamedTuple):
    """A group's name, its mean and how many rows it has."""

    name: Fact
    mean: Fact
    rows: Fact

    @property
    def said(self) -> Text:
        """ "$20 for b" """
        return f"{say(self.mean)} for {say(self.name)}"


def find(analysis: Analysis) -> list[Candidate]:
    rates = [metric for metric in analysis.measures if not metric.additive][:MAX_METRICS]
    return [
        candidate
        for metric in rates
        for dimension in considered(analysis)
        if dimension.groups <= MAX_GROUPS
        if (candidate := _candidate(analysis, Breakdown(metric, dimension)))
    ]


def _candidate(analysis: Analysis, breakdown: Breakdown) -> Candidate | None:
    compared = compare(analysis.table, _values(analysis, breakdown), _enough(ranked_rows(analysis)))
    if compared is None:
        return None
    weight = 1.0 if breakdown.metric == analysis.main else 0.6
    means = _means(breakdown, _enough(analysis.source.rows))
    floor = _floor_of(analysis, breakdown, compared.effect, means)
    groups = analysis.table.one(f"SELECT count(*) FROM ({means})")[0] if floor else 0
    return Candidate(
        InsightKind.GROUP_DIFFERENCE,
        breakdown.key,
        impact=weight * min(1.0, compared.test.n / ranked_rows(analysis)),
        strength=_strength(compared.effect) if groups > 1 else 0.0,
        write=partial(_write, analysis, breakdown, means, groups, floor),
        test=compared.test,
        columns=breakdown.columns,
    )


def _values(analysis: Analysis, breakdown: Breakdown) -> str:
    """SQL: the group and the value of each row that is ranked (g, v)."""
    where = quoting.where(*breakdown.known)
    values = f"SELECT {breakdown.dimension.text} AS g, {breakdown.metric.value} AS v"
    return f"{values} FROM {ranked(analysis)}{where}"


def _enough(rows: int) -> int:
    """How many of so many rows a group must have to be named."""
    return max(MIN_ROWS, round(MIN_SHARE * rows))


def _floor_of(analysis: Analysis, breakdown: Breakdown, effect: float, means: str) -> Text:
    """In words, the least difference that this one reaches; empty if it is too small to be told."""
    if effect >= MIN_EFFECT:
        return MEDIUM
    if not is_outcome(analysis.column(breakdown.metric)):
        return ""
    low, high = analysis.table.one(f"SELECT min(v), max(v) FROM ({means})")
    return APART if low is not None and high >= MIN_RATIO * low else ""


def _strength(effect: float) -> float:
    # Where the group nearly decides the value (the price by size) the finding is a definition.
    return 0.5 if effect > DEFINED else 0.4 + effect


def _write(
    analysis: Analysis,
    breakdown: Breakdown,
    means: str,
    groups: int,
    floor: Text,
    book: FactBook,
    statistics: Statistics | None,
) -> Story:
    highest = _extreme(book, breakdown, means, ("highest", "DESC"), statistics)
    lowest = _extreme(book, breakdown, means, ("lowest", "ASC"), statistics)
    metric, by = breakdown.metric, f"by {breakdown.dimension.noun}"
    overall = book.value(f"{metric.label}, all rows", metric.sql, metric.unit, *breakdown.known)
    takeaways = [
        f"{say(highest.name)} is {_distance(book, breakdown, highest, overall)} the mean of all rows "
        f"({say(overall)})",
        f"{say(lowest.name)} is {_distance(book, breakdown, lowest, overall)} it",
        f"{say(highest.mean)} rests on {say(highest.rows)} rows, {say(lowest.mean)} on "
        f"{say(lowest.rows)}",
        *small_group(
            book, lowest.name, breakdown.dimension.equals(lowest.name.value), breakdown.known, groups
        ),
        *left_out(analysis, book, *breakdown.columns),
    ]
    method = _method(analysis, book, breakdown, floor)
    if found := reversal(analysis, breakdown, highest.name, lowest.name):
        told = [f"Overall it is {highest.said} and {lowest.said}", found.takeaway(book), *takeaways[2:]]
        return Story(found.headline(), told, method, found.chart(book), short=found.short())
    return Story(
        f"{metric.subject} differs {by}: {highest.said}, {lowest.said}",
        takeaways,
        method,
        _bars(book, breakdown, means, groups),
        short=f"{metric.subject} differs clearly {by}",
    )


def _distance(book: FactBook, breakdown: Breakdown, group: Group, overall: Fact) -> Text:
    """ "43% above": how far a group's mean is from that of all rows."""
    label = f"distance of {group.name.display} from all rows"
    levels = (group.mean, overall)
    change = change_of(
        book, breakdown.metric, levels, label, *breakdown.known, groups=(str(group.name.value),)
    )
    return f"{say(change.size)} {'above' if change.relative >= 0 else 'below'}"


def _method(analysis: Analysis, book: FactBook, breakdown: Breakdown, floor: Text) -> Text:
    enough = book.query("fewest rows of a group", f"SELECT {_enough(analysis.source.rows)}", COUNT)
    return (
        f"{computed(breakdown.metric)} It was taken for each {breakdown.dimension.noun} with at least "
        f"{say(enough)} rows. {METHOD}{floor} {CORRECTED} {rows_behind(book, *breakdown.known)} "
        "The order of the two ends was looked at again within each other way to split the rows."
        f"{note(analysis)}"
    )


def _means(breakdown: Breakdown, enough: int) -> str:
    """SQL: the mean and the number of rows of each group that has enough of them (g, v, n)."""
    return (
        f"SELECT {breakdown.dimension.text} AS g, {breakdown.metric.sql} AS v, count(*) AS n "
        f"FROM data{quoting.where(*breakdown.known)} GROUP BY ALL HAVING count(*) >= {enough}"
    )


def _extreme(
    book: FactBook,
    breakdown: Breakdown,
    means: str,
    end: tuple[str, str],
    statistics: Statistics | None,
) -> Group:
    metric, dimension = breakdown.metric, breakdown.dimension
    word, direction = end
    found = f"FROM ({means}) ORDER BY v {direction}, g LIMIT 1"
    name = book.query(
        f"{dimension.label} with the {word} {metric.label}",
        f"SELECT g {found}",
        TEXT,
        *breakdown.known,
        statistics=statistics,
    )
    own, groups = (*breakdown.known, dimension.equals(name.value)), (str(name.value),)
    label = f"{word} {metric.label}, {name.display}"
    mean = book.query(label, f"SELECT v {found}", metric.unit, *own, groups=groups)
    rows = book.query(f"rows of {name.display}", f"SELECT n {found}", COUNT, *own, groups=groups)
    return Group(name, mean, rows)


def _bars(book: FactBook, breakdown: Breakdown, means: str, groups: int) -> Chart:
    """The groups from highest to lowest mean; of many the two ends."""
    title = f"{breakdown.metric.subject} by {breakdown.dimension.noun}"
    each_end = MAX_BARS // 2
    return book.chart(
        ChartKind.BAR,
        title + (", highest and lowest" if groups > MAX_BARS else ""),
        f"SELECT g, v FROM (SELECT *, row_number() OVER (ORDER BY v DESC, g) AS p FROM ({means})) "
        f"WHERE p <= {each_end} OR p > {groups - each_end} ORDER BY p",
        (breakdown.dimension.subject, TEXT),
        [(breakdown.metric.subject, breakdown.metric.unit)],
        f"{title}, highest first; groups with few rows are left out",
        highlight=[0, min(groups, MAX_BARS) - 1],
    )
