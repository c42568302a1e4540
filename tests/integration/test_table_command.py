"""`deckgen table data.csv --out data.parquet`: what it writes, and what it says."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from deckgen.cli.app import app
from deckgen.client import table_files
from deckgen.domain.datasets import TableFile, TableFiles
from deckgen.domain.errors import DeckgenError
from deckgen.domain.overrides import TableOverride

DECKGEN = Path(sys.executable).parent / "deckgen"
TABLE = "month,region,sales\n1987 Jan,north,60\n1987 Feb,south,30\n1987 Mar,west,n/a\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "sales.csv"
    path.write_text(TABLE)
    return path


def table_here(*arguments: object) -> Result:
    """Within this process, which takes less time."""
    return CliRunner().invoke(app, ["table", *map(str, arguments)])


def test_the_table_is_written_and_told(tmp_path: Path, data: Path) -> None:
    """Without a server: rows and columns in a sentence, then what was decided on reading."""
    done = subprocess.run(
        [DECKGEN, "table", data.name, "--out", "made/sales.parquet"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    first, *warnings = done.stdout.splitlines()
    assert first == "Saved made/sales.parquet: 3 rows and 3 columns of data."
    assert any("n/a" in warning for warning in warnings)
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["sales.parquet"]
    query = f"FROM '{tmp_path}/made/sales.parquet' WHERE sales = 30"
    (row,) = duckdb.execute(query).fetchall()
    assert (str(row[0]), row[1]) == ("1987-02-01", "south")


def test_what_can_not_be_read_leaves_the_file_as_it_was(tmp_path: Path, data: Path) -> None:
    """The sentence says what is wrong with the upload."""
    data.write_bytes(b"\x00\x01\x02")
    out = tmp_path / "data.parquet"
    out.write_text("former")
    done = table_here(data, "--out", out)
    assert isinstance(done.exception, DeckgenError)
    assert out.read_text() == "former"
    assert {path.name for path in tmp_path.iterdir()} == {data.name, out.name}


@pytest.mark.parametrize(
    ("name", "out", "words"),
    [
        ("sales.csv", "data.csv", "must end in .parquet"),
        ("missing.csv", "data.parquet", "There is no file"),
        ("sales.csv", "sales.csv/data.parquet", "Can't write"),
    ],
)
def test_what_is_refused(tmp_path: Path, data: Path, name: str, out: str, words: str) -> None:
    """Each in a sentence, before anything is read."""
    done = table_here(tmp_path / name, "--out", tmp_path / out)
    assert words in str(done.exception)
    assert isinstance(done.exception, DeckgenError)


def test_several_tables_are_files_beside_one_another(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is called as in the SQL, whatever the option says of a single one."""

    class Children:
        def call(
            self, _work: str, _seconds: float, _data: Path, folder: Path, _said: TableOverride
        ) -> bytes:
            names = ("data", "customers")
            for name in names:
                (folder / f"{name}.parquet").write_text(name)
            tables = [TableFile(name=name, rows=1, columns=2) for name in names]
            return TableFiles(tables=tables, warnings=[]).model_dump_json().encode()

        def __enter__(self) -> "Children":
            return self

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(table_files, "running", lambda *_: Children())
    done = table_here(data, "--out", tmp_path / "made" / "x.parquet")
    assert done.exit_code == 0
    assert {file.name for file in (tmp_path / "made").iterdir()} == {
        "data.parquet",
        "customers.parquet",
    }
    assert len(done.stdout.splitlines()) == 2
