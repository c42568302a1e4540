"""Series with known breaks, the score of breaks that were found, and series of noise.

`python -m tests.planted_breaks` prints how well `breaks_in` finds them.
"""

import math
import random
import statistics
import sys
from collections.abc import Sequence
from itertools import pairwise

from deckgen.orchestrator.analyst.stats.breaks import breaks_in
from deckgen.orchestrator.analyst.stats.seasons import without_season

MARGIN = 5  # periods by which a break may be found beside its place
Planted = tuple[list[float], int, list[int]]  # values, the cycle of their season, and breaks


def planted(seed: int) -> Planted:
    """A series of a kind that the seed chooses: steps, or lines with other slopes, with noise around
    them, and perhaps a season, values far off, and errors that go on.
    """
    luck = random.Random(f"breaks {seed}")
    n = (40, 60, 80, 120, 160, 200, 300, 500)[seed % 8]
    breaks = _places(luck, n, min(1 + seed % 4, n // 20))
    course = (_steps if seed % 5 < 3 else _lines)(luck, n, breaks)
    cycle, swing = (12, luck.uniform(1, 3)) if seed % 4 == 1 and n >= 60 else (1, 0.0)
    errors = noise(f"breaks {seed}", n, 0.4 if seed % 3 == 2 else 0.0)
    values = [
        level + error + swing * math.sin(2 * math.pi * place / 12)
        for place, (level, error) in enumerate(zip(course, errors, strict=True))
    ]
    if seed % 4 == 2:
        for place in luck.sample(range(n), max(1, n // 50)):
            values[place] += luck.choice((-1, 1)) * luck.uniform(6, 10)
    return values, cycle, breaks


def noise(seed: object, n: int, goes_on: float = 0.0) -> list[float]:
    """Errors of spread one, of which a part goes on from each to the next."""
    luck, found = random.Random(f"noise {seed}"), [0.0]
    for _ in range(n):
        found.append(goes_on * found[-1] + math.sqrt(1 - goes_on**2) * luck.gauss(0, 1))
    return found[1:]


def found_in(values: list[float], cycle: int) -> list[int]:
    """The places of the breaks that are found in a series less its season."""
    return [each.place for each in breaks_in(without_season(values, cycle))]


def score(found: Sequence[int], breaks: Sequence[int]) -> float:
    """The harmonic mean of the parts of breaks that were found, and of those found that are right; the
    start of a series is one of both, and each break is found once.
    """
    left, hits = [0, *found], 0
    for place in (0, *breaks):
        near = [each for each in left if abs(each - place) <= MARGIN]
        if near:
            hits += 1
            left.remove(min(near, key=lambda each: abs(each - place)))
    precision, recall = hits / (1 + len(found)), hits / (1 + len(breaks))
    return 2 * precision * recall / (precision + recall)


def _places(luck: random.Random, n: int, many: int) -> list[int]:
    apart = max(10, n // (2 * (many + 1)))
    while True:
        places = sorted(luck.randrange(apart, n - apart + 1) for _ in range(many))
        if all(after - before >= apart for before, after in pairwise([0, *places, n])):
            return places


def _steps(luck: random.Random, n: int, breaks: list[int]) -> list[float]:
    level, course = 50.0, list[float]()
    for start, end in pairwise([0, *breaks, n]):
        course += [level] * (end - start)
        level += luck.choice((-1, 1)) * luck.uniform(2.5, 6)
    return course


def _lines(luck: random.Random, n: int, breaks: list[int]) -> list[float]:
    level, rise, course = 50.0, luck.choice((-1, 1)) * luck.uniform(5, 10), list[float]()
    for start, end in pairwise([0, *breaks, n]):
        for _ in range(start, end):
            course.append(level)
            level += rise / (end - start)
        rise = -math.copysign(luck.uniform(6, 12), rise)
    return course


def main() -> str:
    """The mean score of sixty series, and how often noise is told to break."""
    series = [planted(seed) for seed in range(60)]
    scores = [score(found_in(values, cycle), breaks) for values, cycle, breaks in series]
    none = [score([], breaks) for _, _, breaks in series]
    lines = [
        f"F1 of 20 series {statistics.fmean(scores[:20]):.3f}",
        f"F1 of 40 others {statistics.fmean(scores[20:]):.3f}",
        f"F1 of saying that nothing ever breaks {statistics.fmean(none):.3f}",
    ]
    for goes_on in (0.0, 0.3, 0.6):
        made = [noise(seed, n, goes_on) for seed in range(40) for n in (40, 100, 200)]
        told = sum(bool(found_in(values, 1)) for values in made)
        lines.append(f"noise of which {goes_on:.0%} goes on: {told} of {len(made)} series break")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(f"{main()}\n")
