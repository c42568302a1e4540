"""A metric broken down by the groups of a dimension: what several insights start from."""

from collections.abc import Callable
from dataclasses import dataclass

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.formatting.display import TEXT
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate, impact_of
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension
from deckgen.orchestrator.analyst.profiling.metrics import Metric
from deckgen.orchestrator.analyst.sql import quoting

MAX_BARS = 12
MAX_DIMENSIONS = 12  # those that the brief names come first
EVEN = 0.8  # from which ratio of the last group to the first they share evenly
MAJORITY, MIN_LEAD = 0.5, 1.5  # more than half, and half as much again as the next group


@dataclass(frozen=True)
class Breakdown:
    """One metric by one dimension; `weight` (0 to 1) says how much the metric matters."""

    metric: Metric
    dimension: Dimension
    weight: float = 1.0

    @property
    def key(self) -> str:
        return f"{self.metric.key}|{self.dimension.index}"

    @property
    def columns(self) -> tuple[int, ...]:
        return (self.dimension.index, *self.metric.columns)

    @property
    def known(self) -> tuple[str, str]:
        """SQL conditions: the row has a value and a group."""
        return self.metric.present, self.dimension.known()

    def totals(self, *conditions: str, name: str = "v") -> str:
        """SQL: the metric of each group (g, v or another name), groups as text."""
        where = quoting.where(*self.known, *conditions)
        columns = f"{self.dimension.text} AS g, {self.metric.sql} AS {name}"
        return f"SELECT {columns} FROM data{where} GROUP BY ALL"


def additive_breakdowns(analysis: Analysis) -> list[Breakdown]:
    """The breakdowns whose groups add up to the whole, the most important metric first."""
    return [
        Breakdown(metric, dimension, impact_of(rank))
        for rank, metric in enumerate(_additive_metrics(analysis))
        for dimension in considered(analysis)
    ]


def of_breakdowns(
    analysis: Analysis, candidate: Callable[[Analysis, Breakdown], Candidate | None]
) -> list[Candidate]:
    """The candidates that the breakdowns give whose groups add up to the whole."""
    given = (candidate(analysis, breakdown) for breakdown in additive_breakdowns(analysis))
    return [each for each in given if each]


def considered(analysis: Analysis) -> list[Dimension]:
    """Not more dimensions than a table of any width can be searched by."""
    ranked = sorted(analysis.dimensions, key=lambda one: (-analysis.relevance((one.index,)), one.index))
    return sorted(ranked[:MAX_DIMENSIONS], key=lambda one: one.index)


def _additive_metrics(analysis: Analysis) -> list[Metric]:
    """The count of rows is one, unless it is the same in each period."""
    metrics = [metric for metric in analysis.focus if metric.additive]
    rows = analysis.metrics[0]
    counted = rows not in metrics and (analysis.rows_tell or analysis.one_row_a_period)
    return [*metrics, rows] if counted else metrics


def sizes(analysis: Analysis, breakdown: Breakdown) -> dict[str, float]:
    """The groups and their values, the largest first; what has no value counts as nothing."""
    query = f"SELECT g, v FROM ({breakdown.totals()}) ORDER BY v DESC NULLS LAST, g"
    return {str(group): float(value or 0) for group, value in analysis.table.all(query)}


def have_shares(values: list[float]) -> bool:
    """Whether each of the values is a share of their sum."""
    return min(values) >= 0 and sum(values) > 0


def are_even(values: list[float]) -> bool:
    """Whether no group stands out; `values` are shares, the largest first."""
    return values[-1] >= EVEN * values[0]


def has_majority(values: list[float]) -> bool:
    """Whether the first group has more than half, and clearly more than the next (not 51 to 49)."""
    return values[0] > MAJORITY * sum(values) and values[0] >= MIN_LEAD * values[1]


def bars(book: FactBook, breakdown: Breakdown, groups: int) -> Chart:
    """The groups from largest to smallest, as far as they fit.

    The others are not summed up into a bar: it would dwarf the ones that the slide is about.
    """
    metric, dimension = breakdown.metric, breakdown.dimension
    largest = ", the largest" if groups > MAX_BARS else ""
    return book.chart(
        ChartKind.BAR,
        f"{metric.subject} by {dimension.noun}{largest}",
        f"SELECT g, v FROM ({breakdown.totals()}) ORDER BY v DESC NULLS LAST, g LIMIT {MAX_BARS}",
        (dimension.subject, TEXT),
        [(metric.subject, metric.unit)],
        f"{metric.subject} for each {dimension.noun}, largest first",
        highlight=[0],
    )
