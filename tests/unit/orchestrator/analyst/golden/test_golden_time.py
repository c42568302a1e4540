"""Golden tables of what happens over time."""

import datetime
from pathlib import Path

import pytest

from deckgen.domain.insights import InsightKind
from tests.unit.orchestrator.analyst.engine import days
from tests.unit.orchestrator.analyst.golden.golden import Rows, drawn, find, months

STEADY = [99.0, 101.0] * 12


def monthly(values: list[float]) -> Rows:
    return [("month", "sales"), *months(values)]


def yearly(values: list[float], first: int = 2001) -> Rows:
    return [("year", "sales"), *((first + place, value) for place, value in enumerate(values))]


def hourly(rows_of_hour: dict[int, int]) -> Rows:
    """So many orders in each hour, on two days by turns."""
    stamps = [
        (f"2024-03-0{n % 2 + 1} {hour:02}:15:00", "x" if n % 3 else "y")
        for hour, rows in rows_of_hour.items()
        for n in range(rows)
    ]
    return [("ordered_at", "kind"), *stamps]


def test_a_period_change_is_told_with_both_values(tmp_path: Path) -> None:
    """Twelve times 10 is 120, twelve times 12 is 144, and 144 / 120 - 1 is 20%."""
    told = find(tmp_path, monthly([10.0] * 12 + [12.0] * 12)).told(InsightKind.PERIOD_CHANGE)
    assert told[0] == "Sales rose by 20% from 2021 to 2022"
    assert told[1] == "Sales went from 120 to 144 (+20%)"


@pytest.mark.parametrize(
    ("costs", "told"),
    [
        ([-760, -830], "Costs fell by 70 from 2021 to 2022, further below zero"),
        ([-830, -760], "Costs rose by 70 from 2021 to 2022, closer to zero"),
        ([760, 830], "Costs rose by 9.2% from 2021 to 2022"),
    ],
)
def test_costs_that_are_written_as_negative_amounts_are_not_said_to_shrink(
    tmp_path: Path, costs: list[int], told: str
) -> None:
    """From 760 to 830 they grow by 70 / 760, 9.2%; below zero they fall, and it is said where to."""
    rows = [
        (year, region, cost / 2)
        for year, cost in zip((2021, 2022), costs, strict=True)
        for region in "ns"
    ]
    found = find(tmp_path, [("year", "region", "costs"), *rows])
    assert found.told(InsightKind.PERIOD_CHANGE)[0] == told


def test_an_unfinished_last_month_is_not_compared(tmp_path: Path) -> None:
    """One on odd days and three on even ones: April has only begun and is not compared.

    February 2024 has 15 + 14 * 3 = 57, March 16 + 15 * 3 = 61, which is 7% more.
    """
    rows = [(day, 3 - day.day % 2 * 2) for day in days(2024, 1, 4) if str(day) <= "2024-04-10"]
    found = find(tmp_path, [("date", "sales"), *rows])
    assert found.told(InsightKind.PERIOD_CHANGE)[0] == "Sales rose by 7% from Feb 2024 to Mar 2024"
    assert drawn(found.one(InsightKind.PERIOD_CHANGE)).partial == [3]


def test_a_trend_is_told_from_end_to_end(tmp_path: Path) -> None:
    """Ten years from 10 to 100 in steps of 10: up in 9 of 9 steps, and ten times as much, +900%."""
    told = find(tmp_path, yearly([10.0 * n for n in range(1, 11)])).told(InsightKind.TREND)
    assert told[0] == "Sales trended upwards, from 10 in 2001 to 100 in 2010"
    assert told[1] == "That is +900% between the first and the last full year"
    assert told[2] == "It rose in 9 of 9 steps from one year to the next"


def test_a_turning_point_is_told_with_both_sides(tmp_path: Path) -> None:
    """From 100 up to 200 in ten years, then down to 80 in ten: -60% from the peak, +100% before."""
    values = [100.0 + 10 * n if n <= 10 else 200.0 - 12 * (n - 10) for n in range(21)]
    told = find(tmp_path, yearly(values, 2000)).told(InsightKind.TREND)
    assert told[0] == "Sales peaked in 2010 and has fallen by 60% since"
    assert told[2] == "The rise before began at 100 in 2000 (+100%)"


