"""Connections to DuckDB that can reach nothing but their database and one file."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

import duckdb

from deckgen.orchestrator.analyst.sql import limits, quoting

MEMORY = ":memory:"
DATABASE = "uploaded"  # the name of the table's database within DuckDB

_writable: ContextVar[Path | None] = ContextVar("writable", default=None)


@contextlib.contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Let connections that are opened within the block, in this thread, write files into a folder.

    Only statements of ours write: what a deck brings is a SELECT.
    """
    token = _writable.set(folder)
    try:
        yield
    finally:
        _writable.reset(token)


def connect(
    database: str, *, read_only: bool = False, readable: tuple[Path, ...] = ()
) -> duckdb.DuckDBPyConnection:
    """Returns a connection to a database file, or to memory; queries may read `readable` only."""
    con = duckdb.connect(MEMORY, config=limits.CONFIG)
    try:
        options = "(READ_ONLY)" if read_only else ""
        con.execute(f"ATTACH {quoting.literal(database)} AS {DATABASE} {options}")
        con.execute(f"USE {DATABASE}")
        if readable:
            paths = ", ".join(quoting.literal(str(path)) for path in readable)
            con.execute(f"SET allowed_paths = [{paths}]")
        if folder := _writable.get():
            con.execute(f"SET allowed_directories = [{quoting.literal(str(folder))}]")
        con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")
    except BaseException:
        con.close()
        raise
    return con
