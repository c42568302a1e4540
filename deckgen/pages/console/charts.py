"""Small charts as the numbers of an SVG, which a template draws: lines, and bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

WIDTH, HEIGHT, EDGE = 240.0, 48.0, 2.0


@dataclass(frozen=True)
class Line:
    """The lines of a series: a value that is not known parts one from the next."""

    points: list[str]
    most: float
    total: float


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float


def line(values: Sequence[float | None]) -> Line:
    """Returns a series from left to right, its largest value at the top and zero at the bottom."""
    known = [value for value in values if value is not None]
    most = max(known, default=0)
    step = WIDTH / max(len(values) - 1, 1)
    parts = groupby(enumerate(values), key=lambda each: each[1] is not None)
    points = [
        " ".join(f"{place * step:.1f},{_height(value or 0, most):.1f}" for place, value in part)
        for is_known, part in parts
        if is_known
    ]
    return Line(points, most, sum(known))


def bars(values: Sequence[float]) -> list[Bar]:
    """Returns a bar for each value, with a gap of a fifth of its place."""
    most, place = max(values, default=0), WIDTH / max(len(values), 1)
    return [
        Bar(
            round(number * place + place * 0.1, 2),
            round(_height(value, most), 2),
            round(place * 0.8, 2),
            round(HEIGHT - _height(value, most), 2) if value else 0,
        )
        for number, value in enumerate(values)
    ]


def _height(value: float, most: float) -> float:
    return HEIGHT - EDGE - (value / most if most else 0) * (HEIGHT - 2 * EDGE)