def test_a_change_point_is_told_with_the_levels_before_and_after(tmp_path: Path) -> None:
    """A year around 100, then one around 150: +50% from January 2022 on.

    Each of the first 12 is below each of the last 12, so K is 12 * 12 = 144, and Pettitt's
    2 exp(-6 * 144² / (24³ + 24²)) is 2 exp(-8.64) = 0.000354.
    """
    values = [value + (50 if place >= 12 else 0) for place, value in enumerate(STEADY)]
    found = find(tmp_path, monthly(values))
    told = found.told(InsightKind.CHANGE_POINT)
    assert told[0] == "The level of sales rose by 50% in Jan 2022 and stayed there"
    assert told[1] == "An average month has 150 from Jan 2022 on, against 100 until Dec 2021 (+50%)"
    assert told[2] == "It has held for 12 full months, after 12 before the shift"
    statistics = found.fact("change of the mean of sales").statistics
    assert statistics is not None
    assert (statistics.statistic, statistics.p_value) == pytest.approx((144, 3.54e-4), rel=1e-2)
    assert InsightKind.TREND not in found.kinds


def test_a_season_without_a_trend_is_told_as_a_season(tmp_path: Path) -> None:
    """Three years of 10 a month and 30 in each July.

    The mean of the twelve is 140 / 12 = 11.67; 30 is 157% above it and 10 is 14% below it.
    """
    found = find(tmp_path, monthly(([10.0] * 6 + [30.0] + [10.0] * 5) * 3))
    told = found.told(InsightKind.SEASONALITY)
    assert told[0] == "The yearly high of sales comes in July, the low in January"
    assert told[1] == "July has 30 on an average month, January has 10"
    assert told[2] == "The high is 157% above the mean of all months, the low 14% below"
    assert told[3] == "In 3 of 3 full years the high came in July"
    assert not {InsightKind.TREND, InsightKind.CHANGE_POINT, InsightKind.TIME_OUTLIER} & found.kinds


