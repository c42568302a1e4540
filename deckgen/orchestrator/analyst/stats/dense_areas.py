"""Dense areas of points: boxes that hold far more of them than boxes of their size would by chance."""

import math
import statistics
from collections import Counter
from dataclasses import dataclass

from scipy.stats import binom

MOST = 3
MOST_BOXES = 9
PER_SIDE = 8  # boxes of a grid over all points, to either side
LEAST_SHARE = 0.1  # of the points
CLEAR = 0.01
DECIMALS = 2  # of degrees: a kilometre

Point = tuple[float, float]


@dataclass(frozen=True)
class Area:
    """A box of degrees, without its northern and eastern edge."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, point: Point) -> bool:
        return self.south <= point[0] < self.north and self.west <= point[1] < self.east

    def touches(self, other: "Area") -> bool:
        return (
            self.south <= other.north and other.south <= self.north
            and self.west <= other.east and other.west <= self.east
        )  # fmt: skip


def dense_areas(points: list[Point]) -> list[Area]:
    """Returns up to three dense areas, the one with the most points first; none touches another.

    Each is a box around the middle of the fullest cell of a grid, or several that are neighbours. A box
    counts if it would hardly ever be as full were the points spread evenly over all cells.
    """
    sides = [_side(sorted(point[axis] for point in points)) for axis in (0, 1)]
    left, found = list(points), list[Area]()
    for _ in range(MOST_BOXES):
        if not left:
            break
        area = _fullest(left, sides)
        inside = [point for point in left if area.holds(point)]
        if len(inside) < LEAST_SHARE * len(points) or not _is_dense(len(inside), len(points)):
            break
        near = [each for each in found if each.touches(area)]
        found = [each for each in found if each not in near] + [_around([area, *near])]
        left = [point for point in left if not area.holds(point)]
    return sorted(found, key=lambda each: -sum(map(each.holds, points)))[:MOST]


def _around(areas: list[Area]) -> Area:
    """Returns the box around some boxes."""
    return Area(
        min(each.south for each in areas), max(each.north for each in areas),
        min(each.west for each in areas), max(each.east for each in areas),
    )  # fmt: skip


def _side(values: list[float]) -> float:
    """Returns the side of a box: a part of the range without the few farthest points."""
    low, high = values[len(values) // 50], values[-1 - len(values) // 50]
    return max((high - low) / PER_SIDE, 10.0**-DECIMALS)


def _fullest(points: list[Point], sides: list[float]) -> Area:
    cells = Counter((math.floor(y / sides[0]), math.floor(x / sides[1])) for y, x in points)
    fullest = min(cells, key=lambda cell: (-cells[cell], cell))
    inside = [
        point for point in points
        if (math.floor(point[0] / sides[0]), math.floor(point[1] / sides[1])) == fullest
    ]  # fmt: skip
    middle = [statistics.median(point[axis] for point in inside) for axis in (0, 1)]
    (south, north), (west, east) = (
        (round(centre - side, DECIMALS), round(centre + side, DECIMALS))
        for centre, side in zip(middle, sides, strict=True)
    )
    return Area(south, north, west, east)


def _is_dense(inside: int, points: int) -> bool:
    """True if so many points in a box of two by two cells are no accident, among all such boxes."""
    share = 4 / PER_SIDE**2
    return float(binom.sf(inside - 1, points, share)) * PER_SIDE**2 < CLEAR
