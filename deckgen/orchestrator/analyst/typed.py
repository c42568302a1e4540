"""From cells as text to typed columns.

All cells are first looked at together, in one long table, so that a file with thousands of columns
takes a handful of queries; only columns that are neither text nor plain numbers are looked at alone.
"""

import re
from dataclasses import dataclass

import duckdb

from deckgen.orchestrator.analyst import sql
from deckgen.orchestrator.analyst.cells import DECIMAL, FIT, MISSING, TEXT, WHOLE, Reading, read_cells

_SPACE = r"[\s\x{00a0}\x{feff}]"
_BATCH = 100  # how many columns one statement types: the plan of each takes memory


@dataclass(frozen=True)
class Look:
    """What the distinct cells of a column look like; `touched` if some are missing or have spaces."""

    distinct: int
    numbers: int
    whole: int
    padded: int
    with_digits: float
    touched: bool

    def reading(self) -> Reading | None:
        """None if a closer look is needed."""
        if self.distinct == 0:
            return TEXT
        if self.numbers == self.distinct and self.padded == 0:
            return WHOLE if self.whole == self.distinct else DECIMAL
        return TEXT if self.with_digits < FIT else None


def create_data(con: duckdb.DuckDBPyConnection, names: list[str], *, day_first: bool) -> list[Reading]:
    """Make the table `data` out of `raw` (c0, c1, ..., row) and say how each column was read."""
    _gather(con)
    looks = _looks(con)
    readings, values = [], []
    for index in range(len(names)):
        look = looks.get(index, Look(0, 0, 0, 0, 0.0, touched=True))
        reading = look.reading() or _look_closer(con, index, day_first)
        cell = _present(f"c{index}") if look.touched else f"c{index}"
        readings.append(reading)
        values.append(re.sub(r"\bcell\b", lambda _, cell=cell: cell, reading.expression))  # type: ignore[misc]
    con.execute("DROP TABLE gathered")
    _create(con, names, values)
    con.execute("DROP TABLE raw")
    return readings


def _gather(con: duckdb.DuckDBPyConnection) -> None:
    """The table `gathered`: each distinct cell of each column (i, cell trimmed, n times, written)."""
    trimmed = f"regexp_replace(written, '^{_SPACE}+|{_SPACE}+$', '', 'g')"
    con.execute(
        f"""
        CREATE TEMP TABLE gathered AS
        SELECT i, written, n, {trimmed} AS cell, lower({trimmed}) IN {_missing()} AS missing
        FROM (SELECT CAST(substr(name, 2) AS INTEGER) AS i, written, count(*) AS n
              FROM (UNPIVOT raw ON COLUMNS(* EXCLUDE (row)) INTO NAME name VALUE written)
              GROUP BY i, written)
        """
    )


def _missing() -> str:
    return f"({', '.join(sql.literal(word) for word in MISSING)})"


def _present(column: str) -> str:
    """The cell without spaces around it, NULL for words that stand for nothing."""
    trimmed = f"regexp_replace({column}, '^{_SPACE}+|{_SPACE}+$', '', 'g')"
    return f"(CASE WHEN lower({trimmed}) NOT IN {_missing()} THEN {trimmed} END)"


def _looks(con: duckdb.DuckDBPyConnection) -> dict[int, Look]:
    rows = con.execute(
        """
        SELECT i, count(*) FILTER (NOT missing),
          count(x) FILTER (NOT missing AND isfinite(x) AND NOT contains(cell, '_')),
          count(*) FILTER (NOT missing AND x = trunc(x) AND abs(x) < 1e15 AND NOT contains(cell, '.')),
          count(*) FILTER (NOT missing AND regexp_full_match(cell, '0[0-9]+')),
          coalesce(sum(n) FILTER (NOT missing AND regexp_matches(cell, '[0-9]'))
                   / sum(n) FILTER (NOT missing), 0),
          bool_or(missing OR cell <> written)
        FROM (SELECT *, try_cast(cell AS DOUBLE) AS x FROM gathered) GROUP BY i
        """
    ).fetchall()
    return {row[0]: Look(*row[1:]) for row in rows}


def _look_closer(con: duckdb.DuckDBPyConnection, index: int, day_first: bool) -> Reading:
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE cells AS SELECT cell, sum(n) AS n FROM gathered "
        f"WHERE i = {index} AND NOT missing GROUP BY cell"
    )
    return read_cells(con, day_first)


def _create(con: duckdb.DuckDBPyConnection, names: list[str], values: list[str]) -> None:
    """`data` in one statement; of many columns, in parts that are joined by the number of the row."""
    said = [f"{value} AS {sql.name(name)}" for name, value in zip(names, values, strict=True)]
    parts = [said[start : start + _BATCH] for start in range(0, len(said), _BATCH)]
    if len(parts) == 1:
        con.execute(f"CREATE TABLE data AS SELECT {', '.join(said)} FROM raw")
        return
    for number, part in enumerate(parts):
        con.execute(f"CREATE TEMP TABLE part{number} AS SELECT {', '.join(part)} FROM raw")
    joined = " POSITIONAL JOIN ".join(f"part{number}" for number in range(len(parts)))
    con.execute(f"CREATE TABLE data AS SELECT * FROM {joined}")
    for number in range(len(parts)):
        con.execute(f"DROP TABLE part{number}")
