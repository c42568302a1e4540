"""The uploaded file as a table called `data` in a locked-down DuckDB.

Profile, find and assemble all read the file through `open_table`, which always decides alike, so that
the query of a fact gives the same value again. Queries can read no file, load no extension, and run on
one thread (which adds floats in a fixed order).
"""

import contextlib
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import duckdb

from deckgen.domain.overrides import CountCopies, TableOverride
from deckgen.domain.uploads.file_kinds import FileKind
from deckgen.orchestrator.analyst.ingestion import parquet, table_cache
from deckgen.orchestrator.analyst.ingestion.containers import Readable, readable
from deckgen.orchestrator.analyst.ingestion.copies import Copies
from deckgen.orchestrator.analyst.ingestion.encoded_values import LoadedColumn
from deckgen.orchestrator.analyst.ingestion.files import body_of
from deckgen.orchestrator.analyst.ingestion.reader import Contents, read_table
from deckgen.orchestrator.analyst.sql import limits, query_cache
from deckgen.orchestrator.analyst.sql.allowlist import QueryRefused, check_query
from deckgen.orchestrator.analyst.sql.limits import Guard
from deckgen.orchestrator.analyst.sql.query_cache import QueryCache
from deckgen.orchestrator.analyst.sql.sandbox import DATABASE, connect

__all__ = ["DataTable", "LoadedColumn", "open_table"]

MAX_PROVED_ROWS = query_cache.MAX_ROWS  # a truncated result is not cached
NOTES = "about.reading"  # in a schema of its own, which no query of a deck can name


@dataclass(frozen=True)
class DataTable:
    """An open table; `warnings` say in words what was decided on reading, `copies` which rows were left
    out since they are copies.
    """

    con: duckdb.DuckDBPyConnection
    guard: Guard
    columns: list[LoadedColumn]
    rows: int
    warnings: list[str]
    copies: Copies | None = None

    @cached_property
    def _cache(self) -> QueryCache:
        return QueryCache(self.con)

    @cached_property
    def _checked(self) -> set[str]:
        """The queries of a deck that were found harmless: many occur more than once."""
        return set()

    def all(self, query: str) -> list[tuple[Any, ...]]:
        """Returns the rows of a query of ours. UnreadableData beyond the limits of time and memory."""
        with self.guard.bounded():
            return self._cache.all(query)

    def one(self, query: str) -> tuple[Any, ...]:
        """Returns the first row of a query of our own."""
        rows = self.all(query)
        assert rows, query
        return rows[0]

    def prove(self, query: str) -> list[tuple[Any, ...]]:
        """Returns the rows of a query in a deck, which anybody may have written.

        Raises QueryRefused unless it is a harmless SELECT with no more rows than a chart can have,
        UnreadableData beyond the limits of time and memory, duckdb.Error if it does not fit the data.
        """
        with self.guard.bounded():
            if query not in self._checked:
                check_query(self.con, query, len(self.columns))
                self._checked.add(query)
            rows = self._cache.all(query, MAX_PROVED_ROWS + 1)
        if len(rows) > MAX_PROVED_ROWS:
            raise QueryRefused(f"The query gives more than {MAX_PROVED_ROWS:,} rows.")
        return rows


@contextlib.contextmanager
def open_table(
    path: Path, said: TableOverride | None = None, *, once: bool = False
) -> Iterator[DataTable]:
    """Open a CSV, a workbook (XLSX) or Parquet, as it is or gzipped (`.gz`); it is read, or taken from
    the cache of an earlier step. `said` is what a request says of the table; `once` means that no later
    step opens it again. Raises UnreadableData.
    """
    began, count_copies = time.monotonic(), said.copies if said else None
    read = partial(_read, began, count_copies)
    way = count_copies or ""
    opened = table_cache.opened_once if once else table_cache.opened
    with opened(path, read, way) as con, Guard(con, began) as guard:
        ((text,),) = con.execute(f"SELECT contents FROM {NOTES}").fetchall()
        contents = json.loads(text)
        columns = [LoadedColumn(**column) for column in contents["columns"]]
        copies = Copies(**contents["copies"]) if contents["copies"] else None
        yield DataTable(con, guard, columns, contents["rows"], contents["warnings"], copies)


def _read(
    began: float, count_copies: CountCopies | None, path: Path, database: str
) -> duckdb.DuckDBPyConnection:
    """Read a file into a database: the table `data`, and beside it the contents' description."""
    with readable(path) as source:
        read = _read_parquet if source.kind is FileKind.PARQUET else _read_text
        con, contents = read(began, source, database, count_copies)
    try:
        document = asdict(contents) | {"warnings": [*source.notes, *contents.warnings]}
        con.execute("CREATE SCHEMA about")
        con.execute(f"CREATE TABLE {NOTES} AS SELECT ? AS contents", [json.dumps(document)])
        # A table in memory is compressed like one in a file, because DuckDB adds up compressed columns
        # differently, which shows in the last digits of a sum of floats.
        con.execute(f"CHECKPOINT {DATABASE}")
    except BaseException:
        con.close()
        raise
    return con


def _read_parquet(
    began: float, source: Readable, database: str, count_copies: CountCopies | None
) -> tuple[duckdb.DuckDBPyConnection, Contents]:
    with _reading(began, database, source.path) as con:
        return con, parquet.load(con, source.path, count_copies)


def _read_text(
    began: float, source: Readable, database: str, count_copies: CountCopies | None
) -> tuple[duckdb.DuckDBPyConnection, Contents]:
    with (
        body_of(source.path, is_sheet=source.is_sheet) as body,
        _reading(began, database, *body.files) as con,
    ):
        return con, read_table(con, body, count_copies)


@contextlib.contextmanager
def _reading(began: float, database: str, *files: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Provide a connection that may read the files, within the limits; it is closed only on errors."""
    con = connect(database, readable=files)
    try:
        with Guard(con, began) as guard, guard.bounded(limits.LOADING):
            yield con
    except BaseException:
        con.close()
        raise
