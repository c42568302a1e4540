"""Days as Excel counts them (45123), which a CSV may hold: decoded if the name says a date."""

import datetime
from typing import NamedTuple

import duckdb

from deckgen.domain.uploads.period_headers import FIRST_SERIAL, LAST_SERIAL, serial_day
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.date_words import says_day, says_moment, says_month

_OTHER_WORDS = frozenset({"to", "id", "key", "code", "no", "nr", "number", "sk"})
_DAY_ZERO = "1899-12-30"


class EncodedDate(NamedTuple):
    """The decoded form of a date: its type, and SQL for its value."""

    type: str
    value: str
    note: str = ""


def may_be_moments(name: str) -> bool:
    """True if decimals under this name can be days with their times."""
    words = read_name(name).words
    return bool(words) and not _OTHER_WORDS & set(words) and (says_day(words) or says_moment(words))


def serial_days(
    con: duckdb.DuckDBPyConnection, cell: str, name: str, low: float, high: float
) -> EncodedDate | None:
    """Returns the days of whole numbers; under a month's name all have to be first or last ones."""
    words = read_name(name).words
    if low < FIRST_SERIAL or high > LAST_SERIAL or _OTHER_WORDS & set(words):
        return None
    date = f"DATE '{_DAY_ZERO}' + CAST({cell} AS INTEGER)"
    if not says_day(words) and not (says_month(words) and _are_months(con, cell, date)):
        return None
    return EncodedDate("DATE", date, _note(int(low), serial_day(int(low))))


def serial_moments(cell: str, name: str, low: float, high: float) -> EncodedDate | None:
    """Returns the moments of decimals: whole days, and the time as a part of a day."""
    if low < FIRST_SERIAL or high > LAST_SERIAL + 1 or not may_be_moments(name):
        return None
    value = f"TIMESTAMP '{_DAY_ZERO}' + to_seconds(round({cell} * 86400))"
    first = datetime.datetime.combine(serial_day(int(low)), datetime.time())
    moment = first + datetime.timedelta(seconds=round((low - int(low)) * 86400))
    return EncodedDate("TIMESTAMP", value, _note(low, moment))


def _are_months(con: duckdb.DuckDBPyConnection, cell: str, date: str) -> bool:
    row = con.execute(
        f"SELECT bool_and(day({date}) = 1), bool_and(day({date} + 1) = 1), count(DISTINCT {cell}) > 1 "
        "FROM data"
    ).fetchall()[0]
    return bool((row[0] or row[1]) and row[2])


def _note(low: float, first: datetime.date) -> str:
    return f"day numbers as Excel counts them were read as dates ({low} as {first})"
