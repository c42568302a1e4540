"""Items: in a table with a column per item and a row per period, what the columns are parts of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.series import series_of
from deckgen.orchestrator.analyst.insights.shared.total_columns import find_sums
from deckgen.orchestrator.analyst.insights.shared.turning_points import turning_point
from deckgen.orchestrator.analyst.profiling.metrics import Metric
from deckgen.orchestrator.analyst.profiling.timeline import Period
from deckgen.orchestrator.analyst.sql import quoting

MAX_COLUMNS = 60
METHOD = (
    "Each column was taken as an item and compared between the same two full periods, {old} and {new}. "
    "Columns that are sums of other columns were left out. It describes the table as it is, so nothing "
    "was tested."
)


class ItemChange(NamedTuple):
    """How one part changed; `rate` is the change as a share of its start, if that is positive."""

    part: Metric
    change: float
    rate: float | None


@dataclass(frozen=True)
class Items:
    """`parts` are the columns compared; `total` is the column that they add up to, if there is one.

    `since` says what the earlier period was for the total: its peak, its low, or nothing. What ends
    at a turning point is `before` it.
    """

    analysis: Analysis
    parts: list[Metric]
    total: Metric | None
    later: Period
    earlier: Period
    since: str
    before: bool = False

    def at(self, metric: Metric, period: Period) -> str:
        """SQL: one column's value in a period."""
        within = self.analysis.time_axis.within(period)
        return f"SELECT {metric.sql} FROM data{quoting.where(metric.present, within)}"

    def changes_sql(self) -> str:
        """SQL: each column's change between the two periods (g, k, d), also as a share (r)."""
        rows = " UNION ALL ".join(
            f"SELECT {quoting.literal(part.label)} AS g, {part.column} AS k, "
            f"({self.at(part, self.later)}) AS b, ({self.at(part, self.earlier)}) AS a"
            for part in self.parts
        )
        return (
            "SELECT g, k, b - a AS d, CASE WHEN a > 0 THEN b / a - 1 END AS r FROM "
            f"({rows}) WHERE a IS NOT NULL AND b IS NOT NULL"
        )

    def changes(self) -> list[ItemChange]:
        """The parts with a value in both periods, the largest rise first."""
        of = {part.column: part for part in self.parts}
        rows = self.analysis.table.all(f"SELECT k, d, r FROM ({self.changes_sql()}) ORDER BY d DESC, k")
        return [ItemChange(of[column], float(change), rate) for column, change, rate in rows]


def items_of(analysis: Analysis) -> list[Items]:
    """The finest parts of the first total; else, in a wide table, all columns that are no totals.

    They are compared since the total turned, and before it did. Only of tables with one row per period
    and no groups: elsewhere columns are not items.
    """
    if not analysis.one_row_a_period or analysis.dimensions:
        return []
    like = _alike(analysis)
    sums = find_sums(analysis, like)
    total = next((one for one in like if one.key in sums and not _is_part(one, sums)), None)
    if total is None and not analysis.is_wide:
        return []
    parts = _leaves(total, sums) if total else like
    return list(_stretches(analysis, parts, total)) if parts else []


def _alike(analysis: Analysis) -> list[Metric]:
    """Measures that can be added to one another: those of the unit that most of the columns have."""
    # Counts and plain numbers differ in how they are written in the file only.
    units: dict[str, list[Metric]] = {}
    for metric in analysis.measures:
        if metric.additive:
            units.setdefault(metric.unit.symbol, []).append(metric)
    most = max(units.values(), key=len, default=[])
    return most[:MAX_COLUMNS] if len(most) >= 3 else []


def _is_part(metric: Metric, sums: dict[str, list[Metric]]) -> bool:
    return any(metric in parts for parts in sums.values())


def _leaves(total: Metric, sums: dict[str, list[Metric]]) -> list[Metric]:
    """The parts of a total, taken apart as far as they go."""
    leaves: list[Metric] = []
    for part in sums.get(total.key, []):
        leaves += _leaves(part, sums) if part.key in sums else [part]
    return list(dict.fromkeys(leaves))


def _stretches(analysis: Analysis, parts: list[Metric], total: Metric | None) -> Iterator[Items]:
    """Up to the last period from the turning point before it, or from the first period; then up to
    the turning point."""
    series = series_of(analysis, total or parts[0], analysis.time_axis.chart_grain())
    if len(series) < 2:
        return
    last, turn = series.periods[-1], turning_point(series)
    if turn is None:
        yield Items(analysis, parts, total, last, series.periods[0], "")
        return
    turned, start = series.periods[turn.index], series.periods[turn.start]
    yield Items(analysis, parts, total, last, turned, "peak" if turn.is_peak else "low")
    yield Items(analysis, parts, total, turned, start, "low" if turn.is_peak else "peak", before=True)
