"""The time axis, its gaps, its end, and what dates date."""

import datetime
from pathlib import Path

import pytest

from deckgen.domain.table_models import Confidence
from tests.unit.orchestrator.analyst.table_model.modelled import modelled, spread

DAY = datetime.date(2024, 1, 1)


def days(count: int, *, without: tuple[int, ...] = ()) -> list[list[object]]:
    """One row a day."""
    return [
        [DAY + datetime.timedelta(days=n), spread(n, 5, 99)] for n in range(count) if n not in without
    ]


def months(count: int, *, without: tuple[int, ...] = (), start: int = 2022) -> list[list[object]]:
    return [
        [f"{start + n // 12}-{1 + n % 12:02}-01", spread(n, 5, 99)]
        for n in range(count)
        if n not in without
    ]


def test_missing_days_and_months(tmp_path: Path) -> None:
    """What lies between others and has no row is named: it is not zero."""
    found = modelled(tmp_path, "date,visits", days(120, without=(40, 41))).time
    assert found
    assert (found.missing, found.missing_grain) == (["Feb 10, 2024", "Feb 11, 2024"], "day")
    found = modelled(tmp_path, "month,visits", months(36, without=(7,))).time
    assert found
    assert (found.missing, found.missing_count, found.missing_grain) == (["Aug 2022"], 1, "month")


def test_weekends_are_not_missing(tmp_path: Path) -> None:
    """Where there is none of them."""
    working = [row for row in days(120) if row[0].weekday() < 5]  # type: ignore[attr-defined]
    found = modelled(tmp_path, "date,visits", working).time
    assert found
    assert found.missing == []


def test_few_events_miss_no_month(tmp_path: Path) -> None:
    """Of a hundred hires in eight years some months have none, which is no gap."""
    rows = [[DAY + datetime.timedelta(days=spread(n, 0, 3000)), n * 1.5] for n in range(100)]
    found = modelled(tmp_path, "hire date,amount", rows).time
    assert found
    assert found.missing == []


def test_years_far_apart_are_no_gaps(tmp_path: Path) -> None:
    """Every fifth year is how the table is made."""
    found = modelled(tmp_path, "year,wages", [[1700 + 5 * n, n * 1.5] for n in range(20)]).time
    assert found
    assert (found.missing, found.unfinished) == ([], None)


@pytest.mark.parametrize(
    ("rows", "unfinished"),
    [
        (days(131), "May 2024"),  # until the 10th of May
        (days(121), None),  # until the end of April
        (days(120), None),  # but for one day of it, which is no news
        (months(31), "2024"),
        (months(36), None),
        (months(9), None),  # there is no other year that it would be less than
    ],
)
def test_the_last_period_may_be_unfinished(
    tmp_path: Path, rows: list[list[object]], unfinished: str | None
) -> None:
    """So its sum is less than that of the others, and nothing has fallen."""
    model = modelled(tmp_path, "date,visits", rows)
    assert model.time
    assert model.time.unfinished == unfinished
    assert any("the data end on" in text for text in model.warnings) == bool(unfinished)


def test_what_dates_date(tmp_path: Path) -> None:
    """Their names say it; the axis is the one with the fewest blanks, and only likely."""
    rows = [[row[0], row[0] if n % 2 else "", row[1]] for n, row in enumerate(days(90))]
    model = modelled(tmp_path, "order_date,shipped_at,units", rows)
    assert [(each.column, each.dates) for each in model.dates] == [
        ("order_date", "order"),
        ("shipped_at", "shipped"),
    ]
    assert model.time
    assert (model.time.axis, model.time.confidence) == ("order_date", Confidence.LIKELY)


def test_without_dates_there_is_no_axis(tmp_path: Path) -> None:
    """Nothing is made up."""
    model = modelled(tmp_path, "region,sales", [["ab"[n % 2], n] for n in range(30)])
    assert (model.time, model.dates) == (None, [])
