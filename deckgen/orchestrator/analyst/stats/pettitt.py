"""Pettitt's test for a lasting shift of a series' level, told apart from a trend and from drift.

Pettitt, A. N. (1979): A non-parametric approach to the change-point problem. Applied Statistics 28.
"""

import math
import statistics
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from scipy.stats import rankdata, theilslopes

MIN_LENGTH, EXACT_UP_TO = 8, 12
EVIDENCE = 2.0
MAX_DRIFT = 0.5  # of either side by itself, as a share of the shift


@dataclass(frozen=True)
class LevelShift:
    """A shift: `index` is the first period after it, `size` the difference of the medians.

    `is_clear` is true if a shift explains the series better than a line, and both sides are level.
    """

    index: int
    statistic: float
    p_value: float
    size: float
    is_clear: bool


def level_shift_of(values: list[float]) -> LevelShift | None:
    """Returns the most likely shift of a series; None for a short series or equal values."""
    n = len(values)
    if n < MIN_LENGTH or len(set(values)) == 1:
        return None
    largest = max(abs(value) for value in values)
    values = [value / largest for value in values]  # squares of huge numbers overflow a float
    scores = list(accumulate(2 * float(rank) - (n + 1) for rank in rankdata(values)))[:-1]
    index = max(range(n - 1), key=lambda place: abs(scores[place])) + 1
    before, after = values[:index], values[index:]
    residuals = _residuals(before) + _residuals(after)
    # Similar neighbours make chance shifts larger: their variance grows by this factor.
    spread = _inflation(residuals)
    statistic = abs(scores[index - 1])
    size = statistics.median(after) - statistics.median(before)
    is_level = max(_drift(before), _drift(after)) <= MAX_DRIFT * abs(size)
    return LevelShift(
        index,
        statistic,
        _p_value(values, statistic / math.sqrt(spread)),
        size * largest,
        is_level and _is_better_than_a_line(values, residuals),
    )


def _residuals(part: list[float]) -> list[float]:
    mean = statistics.fmean(part)
    return [value - mean for value in part]


def _inflation(residuals: list[float]) -> float:
    """Returns (1 + r) / (1 - r), at least 1, with r the correlation of neighbours: Bartlett (1935).

    r is corrected for its bias in short series after Kendall (1954).
    """
    total = sum(value**2 for value in residuals)
    if total == 0:
        return 1.0
    correlation = sum(first * second for first, second in pairwise(residuals)) / total
    correlation = min(correlation + (1 + 4 * max(correlation, 0.0)) / len(residuals), 0.99)
    return (1 + correlation) / (1 - correlation) if correlation > 0 else 1.0


def _p_value(values: list[float], statistic: float) -> float:
    """Returns the chance of so large a statistic if the values are in random order.

    It is exact for short series; for longer ones it is Pettitt's approximation, which is conservative.
    """
    n = len(values)
    if n <= EXACT_UP_TO:
        return _exact(rankdata(values), statistic)
    return min(1.0, 2 * math.exp(-6 * statistic**2 / (n**3 + n**2)))


def _exact(ranks: list[float], statistic: float) -> float:
    """Returns the share of all orders of the ranks in which some sum of the first ones is as far off.

    The orders that stay closer are counted by the set of ranks that came first: a set is reached from
    each set that lacks one of its members.
    """
    n = len(ranks)
    sums, sizes = np.zeros(1 << n), np.zeros(1 << n)
    for bit, rank in enumerate(ranks):
        sums[1 << bit : 2 << bit] = sums[: 1 << bit] + rank
        sizes[1 << bit : 2 << bit] = sizes[: 1 << bit] + 1
    close = np.abs(2 * sums - sizes * (n + 1)) < statistic - 1e-9
    close[-1] = True
    orders = np.zeros(1 << n)
    orders[0] = 1
    sets = np.arange(1 << n)
    for size in range(1, n + 1):
        of_size = sets[(sizes == size) & close]
        for bit in range(n):
            with_bit = of_size[of_size >> bit & 1 == 1]
            orders[with_bit] += orders[with_bit ^ (1 << bit)]
    return float(1 - orders[-1] / math.factorial(n))


def _drift(part: list[float]) -> float:
    """Returns the movement of a side by itself, by the slope after Theil and Sen."""
    if len(part) < 3:
        return 0.0
    return abs(float(theilslopes(part)[0])) * (len(part) - 1)


def _is_better_than_a_line(values: list[float], residuals: list[float]) -> bool:
    """True by the criterion of Schwarz (1978), with positive evidence after Kass and Raftery (1995).

    The place of a shift counts as one more parameter.
    """
    n = len(values)
    places = np.arange(n)
    line = np.polyval(np.polyfit(places, values, 1), places)
    of_line, of_step = (
        float(((np.array(values) - line) ** 2).sum()),
        sum(residual**2 for residual in residuals),
    )
    return bool(of_step * (n * math.exp(EVIDENCE)) ** (1 / n) < of_line)