def test_a_clear_season_on_a_high_level_is_told(tmp_path: Path) -> None:
    """From 1,000 to 1,006 is half a percent, but it comes each year alike: the high in June."""
    swing = [0, 1, 2, 3, 5, 6, 5, 3, 2, 1, 0, -1]
    values = [1000 + swing[place % 12] + place // 12 * 2 for place in range(48)]
    found = find(tmp_path, [("month", "level"), *months(values)])
    assert (
        found.told(InsightKind.SEASONALITY)[0]
        == "The yearly high of level comes in June, the low in December"
    )


def test_the_busiest_hours_are_told_with_their_shares(tmp_path: Path) -> None:
    """120 of 220 orders come from 12:00 on: 55%; spread evenly, each of 6 hours would have 17%."""
    rows = hourly({9: 20, 10: 20, 11: 20, 12: 120, 13: 20, 14: 20})
    told = find(tmp_path, rows).told(InsightKind.SEASONALITY)
    assert told[0] == "The hour from 12 PM brings 55% of rows, more than any other"
    assert told[3] == "Spread evenly, each of 6 hours with data would have 17%"


def daily(**odd: float) -> Rows:
    """A visit count for each day of 300: 100 to 104 on weekdays, 60 to 64 on weekends."""
    first = datetime.date(2023, 1, 1)
    dates = [first + datetime.timedelta(n) for n in range(300)]
    usual = [(100 if day.weekday() < 5 else 60) + n * 3 % 5 for n, day in enumerate(dates)]
    values = [odd.get(f"d{n}", value) for n, value in enumerate(usual)]
    return [("day", "visits"), *zip(dates, values, strict=True)]


def test_an_outlier_of_a_day_is_told_though_its_month_is_usual(tmp_path: Path) -> None:
    """Day 150 is Wednesday, May 31: 408 where the median of the other Wednesdays is 102, 300% more.

    In the sum of its month, about 2,800, these 306 are hardly to be seen.
    """
    found = find(tmp_path, daily(d150=408))
    told = found.told(InsightKind.TIME_OUTLIER)
    assert told[0] == "Visits on May 31, 2023 lay 300% above what was to be expected"
    assert told[1].startswith("408 on May 31, 2023, where trend and season let expect 102 ")
    chart = drawn(found.one(InsightKind.TIME_OUTLIER))
    assert (len(chart.categories), chart.highlight) == (61, [30])


def test_an_outlier_is_told_once_where_its_day_makes_its_month_one(tmp_path: Path) -> None:
    """A hundred times the usual day also doubles its month: the day is told, and nothing else."""
    found = find(tmp_path, daily(d150=10_200))
    told = [one for one in found.findings.insights if one.kind is InsightKind.TIME_OUTLIER]
    assert [found.say(one.headline)[:25] for one in told] == ["Visits on May 31, 2023 la"]


def test_usual_weekends_are_no_outliers(tmp_path: Path) -> None:
    """They are far below the other days, each week."""
    assert InsightKind.TIME_OUTLIER not in find(tmp_path, daily()).kinds


def test_an_outlier_is_told_with_what_was_expected_and_who_moved_it(tmp_path: Path) -> None:
    """24 months by turns 99 and 101, of which north has 49.5 and south the rest.

    August 2022 (a month of 101) has 200. Of the other 23 months twelve have 99, so the median is 99,
    there is no slope, and 200 is 102% more. South has 150.5 in it (said 151), and in an average other
    month (12 * 49.5 + 11 * 51.5) / 23 = 50.5 (rounded), which is 100 less.
    """
    values = [200.0 if place == 19 else value for place, value in enumerate(STEADY)]
    rows = [
        (month, region, part)
        for month, value in months(values)
        for region, part in (("north", 49.5), ("south", value - 49.5))
    ]
    found = find(tmp_path, [("month", "region", "sales"), *rows])
    told = found.told(InsightKind.TIME_OUTLIER)
    assert told[0] == "Sales in Aug 2022 lay 102% above what was to be expected"
    assert told[1] == "200 in Aug 2022, where trend and season let expect 99 (+102%)"
    assert told[2] == "Most of it lies in south: 151, 50.5 in an average other month (+100)"
    assert "error of the data" in told[4]
    assert drawn(found.one(InsightKind.TIME_OUTLIER)).highlight == [19]


PULSE = [10.0, 12.0, 11.0, 13.0, 9.0]  # repeats every five months, so no month is like itself

SILENT: dict[str, tuple[Rows, set[InsightKind]]] = {
    "no time, no change": ([("region", "sales"), ("a", 5), ("b", 9)], {InsightKind.PERIOD_CHANGE}),
    "four points are no trend": (yearly([10.0, 20.0, 30.0, 40.0]), {InsightKind.TREND}),
    "a line is no step and no outlier": (
        monthly([100.0 + 3 * place for place in range(24)]),
        {InsightKind.CHANGE_POINT, InsightKind.TIME_OUTLIER, InsightKind.SEASONALITY},
    ),
    "by turns up and down is nothing at all": (
        monthly(STEADY),
        {InsightKind.CHANGE_POINT, InsightKind.TIME_OUTLIER, InsightKind.TREND},
    ),
    "a pulse of five months is no season": (
        monthly((PULSE * 8)[:36]),
        {InsightKind.SEASONALITY, InsightKind.TREND, InsightKind.CHANGE_POINT},
    ),
    "a yearly high is no outlier": (
        monthly(([10.0] * 6 + [30.0] + [10.0] * 5) * 4),
        {InsightKind.TIME_OUTLIER, InsightKind.TREND, InsightKind.CHANGE_POINT},
    ),
    "as many orders in each hour": (
        hourly(dict.fromkeys(range(9, 15), 40)),
        {InsightKind.SEASONALITY},
    ),
    "a level that never changes": (
        monthly([10.0] * 36),
        {
            InsightKind.TREND,
            InsightKind.CHANGE_POINT,
            InsightKind.TIME_OUTLIER,
            InsightKind.SEASONALITY,
        },
    ),
}


@pytest.mark.parametrize(("rows", "kinds"), SILENT.values(), ids=SILENT.keys())
def test_what_is_not_there_is_not_told(tmp_path: Path, rows: Rows, kinds: set[InsightKind]) -> None:
    """No insight of these kinds comes out of a table in which they do not hold."""
    assert not kinds & find(tmp_path, rows).kinds


def test_a_short_fall_at_the_end_is_no_turning_point(tmp_path: Path) -> None:
    """Fifteen years up and two down: the side after the peak is too short to be told."""
    found = find(tmp_path, yearly([10.0 * n for n in range(1, 16)] + [140.0, 130.0]))
    assert not any("peaked" in found.say(insight.headline) for insight in found.findings.insights)
