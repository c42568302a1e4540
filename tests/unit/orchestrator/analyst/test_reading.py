import gzip
from pathlib import Path

import pytest

from deckgen.domain.errors import UnreadableData
from deckgen.orchestrator.analyst.table import open_table


def read(path: Path, content: str | bytes) -> tuple[list[str], list[str], list[tuple[object, ...]]]:
    """Names and types of the columns, and the rows."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with open_table(path) as table:
        return (
            [column.name for column in table.columns],
            [column.type for column in table.columns],
            table.all("SELECT * FROM data"),
        )


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1", "2.5", "-3"], [1.0, 2.5, -3.0]),
        (["1,234.50", "2,000.00", "5.25"], [1234.5, 2000.0, 5.25]),
        (["1.234,50", "2.000,00", "5,25"], [1234.5, 2000.0, 5.25]),
        (["$1,200.50", "$3.00", "-$4.10"], [1200.5, 3.0, -4.1]),
        (["12,5 €", "3,0 €", "4,1 €"], [12.5, 3.0, 4.1]),
        (["12.5%", "3%", "100%"], [0.125, 0.03, 1.0]),
        (["(5.5)", "−2.5", "1.0"], [-5.5, -2.5, 1.0]),
        (["1 234.5", "2\u00a0000.5", "3.5"], [1234.5, 2000.5, 3.5]),
        (["1.5", "NA", "-"], [1.5, None, None]),
        (["0.25", "nan", "inf"], [0.25, None, None]),
    ],
)
def test_numbers_are_read_as_people_write_them(
    tmp_path: Path, cells: list[str], values: list[float | None]
) -> None:
    """Thousands, decimal commas, currencies, percent signs and words for nothing are understood."""
    lines = "\n".join(f"k{n}\t{cell}" for n, cell in enumerate(cells))
    _, types, rows = read(tmp_path / "t.csv", f"key\tvalue\n{lines}\n")
    assert types[1] == "DOUBLE"
    assert [row[1] for row in rows] == pytest.approx(values)


@pytest.mark.parametrize(
    "cells",
    [
        ["2024-01-31", "2024-02-01"],
        ["2024/01/31", "2024/02/01"],
        ["31.01.2024", "01.02.2024"],
        ["1/31/2024", "2/1/2024"],
        ["31/01/2024", "01/02/2024"],
        ["31 Jan 2024", "1 Feb 2024"],
        ["January 31, 2024", "February 1, 2024"],
    ],
)
def test_dates_are_read_in_the_usual_forms(tmp_path: Path, cells: list[str]) -> None:
    """ISO, European and American dates become the same days."""
    lines = "\n".join(f"{cell}\t1" for cell in cells)
    _, types, rows = read(tmp_path / "t.csv", f"when\tn\n{lines}\n")
    assert types[0] == "DATE"
    assert [str(row[0]) for row in rows] == ["2024-01-31", "2024-02-01"]


def test_a_date_that_can_be_read_in_two_ways_is_read_as_the_regular_series(tmp_path: Path) -> None:
    """Where only one reading gives the first of each month, that one is right."""
    lines = "\n".join(f"01/{month:02}/2024,5" for month in range(1, 13))
    _, _, rows = read(tmp_path / "t.csv", f"when,n\n{lines}\n")
    assert [row[0].month for row in rows] == list(range(1, 13))  # type: ignore[attr-defined]


def test_leading_zeros_are_no_number(tmp_path: Path) -> None:
    """A postcode keeps its zeros."""
    _, types, rows = read(tmp_path / "t.csv", "zip,n\n01234,1\n02345,2\n")
    assert (types[0], rows[0][0]) == ("VARCHAR", "01234")


def test_names_are_completed_and_made_unique(tmp_path: Path) -> None:
    """Blank and repeated headers get names of their own, whatever their case."""
    names, _, _ = read(tmp_path / "t.csv", "sales,,Sales,sales\n1,2,3,4\n")
    assert names == ["sales", "column 2", "Sales 2", "sales 3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_gives_the_same_table(tmp_path: Path, encoding: str) -> None:
    """Umlauts survive, and a byte order mark is not part of the first name."""
    names, _, rows = read(tmp_path / "t.csv", "Stadt,n\nKöln,1\nBonn,2\n".encode(encoding))
    assert (names[0], rows[0][0]) == ("Stadt", "Köln")


def test_a_gzipped_file_is_read(tmp_path: Path) -> None:
    """What is stored compressed is read as it is."""
    _, _, rows = read(tmp_path / "t.csv.gz", gzip.compress(b"a,b\n1,2\n"))
    assert rows == [(1, 2)]


def test_rows_of_other_widths_and_blank_rows_do_no_harm(tmp_path: Path) -> None:
    """Short rows are filled, blank ones left out, and line breaks within quotes belong to the cell."""
    _, _, rows = read(tmp_path / "t.csv", 'a,b,c\n1,2,3\n\n4,5\n , ,\n6,7,"x\ny"\n')
    assert [row[0] for row in rows] == [1, 4, 6]


def test_a_table_of_many_columns_is_read(tmp_path: Path) -> None:
    """Two hundred and more columns keep their order and their values."""
    header, cells = ",".join(f"c{n}" for n in range(250)), ",".join(str(n) for n in range(250))
    names, _, rows = read(tmp_path / "t.csv", f"{header}\n{cells}\n")
    assert (names[249], rows[0][249], rows[0][150]) == ("c249", 249, 150)


def test_cells_and_names_with_sql_stay_data(tmp_path: Path) -> None:
    """Nothing in a file is run."""
    content = 'a\'); DROP TABLE data; --\t"b""x"\n\'; DROP TABLE data; --\t1\n'
    names, _, rows = read(tmp_path / "t.csv", content)
    assert names == ["a'); DROP TABLE data; --", 'b"x']
    assert rows == [("'; DROP TABLE data; --", 1)]


def test_the_connection_reads_nothing_but_the_file(tmp_path: Path) -> None:
    """Queries over the table can reach no other file and change no setting."""
    other = tmp_path / "other.csv"
    other.write_text("secret,n\n1,2\n")
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    with open_table(tmp_path / "t.csv") as table:
        for query in (
            f"SELECT * FROM '{other}'",
            "SET enable_external_access = true",
            "INSTALL httpfs",
        ):
            with pytest.raises(
                Exception, match=r"(?i)permission|locked|disabled|not allowed|does not exist"
            ):
                table.all(query)


def test_a_binary_tail_is_found_even_if_it_comes_late(tmp_path: Path) -> None:
    """What the first bytes do not show is refused on reading, with the same code."""
    content = b"a,b\n" + b"1,2\n" * 50_000 + b"\x00\n"
    with pytest.raises(UnreadableData) as refused:
        read(tmp_path / "t.csv", content)
    assert refused.value.code == "binary_data"
