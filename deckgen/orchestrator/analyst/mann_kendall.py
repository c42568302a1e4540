"""The Mann-Kendall test: whether a series has a direction, beyond what its inertia would give it."""

import math
import statistics
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import kendalltau, norm, rankdata, theilslopes

MIN_VALUES = 5
MIN_INERTIA = 8  # of fewer values nothing can be said about how they depend on one another
MAX_INERTIA = 0.97


@dataclass(frozen=True)
class Trend:
    """Mann-Kendall (1945), Theil-Sen (1968). `change` is slope times span, as a share of the level."""

    tau: float
    p_value: float
    slope: float
    change: float


def trend_of(values: list[float]) -> Trend | None:
    """None for fewer than five values or values that are all the same."""
    if len(values) < MIN_VALUES or len(set(values)) == 1:
        return None
    positions = np.arange(len(values))
    tau, p_value = kendalltau(positions, values)
    slope = float(theilslopes(values, positions)[0])
    level = abs(statistics.median(values)) or statistics.fmean(abs(value) for value in values)
    change = slope * (len(values) - 1) / level if level else 0.0
    inflation = _inflation(np.array(values) - slope * positions)
    return Trend(float(tau), _widened(float(p_value), inflation), slope, change)


def _widened(p_value: float, inflation: float) -> float:
    """The p-value after the variance of the statistic has grown by a factor."""
    if inflation <= 1:
        return p_value
    return float(2 * norm.sf(norm.isf(p_value / 2) / math.sqrt(inflation)))


def _inflation(residuals: Any) -> float:
    """By how much inertia inflates the variance of Kendall's S: Hamed and Rao (1998).

    A value that depends on the one before makes runs that look like a trend, most of all in a random
    walk. Their formula takes the autocorrelations of the ranks about the trend; of a short series only
    the first can be told, so the others are taken to be its powers.
    """
    n = len(residuals)
    inertia = _inertia(residuals)
    if n < MIN_INERTIA or inertia <= 0:
        return 1.0
    lags = np.arange(1, n - 2)
    weights = (n - lags) * (n - lags - 1) * (n - lags - 2)
    return 1 + 2 * float((weights * inertia**lags).sum()) / (n * (n - 1) * (n - 2))


def _inertia(residuals: Any) -> float:
    """The first autocorrelation of the ranks, without the bias that fitting a trend brings.

    The mean of the estimate lies (2 + 4r) / n below r: Kendall (1954), Marriott and Pope (1954).
    """
    n = len(residuals)
    ranks = rankdata(np.round(residuals, 9)) - (n + 1) / 2
    variance = float((ranks**2).sum())
    if n < MIN_INERTIA or variance == 0:
        return 0.0
    found = float((ranks[1:] * ranks[:-1]).sum()) / variance
    return min((n * found + 2) / (n - 4), MAX_INERTIA)
