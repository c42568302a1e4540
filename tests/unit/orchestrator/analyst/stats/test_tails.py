"""Distant values told from the tails of their series."""

import math
import random

from deckgen.orchestrator.analyst.stats.tails import beyond_the_tail


def test_a_series_that_has_distant_values_all_the_time_has_no_outlier() -> None:
    """Of 300 draws of 40 with Cauchy's tails at most one in twelve is said to have one."""
    rng = random.Random(5)
    draws = [[math.tan(math.pi * (rng.random() - 0.5)) for _ in range(40)] for _ in range(300)]
    assert sum(beyond_the_tail(draw).p_value < 0.05 for draw in draws) <= 25


def test_a_value_beyond_the_tail_is_found() -> None:
    """Forty values of a bell curve and one sixty deviations away."""
    rng = random.Random(3)
    near = [rng.gauss(0, 1) for _ in range(40)]
    assert beyond_the_tail([*near, 60.0]).p_value < 0.02


def test_one_value_among_equal_ones_is_beyond_any_tail() -> None:
    """Where all others are the same there is no tail; where all are, there is nothing to find."""
    assert beyond_the_tail([5.0] * 20 + [9.0]).p_value == 0
    assert beyond_the_tail([5.0] * 20).p_value == 1
