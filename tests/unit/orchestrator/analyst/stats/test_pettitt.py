"""Steps told apart from trends, drifting and chance."""

import itertools
import random

import pytest

from deckgen.orchestrator.analyst.stats.pettitt import level_shift_of


def furthest(ranks: tuple[int, ...]) -> int:
    """Pettitt's K of an order of ranks, as it is defined: pairs before and after each place."""
    sign = [[(one > other) - (one < other) for other in ranks] for one in ranks]
    return max(
        abs(sum(sign[i][j] for i in range(place) for j in range(place, len(ranks))))
        for place in range(1, len(ranks))
    )


def test_the_p_value_of_a_short_series_is_the_share_of_all_its_orders() -> None:
    """Of all 40,320 orders of eight ranks those with as large a K are counted.

    Its neighbours are unlike rather than alike, so that nothing is taken off.
    """
    order = (2, 5, 1, 4, 8, 3, 7, 6)
    found = level_shift_of([float(value) for value in order])
    assert found is not None
    assert found.statistic == furthest(order)
    sums = (itertools.accumulate(each) for each in itertools.permutations(range(1, 9)))
    # K by the sums of the first ranks, which comes to the same.
    largest = [max(abs(2 * total - 9 * n) for n, total in enumerate(each, start=1)) for each in sums]
    assert found.p_value == pytest.approx(sum(k >= found.statistic for k in largest) / len(largest))


def test_a_step_without_noise_has_the_exact_p_value() -> None:
    """Four times 1 and four times 2: 2 of the 70 ways to place them have so large a K."""
    found = level_shift_of([1.0] * 4 + [2.0] * 4)
    assert found is not None
    assert (found.index, found.size, found.is_clear) == (4, 1.0, True)
    assert found.p_value == pytest.approx(2 / 70)


def test_a_line_is_no_step() -> None:
    """Its first half is below its second too, but a line explains that better."""
    found = level_shift_of([float(value) for value in range(30)])
    assert found is not None
    assert not found.is_clear


def test_drifting_by_chance_is_rarely_a_step() -> None:
    """Of 200 random walks, in which neighbours are alike, at most one in twenty is told as a step."""
    rng = random.Random(7)
    told = 0
    for _ in range(200):
        walk = list(itertools.accumulate(rng.gauss(0, 1) for _ in range(40)))
        found = level_shift_of(walk)
        told += found is not None and found.p_value < 0.05 and found.is_clear
    assert told <= 10
