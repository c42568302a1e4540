"""What was to be expected of each period by its neighbours in the season and by the trend.

The trend is the slope after Theil and Sen (1968), within the same season after Hirsch, Slack and Smith
(1982); the level is the median of the other periods (of the same season), less the trend. A period has
no part in its own level, so that it can't hide.
"""

import math
import statistics
from dataclasses import dataclass

from scipy.stats import f as fisher
from scipy.stats import t as student

from deckgen.domain.formatting.display import Grain
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.series import CYCLE, TimeSeries, series_sql

MIN_LENGTH, MIN_CYCLES, MIN_WEEKS = 8, 3, 4
# What makes a median and a mean of distances comparable with a standard deviation.
CONSISTENT, MEAN_CONSISTENT = 1.4826, 1.2533
MOST_OUTLIERS = 3
MIN_TAIL, TAIL = 5, 4  # the tail is a quarter of the periods, and five at least
_SEASONS: dict[Grain, str] = {
    "day": "isodow(period)", "month": "month(period)", "quarter": "quarter(period)",
}  # fmt: skip


@dataclass(frozen=True)
class Outlier:
    """The period that is furthest from what was expected, and the test of it."""

    index: int
    off: float
    z: float
    test: str
    statistic: float
    p_value: float


def season_of(series: TimeSeries) -> str:
    """SQL: what periods of one season have in common; a constant where there is no season to see."""
    if series.grain == "day" and len(series) >= 7 * MIN_WEEKS:
        return _SEASONS["day"]
    cycle = CYCLE.get(series.grain)
    if cycle and series.is_adjusted and len(series) >= MIN_CYCLES * cycle:
        return _SEASONS[series.grain]
    return "0"


def expected_sql(analysis: Analysis, series: TimeSeries) -> str:
    """SQL: each full period with its value and what was expected (period, value, expected)."""
    within = analysis.time_axis.within(series.periods[0], series.periods[-1])
    values = series_sql(analysis, series.metric, series.grain, within)
    return (
        f"WITH s AS (SELECT period, value, {season_of(series)} AS season, "
        f"row_number() OVER (ORDER BY period) AS n FROM ({values}) WHERE value IS NOT NULL), "
        "t AS (SELECT coalesce(median((b.value - a.value) / (b.n - a.n)), 0) AS slope "
        "FROM s AS a JOIN s AS b ON a.season = b.season AND a.n < b.n) "
        "SELECT a.period, any_value(a.value) AS value, "
        "median(b.value - t.slope * b.n) + any_value(t.slope * a.n) AS expected "
        "FROM s AS a JOIN s AS b ON a.season = b.season AND a.n <> b.n CROSS JOIN t GROUP BY a.period"
    )


def outlier_of(analysis: Analysis, series: TimeSeries) -> Outlier | None:
    """The period that is furthest off; None for a short series or one without any spread.

    It counts by the test in which it stands out least: on the scale of the differences, on that of the
    ratios (amounts are often skewed, and then the larger ones only look far off), and beside the other
    distant periods (some series have distant ones all the time).
    """
    rows = analysis.table.all(
        f"SELECT period, value, expected FROM ({expected_sql(analysis, series)}) ORDER BY period"
    )
    if len(rows) < MIN_LENGTH:
        return None
    starts = [start for start, _, _ in rows]
    pairs = [(float(value), float(expected)) for _, value, expected in rows]
    off = [value - expected for value, expected in pairs]
    index = max(range(len(off)), key=lambda place: abs(off[place]))
    largest = max(abs(value) for value, _ in pairs) or 1.0
    # Squares of huge numbers have no place in a float.
    scales = [[one / largest for one in off], _unskewed(pairs)]
    if not all(_spread(scale) for scale in scales):
        return None
    tests = [("Grubbs, generalised by Rosner", *generalised(scale)) for scale in scales]
    tests.append(("Pisarenko-Sornette", *beyond_the_tail(off)))
    test, statistic, p_value = max(tests, key=lambda one: one[2])
    z = min(abs(scale[index] - statistics.median(scale)) / _spread(scale) for scale in scales)
    place = next(n for n, period in enumerate(series.periods) if period.start == starts[index])
    return Outlier(place, off[index], z, test, statistic, p_value)


def _unskewed(pairs: list[tuple[float, float]]) -> list[float]:
    """Ratios of positive numbers as logarithms; with zeros cube roots, which are nearly as even."""
    lowest = min(min(pair) for pair in pairs)
    if lowest > 0:
        return [math.log(value / expected) for value, expected in pairs]
    if lowest == 0:
        return [math.cbrt(value) - math.cbrt(expected) for value, expected in pairs]
    largest = max(abs(value) for value, _ in pairs)
    return [value / largest - expected / largest for value, expected in pairs]


def _spread(values: list[float]) -> float:
    """The median absolute deviation as a standard deviation; where it is 0, the mean one.

    Iglewicz and Hoaglin (1993).
    """
    middle = statistics.median(values)
    distances = [abs(value - middle) for value in values]
    return CONSISTENT * statistics.median(distances) or MEAN_CONSISTENT * statistics.fmean(distances)


def generalised(values: list[float]) -> tuple[float, float]:
    """The statistic and p-value of up to three outliers among so many values: Rosner (1983).

    Each step is the test of Grubbs (1950) on what the steps before left; the p-value allows for the
    most distant of all values having been picked.
    """
    left, steps = list(values), list[tuple[float, float]]()
    for _ in range(MOST_OUTLIERS):
        mean, spread = statistics.fmean(left), statistics.stdev(left)
        if spread == 0:
            break
        furthest = max(left, key=lambda value: abs(value - mean))
        steps.append(_grubbs(abs(furthest - mean) / spread, len(left)))
        left.remove(furthest)
    return min(steps, key=lambda step: step[1], default=(0.0, 1.0))


def beyond_the_tail(off: list[float]) -> tuple[float, float]:
    """The statistic and p-value of the most distant value being further off than the tail lets expect.

    The test of "dragon kings" after Pisarenko and Sornette (2012): in a tail of any weight the
    logarithms of the ratios of neighbouring distances, times their ranks, are exponential (Rényi,
    1953), so that the first over the mean of the next follows F.
    """
    middle = statistics.median(off)
    distances = sorted((abs(value - middle) for value in off), reverse=True)
    distances = distances[: max(MIN_TAIL, len(off) // TAIL)]
    if distances[1] == 0:
        return 0.0, 0.0
    kept = [distance for distance in distances if distance > 0]
    spacings = [place * math.log(kept[place - 1] / kept[place]) for place in range(1, len(kept))]
    usual = statistics.fmean(spacings[1:]) if len(spacings) > 1 else 0.0
    if usual == 0:
        return 0.0, 0.0 if spacings[0] > 0 else 1.0
    return spacings[0] / usual, float(fisher.sf(spacings[0] / usual, 2, 2 * (len(spacings) - 1)))


def _grubbs(statistic: float, n: int) -> tuple[float, float]:
    rest = (n - 1) ** 2 - n * statistic**2
    if rest <= 1e-9 * n**2:
        return statistic, 0.0
    t = statistic * math.sqrt(n * (n - 2) / rest)
    return statistic, min(1.0, 2 * n * float(student.sf(t, n - 2)))
