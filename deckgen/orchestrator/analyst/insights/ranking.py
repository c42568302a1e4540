"""Ranking: which group leads, which trails, by share of what may be summed."""

from typing import Any

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.display import PERCENT, TEXT
from deckgen.domain.facts import Fact, Statistics
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst import sql
from deckgen.orchestrator.analyst.analysis import Analysis, Dimension
from deckgen.orchestrator.analyst.book import FactBook
from deckgen.orchestrator.analyst.insights.candidate import Candidate, Story, Write
from deckgen.orchestrator.analyst.metrics import Metric
from deckgen.orchestrator.analyst.references import say

MAX_BARS = 12
EVEN = 0.6  # from which ratio of last to first groups are called even
MIN_CONTRAST = 0.1  # the last is as good as the first
MIN_LEAD = 0.15
OTHER = "All others"
METHOD = (
    "Each group's share of the total over all rows; groups beyond the largest ones are shown together."
)


def find(analysis: Analysis) -> list[Candidate]:
    return [
        candidate
        for rank, metric in enumerate(additive_metrics(analysis))
        for dimension in analysis.dimensions
        if (candidate := _candidate(analysis, metric, dimension, 1.0 if rank == 0 else 0.6))
    ]


def additive_metrics(analysis: Analysis) -> list[Metric]:
    """The metrics whose groups add up to the whole, the most important first; at least the rows."""
    metrics = [metric for metric in analysis.focus if metric.additive]
    return metrics if analysis.metrics[0] in metrics else [*metrics, analysis.metrics[0]]


def totals(metric: Metric, dimension: Dimension, *conditions: str) -> str:
    """SQL: the metric of each group (g, v), groups as text."""
    where = sql.where(metric.present, dimension.known(), *conditions)
    return f"SELECT {dimension.text} AS g, {metric.sql} AS v FROM data{where} GROUP BY ALL"


def _candidate(
    analysis: Analysis, metric: Metric, dimension: Dimension, weight: float
) -> Candidate | None:
    rows = analysis.table.all(f"{totals(metric, dimension)} ORDER BY v DESC NULLS LAST, g")
    values = [float(value or 0) for _, value in rows]
    if len(values) < 2 or min(values) < 0 or sum(values) <= 0 or values[0] == values[-1]:
        return None
    if metric.key == "rows" and values[0] == 1:
        return None
    share, even = values[0] / sum(values), 1 / len(values)
    dominance = (share - even) / (1 - even)
    contrast = 1 - values[-1] / values[0]
    if contrast < MIN_CONTRAST:
        return None
    if len(values) <= MAX_BARS and contrast < 1 - EVEN:
        weight *= 0.5  # that nothing stands out is worth less
    if len(values) > MAX_BARS and share < MIN_LEAD:
        return None  # the first of many, and hardly ahead of them
    return Candidate(
        InsightKind.RANKING,
        f"{metric.key}|{dimension.index}",
        impact=weight * (1.0 if len(values) <= MAX_BARS else 0.8),
        strength=min(1.0, 0.3 + 0.5 * dominance + 0.2 * contrast),
        write=_writer(analysis, metric, dimension, rows),
        columns=(dimension.index, *metric.columns),
        values=tuple(str(row[0]) for row in rows[:MAX_BARS]),
    )


def _writer(
    analysis: Analysis, metric: Metric, dimension: Dimension, rows: list[tuple[Any, ...]]
) -> Write:
    def write(book: FactBook, _: Statistics | None) -> Story:
        return _write(analysis, book, metric, dimension, rows)

    return write


def _write(
    analysis: Analysis,
    book: FactBook,
    metric: Metric,
    dimension: Dimension,
    rows: list[tuple[Any, ...]],
) -> Story:
    first, first_share = group_facts(book, metric, dimension, 0, descending=True)
    second, second_share = group_facts(book, metric, dimension, 1, descending=True)
    last, last_share = group_facts(book, metric, dimension, 0, descending=False)
    majority = float(first_share.value or 0) > 0.5
    headline = f"By {dimension.noun}, {say(first)} leads with {say(first_share)} of {metric.noun}"
    if len(rows) <= MAX_BARS and float(rows[-1][1]) > EVEN * float(rows[0][1]):
        headline = (
            f"By {dimension.noun}, the split of {metric.noun} is even: {say(first)} "
            f"leads with {say(first_share)}"
        )
    if len(rows) > 2:
        points = [
            f"{say(first)} has {say(first_share)}, next comes {say(second)} with {say(second_share)}",
            f"Last is {say(last)} with {say(last_share)}",
        ]
    else:
        points = [f"{say(first)} has {say(first_share)}, {say(last)} has {say(last_share)}"]
    even = book.query(
        f"even share of a group of {dimension.label}",
        f"SELECT 1 / count(*) FROM ({totals(metric, dimension)})",
        PERCENT,
        dimension.known(),
    )
    points.append(f"If all groups were equal, each would have {say(even)}")
    chart = bars(book, metric, dimension, len(rows))
    advice = ""
    if majority and analysis.is_business:
        advice = f"Protect {say(first)} first: {say(first_share)} of {metric.noun} depend on it"
    short = f"By {dimension.noun}, {say(first)} leads ({say(first_share)})"
    return Story(headline, points, METHOD, chart, recommendation=advice, short=short)


def group_facts(
    book: FactBook, metric: Metric, dimension: Dimension, place: int, *, descending: bool
) -> tuple[Fact, Fact]:
    """The name of the group at a place (from 0) and its share of the total."""
    order = f"ORDER BY v {'DESC' if descending else 'ASC'} NULLS LAST, g LIMIT 1 OFFSET {place}"
    rank = "top" if descending else "bottom"
    grouped = totals(metric, dimension)
    known = (metric.present, dimension.known())
    name = book.query(
        f"{dimension.label} at {rank} place {place + 1} by {metric.label}",
        f"SELECT g FROM ({grouped}) {order}",
        TEXT,
        *known,
    )
    share = book.query(
        f"share of {name.display} in {metric.label}",
        f"SELECT v / (SELECT sum(v) FROM ({grouped})) FROM ({grouped}) {order}",
        PERCENT,
        *known,
        dimension.equals(name.value),
    )
    return name, share


def bars(book: FactBook, metric: Metric, dimension: Dimension, groups: int) -> Chart:
    """The groups from largest to smallest; those that do not fit are summed up as Other."""
    ranked = (
        "SELECT g, v, row_number() OVER (ORDER BY v DESC NULLS LAST, g) AS "
        f"place FROM ({totals(metric, dimension)})"
    )
    if groups <= MAX_BARS:
        query = f"SELECT g, v FROM ({ranked}) ORDER BY place"
    else:
        kept = MAX_BARS - 1
        query = (
            f"SELECT g, v FROM (SELECT g, v, place FROM ({ranked}) WHERE place <= {kept} UNION ALL "
            f"SELECT '{OTHER}', sum(v), {MAX_BARS} FROM ({ranked}) WHERE place > {kept}) ORDER BY place"
        )
    return book.chart(
        ChartKind.BAR,
        f"{metric.subject} by {dimension.noun}",
        query,
        (dimension.subject, TEXT),
        [(metric.subject, metric.unit)],
        f"{metric.subject} for each {dimension.noun}, largest first",
        highlight=[0],
    )
