"""Scales of answers: where each bar begins, so that the middles stand under one another."""

from dataclasses import dataclass
from itertools import accumulate, pairwise

from deckgen.export.charts.view import View
from deckgen.export.layout.scales import clean


@dataclass(frozen=True)
class Part:
    """An answer's share of one bar, between two values along the axis."""

    series: int
    index: int
    start: float
    end: float


def before(view: View) -> list[float]:
    """Returns what stands before each bar: the answers below the middle reach as far in none."""
    lefts = [_left(view, index) for index in range(len(view.categories))]
    return [clean(max(lefts) - left) for left in lefts]


def middle(view: View) -> float:
    return max(_left(view, index) for index in range(len(view.categories)))


def parts(view: View) -> list[Part]:
    found = []
    for index, pushed in enumerate(before(view)):
        ends = list(accumulate(_values(view, index), initial=pushed))
        found += [Part(number, index, *reach) for number, reach in enumerate(pairwise(ends))]
    return found


def _values(view: View, index: int) -> list[float]:
    return [series.values[index] or 0.0 for series in view.series]


def _left(view: View, index: int) -> float:
    """Returns the share of the answers below the middle, with half of the answer in the middle."""
    values = _values(view, index)
    half = len(values) // 2
    return sum(values[:half]) + (values[half] / 2 if len(values) % 2 else 0.0)
