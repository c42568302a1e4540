"""The uploaded file as a table called `data` in a locked-down DuckDB.

Profile, find and assemble all read the file through `open_table`, which always decides alike, so that
a query that gave a fact gives it again. Queries can read no file, load no extension, and run on one
thread (sums of floats then come in one order).
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

from deckgen.domain.uploads.file_kinds import FileKind
from deckgen.orchestrator.analyst.ingestion import parquet, table_cache
from deckgen.orchestrator.analyst.ingestion.containers import Readable, readable
from deckgen.orchestrator.analyst.ingestion.encoded_values import LoadedColumn
from deckgen.orchestrator.analyst.ingestion.files import body_of
from deckgen.orchestrator.analyst.ingestion.reader import Contents, read_table
from deckgen.orchestrator.analyst.sql import limits, query_cache
from deckgen.orchestrator.analyst.sql.allowlist import QueryRefused, check_query
from deckgen.orchestrator.analyst.sql.limits import Guard
from deckgen.orchestrator.analyst.sql.query_cache import Kept
from deckgen.orchestrator.analyst.sql.sandbox import DATABASE, connect

__all__ = ["LoadedColumn", "Table", "open_table"]

MAX_PROVED_ROWS = query_cache.MAX_ROWS  # a result that was cut off is not kept
NOTES = "about.reading"  # in a schema of its own, which no query of a deck can name


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

    @cached_property
    def _checked(self) -> set[str]:
        """The queries of a deck that were found harmless: many of them are there more than once."""
        return set()

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
            if query not in self._checked:
                check_query(self.con, query, len(self.columns))
                self._checked.add(query)
            rows = self._kept.all(query, MAX_PROVED_ROWS + 1)
        if len(rows) > MAX_PROVED_ROWS:
            raise QueryRefused(f"The query gives more than {MAX_PROVED_ROWS:,} rows.")
        return rows


@contextlib.contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """Open a CSV, a workbook (XLSX) or Parquet, as it is or gzipped (`.gz`): read it, or take it as an
    earlier step has read it. Raises UnreadableData.
    """
    began = time.monotonic()
    with table_cache.opened(path, partial(_read, began)) as con, Guard(con, began) as guard:
        ((text,),) = con.execute(f"SELECT contents FROM {NOTES}").fetchall()
        said = json.loads(text)
        columns = [LoadedColumn(**column) for column in said["columns"]]
        yield Table(con, guard, columns, said["rows"], said["warnings"])


def _read(began: float, path: Path, database: str) -> duckdb.DuckDBPyConnection:
    """Read a file into a database: the table `data`, and beside it what is known of it."""
    with readable(path) as source:
        read = _read_parquet if source.kind is FileKind.PARQUET else _read_text
        con, contents = read(began, source, database)
    try:
        said = asdict(contents) | {"warnings": [*source.notes, *contents.warnings]}
        con.execute("CREATE SCHEMA about")
        con.execute(f"CREATE TABLE {NOTES} AS SELECT ? AS contents", [json.dumps(said)])
        # Compresses a table in memory like one in a file: DuckDB adds up compressed columns in another
        # way, which shows in the last digits of a sum of floats.
        con.execute(f"CHECKPOINT {DATABASE}")
    except BaseException:
        con.close()
        raise
    return con


def _read_parquet(
    began: float, source: Readable, database: str
) -> tuple[duckdb.DuckDBPyConnection, Contents]:
    with _reading(began, database, source.path) as con:
        return con, parquet.load(con, source.path)


def _read_text(
    began: float, source: Readable, database: str
) -> tuple[duckdb.DuckDBPyConnection, Contents]:
    with body_of(source.path) as body, _reading(began, database, body.file) as con:
        return con, read_table(con, body)


@contextlib.contextmanager
def _reading(began: float, database: str, file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that may read the file, within the limits of time; closed only if that fails."""
    con = connect(database, readable=file)
    try:
        with Guard(con, began) as guard, guard.bounded(limits.LOADING):
            yield con
    except BaseException:
        con.close()
        raise
