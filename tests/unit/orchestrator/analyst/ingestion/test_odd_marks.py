"""Marks of cells that people and programs write in many ways: minus signs, sides, errors, open ends."""

from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.reading import columns, read


@pytest.mark.parametrize("minus", ["-", "−", "–", "‐", "‑", "﹣", "－"])
def test_a_minus_is_one_whatever_its_sign(tmp_path: Path, minus: str) -> None:
    """Before or behind the number: Word, phones and typesetters write others than keyboards."""
    table = f"a;b;c\nx;{minus}1.200,50;1.200,50{minus}\nx;3,00;4,00\nx;{minus}7,25;8,00\n"
    found = read(tmp_path, table)
    assert found.column("b") == [-1200.5, 3, -7.25]
    assert found.column("c") == [-1200.5, 4, 8]


def test_s_and_h_behind_amounts_are_debit_and_credit(tmp_path: Path) -> None:
    """As German accounts end them; letters of durations are none."""
    found = read(
        tmp_path,
        columns(
            a=["1.100,50 S", "20,00 H", "5,25 S"], b=["5 S", "6 S", "7 S"], c=["1 H", "2 M", "3 S"]
        ),
    )
    assert found.column("a") == [1100.5, -20, 5.25]
    assert (min(found.column("b")), min(found.column("c"))) == (5, 3)
    assert found.warns("“a”: amounts marked S were taken as positive, those marked H as negative")


def test_errors_of_spreadsheets_in_other_languages_are_missing(tmp_path: Path) -> None:
    """As #DIV/0! is; the column keeps its sum."""
    cells = ["#WERT!", "#BEZUG!", "#NV", "#NAME?", "#ZAHL!", "1,5", "2,5"]
    found = read(tmp_path, columns(a=cells, b=list("abcdefg")))
    assert found.column("a") == [None] * 5 + [1.5, 2.5]
    assert found.warns("“a”: 5 cells hold errors of a spreadsheet")


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["2024-03-01", "9999-12-31", "2024-05-01"], "DATE"),
        (["01.03.2024", "31.12.9999", "01.05.2024"], "DATE"),
        (["3/21/2024", "12/31/9999", "5/1/2024"], "DATE"),
        (["2024-03-01 10:00:00", "9999-12-31 00:00:00", "2024-05-01 10:00:00"], "TIMESTAMP"),
    ],
)
def test_an_open_end_is_no_date(tmp_path: Path, cells: list[str], kind: str) -> None:
    """However many there are; it is counted, for what has no end is not forgotten."""
    found = read(tmp_path, columns(until=cells, n=["1", "2", "3"]))
    assert found.type("until") == kind
    assert found.column("until")[1] is None
    assert found.warns(
        "“until”: one cell such as 9999-12-31 means an open end, and counts as missing (line 3)"
    )


def test_a_day_of_zeros_is_missing(tmp_path: Path) -> None:
    """SAP and MySQL write it where there is none."""
    found = read(tmp_path, columns(due=["00.00.0000", "01.03.2024", "0000-00-00"], n=["1", "2", "3"]))
    assert found.column("due")[0] is None
    assert found.warns("2 cells such as 00.00.0000 count as missing (lines 2 and 4)")
