"""How far values are from what was expected of them, beyond what such values usually are."""

import math
import statistics
from collections.abc import Sequence

from scipy.stats import norm
from scipy.stats import t as student

# What makes a median and a mean of distances comparable with a standard deviation.
CONSISTENT, MEAN_CONSISTENT = 1.4826, 1.2533
TAILS = 10  # degrees of freedom: tails as heavy as those of everyday figures
ALPHA = 0.05
MARGIN = 1.25  # above what is expected of exactly lognormal amounts


def limit(looked_at: int, length: int) -> float:
    """Returns the score that hardly any of so many usual values reaches, after Bonferroni.

    The spread of a short series is not known well, and so its values may be further off.
    """
    return float(student.isf(ALPHA / 2 / max(looked_at, 1), _freedom(length)))


def p_value(score: float, looked_at: int, length: int) -> float:
    """Returns the chance of such a score among so many usual values, after Bonferroni."""
    return min(1.0, 2 * max(looked_at, 1) * float(student.sf(abs(score), _freedom(length))))


def _freedom(length: int) -> float:
    return min(TAILS, max(length / 2, 2))


def row_limit(rows: int) -> float:
    """Returns the score of a row that is no usual one among so many; amounts are nearly lognormal."""
    return MARGIN * float(norm.isf(ALPHA / 2 / max(rows, 1)))


def scores(values: Sequence[float], expected: Sequence[float]) -> list[float]:
    """Returns how far off each value is, in robust standard deviations.

    It is the smaller of two: that of differences and that of ratios, since amounts are often skewed and
    the larger ones then only look far off.
    """
    scales = [_differences(values, expected), _ratios(values, expected)]
    return [
        min(pair, key=abs) if pair[0] * pair[1] > 0 else 0.0
        for pair in zip(*map(_standardised, scales), strict=True)
    ]


def spread(values: Sequence[float]) -> float:
    """Returns the median distance to the median as a standard deviation; where it is 0, the mean one.

    Iglewicz and Hoaglin (1993).
    """
    middle = statistics.median(values)
    distances = [abs(value - middle) for value in values]
    return CONSISTENT * statistics.median(distances) or MEAN_CONSISTENT * statistics.fmean(distances)


def _standardised(distances: list[float]) -> list[float]:
    scale = spread(distances)
    middle = statistics.median(distances)
    return [(distance - middle) / scale if scale else 0.0 for distance in distances]


def _differences(values: Sequence[float], expected: Sequence[float]) -> list[float]:
    return [value - usual for value, usual in zip(values, expected, strict=True)]


def _ratios(values: Sequence[float], expected: Sequence[float]) -> list[float]:
    """Returns ratios of positive numbers as logarithms; with zeros the distances of cube roots."""
    pairs = list(zip(values, expected, strict=True))
    lowest = min(min(pair) for pair in pairs)
    if lowest > 0:
        return [math.log(value / usual) for value, usual in pairs]
    if lowest == 0:
        return [math.cbrt(value) - math.cbrt(usual) for value, usual in pairs]
    return [value - usual for value, usual in pairs]
