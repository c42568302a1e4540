"""The table as it was read, as a Parquet file."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from deckgen.orchestrator.analyst.ingestion import table as table_module
from deckgen.orchestrator.analyst.ingestion import table_cache
from deckgen.orchestrator.analyst.ingestion.table import open_table
from deckgen.orchestrator.analyst.ingestion.table_files import write_tables

CONTENT = (
    "day;month;at;clock;sales €;share;name;filename\n"
    "2024-01-31;1987 Jan;2024-01-31 10:30;09:15;1.234,5;12 %;a;x\n"
    "2024-02-29;1987 Feb;2024-02-29 11:45;10:15;;13 %;k.A.;y\n"
    "2024-03-31;1987 Mar;2024-03-31 23:59;11:15;0,25;14 %;ü 'q';z\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    path.write_text(CONTENT)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "it's here"
    folder.mkdir()
    return folder


def seen(con: duckdb.DuckDBPyConnection) -> tuple[Any, Any]:
    """Names, types and rows of `data`."""
    return con.execute("DESCRIBE data").fetchall(), con.execute("SELECT * FROM data").fetchall()


def in_file(folder: Path) -> tuple[Any, Any]:
    with duckdb.connect() as con:
        con.read_parquet(str(folder / "data.parquet")).create("data")
        return seen(con)


def test_names_types_and_rows_are_those_of_the_queries(file: Path, folder: Path) -> None:
    """Whoever opens the file sees what the SQL of a fact sees, in the order of the upload."""
    written = write_tables(file, folder)
    with open_table(file) as table:
        expected = seen(table.con)
        assert written.warnings == table.warnings
    assert in_file(folder) == expected
    assert {row[1] for row in expected[0]} == {"DATE", "TIMESTAMP", "TIME", "DOUBLE", "VARCHAR"}
    assert [(one.name, one.rows, one.columns) for one in written.tables] == [("data", 3, 8)]


def test_the_same_upload_gives_the_same_bytes(file: Path, folder: Path) -> None:
    """Also where the table could not be kept, and is in memory."""
    write_tables(file, folder)
    first = (folder / "data.parquet").read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table_cache, "_cached", lambda _: None)
        patch.setattr(table_cache, "_read_into_file", _no_room)
        write_tables(file, folder)
    assert (folder / "data.parquet").read_bytes() == first


def _no_room(*_: object) -> None:
    raise OSError("no space")


def test_several_tables_have_a_file_each(
    file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are called as in the SQL; what is beside the tables of the queries is not written."""
    read = table_module._read_text

    def with_another(*arguments: Any) -> Any:
        con, contents = read(*arguments)
        con.execute("CREATE TABLE customers AS SELECT 1 AS id FROM range(7)")
        return con, contents

    monkeypatch.setattr(table_module, "_read_text", with_another)
    file.write_text(CONTENT + "2024-04-30;1987 Apr;2024-04-30 23:59;11:15;0,5;15 %;b;w\n")
    written = write_tables(file, folder)
    named = {one.file_name: (one.rows, one.columns) for one in written.tables}
    assert named == {"data.parquet": (4, 8), "customers.parquet": (7, 1)}
    assert {path.name for path in folder.iterdir()} == named.keys()


def test_nothing_else_can_be_written(file: Path, folder: Path) -> None:
    """A table that is open to be queried, as a deck's queries do, writes nowhere."""
    with open_table(file) as table, pytest.raises(duckdb.PermissionException):
        table.con.execute(f"COPY data TO '{file.parent}/stolen.parquet'")
