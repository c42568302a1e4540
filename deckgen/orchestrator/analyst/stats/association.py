"""How strongly one column goes with another: a test, and the share of the variation that goes with it.

The tests are of ranks or counts, so that a few extreme values decide nothing. The effect is the share
of the variance that lies between the groups, or along the line, corrected for the number of groups
(epsilon squared after Kelley, 1935): it is the same scale for categories and numbers.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.stats import chi2_contingency, fisher_exact, kruskal, spearmanr

from deckgen.orchestrator.analyst.stats.result import TestResult

ENOUGH = 5  # rows of a group, below which it is not compared
LARGEST = 1e100  # beyond it squares are infinite
FEW_EXPECTED = 5.0  # below it the chi-square distribution does not hold


class Association(NamedTuple):
    """The test and the effect, from 0 (nothing) to 1 (all of the variation)."""

    test: TestResult
    effect: float


def of_groups(groups: Sequence[Hashable], values: Sequence[float]) -> Association | None:
    """Returns how values differ by groups that are large enough; None without two such groups."""
    kept = large(groups)
    places = {group: place for place, group in enumerate(kept)}
    place_of = np.array([places.get(group, -1) for group in groups])
    every = np.array(values, dtype=float)
    known = (place_of >= 0) & (np.abs(every) < LARGEST)
    place_of, every = place_of[known], every[known]
    parts = [every[place_of == place] for place in range(len(kept))]
    if len(parts) < 2 or len(every) <= len(parts) or np.ptp(every) == 0:
        return None
    between = sum(len(part) * (part.mean() - every.mean()) ** 2 for part in parts)
    share = float(between / ((every - every.mean()) ** 2).sum())
    name, statistic, p_value = _two_valued(parts) if _is_two_valued(every) else _ranked(parts)
    test = TestResult(name, statistic, p_value, len(every))
    return Association(test, _corrected(share, len(every), len(parts)))


def of_numbers(xs: Sequence[float], ys: Sequence[float]) -> Association | None:
    """Returns how two numbers go together; None if one of them is constant, or there are few pairs."""
    x, y = np.array(xs, dtype=float), np.array(ys, dtype=float)
    tame = (np.abs(x) < LARGEST) & (np.abs(y) < LARGEST)
    x, y = x[tame], y[tame]
    if len(x) < 2 * ENOUGH or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    ranked = spearmanr(x, y)
    along = float(np.corrcoef(x, y)[0, 1])
    # Where line and ranks point apart, a few values make the line.
    share = along**2 if along * float(ranked.statistic) > 0 else 0.0
    test = TestResult("Spearman", float(ranked.statistic), float(ranked.pvalue), len(x))
    return Association(test, _corrected(share, len(x), 2))


def of_categories(xs: Sequence[Hashable], ys: Sequence[Hashable]) -> float:
    """Returns the share in which one category tells another: Cramér's V, squared; from 0 to 1."""
    counts = Counter(zip(xs, ys, strict=True))
    first, second = sorted(set(xs), key=str), sorted(set(ys), key=str)
    table = np.array([[counts[x, y] for y in second] for x in first])
    if min(table.shape) < 2:
        return 0.0
    chi_square = float(chi2_contingency(table, correction=False).statistic)
    return float(chi_square / (len(xs) * (min(table.shape) - 1)))


def large(groups: Sequence[Hashable]) -> list[Any]:
    """Returns the groups with enough rows, in the order of their names."""
    return sorted((group for group, rows in Counter(groups).items() if rows >= ENOUGH), key=str)


def _corrected(share: float, n: int, parameters: int) -> float:
    """Returns a share of the variance less what chance alone brings for so many groups."""
    return max(0.0, 1 - (1 - share) * (n - 1) / (n - parameters))


def _is_two_valued(values: Any) -> bool:
    return set(np.unique(values)) <= {0.0, 1.0}


def _ranked(parts: list[Any]) -> tuple[str, float, float]:
    result = kruskal(*parts)
    return "Kruskal-Wallis", float(result.statistic), float(result.pvalue)


def _two_valued(parts: list[Any]) -> tuple[str, float, float]:
    """Returns the test of rates: Fisher's exact one where a group of two expects few cases."""
    counts = np.array([[part.sum(), len(part) - part.sum()] for part in parts], dtype=int)
    result = chi2_contingency(counts, correction=False)
    if len(parts) == 2 and result.expected_freq.min() < FEW_EXPECTED:
        exact = fisher_exact(counts)
        return "Fisher's exact", float(exact.statistic), float(exact.pvalue)
    return "Chi-square", float(result.statistic), float(result.pvalue)
