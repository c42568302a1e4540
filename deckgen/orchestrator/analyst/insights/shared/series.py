"""A metric over time as numbers: its full periods, less what repeats each year."""

import statistics
from dataclasses import dataclass

from deckgen.domain.formatting.display import Grain
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.profiling.metrics import Metric
from deckgen.orchestrator.analyst.profiling.timeline import Period

SEASONAL = 0.3
CYCLE: dict[Grain, int] = {"month": 12, "quarter": 4}


@dataclass(frozen=True)
class TimeSeries:
    """Values of full periods in order; `adjusted` are those without the usual effect of the season."""

    metric: Metric
    grain: Grain
    periods: list[Period]
    values: list[float]
    adjusted: list[float]

    def __len__(self) -> int:
        return len(self.values)

    @property
    def is_adjusted(self) -> bool:
        return self.adjusted is not self.values


def series_of(analysis: Analysis, metric: Metric, grain: Grain) -> TimeSeries:
    timeline = analysis.time_axis
    query = series_sql(analysis, metric, grain)
    values = {start: float(value) for start, value in analysis.table.all(query) if value is not None}
    periods = [
        period
        for period in timeline.periods(analysis.table, grain)
        if period.full and period.start in values
    ]
    numbers = [values[period.start] for period in periods]
    return TimeSeries(metric, grain, periods, numbers, _adjust(periods, numbers, grain))


def series_sql(analysis: Analysis, metric: Metric, grain: Grain, *conditions: str) -> str:
    """SQL: the metric of each period (period, value), in no order."""
    return analysis.time_axis.by_period(grain, metric.sql, metric.present, *conditions)


def _adjust(periods: list[Period], values: list[float], grain: Grain) -> list[float]:
    """Less what repeats each year, if that explains much of what moves around the running mean."""
    cycle = CYCLE.get(grain)
    if cycle is None or len(values) < 2 * cycle + 1:
        return values
    half = cycle // 2
    off: dict[int, list[float]] = {}
    for index in range(half, len(values) - half):
        window = values[index - half : index + half + 1]
        running = (sum(window) - (window[0] + window[-1]) / 2) / cycle
        off.setdefault(periods[index].start.month, []).append(values[index] - running)
    usual = {month: statistics.median(group) for month, group in off.items()}
    if len(usual) < cycle or _explained(off, usual) < SEASONAL:
        return values
    return [value - usual[period.start.month] for period, value in zip(periods, values, strict=True)]


def _explained(off: dict[int, list[float]], usual: dict[int, float]) -> float:
    """The adjusted R squared of the month (quarter)."""
    values = [value for group in off.values() for value in group]
    mean, n, k = statistics.fmean(values), len(values), len(usual)
    total = sum((value - mean) ** 2 for value in values)
    if total == 0 or n <= k:
        return 0.0
    rest = sum((value - usual[month]) ** 2 for month, group in off.items() for value in group)
    return 1 - (rest / (n - k)) / (total / (n - 1))
