from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.reading import columns, read


def test_debit_and_credit_are_signs_of_one_measure(tmp_path: Path) -> None:
    """Which was taken as positive is said; a mark that all amounts have is no sign."""
    found = read(
        tmp_path,
        columns(
            a=["1,234.50 CR", "5 DR", "(6) DR"],
            b=["5 CR", "6", "7"],
            c=["5 Dr", "6 Dr.", "7 Dr"],
            d=["CR 5", "DR 6", "DR 7"],
            e=["5 CRT", "6 DRY", "7 CRT"],
        ),
    )
    assert found.rows[0] == (-1234.5, -5, 5, -5, "5 CRT")
    assert found.rows[1] == (5, 6, 6, 6, "6 DRY")
    assert found.column("a")[2] == -6
    assert found.warns(
        "“a”, “d”: amounts marked DR were taken as positive, those marked CR as negative"
    )
    assert found.warns(
        "“b”: amounts marked CR were taken as negative, those without a mark as positive"
    )
    assert found.warns("“c”: all amounts are marked DR, and were taken as positive")


def test_an_apostrophe_before_a_number_is_none_of_it(tmp_path: Path) -> None:
    """It only keeps a spreadsheet from reading it; zeros that it keeps are those of a code."""
    found = read(
        tmp_path, columns(a=["'-5", "’7", "8"], b=["'12.5'", "'3'", "4"], c=["'007", "'008", "'009"])
    )
    assert found.rows[0] == (-5, 12.5, "'007")
    assert found.column("a") == [-5, 7, 8]


def test_flags_behind_numbers_are_left_out_and_counted(tmp_path: Path) -> None:
    """*, (p), r and the like, where other cells have none."""
    found = read(
        tmp_path,
        columns(
            a=["12.3*", "4.5", "5", "6"],
            b=["4.5 (p)", "4", "5 (e)", "6"],
            c=["12r", "13", "14", "15"],
            d=["1 b", "2", "3", "4"],
        ),
    )
    assert found.rows[0] == (12.3, 4.5, 12, 1)
    assert found.warns("“a”, “c”, “d”: one flag behind its numbers was left out (line 2)")
    assert found.warns("“b”: 2 flags behind its numbers were left out (lines 2 and 4)")


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("house", ["12r", "13", "14"]),
        ("room", ["12r", "13", "14"]),
        ("x", ["12a", "12b", "14"]),
        ("x", ["12g", "13g", "14g"]),
        ("x", ["12 x", "13", "14"]),
    ],
)
def test_letters_of_codes_and_units_are_no_flags(tmp_path: Path, name: str, cells: list[str]) -> None:
    """The name may say so, or the letter, or that all cells have it."""
    assert read(tmp_path, columns(**{name: cells, "n": ["1", "2", "3"]})).types[0] == "VARCHAR"


def test_errors_of_a_spreadsheet_are_missing_and_counted(tmp_path: Path) -> None:
    """Whether the column has plain numbers or others; a dash needs no count."""
    rows = "".join(f'x{n},{n}.5,"1,{n + 100}",{n}\n' for n in range(30))
    found = read(tmp_path, f"k,a,b,c\n{rows}y,#DIV/0!,#N/A,-\nz,#REF!,7,8\n")
    assert found.types[1:] == ["DOUBLE", "BIGINT", "BIGINT"]
    assert found.warns(
        "“a”: 2 cells hold errors of a spreadsheet, such as “#DIV/0!”, and count as missing"
    )
    assert found.warns("(lines 32 and 33)")
    assert found.warns(
        "“b”: one cell holds an error of a spreadsheet, such as “#N/A”, and counts as missing"
    )
    assert found.warns("“c”: cells such as “-” were read as missing")


@pytest.mark.parametrize(
    ("cells", "values", "unit"),
    [
        (["1h 20m", "45m", "2h"], [4800, 2700, 7200], "s"),
        (["2 days", "1 day", "1 week"], [2, 1, 7], "days"),
        (["1 day 2 hours", "5 h", "1,5 h"], [26, 5, 1.5], "h"),
        (["27:15:00", "01:00:00", "0:00:10"], [98100, 3600, 10], "s"),
        (["90 min", "5 min", "1 min 30 s"], [5400, 300, 90], "s"),
        (["2 Stunden", "30 Minuten", "1 Std."], [7200, 1800, 3600], "s"),
    ],
)
def test_durations_become_numbers_with_a_unit(
    tmp_path: Path, cells: list[str], values: list[float], unit: str
) -> None:
    """In words, or as clock times of more than a day."""
    found = read(tmp_path, columns(took=cells, n=["1", "2", "3"]))
    assert (found.column("took"), found.symbols[0]) == (values, unit)
    assert found.warns("were read ")


