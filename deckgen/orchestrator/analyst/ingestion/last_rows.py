"""The last row of a table, which may sum up the others without a name, or more than is left of them."""

from dataclasses import dataclass

import duckdb

from deckgen.orchestrator.analyst.ingestion.encoded_values import LoadedColumn

LAST = (
    "The last row, “{}”, was taken to sum up the others, together with lines whose values were not "
    "used, and was left out"
)
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


def nameless(con: duckdb.DuckDBPyConnection, types: list[str]) -> list[Suspect]:
    """Returns the last row if it has numbers and nothing else, unlike every other row."""
    labels = [index for index, kind in enumerate(types) if kind not in ("BIGINT", "DOUBLE")]
    if not labels or len(labels) == len(types):
        return []
    blank = " AND ".join(f"coalesce(trim(CAST(c{index} AS VARCHAR)), '') = ''" for index in labels)
    ((last, rows),) = con.execute("SELECT max(rowid), count(*) FROM data").fetchall()
    # Nearly no table has such a row, so that the others are seldom looked at.
    if rows < 3 or not con.execute(f"SELECT 1 FROM data WHERE rowid = {last} AND {blank}").fetchall():
        return []
    others = con.execute(f"SELECT 1 FROM data WHERE rowid < {last} AND {blank} LIMIT 1").fetchall()
    return [] if others else [Suspect(last, "", (), only_all=True)]


def sums_up_more(con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn], suspect: Suspect) -> bool:
    """True if the last row has at least the sums of the others, which lack the values of some lines."""
    numbers = [i for i, column in enumerate(columns) if column.type in ("BIGINT", "DOUBLE")]
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
