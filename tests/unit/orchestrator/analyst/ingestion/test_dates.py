import datetime
from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.reading import columns, read

DAYS = [
    ["2024-01-31", "2024-02-01"],
    ["2024/01/31", "2024/02/01"],
    ["31.01.2024", "01.02.2024"],
    ["1/31/2024", "2/1/2024"],
    ["31/01/2024", "01/02/2024"],
    ["31 Jan 2024", "1 Feb 2024"],
    ["January 31, 2024", "February 1, 2024"],
    ["Jan 31st, 2024", "Feb 1st, 2024"],
    ["31. Januar 2024", "1. Februar 2024"],
    ["31 janvier 2024", "1er février 2024"],
    ["31-Jan-24", "1-Feb-24"],
    ["2024-01-31 00:00:00", "2024-02-01 00:00:00"],
]


def test_days_are_read_in_the_usual_forms(tmp_path: Path) -> None:
    """ISO, European, American and named dates become the same days; a midnight is a day."""
    found = read(tmp_path, columns(**{f"column {n}": cells for n, cells in enumerate(DAYS)}))
    assert found.types == ["DATE"] * len(DAYS)
    assert {str(day) for day in found.rows[0]} == {"2024-01-31"}
    assert {str(day) for day in found.rows[1]} == {"2024-02-01"}


def test_months_quarters_and_weeks_begin_with_their_first_day(tmp_path: Path) -> None:
    """Jan-24, März 2024, Q1 2024, 2024-W05 and the like are dates."""
    found = read(
        tmp_path,
        columns(
            a=["Jan-24", "Feb-24"],
            b=["März 2024", "Mai 2024"],
            c=["2024-01", "2024-02"],
            d=["Q1 2024", "2024Q2"],
            e=["1Q 2024", "2Q 2024"],
            f=["2024-W05", "2024-W06"],
            g=["KW 5/2024", "KW 6/2024"],
            month=["202401", "202402"],
        ),
    )
    assert found.types == ["DATE"] * 8
    first = ["2024-01-01", "2024-03-01", "2024-01-01", "2024-01-01", "2024-01-01"]
    assert [str(day) for day in found.rows[0]] == [*first, "2024-01-29", "2024-01-29", "2024-01-01"]


def test_moments_keep_their_time_as_it_is_written(tmp_path: Path) -> None:
    """Zones and fractions of seconds are left out, and a zone that was is told."""
    found = read(
        tmp_path,
        columns(
            a=["2024-01-31T10:00:00+01:00", "2024-02-01T11:00:00.123Z"],
            b=["31.01.2024 10:00", "01.02.2024 11:00"],
            c=["1/31/2024 10:00 AM", "2/1/2024 11:00 AM"],
        ),
    )
    assert found.types == ["TIMESTAMP"] * 3
    assert {str(moment) for moment in found.rows[1]} == {"2024-02-01 11:00:00"}
    assert found.warnings == ["“a”: times were taken as written, without their time zones"]


def test_numbers_are_days_where_their_name_or_all_of_them_say_so(tmp_path: Path) -> None:
    """20240131 is a day in a column called date, or among enough others; elsewhere it is a number."""
    days = ["20240131", "20240201", "20240202", "20240203", "20240204"]
    found = read(
        tmp_path,
        columns(date=["20240131"] * 5, code=["20240131"] * 5, x=days, y=["20240199", *days[1:]]),
    )
    assert found.types == ["DATE", "BIGINT", "DATE", "BIGINT"]


@pytest.mark.parametrize(
    ("cells", "months", "warned"),
    [
        (["01/02/2024", "13/02/2024"], [2, 2], False),
        (["01/02/2024", "02/13/2024"], [1, 2], False),
        (["01/02/2024", "03/04/2024"], [1, 3], True),
        ([f"01/{month:02}/2024" for month in range(1, 13)], list(range(1, 13)), False),
    ],
)
def test_whether_day_or_month_comes_first_is_decided_on_the_whole_column(
    tmp_path: Path, cells: list[str], months: list[int], warned: bool
) -> None:
    """By what fits all cells, then by what makes a regular series; only a guess is told as one."""
    found = read(tmp_path, columns(when=cells, n=["1"] * len(cells)))
    assert [day.month for day in found.column("when")] == months
    assert found.warns("dates can be read in two ways") == warned


def test_what_only_looks_like_a_date_is_text(tmp_path: Path) -> None:
    """Numbers of orders, versions and days that do not exist are left as they are."""
    found = read(
        tmp_path,
        columns(a=["2015-000001", "2015-000002"], b=["1.2.3", "1.2.4"], c=["2024-13-41", "2024-14-42"]),
    )
    assert found.types == ["VARCHAR"] * 3


@pytest.mark.parametrize(
    ("name", "cell", "kind"),
    [
        ("timestamp", "1704067200", "TIMESTAMP"),
        ("created_at", "1704067200000", "TIMESTAMP"),
        ("visitors", "1704067200", "BIGINT"),
        ("timestamp", "170406720", "BIGINT"),  # of 1975
    ],
)
def test_seconds_since_1970_are_moments_where_the_name_says_a_time(
    tmp_path: Path, name: str, cell: str, kind: str
) -> None:
    """As servers and sensors write them, also in milliseconds; other large numbers are left alone."""
    found = read(tmp_path, f"{name},v\n{cell},1\n{int(cell) + 3600},2\n")
    assert found.types[0] == kind
    if kind == "TIMESTAMP":
        assert found.rows[0][0] == datetime.datetime(2024, 1, 1)  # noqa: DTZ001 - in UTC, as all here
    assert found.warns("since 1970 were read as moments, in UTC") == (kind == "TIMESTAMP")


def test_how_long_something_took_is_read_in_seconds(tmp_path: Path) -> None:
    """A clock time by its form is a duration where the name says so, and can be averaged."""
    found = read(tmp_path, "avg_handle_time,opened\n0:04:33,9:30\n0:10:00,17:05\n")
    assert found.names == ["avg_handle_time (s)", "opened"]
    assert found.types == ["BIGINT", "TIME"]
    assert found.column("avg_handle_time (s)") == [273, 600]
    assert found.warnings == ["“avg_handle_time”: clock times were read as durations, in seconds"]
    taken = read(tmp_path, "duration,duration (s)\n0:04:33,1\n0:10:00,2\n")
    assert taken.names == ["duration (s)", "duration (s) 2"]
