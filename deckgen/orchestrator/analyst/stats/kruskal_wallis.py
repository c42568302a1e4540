"""The Kruskal-Wallis test of values of several groups against one common distribution."""

from typing import NamedTuple

from scipy.special import chdtrc

from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.analyst.stats.result import TestResult


class GroupTest(NamedTuple):
    """The result: `effect` is eta squared, the share of the ranks' variance that the groups explain."""

    test: TestResult
    effect: float
    groups: int


def compare(table: DataTable, values: str, enough: int) -> GroupTest | None:
    """Returns the test of the groups of a query (g, v) that have at least `enough` values.

    None without anything to compare: fewer than two groups, or values that are all the same. The
    statistic H is corrected for ties (Kruskal and Wallis, 1952); the effect size is
    (H - k + 1) / (n - k) after Tomczak and Tomczak (2014), at least 0.
    """
    groups = table.all(_ranks(values, enough))
    n, k = sum(size for size, _, _ in groups), len(groups)
    spread = 1 - sum(ties for _, _, ties in groups) / (n**3 - n) if n > 1 else 0.0
    if k < 2 or n <= k or spread == 0:
        return None
    squares = sum(ranks**2 / size for size, ranks, _ in groups)
    statistic = (12 / (n * (n + 1)) * squares - 3 * (n + 1)) / spread
    effect = max(0.0, (statistic - k + 1) / (n - k))
    test = TestResult("Kruskal-Wallis", statistic, float(chdtrc(k - 1, statistic)), n)
    return GroupTest(test, effect, k)


def _ranks(values: str, enough: int) -> str:
    """Returns SQL for each group's size, rank sum, and part of the sum of t³ - t over the ties.

    Values that are the same share their mean rank; each of t such values has t² - 1 of the last sum.
    """
    return f"""
    WITH counts AS MATERIALIZED (SELECT g, v, count(*) AS n FROM ({values}) GROUP BY g, v),
    large AS (SELECT * FROM counts
      WHERE g IN (SELECT g FROM counts GROUP BY g HAVING sum(n) >= {enough})),
    ranked AS (SELECT v, t, sum(t) OVER (ORDER BY v) - (t - 1) / 2 AS rank
      FROM (SELECT v, sum(n) AS t FROM large GROUP BY v))
    SELECT sum(n), sum(n * rank), sum(CAST(n AS DOUBLE) * (t ** 2 - 1))
    FROM large JOIN ranked USING (v) GROUP BY g ORDER BY g
    """
