"""The range of a forecast, held against what came: fifty seasonal series and fifty others."""

import math
import random
from pathlib import Path

import pytest

from tests.samples import sampled
from tests.unit.orchestrator.analyst.operations.asking import ask

pytestmark = pytest.mark.slow

# The seeds of series, and how many of them lie in the range; chance has more room among few.
ALL = (range(50), 0.75, 0.9)
FEW = (range(0, 50, 4), 0.65, 0.95)


def course(seed: int, *, seasonal: bool) -> list[float]:
    """A series of months: a level with a trend or none, with a season or none that adds or multiplies,
    and errors that are free, go on, or add up.
    """
    luck = random.Random(f"fc {seed} {seasonal}")
    months = luck.choice((36, 48, 60, 84)) if seasonal else luck.choice((24, 36, 48, 60, 90))
    level, rise = luck.uniform(200, 2_000), luck.choice((0, 0, 1, -0.5, 1)) * luck.uniform(0.001, 0.008)
    swing, begin = luck.uniform(0.08, 0.3) if seasonal else 0.0, luck.randrange(12)
    spread, goes_on = luck.uniform(0.02, 0.12), luck.choice((0.0, 0.0, 0.4))
    multiplies = luck.random() < 0.5
    walks = not seasonal and luck.choice((False, False, True))
    error, walk, values = 0.0, 0.0, list[float]()
    for month in range(months + 1):
        error = goes_on * error + math.sqrt(1 - goes_on**2) * luck.gauss(0, spread)
        walk += luck.gauss(0, spread / 2)
        turn = 2 * math.pi * (month + begin) / 12
        season = swing * math.sin(turn) + swing / 2 * math.cos(2 * turn)
        base = level * (1 + rise * month)
        whole = base * (1 + season) if multiplies else base + level * season
        values.append(round(max(1.0, whole + level * (walk if walks else error)), 1))
    return values


def holds(folder: Path, values: list[float]) -> bool:
    """True if the last month lies in the range that was told before it."""
    *known, came = values
    rows = [(f"{2015 + n // 12}-{n % 12 + 1:02}-01", value) for n, value in enumerate(known)]
    said = ask(folder, "month,sales", rows, "What will sales be next month?")
    ends = {fact.label: fact.value for fact in said.facts}
    low, high = (ends[f"expected sales, {end} end"] for end in ("low", "high"))
    assert isinstance(low, int | float)
    assert isinstance(high, int | float)
    return low <= came <= high


@pytest.mark.sweeps
@pytest.mark.parametrize("among", sampled([FEW, ALL], FEW), ids=["few", "all"])
@pytest.mark.parametrize("seasonal", [True, False])
def test_the_range_holds_about_four_times_in_five(
    tmp_path: Path, among: tuple[range, float, float], *, seasonal: bool
) -> None:
    """It is no wider than it needs to be, and no narrower: 75 to 90 percent of what came lie in it."""
    series, least, most = among
    held = [holds(tmp_path, course(seed, seasonal=seasonal)) for seed in series]
    assert least <= sum(held) / len(held) <= most
