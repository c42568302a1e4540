"""Wilcoxon's (1945) signed-rank test: do differences go one way more than chance would let them?"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.stats import rankdata, wilcoxon

from deckgen.orchestrator.analyst.stats.result import TestResult

FEW = 13  # differences; of more that share ranks the normal distribution is close enough


def signed_ranks(differences: Sequence[float]) -> TestResult:
    """Returns the test of differences that are not all 0.

    Of a few, every choice of signs is counted. scipy does the same where ranks are shared, but tries
    the thousands of choices one by one, which takes a second.
    """
    if len(differences) > FEW:
        test = wilcoxon(differences)
        return TestResult("Wilcoxon", float(test.statistic), float(test.pvalue), len(differences))
    values = np.array([each for each in differences if each])
    ranks = np.rint(2 * rankdata(np.abs(values))).astype(int)  # doubled: a shared rank may be a half
    up = int(ranks[values > 0].sum())
    ways = _ways(ranks)
    tail = float(min(ways[: up + 1].sum(), ways[up:].sum()) / ways.sum())
    least = min(up, int(ranks.sum()) - up) / 2
    return TestResult("Wilcoxon", least, min(1.0, 2 * tail), len(differences))


def _ways(ranks: Any) -> Any:
    """Returns for each sum in how many ways some of the ranks add up to it."""
    ways = np.ones(1)
    for rank in ranks:
        without, with_it = np.pad(ways, (0, rank)), np.pad(ways, (rank, 0))
        ways = without + with_it
    return ways