def test_what_only_looks_like_a_duration_is_none(tmp_path: Path) -> None:
    """Metres, midnight, dogs and times of day."""
    found = read(
        tmp_path,
        columns(
            a=["5m", "6m", "7m"], b=["2 dogs", "3 cats", "4 d"], c=["09:30:00", "24:00:00", "10:00:00"]
        ),
    )
    assert found.types == ["VARCHAR", "VARCHAR", "TIME"]


def test_day_numbers_of_excel_are_dates_where_the_name_says_so(tmp_path: Path) -> None:
    """And where all are plausible; what is to date, or a key, is a number."""
    names = ("date", "order_date", "amount", "sales_to_date", "date_id", "day")
    cells = ["45123", "45124", "45130"]
    found = read(tmp_path, columns(**dict.fromkeys(names[:5], cells), day=["45123", "5", "45130"]))
    assert found.types == ["DATE", "DATE", "BIGINT", "BIGINT", "BIGINT", "BIGINT"]
    assert str(found.rows[0][0]) == "2023-07-16"
    assert found.warns("day numbers as Excel counts them were read as dates (45123 as 2023-07-16)")


def test_fiscal_quarters_are_quarters(tmp_path: Path) -> None:
    """With years of two digits as well; a quarter without a year is none."""
    found = read(
        tmp_path,
        columns(
            a=["FY22 Q1", "FY23 Q4"], b=["Q1 FY22", "Q4'23"], c=["Q1 2022", "Q4 2023"], d=["Q1", "Q4"]
        ),
    )
    assert found.types == ["DATE", "DATE", "DATE", "VARCHAR"]
    assert [str(day) for day in found.rows[1][:3]] == ["2023-10-01"] * 3
    assert found.warnings == [
        "“a”, “b”: quarters of fiscal years were placed as if the year began in January"
    ]


def test_the_labels_of_a_pivot_are_filled_down(tmp_path: Path) -> None:
    """Within the label before them, and not into a row of totals."""
    found = read(tmp_path, "a,b,c,n\nX,P,u,1\n,,v,2\n,Q,u,3\nY,P,u,4\n,,v,5\n,Q,u,6\nTotal,,,21\n")
    assert [row[:2] for row in found.rows] == [
        ("X", "P"), ("X", "P"), ("X", "Q"), ("Y", "P"), ("Y", "P"), ("Y", "Q"),
    ]  # fmt: skip
    assert found.warns("“a”: 4 blank cells were filled with the label above them")


@pytest.mark.parametrize(
    "table",
    [
        "a,b,n\nX,u,1\n,v,2\nX,w,3\n,u,4\n",  # X stands twice
        "a,b,n\n,u,1\nX,v,2\n,w,3\n,u,4\n",  # nothing is above the first
        "a,b,n\nX,u,1\nY,v,2\nZ,w,3\nV,u,4\n,t,5\n",  # one cell is missing
        "a,n\nX,1\n,2\nY,3\n,4\n",  # nothing tells the rows of X apart
    ],
)
def test_other_blank_labels_stay_blank(tmp_path: Path, table: str) -> None:
    """A value that is missing is not that of the row above."""
    found = read(tmp_path, table)
    assert None in found.column("a")
    assert not found.warns("filled")


def test_a_column_that_is_nearly_numbers_says_why_it_has_no_sum(tmp_path: Path) -> None:
    """With one word in ten cells it is text; a column of codes needs no such word."""
    cells = [str(n) for n in range(100, 120)]
    found = read(
        tmp_path,
        columns(
            a=["ask Bob", *cells[1:10], "see note", *cells[11:]], b=["x1", *cells[1:8], *["b7"] * 12]
        ),
    )
    assert found.types == ["VARCHAR", "VARCHAR"]
    assert found.warnings == [
        "“a”: 2 cells that are not numbers made it text, so it has no sum (lines 2 and 12)"
    ]


def test_a_number_with_other_marks_than_its_column_is_told(tmp_path: Path) -> None:
    """1.234 among prices may mean 1,234; among measurements it means what it says."""
    prices = [f"{n}.50" for n in range(30)]
    found = read(
        tmp_path, columns(a=["1.234", *prices], b=["1.234", *[f"{n}.{n:03}" for n in range(30)]])
    )
    assert found.column("a")[0] == pytest.approx(1.234)
    assert found.warnings == [
        "“a”: one cell has three digits behind the point, where others have two, and may mean "
        "thousands; read as a decimal (line 2)"
    ]
