"""Encoded values: days and months as numbers (20240131), moments as seconds since 1970 or as midnights,
durations as times of day, whole numbers as decimals.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import duckdb

from deckgen.orchestrator.analyst.ingestion.serials import (
    EncodedDate,
    may_be_moments,
    serial_days,
    serial_moments,
)
from deckgen.orchestrator.analyst.lexicon.column_names import read_name, unique_names
from deckgen.orchestrator.analyst.lexicon.duration_words import says_hours

_DATE_WORDS = frozenset(
    {"date", "day", "datum", "tag", "jour", "dt", "ymd", "yyyymmdd", "time", "timestamp"}
)
_MONTH_WORDS = frozenset(
    {"month", "monat", "mois", "period", "periode", "yearmonth", "ym", "yyyymm", "date", "datum"}
)
_MOMENT_WORDS = frozenset(
    {"timestamp", "time", "epoch", "unix", "ts", "date", "datetime", "created", "updated", "at"}
)
# 0:04:33 is a time of day, unless the name means a duration: then it becomes seconds.
_DURATION_WORDS = frozenset(
    {"duration", "dauer", "elapsed", "handle", "handling", "wait", "waiting", "hold", "talk", "runtime"}
    | {"length", "took", "spent", "response", "resolution", "delay", "lap", "average", "avg", "mean"}
)
_YEAR_2000, _YEAR_2100 = 946_684_800, 4_102_444_800
# The number of different days or months from which whole numbers are dates, whatever their name: of
# other numbers one in thirty is a day, one in eight a month.
_DAYS_WITHOUT_NAME, _MONTHS_WITHOUT_NAME = 5, 12


class Note(NamedTuple):
    """A decision about a column, in words."""

    column: str
    text: str


@dataclass(frozen=True)
class LoadedColumn:
    """A column of `data`; `symbol` is the unit that its cells had (% or a currency)."""

    name: str
    type: str
    symbol: str = ""


def decode_values(
    con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn]
) -> tuple[list[LoadedColumn], list[Note]]:
    """Decode the columns c0, c1, ... of `data`; returns them with their types, and what was decided."""
    columns, notes = _with_durations(con, columns)
    for index in _whole(con, columns):
        alter(con, f"c{index}", "BIGINT", f"c{index}")
        columns[index] = replace(columns[index], type="BIGINT")
    for index, date in _calendar(con, columns).items():
        alter(con, f"c{index}", date.type, date.value)
        columns[index] = LoadedColumn(columns[index].name, date.type)
        notes += [Note(columns[index].name, date.note)] if date.note else []
    return columns, notes


def alter(con: duckdb.DuckDBPyConnection, column: str, kind: str, value: str) -> None:
    con.execute(f"ALTER TABLE data ALTER COLUMN {column} TYPE {kind} USING {value}")


def _with_durations(
    con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn]
) -> tuple[list[LoadedColumn], list[Note]]:
    """Convert durations to seconds; returns the columns with the unit in their names."""
    converted, notes = list(columns), list[Note]()
    for index, column in enumerate(columns):
        words = read_name(column.name).words
        if column.type == "TIME" and (_DURATION_WORDS & set(words) or says_hours(words)):
            alter(con, f"c{index}", "DOUBLE", f"epoch(c{index})")
            converted[index] = LoadedColumn(f"{column.name} (s)", "DOUBLE")
            notes.append(Note(column.name, "clock times were read as durations, in seconds"))
    names = unique_names([column.name for column in converted])
    return [replace(column, name=name) for column, name in zip(converted, names, strict=True)], notes


def _whole(con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn]) -> list[int]:
    """Returns columns whose decimals are all whole: pandas writes 1972.0 if a cell is missing."""
    decimal = [i for i, column in enumerate(columns) if column.type == "DOUBLE" and not column.symbol]
    if not decimal:
        return []
    tests = ", ".join(f"bool_and(c{i} = trunc(c{i}) AND abs(c{i}) < 1e15)" for i in decimal)
    all_whole = con.execute(f"SELECT {tests} FROM data").fetchall()[0]
    return [index for index, holds in zip(decimal, all_whole, strict=True) if holds]


def _calendar(con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn]) -> dict[int, EncodedDate]:
    """Returns the columns that encode dates: moments that are all midnight, numbers such as 20240131 or
    202401, seconds since 1970.
    """
    expressions = {
        index: f"bool_and(c{index} = date_trunc('day', c{index})), NULL"
        if column.type == "TIMESTAMP"
        else f"min(c{index}), max(c{index})"
        for index, column in enumerate(columns)
        if column.type == "TIMESTAMP" or (_may_be_number_of_date(column) and not column.symbol)
    }
    if not expressions:
        return {}
    row = con.execute(f"SELECT {', '.join(expressions.values())} FROM data").fetchall()[0]
    dates: dict[int, EncodedDate | None] = {}
    for number, index in enumerate(expressions):
        low, high = row[2 * number : 2 * number + 2]
        cell, name = f"c{index}", columns[index].name
        if columns[index].type == "TIMESTAMP":
            dates[index] = EncodedDate("DATE", f"CAST({cell} AS DATE)") if low else None
        elif low is not None and columns[index].type == "DOUBLE":
            dates[index] = serial_moments(cell, name, low, high)
        elif low is not None:
            dates[index] = (
                _date_number(con, cell, name, low, high)
                or _moment(cell, name, low, high)
                or serial_days(con, cell, name, low, high)
            )
    return {index: date for index, date in dates.items() if date}


def _may_be_number_of_date(column: LoadedColumn) -> bool:
    return column.type == "BIGINT" or (column.type == "DOUBLE" and may_be_moments(column.name))


def _date_number(
    con: duckdb.DuckDBPyConnection, cell: str, name: str, low: int, high: int
) -> EncodedDate | None:
    """Returns the dates of numbers that all encode one; without a fitting name several are needed."""
    words = set(read_name(name).words)
    if low >= 1500_01_01 and high <= 2200_12_31:
        ending, is_named, enough = "", words & _DATE_WORDS, _DAYS_WITHOUT_NAME
    elif low >= 1500_01 and high <= 2200_12:
        ending, is_named, enough = " || '01'", words & _MONTH_WORDS, _MONTHS_WITHOUT_NAME
    else:
        return None
    date = f"CAST(try_strptime(CAST({cell} AS VARCHAR){ending}, '%Y%m%d') AS DATE)"
    all_dates, distinct = con.execute(
        f"SELECT bool_and({date} IS NOT NULL OR {cell} IS NULL), count(DISTINCT {cell}) FROM data"
    ).fetchall()[0]
    if not all_dates or not (is_named or distinct >= enough):
        return None
    return EncodedDate("DATE", date, "numbers were read as dates")


def _moment(cell: str, name: str, low: int, high: int) -> EncodedDate | None:
    """Returns (milli)seconds since 1970, from 2000 to 2100, as moments if the name means a time."""
    if not _MOMENT_WORDS & set(read_name(name).words):
        return None
    for per_second, unit in ((1, "seconds"), (1_000, "milliseconds")):
        if _YEAR_2000 * per_second <= low and high < _YEAR_2100 * per_second:
            value = f"make_timestamp({cell} * {1_000_000 // per_second})"
            return EncodedDate("TIMESTAMP", value, f"{unit} since 1970 were read as moments, in UTC")
    return None
