"""Several shifts of a series' level: the best pieces of equal level, each border tested by itself.

The pieces are those with the least squares within them, for a price per border (Schwarz 1978); the test
of a border is Pettitt's over the two pieces beside it, or that of its two sides.
"""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import mannwhitneyu

from deckgen.orchestrator.analyst.stats.pettitt import level_shift_of

ALPHA = 0.05
MIN_SIDE = 3  # periods
MIN_CHANGE = 0.05  # of the level
MOST = 6  # shifts
WANDERS = 1.5  # standard errors of what is left of a value in the next one
NEAR = 2  # periods by which the test may place a border otherwise
Numbers = NDArray[Any]
EXACT = 60  # values, up to which the exact distribution is quick


def level_shifts(values: Sequence[float], looked_at: int = 1) -> list[int]:
    """Returns the first places after each shift, in order; `looked_at` series are searched in all.

    A border that does not hold is taken away, the weakest first, and its pieces become one.
    """
    values = _scaled(values)
    cuts = _borders(values)
    while cuts:
        ends = [0, *cuts, len(values)]
        alpha = ALPHA / looked_at / len(cuts)
        p_values = [
            _p_value(values[ends[n] : ends[n + 2]], ends[n + 1] - ends[n]) for n in range(len(cuts))
        ]
        weakest = max(range(len(cuts)), key=lambda n: p_values[n])
        if p_values[weakest] < alpha:
            return cuts
        del cuts[weakest]
    return []


def p_value(values: Sequence[float], cuts: Sequence[int], looked_at: int = 1) -> float:
    """Returns the p-value of the weakest of the shifts that were found, for all that were looked at."""
    values = _scaled(values)
    ends = [0, *cuts, len(values)]
    p_values = (
        _p_value(values[ends[n] : ends[n + 2]], ends[n + 1] - ends[n]) for n in range(len(cuts))
    )
    return min(1.0, max(p_values) * looked_at * len(cuts))


def _scaled(values: Sequence[float]) -> list[float]:
    """Returns the values against the largest: squares of huge numbers have no place in a float."""
    largest = max((abs(value) for value in values), default=0.0) or 1.0
    return [value / largest for value in values]


def _p_value(piece: Sequence[float], cut: int) -> float:
    """Returns the p-value of a shift at a place; 1 if it is none there, or one too small to see."""
    levels = statistics.median(piece[:cut]), statistics.median(piece[cut:])
    scale = max(abs(level) for level in levels)
    if not scale or abs(levels[1] - levels[0]) < MIN_CHANGE * scale:
        return 1.0
    return min(_pettitt(piece, cut), _of_sides(piece, cut))


def _pettitt(piece: Sequence[float], cut: int) -> float:
    shift = level_shift_of(list(piece))
    is_there = shift is not None and shift.is_clear and abs(shift.index - cut) <= NEAR
    return shift.p_value if shift is not None and is_there else 1.0


def _of_sides(piece: Sequence[float], cut: int) -> float:
    """Returns the p-value that both sides have one level (Mann and Whitney 1947), for every place at
    which the piece could have been cut; 1 if a line fits it as well as a step, or what is left beside
    the step still wanders.

    Pettitt's test sees little near an end of the series, where news mostly are.
    """
    if _squares_of_step(piece, cut) >= _squares_of_line(piece) or _wanders(piece, cut):
        return 1.0
    test = mannwhitneyu(piece[:cut], piece[cut:], method="exact" if len(piece) <= EXACT else "auto")
    return min(1.0, float(test.pvalue) * len(piece))


def _wanders(piece: Sequence[float], cut: int) -> bool:
    """True if what is left beside a step goes on from value to value, as a random walk does."""
    left = [value - statistics.fmean(side) for side in (piece[:cut], piece[cut:]) for value in side]
    whole = math.fsum(value**2 for value in left)
    together = math.fsum(one * next_one for one, next_one in pairwise(left))
    return whole > 0 and together / whole > WANDERS / math.sqrt(len(left))


def _squares_of_step(piece: Sequence[float], cut: int) -> float:
    sides = (piece[:cut], piece[cut:])
    return math.fsum(
        math.fsum((value - statistics.fmean(side)) ** 2 for value in side) for side in sides
    )


def _squares_of_line(piece: Sequence[float]) -> float:
    fitted = statistics.linear_regression(range(len(piece)), piece)
    return math.fsum(
        (value - fitted.intercept - fitted.slope * place) ** 2 for place, value in enumerate(piece)
    )


@dataclass(frozen=True)
class _Costs:
    """The squares within any piece of a series, out of running sums."""

    sums: Numbers
    squares: Numbers

    def of(self, starts: Numbers, end: int) -> Numbers:
        """Returns those of the pieces from each start to an end."""
        total = self.sums[end] - self.sums[starts]
        squares: Numbers = self.squares[end] - self.squares[starts] - total**2 / (end - starts)
        return np.maximum(squares, 0.0)


def _borders(values: list[float]) -> list[int]:
    """Returns the borders of the best pieces, as many as pay for themselves."""
    n = len(values)
    if n < 2 * MIN_SIDE or len(set(values)) == 1:
        return []
    middle = statistics.median(values)
    scale = max(abs(value - middle) for value in values) or 1.0
    scaled = (np.array(values) - middle) / scale
    costs = _Costs(
        np.concatenate([[0.0], np.cumsum(scaled)]), np.concatenate([[0.0], np.cumsum(scaled**2)])
    )
    best = np.full(n + 1, np.inf)
    for end in range(MIN_SIDE, n + 1):
        best[end] = costs.of(np.array([0]), end)[0]
    cuts: list[list[int]] = [[] for _ in range(n + 1)]
    choices = [(float(best[n]), cuts[n])]
    for _ in range(MOST):
        best, cuts = _one_more(best, cuts, costs)
        if not np.isfinite(best[n]):
            break
        choices.append((float(best[n]), cuts[n]))
    return min(choices, key=lambda choice: _price(choice[0], len(choice[1]), n))[1]


def _one_more(best: Numbers, cuts: list[list[int]], costs: _Costs) -> tuple[Numbers, list[list[int]]]:
    """Returns the best pieces up to each place with one border more; infinite squares if none fit."""
    n = len(best) - 1
    found, made = np.full(n + 1, np.inf), [list[int]() for _ in range(n + 1)]
    for end in range(2 * MIN_SIDE, n + 1):
        starts = np.arange(MIN_SIDE, end - MIN_SIDE + 1)
        options = best[starts] + costs.of(starts, end)
        first = int(np.argmin(options))
        if np.isfinite(options[first]):
            found[end], made[end] = options[first], [*cuts[starts[first]], int(starts[first])]
    return found, made


def _price(squares: float, borders: int, n: int) -> float:
    """Returns Schwarz's criterion: a border is two parameters, its place and its level."""
    return n * math.log(max(squares / n, 1e-9)) + 2 * borders * math.log(n)
