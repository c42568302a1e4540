"""The ends of a table: one may sum up the others without a name, or more than is left of them."""

from dataclasses import dataclass
from typing import Any

import duckdb

from deckgen.orchestrator.analyst.ingestion.encoded_values import LoadedColumn

LAST = (
    "The last row, “{}”, was taken to sum up the others, together with lines whose values were not "
    "used, and was left out"
)
_FEWEST = 3  # rows, of which one may sum up the others
_NUMBERS = ("BIGINT", "DOUBLE")
_CLOSE = 0.005  # parts are often rounded, so their sum is a little off


@dataclass(frozen=True)
class Suspect:
    """A row that is named like a total: its place, its name, and the columns that hold the name.

    `only_all`: the name is no more than “All”, so that every number has to be a sum.
    """

    place: int
    name: str
    marked: tuple[int, ...]
    only_all: bool


def nameless(con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn]) -> list[Suspect]:
    """Returns the first and the last row if they have numbers and nothing else, unlike every other."""
    ends = "(SELECT unnest([min(rowid), max(rowid)]) FROM data)"
    rows = con.execute(f"SELECT rowid, * FROM data WHERE rowid IN {ends} ORDER BY rowid").fetchall()
    # Nearly no table has such a row, so that the others are seldom looked at.
    return [
        Suspect(place, "", (), only_all=True)
        for place, *cells in rows
        if _lacks_labels(con, columns, cells, place)
    ]


def _lacks_labels(
    con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn], cells: list[Any], place: int
) -> bool:
    """True if a row has no label, and each of the others has one; the other end may have none."""
    labels = _labels(con, columns, cells, place)
    if not labels or not all(_is_blank(cells[index]) for index in labels):
        return False
    blank = " AND ".join(f"coalesce(trim(CAST(c{index} AS VARCHAR)), '') = ''" for index in labels)
    count, rows = con.execute(
        f"SELECT count(*) FILTER ({blank} AND rowid NOT IN (first, last)), count(*) "
        "FROM data, (SELECT min(rowid) AS first, max(rowid) AS last FROM data)"
    ).fetchall()[0]
    return bool(count == 0 and rows >= _FEWEST)


def _labels(
    con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn], cells: list[Any], place: int
) -> list[int]:
    """Returns the columns that tell rows apart; without any a column of years that the row lacks."""
    labels = [index for index, column in enumerate(columns) if column.type not in _NUMBERS]
    if labels:
        return labels if len(labels) < len(columns) else []
    for index, cell in enumerate(cells):
        others = f"FROM data WHERE rowid <> {place}"
        years = f"SELECT bool_and(coalesce(c{index} BETWEEN 1500 AND 2200, false)) {others}"
        if cell is None and con.execute(years).fetchall()[0][0]:
            labels.append(index)
    return labels


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def sums_up_more(con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn], suspect: Suspect) -> bool:
    """True if the last row has at least the sums of the others, which lack the values of some lines."""
    numbers = [i for i, column in enumerate(columns) if column.type in _NUMBERS]
    ((last,),) = con.execute("SELECT max(rowid) FROM data").fetchall()
    if not numbers or suspect.place != last:
        return False
    sums = ", ".join(
        f"coalesce(sum(c{i}) FILTER (rowid < {last}) "
        f"<= {1 + _CLOSE} * max(c{i}) FILTER (rowid = {last}), true)"
        for i in numbers
    )
    negative = ", ".join(f"coalesce(min(c{i}) < 0, false)" for i in numbers)
    row = con.execute(f"SELECT {sums}, {negative} FROM data").fetchall()[0]
    return all(row[: len(numbers)]) and not any(row[len(numbers) :])
