import datetime
import re
from pathlib import Path

import pytest

from deckgen.domain.charts import Chart
from deckgen.domain.formatting.display import Grain
from deckgen.orchestrator.analyst.profiling.timeline import GRAINS, number_of, shift
from tests.unit.orchestrator.analyst.engine import Run, days, run_table

pytestmark = pytest.mark.slow
CHANGE = "How did sales change from the previous month?"


def sales(tmp_path: Path, until: str) -> Run:
    """About ten a day from January, up to and with a day."""
    rows = [
        [day, "n" if day.day % 2 else "s", 10 + day.day % 2] for day in days(2024) if str(day) <= until
    ]
    return run_table(tmp_path / "t.csv", [["date", "region", "sales"], *rows], CHANGE)


def answer_of(result: Run) -> str:
    (answer,) = result.findings.answers
    return " | ".join(map(result.say, (answer.headline, *answer.points)))


def chart_of(result: Run) -> Chart:
    (chart,) = [answer.chart for answer in result.findings.answers]
    assert isinstance(chart, Chart)
    return chart


def test_an_unfinished_last_month_is_no_drop(tmp_path: Path) -> None:
    """The last full month is compared; the one that ends early is marked in the chart."""
    result = sales(tmp_path, "2024-04-10")
    assert "Apr" not in answer_of(result)
    assert "Mar 2024" in answer_of(result)
    assert chart_of(result).partial == [3]


def test_a_month_that_ends_with_its_last_day_is_full(tmp_path: Path) -> None:
    """Nothing is left out when the data end where the month does."""
    result = sales(tmp_path, "2024-04-30")
    assert "Apr 2024" in answer_of(result)
    assert chart_of(result).partial == []


def test_a_month_without_its_last_weekend_is_full_for_a_business_of_weekdays(tmp_path: Path) -> None:
    """March 2024 ends on a Sunday: the last working day is enough."""
    rows = [[day, 10 + day.day % 2, "ab"[day.day % 2]] for day in days(2024, 1, 3) if day.weekday() < 5]
    result = run_table(tmp_path / "t.csv", [["date", "sales", "group"], *rows], CHANGE)
    assert "Mar 2024" in answer_of(result)


def test_years_are_time_and_no_measure(tmp_path: Path) -> None:
    """A column of years makes the axis, and no number of a slide is made of it."""
    rows = [[year, 100 + (year - 2000) * 5] for year in range(2000, 2021)]
    result = run_table(tmp_path / "t.csv", [["year", "revenue"], *rows])
    assert not [fact.sql for fact in result.findings.facts if re.search(r'(sum|avg)."year"', fact.sql)]
    assert "2000" in result.told[0]


def test_years_and_months_in_columns_of_their_own_make_one_axis(tmp_path: Path) -> None:
    """The months are no groups then, and the deck runs from the first month to the last."""
    rows = [[year, month, month] for year in (2022, 2023) for month in range(1, 13)]
    result = run_table(tmp_path / "t.csv", [["year", "month", "sales"], *rows])
    assert result.say(result.findings.based_on).endswith("Jan 2022 to Dec 2023")
    assert result.points("ranking") == []


def test_a_level_is_averaged_over_time_and_summed_over_groups(tmp_path: Path) -> None:
    """Two departments of ten and twenty people are thirty, in a month as in a year."""
    rows = [
        [f"{year}-{month:02}-01", dept, people]
        for year in (2022, 2023)
        for month in range(1, 13)
        for dept, people in (("ops", 10), ("it", 20))
    ]
    result = run_table(tmp_path / "t.csv", [["month", "dept", "headcount"], *rows])
    values = [fact.value for fact in result.findings.facts if fact.label.startswith("headcount, ")]
    assert values
    assert values == pytest.approx([30] * len(values))


def test_the_rows_of_a_panel_with_gaps_are_no_news(tmp_path: Path) -> None:
    """One row for each month and shop, but for months before it opened: they are not counted."""
    months = [f"{2021 + n // 12}-{n % 12 + 1:02}-01" for n in range(36)]
    rows = [
        (month, shop, 20 + (n * 7 + len(shop)) % 11 / 2)
        for n, month in enumerate(months)
        for shop, opened in (("mill", 0), ("bridge", 10), ("harbour", 20))
        if n >= opened
    ]
    panel = run_table(tmp_path / "p.csv", [("month", "shop", "price"), *rows])
    titles = " | ".join(panel.told)
    assert not re.search(r"\brows\b", titles.lower().replace("all rows", "")), titles
    # Twice the same shop in a month: these are events, and their number is news.
    events = run_table(tmp_path / "e.csv", [("month", "shop", "price"), *rows, (*rows[-1][:2], 99)])
    assert any("rows" in said for said in events.told)


def test_periods_with_a_handful_of_rows_are_not_compared(tmp_path: Path) -> None:
    """After two full years with sixty rows each, three of the third are no fall of 95 percent."""
    rows = [
        (f"{year}-{n % 12 + 1:02}-{n % 28 + 1:02}", "ab"[n % 2])
        for year in (2021, 2022)
        for n in range(60)
    ]
    late = [("2023-06-01", "a"), ("2023-11-01", "b"), ("2023-12-31", "a")]
    found = run_table(tmp_path / "t.csv", [("date", "kind"), *rows, *late])
    assert not [said for said in found.told if "fell" in said], found.told


def test_without_time_the_level_of_a_measure_is_told(tmp_path: Path) -> None:
    """That a table holds so many rows answers nothing."""
    rows = [(f"s{n}", 7 + n * 13 % 5) for n in range(12)]
    found = run_table(tmp_path / "t.csv", [("name", "duration"), *rows], "How long does it take?")
    assert found.told[0].startswith("Duration is 8.92 on average")


@pytest.mark.parametrize(
    ("start", "grain", "periods"),
    [("9999-12-01", "month", 1), ("9999-12-31", "day", 1), ("0001-01-01", "year", -1)],
)
def test_no_calendar_has_what_lies_beyond_it(start: str, grain: Grain, periods: int) -> None:
    """Before the year 1 and after 9999 there is no period."""
    assert shift(datetime.date.fromisoformat(start), grain, periods) is None


@pytest.mark.parametrize("grain", GRAINS)
def test_periods_are_numbered_without_a_gap(grain: Grain) -> None:
    """The next period has the next number, over the ends of months and years."""
    first = datetime.date(2018, 1, 1)  # a Monday
    starts = [shift(first, grain, periods) for periods in range(-60, 60)]
    numbers = [number_of(start, grain) for start in starts if start]
    assert numbers == list(range(numbers[0], numbers[0] + 120))
