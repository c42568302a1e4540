"""Values in another form than their own: days and months as numbers (20240131), moments as seconds
since 1970 or as midnights, durations as times of day, whole numbers as decimals.
"""

from dataclasses import dataclass, replace

import duckdb

from deckgen.orchestrator.analyst.names import read_name, unique_names

_DATE_WORDS = frozenset(
    {"date", "day", "datum", "tag", "jour", "dt", "ymd", "yyyymmdd", "time", "timestamp"}
)
_MONTH_WORDS = frozenset(
    {"month", "monat", "mois", "period", "periode", "yearmonth", "ym", "yyyymm", "date", "datum"}
)
_MOMENT_WORDS = frozenset(
    {"timestamp", "time", "epoch", "unix", "ts", "date", "datetime", "created", "updated", "at"}
)
# 0:04:33 is a time of day, but for names that speak of how long something took: then it is in seconds.
_DURATION_WORDS = frozenset(
    {"duration", "dauer", "elapsed", "handle", "handling", "wait", "waiting", "hold", "talk", "runtime"}
    | {"length", "took", "spent", "response", "resolution", "delay", "lap", "average", "avg", "mean"}
)
_YEAR_2000, _YEAR_2100 = 946_684_800, 4_102_444_800
# How many different days or months make whole numbers dates, whatever their name: of other numbers
# one in thirty is a day, one in eight a month.
_DAYS_WITHOUT_NAME, _MONTHS_WITHOUT_NAME = 5, 12


@dataclass(frozen=True)
class LoadedColumn:
    """`symbol` is the unit that stood in the cells (% or a currency)."""

    name: str
    type: str
    symbol: str = ""


def undisguised(con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn]) -> list[LoadedColumn]:
    """The columns (c0, c1, ... of `data`) as what they are; the table is changed accordingly."""
    columns = _with_durations(con, columns)
    for index in _whole(con, columns):
        alter(con, f"c{index}", "BIGINT", f"c{index}")
        columns[index] = replace(columns[index], type="BIGINT")
    for index, (kind, value) in _calendar(con, columns).items():
        alter(con, f"c{index}", kind, value)
        columns[index] = LoadedColumn(columns[index].name, kind)
    return columns


def alter(con: duckdb.DuckDBPyConnection, column: str, kind: str, value: str) -> None:
    con.execute(f"ALTER TABLE data ALTER COLUMN {column} TYPE {kind} USING {value}")


def _with_durations(con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn]) -> list[LoadedColumn]:
    """Durations in seconds, with the unit in their names."""
    known = list(columns)
    for index, column in enumerate(columns):
        if column.type == "TIME" and _DURATION_WORDS & set(read_name(column.name).words):
            alter(con, f"c{index}", "DOUBLE", f"epoch(c{index})")
            known[index] = LoadedColumn(f"{column.name} (s)", "DOUBLE")
    names = unique_names([column.name for column in known])
    return [replace(column, name=name) for column, name in zip(known, names, strict=True)]


def _whole(con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn]) -> list[int]:
    """Columns of decimals that are whole, all of them: pandas writes 1972.0 where a cell is missing."""
    decimal = [i for i, one in enumerate(columns) if one.type == "DOUBLE" and not one.symbol]
    if not decimal:
        return []
    tests = ", ".join(are_whole(f"c{index}") for index in decimal)
    held = con.execute(f"SELECT {tests} FROM data").fetchall()[0]
    return [index for index, holds in zip(decimal, held, strict=True) if holds]


def are_whole(column: str) -> str:
    """SQL, over all rows: the decimals of a column are whole numbers, exact in either type."""
    return f"coalesce(bool_and({column} = trunc({column}) AND abs({column}) < 1e15), false)"


def _calendar(
    con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn]
) -> dict[int, tuple[str, str]]:
    """Columns that hold dates in another form, with type and SQL for the value: moments that are all
    midnight, numbers such as 20240131 or 202401, seconds since 1970.
    """
    looked = {
        index: f"bool_and(c{index} = date_trunc('day', c{index})), NULL"
        if column.type == "TIMESTAMP"
        else f"min(c{index}), max(c{index})"
        for index, column in enumerate(columns)
        if column.type == "TIMESTAMP" or (column.type == "BIGINT" and not column.symbol)
    }
    if not looked:
        return {}
    found = con.execute(f"SELECT {', '.join(looked.values())} FROM data").fetchall()[0]
    dates: dict[int, tuple[str, str]] = {}
    for number, index in enumerate(looked):
        low, high = found[2 * number : 2 * number + 2]
        cell, name = f"c{index}", columns[index].name
        if columns[index].type == "TIMESTAMP":
            if low:
                dates[index] = "DATE", f"CAST({cell} AS DATE)"
        elif date := _date_number(con, cell, name, low, high):
            dates[index] = "DATE", date
        elif moment := _moment_number(cell, name, low, high):
            dates[index] = "TIMESTAMP", moment
    return dates


def _moment_number(cell: str, name: str, low: int | None, high: int) -> str | None:
    """Seconds or milliseconds since 1970, from 2000 to 2100, where the name speaks of a time."""
    if low is None or not _MOMENT_WORDS & set(read_name(name).words):
        return None
    for per_second in (1, 1_000):
        if _YEAR_2000 * per_second <= low and high < _YEAR_2100 * per_second:
            return f"make_timestamp({cell} * {1_000_000 // per_second})"
    return None


def _date_number(
    con: duckdb.DuckDBPyConnection, cell: str, name: str, low: int | None, high: int
) -> str | None:
    """All have to be dates; without a name that says so, there have to be quite a few."""
    words = set(read_name(name).words)
    if low is not None and low >= 1500_01_01 and high <= 2200_12_31:
        ending, named, enough = "", words & _DATE_WORDS, _DAYS_WITHOUT_NAME
    elif low is not None and low >= 1500_01 and high <= 2200_12:
        ending, named, enough = " || '01'", words & _MONTH_WORDS, _MONTHS_WITHOUT_NAME
    else:
        return None
    date = f"CAST(try_strptime(CAST({cell} AS VARCHAR){ending}, '%Y%m%d') AS DATE)"
    held, distinct = con.execute(
        f"SELECT bool_and({date} IS NOT NULL OR {cell} IS NULL), count(DISTINCT {cell}) FROM data"
    ).fetchall()[0]
    return date if held and (named or distinct >= enough) else None
