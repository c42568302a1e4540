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
from scipy.stats import median_abs_deviation

ALPHA = 0.003  # of all borders of a series together
MIN_SIDE = 5  # periods
MOST = 8  # borders
FEWEST_TAMED, WINDOW, FAR = 15, 5, 6.0  # beyond so many usual distances a value is an outlier
NORMAL = 1.4826  # standard deviations of a normal law in its median deviation
HIGHEST = 0.95  # inertia that is taken into account
Numbers = NDArray[Any]
Cost = Callable[[Numbers, int], Numbers]


@dataclass(frozen=True)
class Break:
    """The first place after a break, and how likely chance makes one as clear."""

    place: int
    p_value: float


def breaks_in(values: Sequence[float], looked_at: int = 1) -> list[Break]:
    """Returns the breaks of a series in their order; `looked_at` series are searched in all."""
    known = np.array(values, dtype=float)
    if len(known) < 2 * MIN_SIDE or np.ptp(known) == 0:
        return []
    known -= np.median(known)
    known = _tamed(known / np.abs(known).max())
    pieces = _Pieces.of(known)
    places = _borders(pieces, len(known))
    while places:
        inertia = (_inertia_of_steps(known) + _inertia_around(known, places)) / 2
        ends = [0, *places, len(known)]
        found = [
            _p_value(pieces, *ends[n : n + 3], (1 + inertia) / (1 - inertia)) for n in range(len(places))
        ]
        weakest = max(range(len(found)), key=lambda n: found[n])
        tests = looked_at * len(found)
        if found[weakest] * tests < ALPHA:
            return [
                Break(place, min(1.0, p * tests)) for place, p in zip(places, found, strict=True)
            ]
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


def _inertia_of_steps(values: Numbers) -> float:
    """Returns the part of a value that goes on into the next one, by the spreads of steps over one and
    two periods: these hardly see the breaks (Chakar and others 2017).
    """
    one, two = (median_abs_deviation(values[lag:] - values[:-lag]) for lag in (1, 2))
    return float(np.clip((two / one) ** 2 - 1, 0.0, HIGHEST)) if one else 0.0


def _inertia_around(values: Numbers, places: list[int]) -> float:
    """Returns the first autocorrelation of what is left beside the lines, corrected for its bias in
    short series (Kendall 1954).
    """
    left = np.concatenate(
        [_beside_line(values[start:end]) for start, end in pairwise([0, *places, len(values)])]
    )
    whole = float((left**2).sum())
    if not whole:
        return 0.0
    together = float((left[1:] * left[:-1]).sum()) / whole
    return float(np.clip(together + (1 + 4 * max(together, 0.0)) / len(left), 0.0, HIGHEST))


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


def _p_value(pieces: _Pieces, start: int, cut: int, end: int, inflation: float) -> float:
    """Returns how likely chance makes a border as clear as this one at any place of its two pieces."""
    n = end - start
    line = float(pieces.beside_line(start, end)[0])
    sides = [pieces.squares(start, cut), pieces.squares(cut, end)]
    places, values, both = (sum(float(side[k][0]) for side in sides) for k in range(3))
    step = max(values - both**2 / places, 0.0)  # one slope, two levels
    lines = sum(float(pieces.beside_line(*ends)[0]) for ends in ((start, cut), (cut, end)))
    likely = min(
        _f_test(line, left, n, more, inflation) for left, more in ((step, 1), (lines, 2))
    )
    return min(1.0, 2 * likely * n)


def _f_test(before: float, left: float, n: int, more: int, inflation: float) -> float:
    """Returns the p-value of what so many parameters more than a line's two explain."""
    free = max(1.0, (n - 2 - more) / inflation)
    return float(fisher.sf((before - left) / more / max(left, 1e-15) * free, more, free))


def _borders(pieces: _Pieces, n: int) -> list[int]:
    """Returns the borders of the best levels or lines, as many as pay for themselves."""
    most = min(MOST, n // MIN_SIDE - 1)
    priced = [
        (_price(squares, n, (len(places) + 1) * parameters + len(places)), places)
        for cost, parameters in ((pieces.beside_level, 1), (pieces.beside_line, 2))
        for squares, places in _best(cost, n, most)
    ]
    return list(min(priced, key=lambda each: each[0])[1])


def _price(squares: float, n: int, parameters: int) -> float:
    return n * math.log(max(squares / n, 1e-12)) + parameters * math.log(n)


def _best(cost: Cost, n: int, most: int) -> list[tuple[float, list[int]]]:
    """Returns the least squares of so many borders, and where these are, for each number of them."""
    starts_of = {end: np.arange(MIN_SIDE, end - MIN_SIDE + 1) for end in range(2 * MIN_SIDE, n + 1)}
    costs = {end: cost(starts, end) for end, starts in starts_of.items()}
    best = np.array([np.inf] * MIN_SIDE + [cost(0, end)[0] for end in range(MIN_SIDE, n + 1)])
    borders: list[list[int]] = [[] for _ in range(n + 1)]
    choices = [(float(best[n]), borders[n])]
    for _ in range(most):
        found = np.full(n + 1, np.inf)
        made: list[list[int]] = [[] for _ in range(n + 1)]
        for end, starts in starts_of.items():
            options = best[starts] + costs[end]
            first = int(np.argmin(options))
            if np.isfinite(options[first]):
                found[end] = options[first]
                made[end] = [*borders[int(starts[first])], int(starts[first])]
        best, borders = found, made
        if not np.isfinite(best[n]):
            break
        choices.append((float(best[n]), borders[n]))
    return choices
