"""The Mann-Kendall test of a series for a direction beyond what its inertia would give it."""

import math
import statistics
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import kendalltau, norm, rankdata, theilslopes

from deckgen.orchestrator.analyst.stats.signed_ranks import signed_ranks

MIN_VALUES = 5
MIN_INERTIA = 8  # values, from which their dependence on one another can be estimated
WANDERING = 0.8  # the inertia from which a series can hardly be told from a random walk


@dataclass(frozen=True)
class Trend:
    """Mann-Kendall (1945), Theil-Sen (1968). `change` is slope times span, as a share of the level."""

    tau: float
    p_value: float
    slope: float
    change: float


def trend_of(values: list[float]) -> Trend | None:
    """Returns the trend; None for fewer than five values or values that are all the same.

    Values that depend on the one before make runs that look like a trend. The p-value allows for that
    by a larger variance of the statistic or, in a series that wanders, by a test of its steps.
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
    """Returns the p-value of a wandering series' steps, by Wilcoxon's (1945) signed-rank test.

    A random walk always ends somewhere, which proves nothing, but steps that go one way do.
    """
    steps = np.diff(values)
    steps = steps[steps != 0]
    return signed_ranks(steps).p_value if len(steps) else 1.0


def _widened(p_value: float, inflation: float) -> float:
    """Returns the p-value after the variance of the statistic has grown by a factor."""
    if inflation <= 1:
        return p_value
    return float(2 * norm.sf(norm.isf(p_value / 2) / math.sqrt(inflation)))


def _inflation(n: int, inertia: float) -> float:
    """Returns the factor by which inertia inflates the variance of Kendall's S in n values.

    The formula of Hamed and Rao (1998) takes the autocorrelations of the ranks about the trend; of a
    short series only the first can be estimated, so the others are taken to be its powers.
    """
    if inertia <= 0:
        return 1.0
    lags = np.arange(1, n - 2)
    weights = (n - lags) * (n - lags - 1) * (n - lags - 2)
    return 1 + 2 * float((weights * inertia**lags).sum()) / (n * (n - 1) * (n - 2))


def _inertia(residuals: Any) -> float:
    """Returns the dependence of values on the one before: 0 without any, near 1 in a random walk.

    It is the first autocorrelation of the ranks, corrected for the bias of fitting a trend: the mean of
    the estimate is (2 + 4r) / n below r (Kendall 1954, Marriott and Pope 1954).
    """
    n = len(residuals)
    ranks = rankdata(np.round(residuals, 9)) - (n + 1) / 2
    variance = float((ranks**2).sum())
    if n < MIN_INERTIA or variance == 0:
        return 0.0
    correlation = float((ranks[1:] * ranks[:-1]).sum()) / variance
    return (n * correlation + 2) / (n - 4)
