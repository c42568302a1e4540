"""Rows that were pasted or exported twice: exact copies that count once, where they can't be chance.

Rows that look alike are no copies as such: two sales of a product on a day, or two equal answers. Only
what such rows do not do by themselves is evidence: a number of an order that comes again with all of
its cells, a stretch of rows that comes again in its order, amounts that nothing else repeats.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import duckdb

from deckgen.domain.overrides import CountCopies
from deckgen.orchestrator.analyst.ingestion.encoded_values import LoadedColumn
from deckgen.orchestrator.analyst.ingestion.stretches import Stretches
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.geography import plain
from deckgen.orchestrator.analyst.lexicon.row_words import GERMAN_KEYS, KEY_WORDS

MAX_ROWS, MAX_ALIKE = 5_000_000, 1_000_000  # rows in all, and those like others: more are not looked at
LONG, SAMPLE = 200_000, 64  # of a long table one row of so many is looked at first, by its cells
SEEN = 0.002  # of the sample: fewer that are alike are passed over
MANY_TIMES = 4  # rows to one that is different, beyond which it is normal that rows are alike
FEW = 3  # copies, below which only a key says that they are some
CELLS = 12  # different cells of a report, at least
NEARLY_ALL = 0.9
BEYOND_CHANCE = 10  # times as many copies as chance gives
NUMBERS, DATES = ("BIGINT", "DOUBLE"), ("DATE", "TIMESTAMP")
REQUESTED = "the request says so"


@dataclass(frozen=True)
class Copies:
    """The rows that were left out since they are copies; `repeated` rows have some. `reason` says why
    they are copies.
    """

    left_out: int
    repeated: int
    reason: str

    @property
    def note(self) -> str:
        """What is said of them, in a sentence."""
        if self.left_out == self.repeated == 1:
            return f"One row stands in the file twice and was counted once: {self.reason}"
        if self.left_out == self.repeated:
            return (
                f"{self.left_out:,} rows stand in the file twice; each was counted once: {self.reason}"
            )
        return f"{self.left_out:,} rows are copies of others; each row was counted once: {self.reason}"


def count_once(
    con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn], wish: CountCopies | None
) -> Copies | None:
    """Leave copies of rows out of `data`, with the columns c0, c1, ...; None if none are known to be.

    `wish` is what the request says: that copies count “once”, or “each”.
    """
    if wish == "each":
        return None
    cells = ", ".join(f"c{index}" for index in range(len(columns)))
    rows, different = _counted(con, cells, wish)
    if rows == different:
        return None
    con.execute(
        "CREATE OR REPLACE TEMP TABLE alike AS SELECT *, row_number() OVER (PARTITION BY h ORDER BY "
        "place) AS nth, count(*) OVER (PARTITION BY h) AS times FROM (SELECT rowid AS id, row_number() "
        f"OVER () AS place, hash({cells}) AS h FROM data) WHERE h IN (SELECT hash({cells}) FROM data "
        "GROUP BY 1 HAVING count(*) > 1)"
    )
    try:
        return _left_out(con, columns, rows, different, wish)
    finally:
        con.execute("DROP TABLE alike")


def _counted(con: duckdb.DuckDBPyConnection, cells: str, wish: CountCopies | None) -> tuple[int, int]:
    """Returns how many rows there are, and how many different ones if copies are worth a look."""
    ((rows,),) = con.execute("SELECT count(*) FROM data").fetchall()
    if rows > MAX_ROWS or (wish != "once" and rows > LONG and not _many_in_sample(con, cells)):
        return rows, rows
    different, alike = _one(
        con,
        "SELECT count(*), coalesce(sum(n) FILTER (n > 1), 0) FROM (SELECT count(*) AS n FROM data "
        f"GROUP BY hash({cells}))",
    )
    is_worth_it = wish == "once" or (rows <= MANY_TIMES * different and alike <= MAX_ALIKE)
    return rows, different if is_worth_it else rows


def _many_in_sample(con: duckdb.DuckDBPyConnection, cells: str) -> bool:
    """True if more than a few rows of a sample are alike. Rows are chosen by their cells, so that
    copies are in it with what they are copies of.
    """
    looked_at, different = _one(
        con,
        f"SELECT count(*), count(DISTINCT h) FROM (SELECT hash({cells}) AS h FROM data) "
        f"WHERE h % {SAMPLE} = 0",
    )
    return bool(looked_at - different > SEEN * looked_at)


def _left_out(
    con: duckdb.DuckDBPyConnection,
    columns: list[LoadedColumn],
    rows: int,
    different: int,
    wish: CountCopies | None,
) -> Copies | None:
    if wish == "once":
        return _without(con, "SELECT id FROM alike WHERE nth > 1", REQUESTED)
    look = Look(con, columns, rows, different)
    for evidence in (_by_key, _by_amounts, _by_cells):
        if reason := evidence(look):
            return _without(con, "SELECT id FROM alike WHERE nth > 1", reason)
    stretches = Stretches(con, columns, rows)
    reason = stretches.reason()
    return _without(con, stretches.ids, reason) if reason else None


def _without(con: duckdb.DuckDBPyConnection, ids: str, reason: str) -> Copies:
    left_out, repeated = _one(con, f"SELECT count(*), count(DISTINCT h) FROM alike WHERE id IN ({ids})")
    con.execute(f"DELETE FROM data WHERE rowid IN ({ids})")
    return Copies(left_out, repeated, reason)


def _one(con: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    row = con.execute(query).fetchone()
    assert row is not None
    return row


class Look:
    """What the evidence looks at: the columns, and the rows that are like others."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn], rows: int, different: int
    ) -> None:
        self.con, self.columns, self.rows, self.different = con, columns, rows, different
        parts = ", ".join(f"count(DISTINCT c{i}), count(c{i})" for i in range(len(columns)))
        counts = _one(con, f"SELECT {parts} FROM data")
        self.distinct, self.filled = counts[::2], counts[1::2]
        (self.times,) = _one(con, "SELECT max(times) FROM alike")

    @property
    def copies(self) -> int:
        return self.rows - self.different

    def of(self, holds: Callable[[int], bool]) -> list[int]:
        """Returns the columns of several values for which something holds."""
        return [i for i in range(len(self.columns)) if self.distinct[i] > 1 and holds(i)]

    def is_number(self, index: int) -> bool:
        return self.columns[index].type in NUMBERS and not self.is_key(index)

    def is_date(self, index: int) -> bool:
        return self.columns[index].type in DATES and self.filled[index] == self.rows

    def is_text(self, index: int) -> bool:
        return self.columns[index].type == "VARCHAR" or self.is_key(index)

    def is_key(self, index: int) -> bool:
        """True if its name is that of something that identifies: order_id, Kundennummer."""
        *_, last = [plain(word) for word in read_name(self.columns[index].name).words] or [""]
        return last in KEY_WORDS or last.endswith(GERMAN_KEYS)

    def varies(self, index: int) -> bool:
        """True if a column has another value in half of the rows or so."""
        return 2 * int(self.distinct[index]) >= self.different


