from pathlib import Path

import pytest

from deckgen.domain.errors import UnreadableData
from tests.unit.orchestrator.analyst.reading import Read, read

NAMES = "day,place,n,price"
ROWS = [f"2024-01-{n:02},{'north' if n % 2 else 'south'},{n},{n}.25" for n in range(1, 21)]


def read_with(folder: Path, *lines: str, names: str = NAMES, at: int = 10) -> Read:
    """A table of twenty rows with other lines in it: the first of them is line 12."""
    return read(folder, "\n".join([names, *ROWS[:at], *lines, *ROWS[at:]]) + "\n")


def test_a_regular_file_has_no_warning(tmp_path: Path) -> None:
    """Blank cells, quotes and blank ends of lines are nothing odd."""
    assert read_with(tmp_path, '2024-02-01,"a ""b"", c",,1.5', "2024-02-02,,3,", ",,,").warnings == []


@pytest.mark.parametrize(
    ("line", "row", "warning"),
    [
        ("2024-02-01,50,7.5", (None, 50, 7.5), "put under the columns that they fit"),
        ("2024-02-01,north,7.5", ("north", None, 7.5), "put under the columns that they fit"),
        (
            "2024-02-01,a, b,50,7.5",
            ("a, b", 50, 7.5),
            "a separator within a cell had split were joined",
        ),
        (
            "2024-02-01,a,50,1,234.5",
            ("a", 50, 1234.5),
            "a separator within a cell had split were joined",
        ),
        (
            "2024-02-01;a;50;7.5",
            ("a", 50, 7.5),
            "another separator than the others; it was read by its own",
        ),
        ('"2024-02-01,a,50,7.5"', ("a", 50, 7.5), "in quotation marks as a whole; it was read without"),
        (
            '2024-02-01,"a,50,7.5',
            ("a", 50, 7.5),
            "a quotation mark that is never closed; it was read with",
        ),
    ],
)
def test_an_odd_line_is_put_right_if_its_values_have_one_place(
    tmp_path: Path, line: str, row: tuple[object, ...], warning: str
) -> None:
    """What was done is said with the number of the line."""
    found = read_with(tmp_path, line)
    assert found.rows[10][1:] == row
    assert len(found.rows) == 21
    assert [text for text in found.warnings if warning in text and text.startswith("Line 12 ")]


@pytest.mark.parametrize(
    "line", ["2024-02-01,north,7", "2024-02-01,5,6,7,8,9", "5,north", "Total,7,7.5"]
)
def test_the_values_of_other_odd_lines_are_not_used(tmp_path: Path, line: str) -> None:
    """A number that could belong to two columns belongs to none."""
    found = read_with(tmp_path, line)
    assert len(found.rows) == 20
    assert found.warns("Line 12 has too ")
    assert found.warns("its values were not used")


def test_many_lines_are_counted_and_the_first_are_named(tmp_path: Path) -> None:
    """Blank lines and cells with line ends count as the lines that they are."""
    odd = ["2024-02-01,a,7", "", '2024-02-01,"x\ny",1,1.5', "2024-02-01,b,7", "5,a", "6,b", "7,c"]
    found = read_with(tmp_path, *odd)
    assert found.warnings == [
        "5 lines have too few cells (lines 12, 16, 17 and others); their values were not used"
    ]
    assert ("x\ny", 1, 1.5) in [row[1:] for row in found.rows]


@pytest.mark.parametrize("cell", ["x" * 200_000, '"' + "x" * 200_000 + '"', '"' + '""' * 200_000 + '"'])
def test_a_line_is_named_behind_a_cell_that_is_very_long(tmp_path: Path, cell: str) -> None:
    """Or at least the cells are counted."""
    found = read(tmp_path, "a,b\n" + "x,1\n" * 30 + f"{cell},2\ny,unknown\n")
    assert found.warns("“b”: one cell that is no number counts as missing (line")


def test_a_line_that_was_broken_is_joined(tmp_path: Path) -> None:
    """A line end in a text that was not quoted makes two lines that are too short."""
    found = read_with(tmp_path, "2024-02-01,the long", "name,50,7.5")
    assert found.rows[10][1:] == ("the long\nname", 50, 7.5)
    assert found.warnings == ["Line 12 was broken within a cell; it was joined with the next one"]


