"""What the cells of a column are: numbers (in which style), dates (in which form), times, or text.

Every cell arrives as text. Decisions are made on the distinct cells of a column and come out as a SQL
expression that turns a cell into a typed value; a cell that doesn't fit becomes NULL.
"""

from dataclasses import dataclass
from typing import NamedTuple

import duckdb

from deckgen.orchestrator.analyst import sql

# What share of a column's cells has to fit for the column to have the type.
FIT = 0.95
MISSING = (
    "", "na", "n/a", "nan", "null", "none", "-", "--", "–", "—", "#n/a", "?", "inf", "-inf", "infinity",
)  # fmt: skip

_SPACES = r"[\s\x{00a0}\x{202f}'’]"
_CURRENCY = r"(US\$|[$€£¥₹]|USD|EUR|GBP|CHF|JPY)"
_PLAIN = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"
_US = r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?"
_EU = r"[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?"
_CODES = {"US$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}

_DATE_FORMS = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S.%g", "%Y-%m-%dT%H:%M:%S.%gZ",
    "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M",
    "%m/%d/%Y", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %I:%M:%S %p",
    "%m-%d-%Y", "%m/%d/%y", "%m/%d/%y %H:%M", "%d/%m/%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S",
    "%d-%m-%Y", "%d/%m/%y", "%d/%m/%y %H:%M", "%d.%m.%Y", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S",
    "%d.%m.%y",
    "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y",
    "%Y-%m", "%Y/%m", "%m/%Y", "%b %Y", "%B %Y", "%b-%Y", "%b-%y", "%Y-%b", "%b %y",
)  # fmt: skip
_QUARTER = r"(?i)(\d{4})[\s-]*Q([1-4])|Q([1-4])[\s/-]*(\d{4})"
_TIME = r"(?i)\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?"


@dataclass(frozen=True)
class Reading:
    """`expression` yields a value of `type` from the column `cell`; `notes` say what was decided."""

    type: str
    expression: str = "cell"
    symbol: str = ""
    notes: tuple[str, ...] = ()


TEXT = Reading("VARCHAR")
WHOLE = Reading("BIGINT", "CAST(try_cast(cell AS DOUBLE) AS BIGINT)")
DECIMAL = Reading("DOUBLE", "try_cast(cell AS DOUBLE)")


class Numbers(NamedTuple):
    """Counts over the cells of a column, by what they look like as numbers."""

    total: int
    plain: int
    us: int
    eu: int
    whole: int
    comma_decimal: int
    dot_decimal: int
    percent: int
    padded: int
    currency: str | None
    largest: float | None


def read_cells(con: duckdb.DuckDBPyConnection, day_first: bool) -> Reading:
    """Decide on the table `cells` (cell: distinct trimmed cell, n: how often); it must not be empty."""
    numbers = _count_numbers(con)
    if numbers.padded == 0 and max(numbers.plain + numbers.us, numbers.eu) >= FIT * numbers.total:
        return _number(numbers)
    return _date(con, day_first) or _quarter(con) or _time(con) or TEXT


def _count_numbers(con: duckdb.DuckDBPyConnection) -> Numbers:
    row = con.execute(
        f"""
        SELECT sum(n), {_share(_PLAIN)}, {_share(_US)}, {_share(_EU)}, {_share(r"[+-]?[0-9]+")},
          {_share(r".*,([0-9]{1,2}|[0-9]{4,})")}, {_share(r".*[.]([0-9]{1,2}|[0-9]{4,})")},
          sum(n) FILTER (contains(cell, '%')), sum(n) FILTER (regexp_full_match(cell, '0[0-9]+')),
          max(regexp_extract(cell, {sql.literal(_CURRENCY)}))
            FILTER (regexp_full_match(c, '[0-9.,+-]+')),
          max(abs(try_cast(c AS DOUBLE)))
        FROM (SELECT cell, n, {_cleaned()} AS c FROM cells)
        """
    ).fetchone()
    assert row is not None
    return Numbers._make([*(int(cell or 0) for cell in row[:9]), row[9] or None, row[10]])


def _share(pattern: str) -> str:
    return f"sum(n) FILTER (regexp_full_match(c, {sql.literal(pattern)}))"


def _cleaned() -> str:
    """The cell without spaces, currency and percent signs; (5) and −5 become -5."""
    text = f"regexp_replace(cell, {sql.literal(_SPACES)}, '', 'g')"
    text = f"replace({text}, '−', '-')"
    text = rf"regexp_replace({text}, '^\((.*)\)$', '-\1')"
    text = rf"regexp_replace({text}, {sql.literal(r'^([+-]?)' + _CURRENCY)}, '\1')"
    text = f"regexp_replace({text}, {sql.literal(_CURRENCY + '$')}, '')"
    return f"regexp_replace({text}, '%$', '')"


def _number(numbers: Numbers) -> Reading:
    comma, percent = _has_decimal_comma(numbers), numbers.percent * 2 > numbers.total
    cell = _cleaned()
    digits = f"replace(replace({cell}, '.', ''), ',', '.')" if comma else f"replace({cell}, ',', '')"
    value = f"try_cast({digits} AS DOUBLE){' / 100' if percent else ''}"
    matches = f"regexp_full_match({cell}, {sql.literal(_EU if comma else f'{_PLAIN}|{_US}')})"
    kind = "BIGINT" if _is_whole(numbers, comma or percent) else "DOUBLE"
    expression = f"CASE WHEN {matches} AND isfinite({value}) THEN CAST({value} AS {kind}) END"
    symbol = "%" if percent else _CODES.get(numbers.currency or "", numbers.currency or "")
    return Reading(kind, expression, symbol, _number_notes(numbers, comma))


