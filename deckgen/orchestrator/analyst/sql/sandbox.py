"""Connections to DuckDB that can reach nothing but their database and one file."""

from pathlib import Path

import duckdb

from deckgen.orchestrator.analyst.sql import limits, quoting

MEMORY = ":memory:"
DATABASE = "uploaded"  # the name of the table's database within DuckDB


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
        con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")
    except BaseException:
        con.close()
        raise
    return con
