"""Breaks of series: those that were planted are found, and chance makes none."""

import itertools
import math
import random
import statistics

import pytest

from deckgen.orchestrator.analyst.stats.breaks import breaks_in
from tests.planted_breaks import found_in, noise, planted, score


def places(values: list[float]) -> list[int]:
    """The places of the breaks of a series."""
    return [each.place for each in breaks_in(values)]


def test_planted_breaks_are_found() -> None:
    """Of twenty series with steps and turns, seasons, outliers and inertia, most breaks are found."""
    scores = []
    for seed in range(20):
        values, cycle, breaks = planted(seed)
        scores.append(score(found_in(values, cycle), breaks))
    assert statistics.fmean(scores) >= 0.75


@pytest.mark.parametrize("goes_on", [0.0, 0.3])
def test_noise_has_no_breaks(goes_on: float) -> None:
    """Neither errors that are free of each other nor such as go on for a while make a break."""
    made = [noise(seed, n, goes_on) for seed in range(20) for n in (40, 100, 200)]
    assert [places(values) for values in made] == [[]] * len(made)


def test_a_few_large_values_are_no_break() -> None:
    """Of sixty series whose values have tails without a variance, none is told to break."""
    luck = random.Random(3)
    made = [[math.tan(math.pi * (luck.random() - 0.5)) for _ in range(60)] for _ in range(60)]
    assert sum(bool(places(values)) for values in made) == 0


@pytest.mark.slow
def test_random_walks_seldom_have_breaks() -> None:
    """Of sixty walks, which always end somewhere, one in ten at most is told to have broken."""
    luck = random.Random(7)
    walks = [list(itertools.accumulate(luck.gauss(0, 1) for _ in range(80))) for _ in range(60)]
    assert sum(bool(places(walk)) for walk in walks) <= 6


def test_a_line_has_no_breaks() -> None:
    """What only rises is one line."""
    assert places([float(value + value % 3) for value in range(40)]) == []


def test_a_step_is_where_it_is() -> None:
    """A clear step has its place, also near the end of a series."""
    late = [value + (6 if place >= 55 else 0) for place, value in enumerate(noise("late", 60))]
    assert places(late) == [55]


def test_more_series_that_are_searched_need_clearer_breaks() -> None:
    """The p-value is that of all series together."""
    values = [value + (4 if place >= 20 else 0) for place, value in enumerate(noise(1, 40))]
    (alone,), many = breaks_in(values), breaks_in(values, looked_at=10**9)
    assert alone.place == pytest.approx(20, abs=2)
    assert many == []
