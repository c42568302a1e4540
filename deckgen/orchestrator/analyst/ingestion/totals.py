"""Rows that only sum up others: suspected by their names, proved by their numbers.

A row is left out if its numbers are the sums of all other rows, of the rows between it and the total
before it (or after it), or of the rows that agree with it in all that it names. A product that is
called “Total” is kept.
"""

from typing import Any

import duckdb

from deckgen.orchestrator.analyst.ingestion.coarser_rows import (
    coarser_periods,
    indented_parents,
    parents,
)
from deckgen.orchestrator.analyst.ingestion.encoded_values import LoadedColumn
from deckgen.orchestrator.analyst.ingestion.last_rows import LAST, Suspect, nameless, sums_up_more
from deckgen.orchestrator.analyst.sql import quoting

_WORDS = (
    r"grand[ -]?totals?|sub[ -]?totals?|totals?|sums?|overall|summen?|gesamt|gesamtsumme|insgesamt|"
    r"gesamtergebnis|zwischensumme|teilsumme|teilergebnis|sommes?|sous[ -]total|total général|"
    r"totaux|ensemble|Σ"
)
_NAME = rf"(?i)\s*(.*[\s:–-])?({_WORDS})([\s:–-].*)?"
_LONGEST = 80
_ALL = r"(?i)\s*(all|alle|tous|toutes)(\s.*)?"
_CLOSE = 0.005  # parts are often rounded, so their sum is a little off
# With more totals than this share of its rows, or than this number, it is another kind of table.
_MAX_SHARE, _TOO_MANY = 0.5, 200_000


def find_suspects(con: duckdb.DuckDBPyConnection, types: list[str]) -> list[Suspect]:
    """Returns the rows with the name of a total in a column of text, before columns are converted."""
    texts = [index for index, kind in enumerate(types) if kind == "VARCHAR"]
    names_by_place: dict[int, list[tuple[int, str]]] = {}
    for index in texts:
        for place, cell in _named_totals(con, f"c{index}"):
            names_by_place.setdefault(place, []).append((index, cell))
    rows = con.execute("SELECT count(*) FROM data").fetchall()[0][0]
    if len(names_by_place) > min(_MAX_SHARE * rows, _TOO_MANY):
        return []
    suspects = [_suspect(place, names_by_place[place]) for place in sorted(names_by_place)]
    more = [*coarser_periods(con, types), *indented_parents(con, types)]
    return _with_others(suspects, more)


def _suspect(place: int, cells: list[tuple[int, str]]) -> Suspect:
    only_all = all(cell.lower() in ("all", "alle", "tous", "toutes") for _, cell in cells)
    return Suspect(place, cells[0][1], tuple(index for index, _ in cells), only_all)


def _named_totals(con: duckdb.DuckDBPyConnection, column: str) -> list[tuple[int, str]]:
    pattern = quoting.literal(f"{_NAME}|{_ALL}")
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE named AS SELECT {column} AS cell FROM data GROUP BY {column}"
    )
    names = con.execute(
        f"SELECT cell FROM named "
        f"WHERE length(cell) <= {_LONGEST} AND regexp_full_match(cell, {pattern})"
    ).fetchall()
    if not names:
        return []
    cells = ", ".join(quoting.literal(cell) for (cell,) in names)
    return con.execute(f"SELECT rowid, trim({column}) FROM data WHERE {column} IN ({cells})").fetchall()


def find_more_suspects(
    con: duckdb.DuckDBPyConnection, columns: list[LoadedColumn], suspects: list[Suspect]
) -> list[Suspect]:
    """Returns the suspects and the rows that lack labels, after the columns are converted."""
    return _with_others(suspects, [*parents(con, columns), *nameless(con, columns)])


def _with_others(suspects: list[Suspect], others: list[Suspect]) -> list[Suspect]:
    """Returns one suspect for each row."""
    by_place = {suspect.place: suspect for suspect in [*reversed(others), *suspects]}
    return [by_place[place] for place in sorted(by_place)]


def without(suspects: list[Suspect]) -> str:
    """Returns SQL for the rows of `data` that are not suspected."""
    if not suspects:
        return "data"
    return f"(SELECT rowid AS place, * FROM data WHERE rowid NOT IN ({_places(suspects)}))"


def leave_out(
    con: duckdb.DuckDBPyConnection,
    columns: list[LoadedColumn],
    suspects: list[Suspect],
    *,
    incomplete: bool = False,
) -> list[str]:
    """Delete the rows that are sums, after the columns are converted; returns notes about them.

    With `incomplete`, values were lost, so that the last row need not be the sum of what is left.
    """
    proved: list[Suspect] = []
    undecided = suspects
    # A suspect that is no sum may be a part of one, so the others are examined once more.
    for _ in range(2):
        sums = (
            _Sums(con, columns, undecided, without([*undecided, *proved])).proved() if undecided else []
        )
        proved += sums
        proved_now = set(sums)
        undecided = [suspect for suspect in undecided if suspect not in proved_now]
        if not sums:
            break
    last = [suspect for suspect in undecided if incomplete and sums_up_more(con, columns, suspect)]
    if proved or last:
        con.execute(f"DELETE FROM data WHERE rowid IN ({_places([*proved, *last])})")
    undecided = [suspect for suspect in undecided if suspect not in last]
    return [*_notes(proved, undecided), *(LAST.format(suspect.name or "…") for suspect in last)]


def _places(suspects: list[Suspect]) -> str:
    return ", ".join(str(suspect.place) for suspect in suspects)


