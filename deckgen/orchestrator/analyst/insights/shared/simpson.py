"""Simpson's paradox: a difference of two groups that is the other way round within the groups of
another dimension. Told without that, the difference would mislead.

Simpson, E. H. (1951): The interpretation of interaction in contingency tables. JRSS B 13.
"""

from dataclasses import dataclass

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.facts import Fact, Text
from deckgen.domain.formatting.display import COUNT, TEXT
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared.breakdown import MAX_BARS, Breakdown, considered
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension
from deckgen.orchestrator.analyst.sql import quoting

MIN_ROWS, MAX_GROUPS = 5, 50
COVERED, MOST = 0.5, 0.8  # of the rows of both groups: comparable at all; the other way round


@dataclass(frozen=True)
class Reversal:
    """`high` has the higher mean overall, but the lower one in most strata (groups of `dimension`)."""

    breakdown: Breakdown
    dimension: Dimension
    high: Fact
    low: Fact

    @property
    def strata(self) -> str:
        """SQL: mean and rows of both groups in each stratum that has enough of both (g, h, l, n)."""
        return strata(self.breakdown, self.dimension, str(self.high.value), str(self.low.value))

    @property
    def known(self) -> tuple[str, ...]:
        """SQL conditions: the rows of both groups that are in a stratum."""
        of_group = self.breakdown.dimension.equals
        either = f"{of_group(self.high.value)} OR {of_group(self.low.value)}"
        return (*self.breakdown.known, self.dimension.known(), either)

    def headline(self) -> Text:
        """What must be said instead of the bare difference."""
        metric = self.breakdown.metric
        overall = f"{metric.subject} is higher for {say(self.high)} than for {say(self.low)}"
        return f"{overall}, but not within {self.dimension.noun}"

    def short(self) -> Text:
        """The same without names."""
        return "The order of two groups is reversed within the groups of another column"

    def takeaway(self, book: FactBook) -> Text:
        """In how many strata it is the other way round."""
        label = f"groups of {self.dimension.label} in which the order is reversed"
        query = f"SELECT count(*) FROM ({self.strata})"
        reverse = book.query(label, f"{query} WHERE h < l", COUNT, *self.known)
        total = book.query(f"groups of {self.dimension.label} compared", query, COUNT, *self.known)
        return (
            f"In {say(reverse)} of {say(total)} groups by {self.dimension.noun} it is the other way "
            f"round: {say(self.low)} is ahead of {say(self.high)}"
        )

    def chart(self, book: FactBook) -> Chart:
        """Both groups side by side in each stratum."""
        metric, noun = self.breakdown.metric, self.dimension.noun
        return book.chart(
            ChartKind.BAR,
            f"{metric.subject} within {noun}",
            f"SELECT g, h, l FROM ({self.strata}) ORDER BY n DESC, g LIMIT {MAX_BARS}",
            (self.dimension.subject, TEXT),
            [(say(self.high), metric.unit), (say(self.low), metric.unit)],
            f"{metric.subject} of {say(self.high)} and of {say(self.low)} for each {noun}",
        )


def strata(breakdown: Breakdown, dimension: Dimension, high: str, low: str) -> str:
    """SQL: as `Reversal.strata`, for groups by their names."""
    of_high, of_low = (breakdown.dimension.equals(group) for group in (high, low))
    where = quoting.where(*breakdown.known, dimension.known(), f"{of_high} OR {of_low}")
    value, enough = breakdown.metric.value, f">= {MIN_ROWS}"
    return (
        f"SELECT {dimension.text} AS g, avg({value}) FILTER ({of_high}) AS h, "
        f"avg({value}) FILTER ({of_low}) AS l, count(*) AS n FROM data{where} GROUP BY ALL "
        f"HAVING count(*) FILTER ({of_high}) {enough} AND count(*) FILTER ({of_low}) {enough}"
    )


def reversal(analysis: Analysis, breakdown: Breakdown, high: Fact, low: Fact) -> Reversal | None:
    """The dimension within which most rows are in strata with the order reversed, if there is one."""
    found = {
        dimension: share
        for dimension in considered(analysis)
        if dimension.index != breakdown.dimension.index and dimension.groups <= MAX_GROUPS
        if (share := _reversed_share(analysis, breakdown, dimension, (high, low))) >= MOST
    }
    if not found:
        return None
    dimension = max(found, key=lambda one: (found[one], -one.index))
    return Reversal(breakdown, dimension, high, low)


def _reversed_share(
    analysis: Analysis, breakdown: Breakdown, dimension: Dimension, ends: tuple[Fact, Fact]
) -> float:
    """The share of the comparable rows that is in reversed strata; 0 if few rows can be compared."""
    high, low = (str(end.value) for end in ends)
    compared, reverse = analysis.table.one(
        "SELECT coalesce(sum(n), 0), coalesce(sum(n) FILTER (h < l), 0) "
        f"FROM ({strata(breakdown, dimension, high, low)})"
    )
    either = f"{breakdown.dimension.equals(high)} OR {breakdown.dimension.equals(low)}"
    rows = analysis.table.one(f"SELECT count(*) FROM data{quoting.where(*breakdown.known, either)}")[0]
    return float(reverse / compared) if compared and compared >= COVERED * rows else 0.0
