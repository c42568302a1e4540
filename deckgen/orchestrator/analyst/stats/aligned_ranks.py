"""The test of aligned ranks: a difference of a cycle's slots, such as months, whatever the course."""

from itertools import groupby
from typing import NamedTuple

import numpy as np
from scipy.stats import chi2, kruskal

from deckgen.orchestrator.analyst.stats.result import TestResult

MIN_CYCLES = 2
PRECISION = 1e-9


class CycleTest(NamedTuple):
    """The result: `effect` is eta squared, `usual` each slot's mean distance from the course."""

    test: TestResult
    effect: float
    usual: dict[int, float]


def cycle_test(values: list[tuple[int, int, float]], length: int) -> CycleTest | None:
    """Returns the test of `values`, (time, slot, value) in order; None without anything to compare.

    Time counts the periods from the start of a cycle of so many. The course is subtracted from each
    value: the level of its own cycle and the slope from the cycle before to the one after. The
    residuals are compared by a Kruskal-Wallis test, so that growth is not mistaken for a cycle. This is
    the test of aligned ranks after Hodges and Lehmann (1962): taking out the levels leaves (k - 1) / k
    of the variance in k slots, by which the statistic is reduced.
    """
    slots = {
        slot: group for slot, group in _aligned(values, length).items() if len(group) >= MIN_CYCLES
    }
    n, k = sum(len(group) for group in slots.values()), len(slots)
    if k < 2 or n <= k or len({value for group in slots.values() for value in group}) < 2:
        return None
    statistic = float(kruskal(*slots.values()).statistic) * (k - 1) / k
    test = TestResult("Kruskal-Wallis", statistic, float(chi2.sf(statistic, k - 1)), n)
    usual = {slot: float(np.mean(group)) for slot, group in slots.items()}
    return CycleTest(test, max(0.0, (statistic - k + 1) / (n - k)), usual)


def _aligned(values: list[tuple[int, int, float]], length: int) -> dict[int, list[float]]:
    """Returns the residuals of each slot; empty for fewer than two cycles."""
    cycles = [list(group) for _, group in groupby(values, key=lambda item: item[0] // length)]
    if len(cycles) < MIN_CYCLES:
        return {}
    levels = np.array([np.mean([value for _, _, value in cycle]) for cycle in cycles])
    middles = np.array([np.mean([time for time, _, _ in cycle]) for cycle in cycles])
    slopes = np.gradient(levels, middles)
    precision = np.abs(levels).max() * PRECISION
    aligned: dict[int, list[float]] = {}
    for cycle, level, middle, slope in zip(cycles, levels, middles, slopes, strict=True):
        for time, slot, value in cycle:
            residual = float(value - level - slope * (time - middle))
            # Values that differ only by the rounding of sums are ties.
            aligned.setdefault(slot, []).append(round(residual / precision) if precision else 0.0)
    return aligned