def _by_key(look: Look) -> str | None:
    """Returns the key that comes again with all of its cells, and never with others.

    A log of what things do has their numbers several times as well: once, twice, and thrice.
    """
    is_whole = look.rows == look.times * look.different  # all of the table comes again
    if (look.times > 2 and not is_whole) or not any(
        look.varies(i) for i in look.of(lambda i: look.is_number(i) or look.is_date(i))
    ):
        return None
    keys = look.of(
        lambda i: (
            look.is_key(i)
            and look.columns[i].type not in (*DATES, "DOUBLE")
            and look.filled[i] == look.rows
            and look.distinct[i] == look.different
        )
    )
    return f"“{look.columns[keys[0]].name}” tells all other rows apart" if keys else None


def _by_amounts(look: Look) -> str | None:
    """Returns that hardly any amounts come again, other than those of the copies.

    Rows that are alike in all else must differ in their amounts elsewhere: a price of the day is the
    same for each sale.
    """
    dates, amounts = look.of(look.is_date), look.of(look.is_number)
    if not dates or not amounts or look.copies < FEW or look.times > 2:
        return None
    time, numbers = f"c{dates[0]}", ", ".join(f"c{i}" for i in amounts)
    groups = ", ".join([time, *(f"c{i}" for i in look.of(look.is_text))])
    cells = ", ".join(f"c{i}" for i in range(len(look.columns)))
    unique, unique_copies, again, pairs, inner = _one(
        look.con,
        "SELECT count(*) FILTER (others = 1), count(*) FILTER (others = 1 AND copies > 1), "
        "sum(others - 1) / 2, sum(same_time - 1) / 2, sum(same_cell - 1) / 2 FROM (SELECT copies, "
        "count(*) OVER (PARTITION BY r) AS others, count(*) OVER (PARTITION BY t) AS same_time, "
        "count(*) OVER (PARTITION BY g) AS same_cell FROM (SELECT count(*) AS copies, "
        f"any_value(hash({numbers})) AS r, any_value({time}) AS t, any_value(hash({groups})) AS g "
        f"FROM data GROUP BY hash({cells})))",
    )
    by_chance = pairs * again / (look.different * (look.different - 1) / 2)
    is_told_apart = unique >= NEARLY_ALL * look.different and unique_copies >= NEARLY_ALL * look.copies
    if is_told_apart and inner >= look.copies and look.copies >= FEW + BEYOND_CHANCE * by_chance:
        return "hardly any other rows have the same amounts"
    return None


def _by_cells(look: Look) -> str | None:
    """Returns that date and groups have one row each, as in a report, but for the copies."""
    dates, texts = look.of(look.is_date), look.of(look.is_text)
    amounts = [i for i in look.of(look.is_number) if look.varies(i)]
    if not dates or not amounts or look.times > 2 or look.different < CELLS:
        return None
    time, groups = f"c{dates[0]}", ", ".join(f"c{i}" for i in texts) or "0"
    times, combinations, cells = _one(
        look.con,
        f"SELECT count(DISTINCT {time}), count(DISTINCT hash({groups})), "
        f"count(DISTINCT hash({time}, {groups})) FROM data",
    )
    is_full = look.different >= NEARLY_ALL * times * combinations
    # Two rows of each date may be two of something that has no column.
    if cells != look.different or not is_full or (not texts and look.copies == look.different):
        return None
    names = [look.columns[i].name for i in (dates[0], *texts)]
    listed = " and ".join(f"“{name}”" for name in names[:3])
    return f"{listed} {'tells' if len(names) == 1 else 'tell'} all other rows apart"