def test_a_second_table_is_left_out(tmp_path: Path) -> None:
    """From its header on, whatever its width, and with its title."""
    for names, row in (("shop,visitors", "a,5"), ("shop,city,size,visitors", "a,b,7,5")):
        found = read_with(tmp_path, "", "Shops", names, row, row, at=20)
        assert len(found.rows) == 20
        assert found.warns(
            "3 lines belong to another table (lines 24 to 26); their values were not used"
        )
        assert found.warns("Line 23 has a single cell; it was left out")


def test_a_row_of_words_ends_no_table(tmp_path: Path) -> None:
    """If what comes behind it are rows as before, only its own values are missing."""
    found = read_with(tmp_path, "unknown,north,unknown,ask Bob")
    assert (len(found.rows), found.rows[10]) == (21, (None, "north", None, None))
    assert found.warns("one cell that is no number counts as missing (line 12)")


def test_comments_and_headers_among_the_rows_are_left_out(tmp_path: Path) -> None:
    """Also such as have the width of the table."""
    found = read_with(tmp_path, "# checked, by, two, people", NAMES.upper(), "# done", "2024-02-01,5")
    assert len(found.rows) == 20
    assert found.warns("2 lines are comments (lines 12 and 14); they were left out")
    assert found.warns("Line 13 repeats the header; it was left out")


def test_the_header_of_a_survey_tool_has_several_rows(tmp_path: Path) -> None:
    """The question and what the tool calls it stand under the name; neither is an answer."""
    texts = "When?,Where?,How many?,How much?"
    ids = ",".join(f'"{{""ImportId"":""QID{n}""}}"' for n in range(4))
    found = read_with(tmp_path, texts, ids, at=0)
    assert (found.types[2:], len(found.rows)) == (["BIGINT", "DOUBLE"], 20)
    assert found.warnings == [
        "2 lines say in words what the columns are (lines 2 and 3); they were left out"
    ]


def test_a_file_without_a_header_loses_no_row(tmp_path: Path) -> None:
    """The first row is data if it has numbers, and a word that its column repeats."""
    rows = [f"{place},{thing},{n}" for n, (place, thing) in enumerate([("n", "a"), ("s", "b")] * 5, 5)]
    found = read(tmp_path, "\n".join(rows) + "\n")
    assert len(found.rows) == 10
    assert found.warns("The first row is data")
    found = read(tmp_path, "place,thing,7\n" + "\n".join(rows) + "\n")
    assert found.names == ["place", "thing", "7"]


def test_a_total_without_a_name_or_of_lines_that_were_not_used_is_no_row(tmp_path: Path) -> None:
    """Else the sum would be told twice."""
    found = read_with(tmp_path, ",,210,215", at=20)
    assert (len(found.rows), found.warns("only sums up others")) == (20, True)
    found = read_with(
        tmp_path, "2024-02-01,north,7", "Total,,217,222.5", names=NAMES.replace("day", "d")
    )
    assert found.column("n")[-1] == 20
    lines = [*ROWS, "2024-02-01,north,7", ",Total,217,215"]
    found = read(tmp_path, "\n".join([NAMES, *lines]) + "\n")
    assert len(found.rows) == 20
    assert found.warns("was taken to sum up the others, together with lines whose values were not used")


def test_programs_that_write_no_blank_cells_at_the_end_are_understood(tmp_path: Path) -> None:
    """Where many lines are short and none ends in a blank cell, the last cells are missing."""
    short = [f"2024-02-{n:02},north,{n}" for n in range(1, 8)]
    found = read_with(tmp_path, *short)
    assert (len(found.rows), sum(filter(None, found.column("n")))) == (27, 210 + 28)
    assert found.warns(
        "7 lines have too few cells (lines 12 to 18); those at their ends count as missing"
    )


def test_a_file_of_which_most_lines_can_not_be_used_is_refused(tmp_path: Path) -> None:
    """A sum of the rest would mislead."""
    with pytest.raises(UnreadableData) as refused:
        read(tmp_path, "a,b,c\n" + "1,2,3\n" * 40_000 + "1,2\n" * 50_000)
    assert refused.value.code == "not_a_table"
    assert "50,000 lines differ" in refused.value.message
