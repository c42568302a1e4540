"""Several breaks of a series: where it goes to another level, or takes another direction.

The series is cut into the lines, or the levels, that leave the least squares for a price per border
(Schwarz 1978). Then each border is tested by itself: a step, or another line, against one line through
the two pieces beside it (Fisher's F, for every place at which these could be cut). Values that go on
from one to the next leave fewer that count. A border that does not hold is taken away, the weakest
first.

The search is written here and not taken from a package: it is the small part, and what keeps noise from
being told, the tests and the allowance for inertia, is in no package of change points.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.stats import f as fisher
from scipy.stats import mannwhitneyu, rankdata

ALPHA = 0.002  # of all borders of a series together
OF_RANKS = 0.01  # the same, of what their ranks have to reach
MIN_SIDE = 4  # periods
MOST = 8  # borders
LEAST = 0.025  # of the largest value: a smaller change is none for a reader
FEWEST_TAMED, WINDOW, FAR = 15, 5, 6.0  # beyond so many usual distances a value is an outlier
NORMAL = 1.4826  # standard deviations of a normal law in its median deviation
BIAS = (2.0, 4.0)  # of an autocorrelation beside a line (Marriott and Pope 1954)
EXACT = 60  # values, up to which the exact distribution is quick, and needed beside a short piece
HIGHEST = 0.95  # inertia that is taken into account
Numbers = NDArray[Any]
Cost = Callable[[Numbers, int], Numbers]


@dataclass(frozen=True)
class Border:
    """The first place after a break, and how likely chance makes one as clear."""

    place: int
    p_value: float


def breaks_in(values: Sequence[float], looked_at: int = 1) -> list[Border]:
    """Returns the breaks of a series in their order; `looked_at` series are searched in all."""
    known = np.array(values, dtype=float)
    if len(known) < 2 * MIN_SIDE or np.ptp(known) == 0:
        return []
    off = known - np.median(known)
    largest = np.abs(off).max()
    level = float(np.abs(known).max() / largest)
    known = _tamed(off / largest)
    places = _borders(_Pieces.of(known), known)
    while places:
        inertia = _inertia(known, places, BIAS)
        ends = [0, *places, len(known)]
        beside = [(ends[n], ends[n + 1], ends[n + 2]) for n in range(len(places))]
        inflation = (1 + inertia) / (1 - inertia)
        found = [
            _p_value(known, *each, inflation) if _is_seen(known, level, *each) else 1.0
            for each in beside
        ]
        weakest = max(range(len(found)), key=lambda n: found[n])
        tests = looked_at * len(found)
        if found[weakest] * tests < ALPHA:
            return [Border(place, min(1.0, p * tests)) for place, p in zip(places, found, strict=True)]
        del places[weakest]
    return []


def _tamed(values: Numbers) -> Numbers:
    """Returns the values with the running median where one is far from it."""
    if len(values) < FEWEST_TAMED:
        return values
    around = np.pad(values, WINDOW // 2, mode="edge")
    running = np.median(sliding_window_view(around, WINDOW), axis=1)
    off = np.abs(values - running)
    usual = NORMAL * np.median(off)
    return np.where((off > FAR * usual) & (usual > 0), running, values)


def _inertia(values: Numbers, places: list[int], bias: tuple[float, float] = (0.0, 0.0)) -> float:
    """Returns the part of what is left beside the lines of all pieces that goes on into the next value:
    the first autocorrelation, corrected for the bias that each line makes.
    """
    pieces = list(pairwise([0, *places, len(values)]))
    left = np.concatenate([_beside_line(values[start:end]) for start, end in pieces])
    whole = float((left**2).sum())
    if not whole:
        return 0.0
    together = float((left[1:] * left[:-1]).sum()) / whole
    off = (bias[0] + bias[1] * max(together, 0.0)) * len(pieces) / len(left)
    return float(np.clip(together + off, 0.0, HIGHEST))


def _beside_line(values: Numbers) -> Numbers:
    places = np.arange(len(values))
    beside: Numbers = values - np.polyval(np.polyfit(places, values, 1), places)
    return beside


@dataclass(frozen=True)
class _Pieces:
    """What is left within any piece of a series, beside its mean or its line, out of running sums."""

    sums: Numbers  # of the places, their squares, the values, their squares, and both multiplied

    @classmethod
    def of(cls, values: Numbers) -> "_Pieces":
        places = np.arange(len(values), dtype=float) - len(values) / 2
        rows = np.array([places, places**2, values, values**2, places * values])
        return cls(np.concatenate([np.zeros((5, 1)), np.cumsum(rows, axis=1)], axis=1))

    def squares(self, start: Any, end: int) -> tuple[Any, Any, Any]:
        """Returns the squares of the places, the values, and both, each less its mean."""
        t, tt, y, yy, ty = self.sums[:, [end]] - self.sums[:, np.atleast_1d(start)]
        n = end - np.atleast_1d(start)
        return tt - t**2 / n, np.maximum(yy - y**2 / n, 0.0), ty - t * y / n

    def beside_level(self, start: Any, end: int) -> Numbers:
        level: Numbers = self.squares(start, end)[1]
        return level

    def beside_line(self, start: Any, end: int) -> Numbers:
        places, values, both = self.squares(start, end)
        line: Numbers = np.maximum(values - both**2 / np.maximum(places, 1e-12), 0.0)
        return line


def _is_seen(values: Numbers, level: float, start: int, cut: int, end: int) -> bool:
    """True if one line through two pieces is off by a part of the level that a reader would see."""
    beside = _beside_line(values[start:end])
    both = np.concatenate([_beside_line(values[start:cut]), _beside_line(values[cut:end])])
    return bool(np.abs(beside - both).max() >= LEAST * level)


def _p_value(known: Numbers, start: int, cut: int, end: int, inflation: float) -> float:
    """Returns how likely chance makes a border as clear as this one at any place of its two pieces.

    Their ranks, in which a few large values make no border, have to agree, at a lower level.
    """
    values, cut, n = known[start:end], cut - start, end - start
    ranks = rankdata(values)
    method = "exact" if n <= EXACT else "asymptotic"
    by_values = 2 * _of_pieces(_Pieces.of(values), cut, n, inflation)
    by_ranks = min(
        2 * _of_pieces(_Pieces.of(ranks), cut, n, inflation),
        float(mannwhitneyu(ranks[:cut], ranks[cut:], method=method).pvalue),
    )
    return min(1.0, max(by_values, by_ranks * ALPHA / OF_RANKS) * n)


def _of_pieces(pieces: _Pieces, cut: int, n: int, inflation: float) -> float:
    """Returns the p-value of a step, or of two lines, against one line."""
    line = float(pieces.beside_line(0, n)[0])
    sides = [pieces.squares(0, cut), pieces.squares(cut, n)]
    places, values, both = (sum(float(side[k][0]) for side in sides) for k in range(3))
    step = max(values - both**2 / places, 0.0)  # one slope, two levels
    lines = sum(float(pieces.beside_line(*ends)[0]) for ends in ((0, cut), (cut, n)))
    return min(_f_test(line, left, n, more, inflation) for left, more in ((step, 1), (lines, 2)))


def _f_test(before: float, left: float, n: int, more: int, inflation: float) -> float:
    """Returns the p-value of what so many parameters more than a line's two explain."""
    free = max(1.0, (n - 2 - more) / inflation)
    return float(fisher.sf((before - left) / more / max(left, 1e-15) * free, more, free))