def _notes(proved: list[Suspect], undecided: list[Suspect]) -> list[str]:
    notes = []
    if proved:
        names = list(dict.fromkeys(suspect.name or "without a name" for suspect in proved))
        listed = ", ".join(f"“{name}”" for name in names[:3]) + " and others" * (len(names) > 3)
        many = f"{len(proved):,} rows that only sum up others were"
        rows = "One row that only sums up others was" if len(proved) == 1 else many
        notes.append(f"{rows} left out: {listed}")
    names = list(dict.fromkeys(suspect.name for suspect in undecided if not suspect.only_all))
    if names:
        notes.append(f"A row is called “{names[0]}”, but its numbers are not sums, so it was kept")
    return notes


Sums = dict[int, tuple[Any, ...]]
"""By the place of a suspect: the number of its rows; sum, minimum and maximum of each number."""


class _Sums:
    """The comparison of suspects' numbers with the sums of `rows` (SQL)."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        columns: list[LoadedColumn],
        suspects: list[Suspect],
        rows: str,
    ) -> None:
        self.con, self.suspects, self.rows = con, suspects, rows
        self.keys = [index for index, column in enumerate(columns) if self._is_key(index, column)]
        self.numbers = [
            index
            for index, column in enumerate(columns)
            if column.type in ("BIGINT", "DOUBLE") and index not in self.keys
        ]
        parts = (f"sum(d.c{i}), min(d.c{i}), max(d.c{i})" for i in self.numbers)
        self.parts = f"count(*), {', '.join(parts)}"

    def _is_key(self, index: int, column: LoadedColumn) -> bool:
        """True if a column tells rows apart: texts, dates and years do."""
        if column.type != "BIGINT":
            return column.type != "DOUBLE"
        low, high = self.con.execute(f"SELECT min(c{index}), max(c{index}) FROM data").fetchall()[0]
        return low is not None and low >= 1500 and high <= 2200

    def proved(self) -> list[Suspect]:
        if not self.numbers:
            return []
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE suspected AS SELECT rowid AS place, * FROM data "
            f"WHERE rowid IN ({_places(self.suspects)})"
        )
        listed = ", ".join(f"c{index}" for index in self.numbers)
        numbers = {
            place: values
            for place, *values in self.con.execute(f"SELECT place, {listed} FROM suspected").fetchall()
        }
        sums = [*self._alike(), self._section("<"), self._section(">")]
        proved = {
            suspect: max(
                (
                    _added_up(candidate_sums[suspect.place])
                    for candidate_sums in sums
                    if self._holds(suspect, numbers, candidate_sums)
                ),
                default=0,
            )
            for suspect in self.suspects
        }
        # The sum of a single row proves nothing, unless other totals in the table are proved.
        return [suspect for suspect, rows in proved.items() if rows] if max(proved.values()) > 1 else []

    def _holds(self, suspect: Suspect, numbers: dict[int, list[Any]], sums: Sums) -> bool:
        place = suspect.place
        return place in sums and _is_sum(numbers[place], sums[place], suspect)

    def _alike(self) -> list[Sums]:
        """Returns the sums of rows that agree with a suspect in all that it names but the total."""
        filled = ", ".join(f"c{index} IS NOT NULL" for index in self.keys) or "true"
        groups: dict[tuple[int, ...], list[Suspect]] = {}
        of_place = {suspect.place: suspect for suspect in self.suspects}
        for place, *is_filled in self.con.execute(f"SELECT place, {filled} FROM suspected").fetchall():
            named_columns = (
                index for index, filled in zip(self.keys, is_filled, strict=False) if filled
            )
            keys = tuple(index for index in named_columns if index not in of_place[place].marked)
            groups.setdefault(keys, []).append(of_place[place])
        return [self._agreeing(keys, suspects) for keys, suspects in groups.items()]

    def _agreeing(self, keys: tuple[int, ...], suspects: list[Suspect]) -> Sums:
        if not keys:
            (total,) = self.con.execute(f"SELECT {self.parts} FROM {self.rows} d").fetchall()
            return {suspect.place: total for suspect in suspects}
        condition = " AND ".join(f"d.c{index} = s.c{index}" for index in keys)
        own = f"(SELECT * FROM suspected WHERE place IN ({_places(suspects)}))"
        return self._by_place(f"{self.rows} d JOIN {own} s ON {condition}")

    def _section(self, order: str) -> Sums:
        """Returns the sums of the rows between a suspect and the one before it (<), or after it (>)."""
        return self._by_place(f"{self.rows} d ASOF JOIN suspected s ON d.place {order} s.place")

    def _by_place(self, tables: str) -> Sums:
        rows = self.con.execute(
            f"SELECT s.place, {self.parts} FROM {tables} GROUP BY s.place"
        ).fetchall()
        return {place: tuple(row) for place, *row in rows}


def _added_up(sums: tuple[Any, ...]) -> int:
    """Returns how many rows were added up: one if of each number all but one are blank or zero."""
    parts = zip(sums[1::3], sums[2::3], sums[3::3], strict=True)
    return int(sums[0]) if any(total not in ends for total, *ends in parts) else 1


def _is_sum(values: list[Any], sums: tuple[Any, ...], suspect: Suspect) -> bool:
    """True if most numbers are sums, and the others at least could be averages; of a row without a name
    those that are no sums may as well be larger than all of their parts, as distinct visitors are.
    """
    only_all = suspect.only_all and suspect.name != ""
    sums_found, other_numbers = 0, 0
    for index, value in enumerate(values):
        total, low, high = sums[1 + 3 * index : 4 + 3 * index]
        if value is None or total is None or (value == 0 and total == 0):
            continue
        if abs(value - total) <= _CLOSE * max(abs(value), abs(total)):
            sums_found += 1
        elif only_all or not low <= value <= (high if suspect.name else max(value, high)):
            other_numbers += 1
    return sums_found > 0 and (
        other_numbers == 0 or (sums_found > other_numbers and sums[0] > 1 and not only_all)
    )
