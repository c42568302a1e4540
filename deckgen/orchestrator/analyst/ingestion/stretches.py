"""Stretches of rows that come again in the same order: a block that was pasted twice."""

import math
from functools import cached_property

import duckdb

from deckgen.orchestrator.analyst.ingestion.encoded_values import LoadedColumn

SHORTEST, SHORTEST_HALF = 10, 5  # rows of a stretch; of one that is the whole table again
MAX_DISTANCES = 3  # between a stretch and its copy, which are tried
SURE = 12  # nats beyond what chance gives anywhere in the table
VALUES = 5  # different numbers in a stretch, at least
OFTEN = 0.2  # of the rows of a stretch
FEW = 0.25  # of the rows of a stretch: its different values
SURPRISES = 20  # rows of a stretch that the rows before do not tell


class Stretches:
    """The stretches among the rows of `alike`, which have copies."""

    def __init__(self, con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn], rows: int) -> None:
        self.con, self.columns, self.rows = con, columns, rows

    @property
    def ids(self) -> str:
        """SQL for the rows (rowid) of stretches that stood in the table before."""
        spans = " OR ".join(f"place BETWEEN {first} AND {last}" for first, last in self._copied)
        return f"SELECT id FROM alike WHERE {spans}"

    def reason(self) -> str | None:
        """Returns why these are copies; None if there are no such stretches."""
        if not self._copied:
            return None
        longest = max(last - first + 1 for first, last in self._copied)
        return f"a stretch of {longest:,} rows comes again in the same order"

    @cached_property
    def _copied(self) -> list[tuple[int, int]]:
        """The first and the last place of each stretch."""
        found: list[tuple[int, int]] = []
        for distance in self._distances():
            for first, last in self._runs(distance):
                is_new = all(last < other or first > end for other, end in found)
                # What was pasted several times is looked at once.
                if is_new and self._is_telling(first, min(last, first + distance - 1)):
                    found.append((first, last))
        return found

    def _distances(self) -> list[int]:
        """Returns how far rows are from the first like them, the commonest first."""
        rows = self.con.execute(
            "SELECT place - min(place) OVER (PARTITION BY h) AS distance FROM alike "
            "QUALIFY distance > 0"
        )
        counts: dict[int, int] = {}
        while some := rows.fetchmany(10_000):
            for (distance,) in some:
                counts[distance] = counts.get(distance, 0) + 1
        return sorted(counts, key=lambda each: (-counts[each], each))[:MAX_DISTANCES]

    def _runs(self, distance: int) -> list[tuple[int, int]]:
        """Returns where rows come again at a distance, in their order, and most of them different."""
        shortest = SHORTEST_HALF if 2 * distance == self.rows else SHORTEST
        runs = self.con.execute(
            "SELECT min(place), max(place) FROM (SELECT a.place, a.h, a.place - row_number() OVER "
            f"(ORDER BY a.place) AS run FROM alike a JOIN alike b ON a.place = b.place + {distance} "
            f"AND a.h = b.h) GROUP BY run HAVING least(count(*), {distance}) >= {shortest} "
            f"AND 2 * count(DISTINCT h) > least(count(*), {distance}) ORDER BY 1"
        ).fetchall()
        lengths = ((run, min(run[1] - run[0] + 1, distance)) for run in runs)
        return [run for run, length in lengths if self._is_no_chance(length)]

    def _is_no_chance(self, length: int) -> bool:
        return length * self._told_by_row >= 2 * math.log(self.rows) + SURE

    @cached_property
    def _told_by_row(self) -> float:
        """How unlikely it is that two rows are alike, in nats."""
        cells = ", ".join(f"c{index}" for index in range(len(self.columns)))
        ((alike,),) = self.con.execute(
            f"SELECT sum(n * n) / pow({self.rows}, 2) FROM (SELECT count(*)::DOUBLE AS n FROM data "
            f"GROUP BY hash({cells}))"
        ).fetchall()
        return -math.log(alike)

    def _is_telling(self, first: int, last: int) -> bool:
        """True if a stretch is no plan's: its moments or numbers are odd, or no row tells the next.

        Plans have stretches that come again by themselves: the doses of each trial, the questions of
        each form.
        """
        rows = f"data JOIN alike ON data.rowid = alike.id WHERE place BETWEEN {first} AND {last}"
        length = last - first + 1
        return (
            self._has_moments(rows)
            or self._has_odd_numbers(rows, length)
            or self._has_surprises(rows, length)
        )

    def _of(self, *types: str) -> list[int]:
        return [index for index, column in enumerate(self.columns) if column.type in types]

    def _has_odd_numbers(self, rows: str, length: int) -> bool:
        """True if a column of many numbers goes up and down."""
        numbers = self._of("BIGINT", "DOUBLE")
        if not numbers:
            return False
        parts = ", ".join(
            f"count(DISTINCT c{i}), count(*) FILTER (c{i} > b{i}), count(*) FILTER (c{i} < b{i})"
            for i in numbers
        )
        listed = ", ".join(f"c{i}, lag(c{i}) OVER (ORDER BY place) AS b{i}" for i in numbers)
        (row,) = self.con.execute(f"SELECT {parts} FROM (SELECT {listed} FROM {rows})").fetchall()
        return any(
            values >= max(VALUES, length / 2) and min(up, down) >= OFTEN * length
            for values, up, down in zip(row[::3], row[1::3], row[2::3], strict=True)
        )

    def _has_moments(self, rows: str) -> bool:
        """True if there are moments that are no full minutes or hours."""
        moments = self._of("TIMESTAMP")
        if not moments:
            return False
        parts = ", ".join(f"count(DISTINCT second(c{i}))" for i in moments)
        (row,) = self.con.execute(f"SELECT {parts} FROM {rows}").fetchall()
        return any(values >= VALUES for values in row)

    def _has_surprises(self, rows: str, length: int) -> bool:
        """True if many rows are, by columns of few values, not what mostly follows the one before."""
        columns = self._of("VARCHAR", "BIGINT", "DOUBLE")
        parts = ", ".join(f"count(DISTINCT c{i})" for i in columns) or "0"
        (counts,) = self.con.execute(f"SELECT {parts} FROM {rows}").fetchall()
        # After an order's number comes the next: that would tell every row.
        states = [i for i, n in zip(columns, counts, strict=False) if 1 < n <= FEW * length]
        if not states:
            return False
        cells = ", ".join(f"c{i}" for i in states)
        ((usual,),) = self.con.execute(
            "SELECT sum(most) FROM (SELECT max(n) AS most FROM (SELECT s, after, count(*) AS n FROM "
            f"(SELECT s, lead(s) OVER (ORDER BY place) AS after FROM (SELECT hash({cells}) AS s, place "
            f"FROM {rows})) WHERE after IS NOT NULL GROUP BY ALL) GROUP BY s)"
        ).fetchall()
        return length - 1 - (usual or 0) >= SURPRISES
