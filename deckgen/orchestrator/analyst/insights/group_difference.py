"""Group difference: whose mean is highest and lowest, where the difference holds."""

from functools import partial

from scipy.stats import kruskal

from deckgen.domain.decks import ChartKind
from deckgen.domain.display import COUNT, TEXT
from deckgen.domain.facts import Statistics, Text
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst import sql
from deckgen.orchestrator.analyst.analysis import Analysis, Dimension
from deckgen.orchestrator.analyst.book import FactBook
from deckgen.orchestrator.analyst.insights.candidate import Candidate, Story, Test
from deckgen.orchestrator.analyst.metrics import Metric
from deckgen.orchestrator.analyst.references import say

MIN_ROWS, MIN_SHARE, MAX_GROUPS, MAX_BARS = 5, 0.005, 50, 12
DEFINED = 0.6
MIN_EFFECT = 0.06  # a medium effect after Cohen
MAX_METRICS = 6
METHOD = (
    "Means of the groups with enough rows, compared by a Kruskal-Wallis "
    "test; its effect size had to be at "
    "least medium, and significance was corrected for all tests of the deck."
)


def find(analysis: Analysis) -> list[Candidate]:
    rates = [metric for metric in analysis.measures if not metric.additive][:MAX_METRICS]
    return [
        candidate
        for metric in rates
        for dimension in analysis.dimensions
        if dimension.groups <= MAX_GROUPS
        if (candidate := _candidate(analysis, metric, dimension))
    ]


def _candidate(analysis: Analysis, metric: Metric, dimension: Dimension) -> Candidate | None:
    where = sql.where(metric.present, dimension.known())
    rows = analysis.table.all(
        f"SELECT list({metric.value} ORDER BY rowid) FROM data{where} GROUP BY {dimension.text} "
        f"HAVING count(*) >= {_enough(analysis)} ORDER BY {dimension.text}"
    )
    samples = [row[0] for row in rows]
    n, k = sum(len(sample) for sample in samples), len(samples)
    if k < 2 or n <= k or len({value for sample in samples for value in sample}) < 2:
        return None
    statistic, p_value = kruskal(*samples)
    effect = max(0.0, (float(statistic) - k + 1) / (n - k))
    is_main = metric == analysis.main
    return Candidate(
        InsightKind.GROUP_DIFFERENCE,
        f"{metric.key}|{dimension.index}",
        impact=(1.0 if is_main else 0.6) * n / analysis.source.rows,
        strength=_strength(effect),
        write=partial(_write, metric, dimension, (k, _enough(analysis))),
        test=Test("Kruskal-Wallis", float(statistic), float(p_value), n),
        columns=(dimension.index, *metric.columns),
    )


def _enough(analysis: Analysis) -> int:
    """How many rows a group must have to be named."""
    return max(MIN_ROWS, round(MIN_SHARE * analysis.source.rows))


def _strength(effect: float) -> float:
    if effect < MIN_EFFECT:
        return 0.0
    # Where the group nearly decides the value (the price by size) the finding is a definition.
    return 0.5 if effect > DEFINED else 0.4 + effect


def _write(
    metric: Metric,
    dimension: Dimension,
    sizes: tuple[int, int],
    book: FactBook,
    statistics: Statistics | None,
) -> Story:
    groups, enough = sizes
    where = sql.where(metric.present, dimension.known())
    means = (
        f"SELECT {dimension.text} AS g, {metric.sql} AS v, count(*) AS n FROM data{where} "
        f"GROUP BY ALL HAVING count(*) >= {enough}"
    )
    known = (metric.present, dimension.known())

    def group(word: str, order: str) -> tuple[Text, Text, Text]:
        end = f"ORDER BY v {order}, g LIMIT 1"
        name = book.query(
            f"{dimension.label} with the {word} {metric.label}",
            f"SELECT g FROM ({means}) {end}",
            TEXT,
            *known,
            statistics=statistics,
        )
        own = (*known, dimension.equals(name.value))
        value = book.query(
            f"{word} {metric.label}, {name.display}",
            f"SELECT v FROM ({means}) {end}",
            metric.unit,
            *own,
        )
        size = book.query(f"rows of {name.display}", f"SELECT n FROM ({means}) {end}", COUNT, *own)
        return say(name), say(value), say(size)

    (high, top, many), (low, bottom, few) = group("highest", "DESC"), group("lowest", "ASC")
    overall = book.value(f"{metric.label}, all rows", metric.sql, metric.unit, *known)
    chart = book.chart(
        ChartKind.BAR,
        f"{metric.subject} by {dimension.noun}" + (", highest and lowest" if groups > MAX_BARS else ""),
        f"SELECT g, v FROM (SELECT *, row_number() OVER (ORDER BY v DESC, g) AS p FROM ({means})) "
        f"WHERE p <= {MAX_BARS // 2} OR p > {groups - MAX_BARS // 2} ORDER BY p",
        (dimension.subject, TEXT),
        [(metric.subject, metric.unit)],
        f"{metric.subject} by {dimension.noun}, highest first; groups with few rows are left out",
        highlight=[0, min(groups, MAX_BARS) - 1],
    )
    headline = f"{metric.subject} differs by {dimension.noun}: {top} for {high}, {bottom} for {low}"
    points = [
        f"Across all rows it is {say(overall)}",
        f"{high} is highest at {top} ({many} rows)",
        f"{low} is lowest at {bottom} ({few} rows)",
    ]
    short = f"{metric.subject} differs clearly by {dimension.noun}"
    return Story(headline, points, METHOD, chart, short=short)
