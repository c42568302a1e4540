"""Whether the slots of a cycle differ (months of the year, days of the week), whatever the course."""

from itertools import groupby
from typing import NamedTuple

import numpy as np
from scipy.stats import chi2, kruskal

from deckgen.orchestrator.analyst.stats.result import Test

MIN_CYCLES = 2
PRECISION = 1e-9


class Repeats(NamedTuple):
    """`effect` is eta squared; `usual` is how far each slot lies from the course, on average."""

    test: Test
    effect: float
    usual: dict[int, float]


def repeats(values: list[tuple[int, int, float]], length: int) -> Repeats | None:
    """`values` are (time, slot, value) in order; None where there is nothing to compare.

    Time counts the periods from the start of a cycle of so many. Each value is taken less the course:
    the level of its own cycle and the slope from the cycle before to the one after. What is left is
    compared by a Kruskal-Wallis test, so that growth is not mistaken for something that repeats. This
    is the test of aligned ranks after Hodges and Lehmann (1962): taking out the levels leaves
    (k - 1) / k of the variance in k slots, by which the statistic is reduced.
    """
    slots = {
        slot: group for slot, group in _aligned(values, length).items() if len(group) >= MIN_CYCLES
    }
    n, k = sum(len(group) for group in slots.values()), len(slots)
    if k < 2 or n <= k or len({value for group in slots.values() for value in group}) < 2:
        return None
    statistic = float(kruskal(*slots.values()).statistic) * (k - 1) / k
    test = Test("Kruskal-Wallis", statistic, float(chi2.sf(statistic, k - 1)), n)
    usual = {slot: float(np.mean(group)) for slot, group in slots.items()}
    return Repeats(test, max(0.0, (statistic - k + 1) / (n - k)), usual)


def _aligned(values: list[tuple[int, int, float]], length: int) -> dict[int, list[float]]:
    """The values of each slot, less the course; empty for fewer than two cycles."""
    cycles = [list(group) for _, group in groupby(values, key=lambda item: item[0] // length)]
    if len(cycles) < MIN_CYCLES:
        return {}
    levels = np.array([np.mean([value for _, _, value in cycle]) for cycle in cycles])
    middles = np.array([np.mean([time for time, _, _ in cycle]) for cycle in cycles])
    slopes = np.gradient(levels, middles)
    precision = np.abs(levels).max() * PRECISION
    found: dict[int, list[float]] = {}
    for cycle, level, middle, slope in zip(cycles, levels, middles, slopes, strict=True):
        for time, slot, value in cycle:
            left = float(value - level - slope * (time - middle))
            # What differs by the rounding of sums only is a tie.
            found.setdefault(slot, []).append(round(left / precision) if precision else 0.0)
    return found
