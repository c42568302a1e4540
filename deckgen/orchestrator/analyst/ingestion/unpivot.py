"""Unpivoting: a table with a column for each period becomes one with a row for each item and period.

Tables with a column for each item and a row for each period stay as they are.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import duckdb

from deckgen.domain.uploads.lengths import is_long
from deckgen.domain.uploads.period_names import Grain, NamedPeriod
from deckgen.orchestrator.analyst.ingestion.encoded_values import LoadedColumn
from deckgen.orchestrator.analyst.ingestion.period_columns import split_name
from deckgen.orchestrator.analyst.ingestion.surveys import is_survey
from deckgen.orchestrator.analyst.ingestion.title_units import (
    part_with_measure,
    unit_of_titles,
    with_unit,
)
from deckgen.orchestrator.analyst.lexicon import scenario_words
from deckgen.orchestrator.analyst.lexicon.column_names import read_name, unique_names
from deckgen.orchestrator.analyst.sql import quoting

_NUMBERS = ("BIGINT", "DOUBLE")
_FIRST_YEAR, _LAST_YEAR = 1500, 2200
_CLOSE = 0.005  # parts are often rounded, so their sum is a little off
_MAX_CELLS = 50_000  # of an unpivoted row: of more, nearly all would be empty
_ID_WORDS = frozenset({
    "id", "ids", "code", "key", "zip", "zipcode", "postcode", "plz", "sku", "nr", "no", "number", "#",
    "index",
})  # fmt: skip
_YEAR_WORDS = frozenset({"year", "jahr", "année", "annee", "fy", "yr"})
_TOTAL_WORDS = frozenset(
    {"total", "totals", "sum", "summe", "gesamt", "insgesamt", "average", "avg", "mean"}
)
_PLANS = scenario_words.BUDGET | scenario_words.FORECAST
_UNIT = re.compile(r"[(\[].*[)\]]")
_TITLE_END = re.compile(r"\s(?:by|per|in|for|from|nach|je|pro|par|von)\s|[\d,:;(\[–|]| - ")
_IN_TITLE = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class WideLayout:
    """The layout of a wide table, with columns by their index.

    `values` has for each name of a value the column of each period; `year` is the column of years, if
    the periods are months or quarters without one.
    """

    grain: Grain
    ids: list[int]
    values: dict[str, dict[NamedPeriod, int]]
    unused: list[int]
    year: int | None

    @property
    def periods(self) -> list[NamedPeriod]:
        return sorted({period for columns in self.values.values() for period in columns}, key=_order)


def _order(period: NamedPeriod) -> tuple[int, int, int]:
    return (period.year or 0, period.number, period.day)


def unpivot(
    con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn], titles: list[str]
) -> tuple[list[LoadedColumn], list[str]]:
    """Unpivot `data` if it is wide; returns its columns (c0, c1, ...) and notes, none if it is not."""
    layout = _layout(con, columns)
    if layout is None:
        return columns, []
    axis, kind, starts = _axis(layout, columns, titles)
    values = [
        _value_column(
            with_unit(_value_name(stem, titles, layout.values), unit_of_titles(titles)),
            [columns[i] for i in by_period.values()],
        )
        for stem, by_period in layout.values.items()
    ]
    ids = [columns[i] for i in layout.ids]
    long = [*ids, LoadedColumn(axis, kind), *values]
    names = unique_names([column.name for column in long])
    long = [replace(column, name=name) for column, name in zip(long, names, strict=True)]
    _rewrite(con, layout, starts, long)
    return long, _notes(layout, columns, long)


def _years(con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn]) -> list[int]:
    """Returns the columns that are called years and hold years: “FY” may also sum the quarters."""
    year_columns = [
        i for i, column in enumerate(columns) if column.type in _NUMBERS and _says(column, _YEAR_WORDS)
    ]
    conditions = [f"bool_and(c{i} BETWEEN {_FIRST_YEAR} AND {_LAST_YEAR})" for i in year_columns]
    if not conditions:
        return []
    row = con.execute(f"SELECT {', '.join(conditions)} FROM data").fetchall()[0]
    return [index for index, holds in zip(year_columns, row, strict=True) if holds]


def _is_sum(con: duckdb.DuckDBPyConnection, total: int, parts: Iterable[int]) -> bool:
    """True if a column is the sum of others in every row."""
    added = " + ".join(f"c{index}::DOUBLE" for index in parts)
    ((all_equal,),) = con.execute(
        f"SELECT bool_and(abs(c{total} - ({added})) <= {_CLOSE} * abs(c{total})) FROM data"
    ).fetchall()
    return bool(all_equal)


def _layout(con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn]) -> WideLayout | None:
    """Returns the layout; None if there are too few columns of periods for a wide table."""
    grain, values = _values(columns)
    if grain is None or not values:
        return None
    if is_survey(columns) and not any(period.year for periods in values.values() for period in periods):
        return None  # Q1, Q2 and Q3 are its questions
    used = {index for periods in values.values() for index in periods.values()}
    other_numbers = [i for i, column in enumerate(columns) if column.type in _NUMBERS and i not in used]
    bare = any(period.year is None for periods in values.values() for period in periods)
    years = [
        index
        for index in _years(con, columns)
        if index in other_numbers
        and not any(_is_sum(con, index, by.values()) for by in values.values())
    ]
    year = next((index for index in years if bare), None)
    unused = [i for i in other_numbers if i not in years and not _says(columns[i], _ID_WORDS)]
    unrelated = [
        i for i in unused if not split_name(columns[i].name) and not _says(columns[i], _TOTAL_WORDS)
    ]
    if len(unrelated) >= len(used) or (bare and any(p.year for ps in values.values() for p in ps)):
        return None
    ids = [i for i in range(len(columns)) if i not in used and i not in unused and i != year]
    layout = WideLayout(grain, ids, values, unused, year)
    return layout if len(values) * len(layout.periods) <= _MAX_CELLS else None


def _values(columns: list[LoadedColumn]) -> tuple[Grain | None, dict[str, dict[NamedPeriod, int]]]:
    """Returns the commonest grain of the periods in column names, and, by the rest of these names, the
    column that holds the values of each period. Beside one with enough of them there may be others with
    fewer: a budget of this year alone.
    """
    by_stem: dict[str, dict[NamedPeriod, int]] = {}
    for index, column in enumerate(columns):
        if column.type in _NUMBERS and (split := split_name(column.name)):
            by_stem.setdefault(split[0], {}).setdefault(split[1], index)
    grain = _commonest(period.grain for periods in by_stem.values() for period in periods)
    of_grain = {
        stem: {period: index for period, index in periods.items() if period.grain == grain}
        for stem, periods in by_stem.items()
    }
    enough = [stem for stem, periods in of_grain.items() if _makes_wide(periods)]
    known = {period for stem in enough for period in of_grain[stem]}
    beside = [stem for stem, periods in of_grain.items() if periods and periods.keys() <= known]
    return grain, {stem: of_grain[stem] for stem in by_stem if stem in enough or stem in beside}


def _makes_wide(periods: Iterable[NamedPeriod]) -> bool:
    """True of so many periods that they are no chance: two years, or three that name none."""
    named = [period.year for period in periods]
    return len(named) >= (2 if all(named) else 3)


def _commonest(grains: Iterable[Grain]) -> Grain | None:
    counts = Counter(grains)
    return max(counts, key=lambda grain: (counts[grain], grain), default=None)


def _says(column: LoadedColumn, words: frozenset[str]) -> bool:
    return bool(words & set(read_name(column.name).words))


def _axis(
    layout: WideLayout, columns: list[LoadedColumn], titles: list[str]
) -> tuple[str, str, list[str]]:
    """Returns name and type of the column of periods, and SQL for its value in each period."""
    periods = layout.periods
    if layout.grain == "year":
        return "year", "BIGINT", [str(period.year) for period in periods]
    name = "date" if layout.grain == "day" else layout.grain
    if all(period.year for period in periods):
        return name, "DATE", [f"DATE '{period.start()}'" for period in periods]
    if layout.year is not None:
        months = [period.start(2000).month for period in periods]
        year = f"CAST(c{layout.year} AS INTEGER)"
        return name, "DATE", [f"make_date({year}, {month}, 1)" for month in months]
    readable_titles = (title for title in titles if not is_long(title))
    years = {int(year) for title in readable_titles for year in _IN_TITLE.findall(title)}
    if len(years) == 1:
        (year_of_title,) = years
        return name, "DATE", [f"DATE '{period.start(year_of_title)}'" for period in periods]
    first = next(iter(layout.values.values()))
    return name, "VARCHAR", [quoting.literal(columns[first[period]].name) for period in periods]


def _value_name(stem: str, titles: list[str], others: Iterable[str]) -> str:
    """Returns the rest of the names. If they have none, “actual” beside a budget, or the first title up
    to “by”, “in”, a year or the like.
    """
    if stem and not _UNIT.fullmatch(stem):
        return stem
    if any(_PLANS & set(read_name(other).words) for other in others):
        return f"actual {stem}".strip()
    title = part_with_measure(titles[0]) if titles and not is_long(titles[0]) else ""
    title = _TITLE_END.split(title, maxsplit=1)[0]
    name = title.strip() if 1 <= len(title.split()) <= 4 else "value"
    return f"{name} {stem}".strip()


def _value_column(name: str, columns: list[LoadedColumn]) -> LoadedColumn:
    kind = "DOUBLE" if any(column.type == "DOUBLE" for column in columns) else "BIGINT"
    symbols = [column.symbol for column in columns]
    return LoadedColumn(name, kind, max(sorted(set(symbols)), key=symbols.count))


def _rewrite(
    con: duckdb.DuckDBPyConnection, layout: WideLayout, starts: list[str], long: list[LoadedColumn]
) -> None:
    """Rewrite `data` row by row, in the order of the periods; those without a value make no row."""
    first, periods = len(layout.ids), layout.periods
    select_list = [f"c{index} AS c{number}" for number, index in enumerate(layout.ids)]
    select_list.append(f"unnest([{', '.join(starts)}]) AS c{first}")
    filled = []
    for number, by_period in enumerate(layout.values.values(), start=first + 1):
        cells = (by_period.get(period) for period in periods)
        listed = ", ".join("NULL" if index is None else f"c{index}" for index in cells)
        select_list.append(f"unnest([{listed}]::{long[number].type}[]) AS c{number}")
        filled.append(f"c{number} IS NOT NULL")
    con.execute(
        f"CREATE TABLE long AS SELECT * FROM (SELECT {', '.join(select_list)} FROM data) "
        f"WHERE {' OR '.join(filled)}"
    )
    con.execute("DROP TABLE data")
    con.execute("ALTER TABLE long RENAME TO data")


def _notes(layout: WideLayout, columns: list[LoadedColumn], long: list[LoadedColumn]) -> list[str]:
    axis, values = long[len(layout.ids)], long[len(layout.ids) + 1 :]
    value_names = " and ".join(f"“{value.name}”" for value in values[:3])
    notes = [
        f"The table had a column for each {layout.grain}: they were turned into rows, with the columns "
        f"“{axis.name}” and {value_names}"
    ]
    if axis.type == "VARCHAR":
        notes.append(f"No year is said for “{axis.name}”, so it makes groups and no axis of time")
    if layout.unused:
        names = [columns[index].name for index in layout.unused]
        more = " and others" if len(names) > 3 else ""
        listed = ", ".join(f"“{name}”" for name in names[:3])
        notes.append(
            f"Columns of numbers that belong to no {layout.grain} were left out: {listed}{more}"
        )
    return notes
