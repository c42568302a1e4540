from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.reading import read

TWELVE = [f"2024-{month:02}-01,{month}" for month in range(1, 13)]


@pytest.mark.parametrize(
    ("table", "kept"),
    [
        ("region,sales,cost\nN,10,2\nS,5,6\nTotal,15,8\n", 2),
        ("region,sales,price\nN,10,2\nS,5,4\nGrand total,15,3\n", 2),
        ("region;sales\nN;1.200,5\nS;5,25\nSumme:;1.205,75\n", 2),
        ("\n".join(["date,sales", *TWELVE, "Total,78"]), 12),
        ("item,n\nTotal,12\nA,1\nB,2\nC,4\nD,5\n", 4),
        ("region,product,n\nN,a,1\nN,b,2\nN Total,,3\nS,a,5\nSubtotal,,5\nInsgesamt,,8\n", 3),
        ("year,sex,n\n2019,M,1\n2019,F,2\n2019,Total,3\n2020,M,3\n2020,F,4\n2020,Total,7\n", 4),
        ("region,n\nN,10\nS,5\nAll,15\n", 2),
    ],
)
def test_rows_that_sum_up_others_are_left_out(tmp_path: Path, table: str, kept: int) -> None:
    """Totals of all rows, of a part, or of a group, under their usual names; and it is said."""
    found = read(tmp_path, table)
    assert len(found.rows) == kept
    assert found.warns("only sum")
    assert "VARCHAR" not in found.types[-1:]


@pytest.mark.parametrize(
    "table",
    [
        "product,sales\nTotal,100\nShell,50\nBP,30\n",
        "product,a,b\nTotal,3,4\nX,1,9\nY,2,8\n",
        "ages,n,price\n0-9,10,5\n10-19,5,7\nAll,15,6\n",
        "product,sales\nShell,50\nTotal,50\n",
    ],
)
def test_a_row_that_is_only_called_a_total_is_kept(tmp_path: Path, table: str) -> None:
    """A name proves nothing: the numbers have to be sums, all of them where the name is “All”."""
    found = read(tmp_path, table)
    assert len(found.rows) == table.count("\n") - 1
    assert not found.warns("left out")
    assert found.warns("is called “Total”") == ("Total" in table)


def test_footnotes_are_left_out(tmp_path: Path) -> None:
    """Sources, notes and signs under the table are no rows, with commas in them or without."""
    notes = 'Source: WSJ, New York\n* provisional\n"Figures, in part, are estimates of the office"\n'
    found = read(tmp_path, f"region,sales,cost\nN*,10,2\nSource of light,5,6\nTotal,15,8\n\n{notes}")
    assert found.column("region") == ["N*", "Source of light"]
    assert found.warns("Footnotes under the table were left out")


def test_a_last_row_with_numbers_is_no_footnote(tmp_path: Path) -> None:
    """Its name may begin like one."""
    found = read(tmp_path, "region,sales,cost\nN,10,2\n* South of the river,5,6\nNote,1,1\n")
    assert len(found.rows) == 3
    assert found.warnings == []


def test_a_header_that_is_repeated_is_no_row(tmp_path: Path) -> None:
    """Printed tables have one on each page."""
    found = read(tmp_path, "region,2024\nN,1\nregion,2024\nS,2\n")
    assert found.rows == [("N", 1), ("S", 2)]
    assert found.warns("Repetitions of the header")


def test_the_values_of_a_ragged_line_are_used_only_if_their_columns_are_sure(tmp_path: Path) -> None:
    """What is left out is counted and placed, because a sum without it is not what a reader adds up."""
    found = read(tmp_path, "a,b\n1,2\n3\n4,5,6\n7,8,9,10\n0,0\n0,0\n5,5\n")
    assert found.rows == [(1, 2), (0, 0), (0, 0), (5, 5)]
    assert found.warnings == [
        "Line 3 has too few cells; its values were not used",
        "2 lines have too many cells (lines 4 and 5); their values were not used",
    ]
    found = read(
        tmp_path, "day,name,n\n2024-01-01,x,1\n2024-01-02,2\n2024-01-03,y, or z,3\n2024-01-04,x,4\n"
    )
    assert found.column("n") == [1, 2, 3, 4]
    assert found.column("name") == ["x", None, "y, or z", "x"]
    assert found.warns("Line 3 has too few cells; they were put under the columns that they fit")
    assert found.warns(
        "Line 4 has too many cells; those that a separator within a cell had split were joined"
    )


def test_quoted_line_ends_and_doubled_quotes_belong_to_the_cell(tmp_path: Path) -> None:
    """What stands in quotes is one cell; blank rows are none."""
    found = read(tmp_path, 'a,b,c\n1,"x\ny",3\n\n , ,\n2,"he said ""hi"", twice",4\n')
    assert found.rows == [(1, "x\ny", 3), (2, 'he said "hi", twice', 4)]


def test_rows_keep_the_order_of_the_file(tmp_path: Path) -> None:
    """The number of a row in the table grows with its line."""
    found = read(tmp_path, "n,s\n" + "".join(f"{n},x\n" for n in range(9000, 0, -1)))
    assert found.column("n") == list(range(9000, 0, -1))