def _borders(pieces: _Pieces, values: Numbers) -> list[int]:
    """Returns the borders of the best levels or lines, as many as pay for themselves."""
    n = len(values)
    most = min(MOST, n // MIN_SIDE - 1)
    priced = [
        (_price(values, squares, places, parameters), places)
        for cost, parameters in ((pieces.beside_level, 1), (pieces.beside_line, 2))
        for squares, places in _best(cost, n, most)
    ]
    return list(min(priced, key=lambda each: each[0])[1])


def _price(values: Numbers, squares: float, places: list[int], parameters: int) -> float:
    """Returns Schwarz's criterion of what is new in each value: what goes on from the one before, as in
    a random walk, is no reason for a border.
    """
    n, inertia = len(values), _inertia(values, places)
    new = max(squares * (1 - inertia**2) / n, 1e-12)
    return n * math.log(new) + ((len(places) + 1) * parameters + len(places)) * math.log(n)


def _best(cost: Cost, n: int, most: int) -> list[tuple[float, list[int]]]:
    """Returns the least squares of so many borders, and where these are, for each number of them."""
    costs = np.full((n + 1, n + 1), np.inf)  # of the piece from a start, in the columns, to an end
    for end in range(2 * MIN_SIDE, n + 1):
        starts = np.arange(MIN_SIDE, end - MIN_SIDE + 1)
        costs[end, starts] = cost(starts, end)
    best = np.full(n + 1, np.inf)
    best[MIN_SIDE:] = [cost(np.zeros(1, dtype=int), end)[0] for end in range(MIN_SIDE, n + 1)]
    choices: list[tuple[float, list[int]]] = [(float(best[n]), [])]
    last: list[Numbers] = []  # the last border before each end, by the number of borders
    for _ in range(most):
        options = best + costs
        last.append(np.argmin(options, axis=1))
        best = options[np.arange(n + 1), last[-1]]
        if not np.isfinite(best[n]):
            break
        choices.append((float(best[n]), _traced(last, n)))
    return choices


def _traced(last: list[Numbers], end: int) -> list[int]:
    """Returns the borders that lead to an end, in their order."""
    borders: list[int] = []
    for before in reversed(last):
        end = int(before[end])
        borders.insert(0, end)
    return borders