def _has_decimal_comma(numbers: Numbers) -> bool:
    only_commas = numbers.comma_decimal > 0 and numbers.dot_decimal == 0
    fits = numbers.eu >= FIT * numbers.total
    return numbers.eu > numbers.plain + numbers.us or (only_commas and fits)


def _is_whole(numbers: Numbers, fractional: bool) -> bool:
    """Whether a BIGINT holds all of them; `fractional` if they are percentages or have commas."""
    if (numbers.largest or 0) >= 1e15:
        return False
    if numbers.whole == numbers.total and numbers.percent == 0:
        return True
    grouped = numbers.whole + numbers.us == numbers.total and numbers.dot_decimal == 0
    return grouped and not fractional


def _number_notes(numbers: Numbers, comma: bool) -> tuple[str, ...]:
    notes = ["decimal commas were read as such"] if comma else []
    if numbers.us and not comma:
        notes.append("commas were read as thousands separators")
    if (numbers.eu if comma else numbers.plain + numbers.us) < numbers.total:
        notes.append("cells that are not numbers count as missing")
    return tuple(notes)


def _date(con: duckdb.DuckDBPyConnection, day_first: bool) -> Reading | None:
    # A bare number is no date, whatever the parser makes of it.
    sample = (
        "(SELECT cell FROM cells WHERE regexp_matches(cell, '[-/. ]') "
        "AND regexp_matches(cell, '[0-9]') ORDER BY hash(cell) LIMIT 200)"
    )
    tried = ", ".join(f"count(try_strptime(cell, {sql.literal(form)}))" for form in _DATE_FORMS)
    row = con.execute(f"SELECT count(*), {tried} FROM {sample}").fetchone()
    assert row is not None
    if row[0] == 0:
        return None
    likely = [form for form, count in zip(_DATE_FORMS, row[1:], strict=True) if count >= FIT * row[0]]
    fitting = {form: fit for form in likely if (fit := _fit(con, _parsed(form))) >= FIT}
    if not fitting:
        return None
    best = max(fitting.values())
    forms = [form for form in _DATE_FORMS if fitting.get(form) == best]
    form, notes = _choose_form(con, forms, day_first)
    if best < 1:
        notes = (*notes, "cells that are not dates count as missing")
    kind = "TIMESTAMP" if "%H" in form or "%I" in form else "DATE"
    return Reading(kind, f"CAST({_parsed(form)} AS {kind})", notes=notes)


def _parsed(form: str) -> str:
    parsed = f"try_strptime(cell, {sql.literal(form)})"
    return f"CASE WHEN year({parsed}) BETWEEN 1000 AND 2999 THEN {parsed} END"


def _fit(con: duckdb.DuckDBPyConnection, expression: str) -> float:
    row = con.execute(
        f"SELECT sum(n) FILTER (({expression}) IS NOT NULL) / sum(n) FROM cells"
    ).fetchone()
    assert row is not None
    return float(row[0] or 0)


def _choose_form(
    con: duckdb.DuckDBPyConnection, forms: list[str], day_first: bool
) -> tuple[str, tuple[str, ...]]:
    """Between day/month and month/day where both fit: the one that gives a regular series, if any."""
    month_firsts = [form for form in forms if form.startswith(("%m/%d", "%m-%d"))]
    day_firsts = [form for form in forms if form.startswith(("%d/%m", "%d-%m"))]
    if not (month_firsts and day_firsts):
        return forms[0], ()
    pair = [day_firsts[0], month_firsts[0]] if day_first else [month_firsts[0], day_firsts[0]]
    days = [_distinct(con, f"day({_parsed(form)})") for form in pair]
    chosen = pair[1] if days[1] == 1 < days[0] else pair[0]
    said = "month before day" if chosen in month_firsts else "day before month"
    return chosen, (f"dates can be read in two ways and were read as {said}",)


def _distinct(con: duckdb.DuckDBPyConnection, expression: str) -> int:
    row = con.execute(f"SELECT count(DISTINCT {expression}) FROM cells").fetchone()
    assert row is not None
    return int(row[0])


def _quarter(con: duckdb.DuckDBPyConnection) -> Reading | None:
    def group(index: int) -> str:
        return f"try_cast(regexp_extract(cell, {sql.literal(_QUARTER)}, {index}) AS INTEGER)"

    year, quarter = f"coalesce({group(1)}, {group(4)})", f"coalesce({group(2)}, {group(3)})"
    matches = f"regexp_full_match(cell, {sql.literal(_QUARTER)})"
    expression = f"CASE WHEN {matches} THEN make_date({year}, 3 * {quarter} - 2, 1) END"
    return Reading("DATE", expression) if _fit(con, expression) >= FIT else None


def _time(con: duckdb.DuckDBPyConnection) -> Reading | None:
    twelve = "try_strptime(upper(cell), ['%I:%M %p', '%I:%M%p', '%I:%M:%S %p'])"
    expression = (
        f"CASE WHEN regexp_full_match(cell, {sql.literal(_TIME)}) "
        f"THEN coalesce(try_cast(cell AS TIME), CAST({twelve} AS TIME)) END"
    )
    return Reading("TIME", expression) if _fit(con, expression) >= FIT else None
