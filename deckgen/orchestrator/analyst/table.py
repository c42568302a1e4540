"""The uploaded file as a table called `data` in a locked-down DuckDB.

Profile, find and assemble all read the file through `open_table`, which always decides alike, so that
a query that gave a fact gives it again. DuckDB may read this one file and nothing else, loads no
extension and runs on one thread (sums of floats then come in one order).
"""

import codecs
import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from deckgen.domain.errors import UnreadableData
from deckgen.domain.kinds import Kind
from deckgen.domain.sniff import SAMPLE_BYTES, Shape, sniff
from deckgen.orchestrator.analyst import kept, limits, parquet, sql
from deckgen.orchestrator.analyst.cells import Reading
from deckgen.orchestrator.analyst.containers import opened, readable
from deckgen.orchestrator.analyst.kept import Kept
from deckgen.orchestrator.analyst.limits import Guard
from deckgen.orchestrator.analyst.names import unique_names
from deckgen.orchestrator.analyst.queries import QueryRefused, check_query, is_plain
from deckgen.orchestrator.analyst.typed import create_data

MAX_LINE_BYTES = 4_000_000
MAX_PROVED_ROWS = kept.MAX_ROWS  # a result that was cut off is not kept


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
    guard: Guard
    columns: list[LoadedColumn]
    rows: int
    warnings: list[str]

    @cached_property
    def _kept(self) -> Kept:
        return Kept(self.con)

    def all(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query of our own. UnreadableData beyond the limits of time and memory."""
        with self.guard.bounded():
            return self._kept.all(query)

    def one(self, query: str) -> tuple[Any, ...]:
        """The first row of a query of our own."""
        rows = self.all(query)
        assert rows, query
        return rows[0]

    def prove(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query out of a deck, which anybody may have written.

        Raises QueryRefused for what is no harmless SELECT or gives more rows than any chart has,
        UnreadableData beyond the limits of time and memory, duckdb.Error if it does not fit the data.
        """
        with self.guard.bounded():
            check_query(self.con, query)
            rows = self._kept.all(query, MAX_PROVED_ROWS + 1, as_it_is=not is_plain(query))
        if len(rows) > MAX_PROVED_ROWS:
            raise QueryRefused(f"The query gives more than {MAX_PROVED_ROWS:,} rows.")
        return rows


@contextlib.contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """Read a CSV, a workbook (XLSX) or Parquet, as it is or gzipped (`.gz`). Raises UnreadableData."""
    with readable(path) as source:
        opening = _open_parquet if source.kind is Kind.PARQUET else _open_text
        with opening(source.path) as table:
            yield replace(table, warnings=[*source.notes, *table.warnings])


@contextlib.contextmanager
def _open_parquet(path: Path) -> Iterator[Table]:
    with _connect(path) as (con, guard):
        with guard.bounded(limits.LOADING):
            loaded = parquet.load(con, path)
        columns = [LoadedColumn(column.name, column.type) for column in loaded.columns]
        yield Table(con, guard, columns, loaded.rows, loaded.warnings)


@contextlib.contextmanager
def _open_text(path: Path) -> Iterator[Table]:
    with _utf8(path) as (file, shape), _connect(file) as (con, guard):
        names = unique_names(shape.header or [""] * shape.columns)
        with guard.bounded(limits.LOADING):
            rows = _load_raw(con, file, shape, len(names))
            readings = create_data(con, names, day_first=shape.separator == ";")
        columns = [
            LoadedColumn(name, reading.type, reading.symbol)
            for name, reading in zip(names, readings, strict=True)
        ]
        warnings = [*_shape_warnings(shape, names), *_notes(names, readings)]
        yield Table(con, guard, columns, rows, warnings)


@contextlib.contextmanager
def _utf8(path: Path) -> Iterator[tuple[Path, Shape]]:
    """The file and its layout; a copy in UTF-8 where the file is in another encoding."""
    with opened(path) as file:
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
        with opened(path) as source, copy.open("w", encoding="utf-8", newline="") as target:
            reader = codecs.getreader(encoding)(source, "replace")
            while chunk := reader.read(1 << 20):
                target.write(chunk)
        yield copy, replace(shape, encoding=encoding)


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opened(path) as file:
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


@contextlib.contextmanager
def _connect(file: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, Guard]]:
    with (
        contextlib.closing(duckdb.connect(":memory:", config=limits.CONFIG)) as con,
        Guard(con) as guard,
    ):
        con.execute(f"SET allowed_paths = [{sql.literal(str(file))}]")
        con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")
        yield con, guard


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
