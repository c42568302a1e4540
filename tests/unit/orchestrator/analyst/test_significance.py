"""How often the tests of the analyst see something where there is nothing, and miss what there is."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from deckgen.orchestrator.analyst.stats.aligned_ranks import cycle_test
from deckgen.orchestrator.analyst.stats.mann_kendall import trend_of
from deckgen.orchestrator.analyst.stats.turning_points import turning_in

pytestmark = pytest.mark.slow
DRAWS = 100
Series = list[float]


def _rate(holds: Callable[[Series], bool], draw: Callable[[], np.ndarray]) -> float:
    """In what share of the draws it holds."""
    return sum(holds([float(value) for value in draw()]) for _ in range(DRAWS)) / DRAWS


def _has_trend(values: Series) -> bool:
    trend = trend_of(values)
    return trend is not None and abs(trend.tau) >= 0.3 and trend.p_value < 0.05


def _turns(values: Series) -> bool:
    return turning_in(values) is not None


def _repeats(values: Series) -> bool:
    found = cycle_test([(time, time % 12, value) for time, value in enumerate(values)], 12)
    return found is not None and found.effect >= 0.1 and found.test.p_value < 0.05


@pytest.mark.parametrize("length", [6, 12, 24, 60])
def test_white_noise_has_no_trend_and_does_not_turn(length: int) -> None:
    """At most one series of independent values in twenty trends, and hardly one turns."""
    rng = np.random.default_rng(length)
    assert _rate(_has_trend, lambda: rng.normal(50, 9, length)) <= 0.06
    assert _rate(_turns, lambda: rng.normal(50, 9, length)) <= 0.02


@pytest.mark.parametrize(("length", "most"), [(12, 0.3), (36, 0.3), (72, 0.2), (120, 0.12)])
def test_a_random_walk_seldom_counts_as_a_trend(length: int, most: float) -> None:
    """Where a random walk got to is taken for a trend in a minority of cases, of long ones in few."""
    rng = np.random.default_rng(length)
    assert _rate(_has_trend, lambda: np.cumsum(rng.normal(size=length))) <= most


def test_a_walk_seldom_counts_as_a_turning_point() -> None:
    """Each random walk has a highest point; hardly any is told as a peak."""
    rng = np.random.default_rng(3)
    assert _rate(_turns, lambda: np.cumsum(rng.normal(size=60))) <= 0.12


@pytest.mark.parametrize(
    ("length", "least"), [pytest.param(12, 0.75, id="a year"), pytest.param(36, 0.95, id="three years")]
)
def test_a_trend_of_four_deviations_is_found(length: int, least: float) -> None:
    """A rise of four standard deviations over the series is seen through the noise."""
    rng = np.random.default_rng(length)
    assert _rate(_has_trend, lambda: rng.normal(size=length) + np.linspace(0, 4, length)) >= least


def test_a_walk_that_drifts_has_a_trend() -> None:
    """Steps that go half a deviation upwards on average are told from those that go nowhere."""
    rng = np.random.default_rng(9)
    assert _rate(_has_trend, lambda: np.cumsum(rng.normal(0.5, 1, 60))) >= 0.9


@pytest.mark.parametrize("growth", [1.02, 1.1, 2.0])
def test_steady_growth_is_a_trend_at_any_rate(growth: float) -> None:
    """A value that grows by the same share each period trends, however bent its line is."""
    assert _has_trend([growth**period for period in range(12)])


def test_one_step_is_no_trend() -> None:
    """A series that moved once and stood still otherwise has no direction."""
    assert not _has_trend([1.0] * 9 + [5.0])


def test_a_peak_with_a_clear_rise_and_fall_is_found() -> None:
    """A series that rose for years and fell for years turned, although each value is near the last."""
    rng = np.random.default_rng(5)
    shape = np.concatenate([np.linspace(10, 30, 30), np.linspace(30, 12, 20)])
    assert _rate(_turns, lambda: shape + np.cumsum(rng.normal(0, 0.4, 50))) >= 0.8


@pytest.mark.parametrize("years", [2, 3, 6])
def test_growth_is_no_season(years: int) -> None:
    """December is not the high of the year because there is more of everything at its end."""
    rng, time = np.random.default_rng(years), np.arange(12 * years)
    assert _rate(_repeats, lambda: 0.5 * time + rng.normal(size=len(time))) <= 0.08
    assert _rate(_repeats, lambda: 1.03**time + rng.normal(0, 0.1, len(time))) <= 0.08


def test_noise_has_no_season() -> None:
    """Neither independent values nor a random walk repeat with the year."""
    rng = np.random.default_rng(1)
    assert _rate(_repeats, lambda: rng.normal(size=60)) <= 0.08
    assert _rate(_repeats, lambda: np.cumsum(rng.normal(size=60))) <= 0.1


@pytest.mark.parametrize("slope", [0.0, 0.2, -0.5])
def test_a_season_is_found_whatever_the_trend(slope: float) -> None:
    """A wave of one deviation over five years is seen, level or on a slope."""
    rng, time = np.random.default_rng(2), np.arange(60)
    wave = 1.5 * np.sin(2 * math.pi * time / 12) + slope * time
    assert _rate(_repeats, lambda: wave + rng.normal(size=60)) >= 0.9
