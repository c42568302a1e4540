"""The tables as they were read, in Parquet files over which any DuckDB runs the SQL of facts.

Names, types and rows are those that the queries see, after all that reading does: nothing of deckgen is
needed to get a fact's value from them.
"""

from pathlib import Path

import duckdb

from deckgen.domain.datasets import TableFile, TableFiles
from deckgen.domain.errors import Unavailable
from deckgen.domain.overrides import TableOverride
from deckgen.orchestrator.analyst.ingestion.table import open_table
from deckgen.orchestrator.analyst.sql import limits, quoting
from deckgen.orchestrator.analyst.sql.sandbox import DATABASE, writing_to


def write_tables(path: Path, folder: Path, said: TableOverride | None = None) -> TableFiles:
    """Write each table of an upload into a folder, as `{name}.parquet`, with its rows as they came.

    The same upload gives the same bytes with the same DuckDB, if the request says the same of the table
    (`said`). Raises UnreadableData.
    """
    with writing_to(folder), open_table(path, said) as table, table.guard.bounded(limits.LOADING):
        try:
            tables = [_written(table.con, name, folder) for name in _names(table.con)]
        except duckdb.IOException:
            raise Unavailable("The table can't be written: is there room for it?") from None
        return TableFiles(tables=tables, warnings=table.warnings)


def _names(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Returns the tables that a fact may name, which are those of the first schema."""
    rows = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND schema_name = 'main' "
        "AND NOT temporary ORDER BY table_oid",
        [DATABASE],
    ).fetchall()
    return [name for (name,) in rows]


def _written(con: duckdb.DuckDBPyConnection, name: str, folder: Path) -> TableFile:
    columns = len(con.execute(f"SELECT * FROM {quoting.name(name)} LIMIT 0").description or ())
    file = quoting.literal(str(folder / f"{name}.parquet"))
    # One thread writes group after group of rows: their order stays, and memory is bounded.
    row = con.execute(
        f"COPY {quoting.name(name)} TO {file} (FORMAT parquet, COMPRESSION zstd)"
    ).fetchone()
    assert row is not None
    return TableFile(name=name, rows=row[0], columns=columns)
