import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pytest

from deckgen.orchestrator.analyst.ingestion import files, table_cache
from deckgen.orchestrator.analyst.ingestion.table import open_table

pytestmark = pytest.mark.slow

# Compressed columns are added up in another way than others: it would show in this sum.
ROWS = 20_000
CONTENT = "a,b,c\n" + "x,0.1,5\n" * ROWS + f"Total,{ROWS / 10},{ROWS * 5}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of kept tables, new and empty."""
    folder = tmp_path / "kept"
    monkeypatch.setattr(table_cache, "_folders", [])
    table_cache.keep_in(folder)
    return folder


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were read, each time that one was."""
    paths: list[Path] = []
    shape_of = files.shape_of

    def counted(path: Path, encoding: str | None = None) -> Any:
        paths.append(path)
        return shape_of(path, encoding)

    monkeypatch.setattr(files, "shape_of", counted)
    return paths


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    path.write_text(CONTENT)
    return path


def told(path: Path, *, once: bool = False) -> tuple[Any, ...]:
    with open_table(path, once=once) as table:
        return (
            table.columns,
            table.rows,
            table.warnings,
            table.all("SELECT sum(b), max(rowid) FROM data"),
        )


def test_a_table_that_was_read_is_not_read_again(folder: Path, reads: list[Path], file: Path) -> None:
    """The next step opens what the step before has kept, under whatever path the upload lies."""
    first = told(file)
    copy = file.with_name("copy.csv")
    copy.write_text(CONTENT)
    assert told(copy) == first
    assert reads == [file]


def test_another_content_under_the_same_path_is_another_table(folder: Path, file: Path) -> None:
    """A kept table goes by the bytes that it was read from."""
    told(file)
    file.write_text("a,b\nx,1\n")
    with open_table(file) as table:
        assert table.all("SELECT * FROM data") == [("x", 1)]


def test_a_kept_table_may_vanish_or_be_damaged(folder: Path, reads: list[Path], file: Path) -> None:
    """The upload is read again then, and what is open stays open."""
    first = told(file)
    with open_table(file) as table:
        (kept,) = folder.glob("*.duckdb")
        kept.write_bytes(b"damaged")
        assert told(file) == first
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
        assert told(file) == first
        assert table.rows == ROWS
    assert len(reads) == 3


@pytest.mark.parametrize("error", [OSError("no space"), duckdb.IOException("no space")])
def test_without_a_folder_the_table_is_the_same_to_the_last_digit(
    monkeypatch: pytest.MonkeyPatch, folder: Path, file: Path, error: Exception
) -> None:
    """Where no file can be written, the table is read into memory; sums of floats do not change."""
    first = told(file)

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(table_cache, "_cached", lambda _: None)
    monkeypatch.setattr(table_cache, "_read_into_file", fail)
    assert told(file) == first


def test_what_is_kept_is_bounded(
    monkeypatch: pytest.MonkeyPatch, folder: Path, reads: list[Path], file: Path
) -> None:
    """What was not used for longest goes first; a table that is too large is used all the same."""
    monkeypatch.setattr(table_cache, "MAX_FILES", 2)
    paths = [file.with_name(f"{n}.csv") for n in range(3)]
    for number, path in enumerate(paths):
        path.write_text(f"a,b\nx,{number}\n")
    for path in (paths[0], paths[1], paths[0], paths[2], paths[0]):
        told(path)
    assert reads == paths
    assert len(list(folder.glob("*.duckdb"))) == 2
    monkeypatch.setattr(table_cache, "MAX_BYTES", 0)
    assert told(file)[1] == ROWS
    assert list(folder.glob("*.duckdb")) == []


def test_readers_that_want_the_same_table_read_it_once(
    folder: Path, reads: list[Path], file: Path
) -> None:
    """All of them get it."""
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(told, [file] * 4))
    assert results == [results[0]] * 4
    assert reads == [file]


@pytest.mark.parametrize("most", [table_cache.SHORT_BYTES, 0])
def test_a_table_that_is_opened_once_is_the_same_to_the_last_digit(
    monkeypatch: pytest.MonkeyPatch, folder: Path, file: Path, most: int
) -> None:
    """Short text is read into memory, longer text into a file, and sums do not change."""
    monkeypatch.setattr(table_cache, "SHORT_BYTES", most)
    once = told(file, once=True)
    assert len(list(folder.glob("*.duckdb"))) == (0 if most else 1)
    assert told(file) == once


def test_a_refused_file_leaves_nothing(folder: Path, file: Path) -> None:
    """What can't be read is refused each time."""
    file.write_bytes(b"a,b\n" + b"1,2\n" * 50_000 + b"\x00\n")
    for _ in range(2):
        with pytest.raises(Exception, match="binary"):
            told(file)
    assert [path.suffix for path in folder.iterdir()] == [".lock"]


def test_the_folder_goes_with_its_process(tmp_path: Path, file: Path) -> None:
    """At its end a process removes its own, at its start those of processes that were killed."""
    abandoned = tmp_path / "tmp" / "deckgen-own-killed"
    abandoned.mkdir(parents=True)
    (abandoned / "lock").touch()
    code = (
        "import sys; from pathlib import Path\n"
        "from deckgen.orchestrator.analyst.ingestion.table import open_table\n"
        "with open_table(Path(sys.argv[1])): print(*Path(sys.argv[2]).iterdir())\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", code, str(file), str(abandoned.parent)],
        capture_output=True,
        text=True,
        check=True,
        env={"TMPDIR": str(abandoned.parent), "PYTHONPATH": str(Path.cwd())},
    )
    assert "deckgen-own-" in process.stdout
    assert "killed" not in process.stdout
    assert list(abandoned.parent.iterdir()) == []
