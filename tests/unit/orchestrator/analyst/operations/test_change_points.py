"""Change points: from which level to which, and when; not out of noise, trends or drift."""

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import ask

MONTHS = [f"{year}-{month:02}-01" for year in (2022, 2023, 2024) for month in range(1, 13)]


def by_month(values: Iterable[int]) -> list[tuple[str, int]]:
    """Returns the values, one for each month from the first one on."""
    return list(zip(MONTHS, values, strict=False))


def stepped(levels: list[tuple[int, int]], seed: int = 1, spread: int = 5) -> list[int]:
    """Values near each level for so many months."""
    luck = random.Random(seed)
    return [level + luck.randint(-spread, spread) for months, level in levels for _ in range(months)]


def test_each_change_of_level_is_told_with_its_date(tmp_path: Path) -> None:
    """Two shifts of one series are both told, from which level to which."""
    values = stepped([(12, 100), (12, 160), (12, 80)])
    said = ask(tmp_path, "month,output", by_month(values), "When did output change?")
    first, second, third = (round(sum(values[n : n + 12]) / 12, 1) for n in (0, 12, 24))
    texts = sorted([said.headline, *said.points])
    assert said.operation == "change_points"
    assert texts[0].startswith(f"Output a month fell from {second:.0f} to {third:.1f}"[:32])
    assert texts[0].endswith("in Jan 2024")
    assert texts[1].startswith(f"Output a month rose from {first:.1f}"[:27])
    assert texts[1].endswith("in Jan 2023")
    assert len(texts) == 2


def test_the_group_that_changed_is_named(tmp_path: Path) -> None:
    """Asked by line, the line whose level fell is told, and the other is not."""
    rows = [
        (month, line, value)
        for line, levels in (("Lathe", [(24, 500), (12, 300)]), ("Press", [(36, 500)]))
        for month, value in by_month(stepped(levels))
    ]
    said = ask(tmp_path, "month,line,output", rows, "When did the output of a line drop?")
    assert said.points[0].startswith("Lathe: output a month fell from 5")
    assert said.points[0].endswith(" in Jan 2024")
    assert not any("Press" in point for point in said.points)


@pytest.mark.parametrize("seed", range(4))
def test_noise_has_no_change(tmp_path: Path, seed: int) -> None:
    """Of a level that stays, its mean is told."""
    values = stepped([(36, 200)], seed, 20)
    said = ask(tmp_path, "month,output", by_month(values), "When did output jump?")
    assert said.headline.startswith("No change of level shows for output: about ")
    assert said.answer.end is End.ANSWERED


def test_a_steady_rise_is_no_jump(tmp_path: Path) -> None:
    """A trend is told as one, with its ends."""
    values = [100 + 5 * n + n % 3 for n in range(36)]
    said = ask(
        tmp_path, "month,output", by_month(values),
        "Wann hat sich output sprunghaft verändert?", locale="de_DE",
    )  # fmt: skip
    assert said.headline == (
        "Output moved steadily, without a jump: 100 in Jan. 2022, 277 in Dez. 2024"
    )


def test_a_season_is_no_change(tmp_path: Path) -> None:
    """What comes round each year is no new level."""
    values = [200 + (120 if n % 12 >= 6 else 0) + n % 5 for n in range(36)]
    said = ask(tmp_path, "month,output", by_month(values), "When did output change?")
    assert said.headline.startswith("No change of level shows for output")


def test_too_few_periods_show_no_change(tmp_path: Path) -> None:
    """Of six months no level can be told."""
    said = ask(tmp_path, "month,output", by_month(range(6)), "When did output change?")
    assert said.answer.end is End.LACKS
