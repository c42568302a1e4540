"""Rows that may sum up others by what they name: a year among its months, a region without a country,
a name above indented ones. They are only suspected here; their numbers prove whether they are sums.
"""

import duckdb

from deckgen.domain.uploads.lengths import is_long
from deckgen.domain.uploads.period_names import period_of
from deckgen.orchestrator.analyst.ingestion.encoded_values import LoadedColumn
from deckgen.orchestrator.analyst.ingestion.last_rows import Suspect
from deckgen.orchestrator.analyst.sql import quoting

_GRAINS = ("month", "quarter", "half", "year")
_YEARS = frozenset({"fy", "year", "full year", "ytd", "jahr", "gesamtjahr", "gj", "année", "annee"})
_HALVES = frozenset({"h1", "h2", "1h", "2h", "1. halbjahr", "2. halbjahr"})
_LOOK = 3  # of the first rows
_MOST_NAMES = 600  # of a column of periods
_NEARLY_ALL = 0.9
_MOST_ROWS = 10_000  # of a table in which parents are looked for: longer ones are no reports
_MOST_PARENTS = 0.5


def coarser_periods(con: duckdb.DuckDBPyConnection, types: list[str]) -> list[Suspect]:
    """Returns rows of longer periods than the others of their column: FY beside Q1 to Q4."""
    found: dict[int, Suspect] = {}
    texts = [index for index, kind in enumerate(types) if kind == "VARCHAR"]
    listed = ", ".join(f"c{index}" for index in texts)
    look = con.execute(f"SELECT {listed} FROM data LIMIT {_LOOK}").fetchall() if texts else []
    for index, cells in zip(texts, zip(*look, strict=True), strict=False):
        for name in _coarser(con, f"c{index}", cells):
            rows = con.execute(f"SELECT rowid FROM data WHERE c{index} = {quoting.literal(name)}")
            for (place,) in rows.fetchall():
                found.setdefault(place, Suspect(place, name.strip(), (index,), only_all=False))
    return list(found.values())


def _coarser(con: duckdb.DuckDBPyConnection, column: str, first: tuple[str | None, ...]) -> list[str]:
    """Returns the names in a column of periods that mean longer ones than most, days excepted."""
    grains_seen = {_grain(name) for name in first}
    if grains_seen == {None} or "day" in grains_seen:
        return []
    names = con.execute(f"SELECT DISTINCT {column} FROM data LIMIT {_MOST_NAMES + 1}").fetchall()
    grains = {name: grain for (name,) in names if name and (grain := _grain(name))}
    if len(names) > _MOST_NAMES or len(grains) < _NEARLY_ALL * len(names):
        return []
    finest = min((_GRAINS.index(grain) for grain in grains.values()), default=0)
    coarser = [name for name, grain in grains.items() if _GRAINS.index(grain) > finest]
    return sorted(coarser) if len(coarser) * 2 <= len(grains) else []


def _grain(name: str | None) -> str | None:
    if not name or is_long(name):
        return None
    text = name.strip().lower()
    if text in _YEARS:
        return "year"
    if text in _HALVES:
        return "half"
    period = period_of(text)
    return period.grain if period else None


def indented_parents(con: duckdb.DuckDBPyConnection, types: list[str]) -> list[Suspect]:
    """Returns rows above others whose first label is indented further: Europe above its countries."""
    ((rows,),) = con.execute("SELECT count(*) FROM data").fetchall()
    if types[0] != "VARCHAR" or rows > _MOST_ROWS:
        return []
    depth = "length(c0) - length(ltrim(c0))"
    if not con.execute(f"SELECT 1 FROM data WHERE {depth} > 0 LIMIT 1").fetchall():
        return []
    places = con.execute(
        f"SELECT rowid, trim(c0) FROM data WHERE trim(c0) <> '' "
        f"QUALIFY lead({depth}) OVER (ORDER BY rowid) > {depth}"
    ).fetchall()
    return [Suspect(place, name, (0,), only_all=True) for place, name in places]


def parents(con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn]) -> list[Suspect]:
    """Returns rows whose last labels are blank where others have them: Europe, without a country."""
    labels = [index for index, column in enumerate(columns) if column.type == "VARCHAR"]
    filled = ", ".join(f"count(c{index})" for index in labels[1:]) or "0"
    rows, *counts = con.execute(f"SELECT count(*), {filled} FROM data").fetchall()[0]
    if len(labels) < 2 or rows > _MOST_ROWS or min(counts) == rows:
        return []
    first, *others = (f"c{index} IS NOT NULL AND trim(c{index}) <> ''" for index in labels)
    blank_to_the_end = " OR ".join(
        f"NOT ({others[place]}) AND {' AND '.join([first, *others[:place]])}"
        + "".join(f" AND NOT ({other})" for other in others[place + 1 :])
        for place in range(len(others))
    )
    places = con.execute(f"SELECT rowid, c{labels[0]} FROM data WHERE {blank_to_the_end}").fetchall()
    if len(places) > _MOST_PARENTS * rows:
        return []
    return [Suspect(place, str(name), (), only_all=True) for place, name in places]
