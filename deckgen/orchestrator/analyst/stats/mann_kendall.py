"""The Mann-Kendall test: whether a series has a direction, beyond what its inertia would give it."""

import math
import statistics
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import kendalltau, norm, rankdata, theilslopes, wilcoxon

MIN_VALUES = 5
MIN_INERTIA = 8  # of fewer values nothing can be said about how they depend on one another
WANDERING = 0.8  # from here on a series can hardly be told from a random walk


@dataclass(frozen=True)
class Trend:
    """Mann-Kendall (1945), Theil-Sen (1968). `change` is slope times span, as a share of the level."""

    tau: float
    p_value: float
    slope: float
    change: float


def trend_of(values: list[float]) -> Trend | None:
    """None for fewer than five values or values that are all the same.

    A value that depends on the one before makes runs that look like a trend. The p-value allows for
    that: by a larger variance of the statistic or, in a series that wanders, by a test of its steps.
    """
    if len(values) < MIN_VALUES or len(set(values)) == 1:
        return None
    positions = np.arange(len(values))
    tau, p_value = kendalltau(positions, values)
    slope = float(theilslopes(values, positions)[0])
    level = abs(statistics.median(values)) or statistics.fmean(abs(value) for value in values)
    change = slope * (len(values) - 1) / level if level else 0.0
    inertia = _inertia(np.array(values) - slope * positions)
    if inertia >= WANDERING:
        return Trend(float(tau), _drift(np.array(values)), slope, change)
    return Trend(float(tau), _widened(float(p_value), _inflation(len(values), inertia)), slope, change)


def _drift(values: Any) -> float:
    """The p-value of the steps of a series that wanders, by Wilcoxon's (1945) signed-rank test.

    That a random walk went somewhere proves nothing, but that its steps go one way does.
    """
    steps = np.diff(values)
    steps = steps[steps != 0]
    return float(wilcoxon(steps).pvalue) if len(steps) else 1.0


def _widened(p_value: float, inflation: float) -> float:
    """The p-value after the variance of the statistic has grown by a factor."""
    if inflation <= 1:
        return p_value
    return float(2 * norm.sf(norm.isf(p_value / 2) / math.sqrt(inflation)))


def _inflation(n: int, inertia: float) -> float:
    """By how much inertia inflates the variance of Kendall's S in n values: Hamed and Rao (1998).

    Their formula takes the autocorrelations of the ranks about the trend; of a short series only the
    first can be told, so the others are taken to be its powers.
    """
    if inertia <= 0:
        return 1.0
    lags = np.arange(1, n - 2)
    weights = (n - lags) * (n - lags - 1) * (n - lags - 2)
    return 1 + 2 * float((weights * inertia**lags).sum()) / (n * (n - 1) * (n - 2))


def _inertia(residuals: Any) -> float:
    """How much a value depends on the one before: 0 not at all, near 1 in a random walk.

    It is the first autocorrelation of the ranks, without the bias that fitting a trend brings: the mean
    of the estimate lies (2 + 4r) / n below r (Kendall 1954, Marriott and Pope 1954).
    """
    n = len(residuals)
    ranks = rankdata(np.round(residuals, 9)) - (n + 1) / 2
    variance = float((ranks**2).sum())
    if n < MIN_INERTIA or variance == 0:
        return 0.0
    found = float((ranks[1:] * ranks[:-1]).sum()) / variance
    return (n * found + 2) / (n - 4)
