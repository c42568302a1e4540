"""The test of a distant value beside the other distant ones: some series have such all the time."""

import math
import statistics
from collections.abc import Sequence

from scipy.stats import f as fisher

from deckgen.orchestrator.analyst.stats.result import TestResult

MIN_TAIL, TAIL = 5, 4  # the tail is a quarter of the values, and five at least
NAME = "Pisarenko-Sornette"


def beyond_the_tail(off: Sequence[float]) -> TestResult:
    """Returns the test that the most distant value is further off than the tail lets expect.

    The test of "dragon kings" after Pisarenko and Sornette (2012): in a tail of any weight the
    logarithms of the ratios of neighbouring distances, times their ranks, are exponential (Rényi,
    1953), so that the first over the mean of the next follows F.
    """
    middle = statistics.median(off)
    distances = sorted((abs(value - middle) for value in off), reverse=True)
    distances = distances[: max(MIN_TAIL, len(off) // TAIL)]
    kept = [distance for distance in distances if distance > 0]
    if len(kept) < 2:
        return TestResult(NAME, 0.0, 0.0 if kept else 1.0, len(off))
    spacings = [place * math.log(kept[place - 1] / kept[place]) for place in range(1, len(kept))]
    usual = statistics.fmean(spacings[1:]) if len(spacings) > 1 else 0.0
    if usual == 0:
        return TestResult(NAME, 0.0, 0.0 if spacings[0] > 0 else 1.0, len(off))
    statistic = spacings[0] / usual
    p_value = float(fisher.sf(statistic, 2, 2 * (len(spacings) - 1)))
    return TestResult(NAME, statistic, p_value, len(off))
