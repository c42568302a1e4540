"""The Kruskal-Wallis test: whether the values of several groups come from one distribution."""

from typing import NamedTuple

from scipy.stats import kruskal

from deckgen.orchestrator.analyst.insights.candidate import Test


class Compared(NamedTuple):
    """`effect` is eta squared, the share of the ranks' variance that the groups explain."""

    test: Test
    effect: float


def compare(samples: list[list[float]]) -> Compared | None:
    """None where there is nothing to compare: fewer than two groups, or values that are all the same.

    The effect size is (H - k + 1) / (n - k) after Tomczak and Tomczak (2014), at least 0.
    """
    n, k = sum(len(sample) for sample in samples), len(samples)
    if k < 2 or n <= k or len({value for sample in samples for value in sample}) < 2:
        return None
    statistic, p_value = (float(value) for value in kruskal(*samples))
    effect = max(0.0, (statistic - k + 1) / (n - k))
    return Compared(Test("Kruskal-Wallis", statistic, p_value, n), effect)
