"""The uploaded file as a table called `data` in a locked-down DuckDB.

Profile, find and assemble all read the file through `open_table`, which always decides alike, so that
a query that gave a fact gives it again. DuckDB may read this one file and nothing else, loads no
extension and runs on one thread (sums of floats then come in one order).
"""

import codecs
import contextlib
import gzip
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

import duckdb

from deckgen.domain.errors import UnreadableData
from deckgen.domain.sniff import SAMPLE_BYTES, Shape, sniff
from deckgen.orchestrator.analyst import sql
from deckgen.orchestrator.analyst.cells import Reading
from deckgen.orchestrator.analyst.kept import Kept
from deckgen.orchestrator.analyst.typed import create_data

MEMORY_LIMIT = "1GB"
MAX_LINE_BYTES = 4_000_000
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": MEMORY_LIMIT,
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}


@dataclass(frozen=True)
class LoadedColumn:
    """`symbol` is the unit that stood in the cells (% or a currency)."""

    name: str
    type: str
    symbol: str = ""


@dataclass(frozen=True)
class Table:
    """An open table; `warnings` say in words what was decided on reading."""

    con: duckdb.DuckDBPyConnection
    columns: list[LoadedColumn]
    rows: int
    warnings: list[str]

    @cached_property
    def _kept(self) -> Kept:
        return Kept(self.con)

    def all(self, query: str) -> list[tuple[Any, ...]]:
        return self._kept.all(query)

    def one(self, query: str) -> tuple[Any, ...]:
        rows = self._kept.all(query)
        assert rows, query
        return rows[0]


@contextlib.contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """Read a CSV, as it is or gzipped (`.gz`). Raises UnreadableData."""
    with _utf8(path) as (file, shape):
        con = _connect(file)
        try:
            names = _names(shape)
            rows, readings = _load(con, file, shape, names)
            columns = [
                LoadedColumn(name, reading.type, reading.symbol)
                for name, reading in zip(names, readings, strict=True)
            ]
            yield Table(con, columns, rows, [*_shape_warnings(shape, names), *_notes(names, readings)])
        finally:
            con.close()


@contextlib.contextmanager
def _utf8(path: Path) -> Iterator[tuple[Path, Shape]]:
    """The file and its layout; a copy in UTF-8 where the file is in another encoding."""
    with _open(path) as file:
        sample = file.read(SAMPLE_BYTES)
        shape = sniff(sample, complete=len(sample) < SAMPLE_BYTES or not file.read(1))
    encoding = shape.encoding
    if encoding == "utf-8" and not _is_utf8(path):
        encoding = "cp1252"
    if encoding in ("utf-8", "utf-8-sig"):
        yield path, shape
        return
    with tempfile.TemporaryDirectory(prefix="deckgen-") as folder:
        copy = Path(folder) / "data.csv"
        with _open(path) as source, copy.open("w", encoding="utf-8", newline="") as target:
            reader = codecs.getreader(encoding)(source, "replace")
            while chunk := reader.read(1 << 20):
                target.write(chunk)
        yield copy, replace(shape, encoding=encoding)


def _open(path: Path) -> BinaryIO:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with _open(path) as file:
        try:
            while chunk := file.read(1 << 20):
                decoder.decode(chunk)
                if b"\x00" in chunk:
                    raise UnreadableData(
                        "The file holds binary data. Save the table as CSV (UTF-8) and upload that.",
                        code="binary_data",
                    )
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _connect(file: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(":memory:", config=_CONFIG)
    con.execute(f"SET allowed_paths = [{sql.literal(str(file))}]")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")
    return con


def _names(shape: Shape) -> list[str]:
    """Clean, unique (DuckDB ignores case) names in the order of the columns."""
    header = shape.header or [""] * shape.columns
    names: list[str] = []
    taken: set[str] = set()
    for index, cell in enumerate(header):
        base = " ".join(cell.split()) or f"column {index + 1}"
        name, number = base, 1
        while name.lower() in taken:
            number += 1
            name = f"{base} {number}"
        taken.add(name.lower())
        names.append(name)
    return names


def _load(
    con: duckdb.DuckDBPyConnection, file: Path, shape: Shape, names: list[str]
) -> tuple[int, list[Reading]]:
    try:
        rows = _load_raw(con, file, shape, len(names))
        return rows, create_data(con, names, day_first=shape.separator == ";")
    except duckdb.OutOfMemoryException as error:
        raise UnreadableData(
            "The table does not fit into memory. Upload fewer rows or columns.", code="not_a_table"
        ) from error


def _notes(names: list[str], readings: list[Reading]) -> list[str]:
    return [
        f"“{name}”: {note}"
        for name, reading in zip(names, readings, strict=True)
        for note in reading.notes
    ]


def _load_raw(con: duckdb.DuckDBPyConnection, file: Path, shape: Shape, width: int) -> int:
    """Load all cells as text into `raw` (c0, c1, ..., row), without header, preamble and blank rows."""
    columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(width))
    filled = f"trim(concat({', '.join(f'c{index}' for index in range(width))})) <> ''"
    options = (
        f"delim={sql.literal(shape.separator)}, quote='\"', escape='\"', header=false, "
        f"all_varchar=true, auto_detect=false, null_padding=true, strict_mode=false, parallel=false, "
        f"max_line_size={MAX_LINE_BYTES}, columns={{{columns}}}"
    )
    try:
        con.execute(
            f"CREATE TEMP TABLE raw AS SELECT * FROM (SELECT *, row_number() OVER () AS row FROM "
            f"read_csv({sql.literal(str(file))}, {options}) WHERE {filled}) WHERE row > {shape.skip}"
        )
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        reason = str(error).splitlines()[0][:200]
        raise UnreadableData(f"The CSV can't be read: {reason}", code="not_a_table") from error
    row = con.execute("SELECT count(*) FROM raw").fetchone()
    if row is None or row[0] == 0:
        raise UnreadableData(
            "The CSV has a header but no rows. Upload a table with at least one row.", code="no_rows"
        )
    return int(row[0])


def _shape_warnings(shape: Shape, names: list[str]) -> list[str]:
    warnings = []
    if shape.header is None:
        warnings.append("The first row is data, not a header: the columns were given names")
    elif [" ".join(cell.split()) for cell in shape.header] != names:
        warnings.append("Blank or repeated names of columns were completed")
    if shape.preamble:
        warnings.append("Lines above the header were left out")
    if shape.encoding not in ("utf-8", "utf-8-sig"):
        warnings.append("The file is not in UTF-8 and was converted")
    return warnings
