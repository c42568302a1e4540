"""Forecasts: season and trend where there are any, with a range out of the past; else the level."""

import random
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path

import numpy as np

from deckgen.domain.questions import End
from tests.unit.orchestrator.analyst.operations.asking import Said, ask

MONTHS = [f"{year}-{month:02}-01" for year in (2022, 2023, 2024) for month in range(1, 13)]
SEASON = (0.8, 0.8, 0.9, 1.0, 1.0, 1.1, 1.2, 1.2, 1.0, 0.9, 0.9, 1.2)


def by_month(values: Iterable[int]) -> list[tuple[str, int]]:
    """Returns the values, one for each month from the first one on."""
    return list(zip(MONTHS, values, strict=False))


def grown() -> list[int]:
    """Three years of one season, each year a tenth of the first above the one before."""
    return [round(1_000 * (1 + 0.1 * year) * share) for year in range(3) for share in SEASON]


def values_of(said: Said) -> list[float]:
    facts = {fact.id: fact.value for fact in said.facts}
    return [float(facts[kpi.value.strip("{}")] or 0) for kpi in said.answer.kpis]


def test_a_season_is_repeated_on_the_trend(tmp_path: Path) -> None:
    """The first quarter of the next year is its usual share of the level that the years lead to."""
    said = ask(
        tmp_path, "month,sales", by_month(grown()),
        "What sales can we expect for the next quarter?",
    )  # fmt: skip
    value, low, high = values_of(said)
    assert abs(value - 1_300 * sum(SEASON[:3])) < 0.01 * value
    assert low <= value <= high
    assert said.headline.startswith("Sales should come to 3,25")
    assert " in Q1 2025, likely between " in said.headline
    assert "In Q1 2024, sales came to 3,000" in said.points
    assert "The forecast continues the growth and repeats the season" in said.points


def test_a_year_is_the_sum_of_its_months(tmp_path: Path) -> None:
    """The next year comes to its level times twelve, and the range says how far that was off."""
    said = ask(
        tmp_path, "month,sales", by_month(grown()),
        "Welchen Umsatz können wir nächstes Jahr erwarten?", locale="de_DE",
    )  # fmt: skip
    value, low, high = values_of(said)
    assert said.operation == "forecast"
    assert abs(value - 1_300 * sum(SEASON)) < 0.01 * value
    assert high - low > 0.1 * value


def test_a_line_is_continued(tmp_path: Path) -> None:
    """A steady growth of twelve a year goes on."""
    rows = [(2010 + n, 400 + 12 * n) for n in range(14)]
    said = ask(tmp_path, "year,pupils", rows, "How many pupils can we expect next year?")
    assert said.headline == "Pupils should come to 568 in 2024, likely between 568 and 568"
    assert "The forecast continues the straight line through the past" in said.points


def test_noise_gives_its_level_and_no_trend(tmp_path: Path) -> None:
    """Without trend and season the mean is expected, within the errors of that method."""
    luck = random.Random(2)
    values = [500 + luck.randint(-40, 40) for _ in range(24)]
    said = ask(
        tmp_path, "month,calls", by_month(values),
        "How many calls will we get next month?",
    )  # fmt: skip
    value, low, high = values_of(said)
    assert value == sum(values) / 24
    errors = [abs(values[n] - sum(values[:n]) / n) for n in range(12, 24)]
    held = float(np.quantile(errors, 10 / 11))
    assert abs(high - value - held) < 1e-6
    assert abs(value - low - held) < 1e-6
    assert said.points[-1].startswith("The forecast is the level so far")


def test_the_range_is_that_of_past_forecasts(tmp_path: Path) -> None:
    """How often the method was tried, and how far it was off, stands beside the forecast."""
    luck = random.Random(2)
    values = [500 + luck.randint(-40, 40) for _ in range(24)]
    said = ask(tmp_path, "month,calls", by_month(values), "Forecast next month's calls")
    assert said.points[0].startswith("In 12 past forecasts the same method was off by ")
    assert " on average, and the range held " in said.points[0]


def test_a_quarter_that_has_begun_is_passed_over(tmp_path: Path) -> None:
    """The next quarter after data that end in November is the one after December."""
    said = ask(
        tmp_path, "month,sales", by_month(grown()[:-1]),
        "What sales can we expect next quarter?",
    )  # fmt: skip
    assert " in Q1 2025, " in said.headline


def test_too_short_a_series_has_no_forecast(tmp_path: Path) -> None:
    """Three months are too few, and the end says so."""
    said = ask(
        tmp_path, "month,sales", by_month([5, 6, 7]),
        "What sales can we expect next month?",
    )  # fmt: skip
    assert said.answer.end is End.LACKS
    assert said.answer.reason == "the table lacks enough periods for a forecast of a month"


def test_without_dates_there_is_no_forecast(tmp_path: Path) -> None:
    """A table without dates has nothing that a forecast could continue."""
    rows = [(shop, 100) for shop in ("Dale", "Hill", "Lake")]
    said = ask(tmp_path, "shop,sales", rows, "What sales can we expect next year?")
    assert said.answer.reason == "the table lacks dates, which a forecast continues"


def test_what_wanders_is_expected_where_it_is(tmp_path: Path) -> None:
    """A series that never comes back to its level stays at its last value, and its method says so."""
    luck = random.Random(1)
    steps = accumulate(luck.choice((-10, 10)) for _ in range(40))
    rows = [(f"{1980 + place}-01-01", 500 + step) for place, step in enumerate(steps)]
    said = ask(tmp_path, "year,revenue", rows, "What revenue should we expect next year?")
    assert values_of(said)[0] == rows[-1][1]
    assert "The forecast stays at the level reached last, which came nearest in the past" in said.points


def test_what_turned_goes_on_at_its_pace(tmp_path: Path) -> None:
    """A series that fell year after year falls on, though it rose for longer before."""
    years = [*range(100, 160, 4), *range(160, 20, -10)]
    rows = [(f"{1990 + place}-01-01", value) for place, value in enumerate(years)]
    said = ask(tmp_path, "year,revenue", rows, "What revenue should we expect next year?")
    assert values_of(said)[0] == years[-1] - 10
    assert "The forecast goes on at the pace of late, which came nearest in the past" in said.points


def test_a_level_with_chance_around_it_is_kept(tmp_path: Path) -> None:
    """The last value is no better a forecast where each value is chance around one level."""
    luck = random.Random(4)
    rows = by_month(round(luck.gauss(1_000, 100)) for _ in MONTHS)
    said = ask(tmp_path, "month,sales", rows, "What sales should we expect next month?")
    assert "The forecast is the level so far: neither a trend nor a season shows clearly" in said.points
