import gzip
from pathlib import Path

import pytest

from deckgen.domain.errors import UnreadableData
from deckgen.orchestrator.analyst.ingestion import loading, plain
from deckgen.orchestrator.analyst.ingestion.table import open_table
from tests.unit.orchestrator.analyst.reading import columns, read


def test_names_are_completed_and_made_unique(tmp_path: Path) -> None:
    """Blank and repeated headers get names of their own, whatever their case."""
    found = read(tmp_path, "sales,,Sales,sales\n1,2,3,4\n")
    assert found.names == ["sales", "column 2", "Sales 2", "sales 3"]


def test_names_of_any_kind_stay_with_their_columns(tmp_path: Path) -> None:
    """Names that are used within, too."""
    found = read(tmp_path, "c1,c0,extra,rowid,v0\n1,2,3,4,5\n")
    assert (found.names, found.rows) == (["c1", "c0", "extra", "rowid", "v0"], [(1, 2, 3, 4, 5)])


def test_columns_without_name_and_cells_are_left_out(tmp_path: Path) -> None:
    """Separators at the ends of the lines make no column."""
    found = read(tmp_path, "a,,b,\n1,,3,\n4,,6,\n")
    assert (found.names, found.rows) == (["a", "b"], [(1, 3), (4, 6)])
    assert found.warnings == ["Columns without a name and without a cell were left out"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]
)
def test_every_usual_encoding_gives_the_same_table(tmp_path: Path, encoding: str) -> None:
    """Umlauts survive, and a byte order mark is not part of the first name."""
    found = read(tmp_path, "Stadt,n\nKöln,1\nBonn,2\n".encode(encoding))
    assert (found.names[0], found.rows[0][0]) == ("Stadt", "Köln")
    assert found.warns("not in UTF-8") != encoding.startswith("utf-8")


def test_an_encoding_that_shows_late_is_found(tmp_path: Path) -> None:
    """The first bytes may be the same in UTF-8 and Latin-1."""
    found = read(tmp_path, b"city,n\n" + b"Bonn,1\n" * 20_000 + "Köln,2\n".encode("latin-1"))
    assert found.rows[-1] == ("Köln", 2)


def test_a_gzipped_file_is_read(tmp_path: Path) -> None:
    """What is stored compressed is read as it is; a damaged file is refused."""
    content = gzip.compress(b"a,b\n" + b"1,2\n" * 5000)
    assert len(read(tmp_path, content, "t.csv.gz").rows) == 5000
    with pytest.raises(UnreadableData, match="damaged"):
        read(tmp_path, content[:-20], "t.csv.gz")


def test_a_table_of_many_columns_is_read(tmp_path: Path) -> None:
    """Two hundred and more columns keep their order and their values."""
    header, cells = ",".join(f"k{n}" for n in range(250)), ",".join(str(n) for n in range(250))
    found = read(tmp_path, f"{header}\n{cells}\n")
    assert (found.names[249], found.rows[0][249], found.rows[0][150]) == ("k249", 249, 150)


PLAIN = {
    "whole": ["0", "-5", "123456789012345", "", "n/a", " NA "],
    "decimal": ["0.5", "-12", "3.25", "", "null", "7"],
    "day": ["2024-01-31", "1999-12-31", "", "-", "2024-02-29", "2024-02-29"],
    "moment": ["2024-01-31 10:00:00", "2024-01-31 10:00:01", "", "", "", ""],
    "midnight": ["2024-01-31 00:00:00"] * 6,
    "time": ["10:00:00", "23:59:59", "", "", "", ""],
    "padded": ["1", "2", "3", "4", "5", "007"],
    "late fraction": ["1", "2", "3", "4", "5", "5.5"],
    "separators": ["1", "2", "3", "4", "5", "1_000"],
    "long": ["1", "2", "3", "4", "5", "1234567890123456"],
    "signed": ["1", "2", "3", "4", "5", "+6"],
    "blanks": ["1", "2", "3", "4", "5", " 6 "],
    "other days": ["2024-01-31", "2024-01-30", "2024-01-29", "2024-01-28", "2024-01-27", "2024-1-26"],
    "old": ["2024-01-31", "2024-01-30", "2024-01-29", "2024-01-28", "2024-01-27", "0024-01-26"],
    "text": ["1", "2", "3", "4", "5", "six"],
    "nothing": ["", "", "NA", "", "", ""],
}


def test_what_is_read_does_not_depend_on_how_it_was_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The quick way for plain types and the closer look give the same values, types and warnings."""
    content = columns(**{name: cells[:5] * 30 + cells[5:] for name, cells in PLAIN.items()})
    (tmp_path / "quick").mkdir()
    guessed = []
    guess = plain.guess

    def first_rows(rows: list[list[str]], column: int, *, points: bool) -> object:
        guessed.append(guess(rows[:100], column, points=points))
        return guessed[-1]

    monkeypatch.setattr(loading, "guess", first_rows)
    quick = read(tmp_path / "quick", content)
    assert guessed.count(None) == 1
    monkeypatch.setattr(loading, "guess", lambda *_, **__: None)
    assert read(tmp_path, content + "\n") == quick
    assert quick.types[:6] == ["BIGINT", "DOUBLE", "DATE", "TIMESTAMP", "DATE", "TIME"]


@pytest.mark.parametrize("place", [1, 19_000], ids=["early", "late"])  # the first rows are looked at
@pytest.mark.parametrize("cells", ["7", "Rome"])
def test_what_was_read_as_missing_is_said(tmp_path: Path, place: int, cells: str) -> None:
    """A word for no value may be meant as a value: the warnings name it, wherever it stands."""
    lines = [f"{cells},2"] * 20_000
    lines[place] = "None,2"
    found = read(tmp_path, "\n".join(["a,b", *lines]) + "\n")
    assert found.rows[place] == (None, 2)
    assert found.warnings == ["“a”: cells such as “None” were read as missing"]


def test_blank_cells_need_no_words(tmp_path: Path) -> None:
    """Nobody doubts that a blank cell is missing."""
    found = read(tmp_path, "a,b\n1,x\n,y\n  ,z\n4, \n")
    assert (found.column("a"), found.warnings) == ([1, None, None, 4], [])


def test_cells_and_names_with_sql_stay_data(tmp_path: Path) -> None:
    """Nothing in a file is run."""
    content = "a'); DROP TABLE data; --\tb\"\"x\n'; DROP TABLE data; --\t1\n"
    found = read(tmp_path, content.replace('b""x', '"b""x"'))
    assert found.names == ["a'); DROP TABLE data; --", 'b"x']
    assert found.rows == [("'; DROP TABLE data; --", 1)]


def test_the_connection_reads_no_file(tmp_path: Path) -> None:
    """Queries over the table can reach no file, write none and change no setting."""
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n")
    with open_table(path) as table:
        for query in (
            f"SELECT * FROM '{path}'",
            f"COPY data TO '{tmp_path / 'out.csv'}'",
            f"ATTACH '{tmp_path / 'other.db'}'",
            "CREATE TABLE other AS SELECT 1",
            "SET enable_external_access = true",
            "INSTALL httpfs",
        ):
            with pytest.raises(
                Exception, match=r"(?i)permission|locked|disabled|not allowed|does not exist|read-only"
            ):
                table.con.execute(query)


def test_a_binary_tail_is_found_even_if_it_comes_late(tmp_path: Path) -> None:
    """What the first bytes do not show is refused on reading, with the same code."""
    with pytest.raises(UnreadableData) as refused:
        read(tmp_path, b"a,b\n" + b"1,2\n" * 50_000 + b"\x00\n")
    assert refused.value.code == "binary_data"
