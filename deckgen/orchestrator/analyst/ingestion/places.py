"""The lines of the upload in which rows of `data` stand."""

import contextlib
import csv
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from deckgen.orchestrator.analyst.ingestion.placed import SHOWN, Placed, placed

Shifts = tuple["array[int]", "array[int]"]
"""Lines of a body, and how much further down in the upload the lines from there on stand."""

_LONGEST, _KEPT = 100_000, 100  # characters of a line, of what is between two of its quotation marks


@dataclass(frozen=True)
class Places:
    """The way from a row (its rowid, before any was deleted) to the line where it begins.

    `shifts` are pairs of a line of the body and how much further down in the upload it stands. Of a
    sheet it is the row, which may hold several lines.
    """

    body: Path
    separator: str
    shifts: Shifts
    is_sheet: bool = False

    @property
    def word(self) -> str:
        return "row" if self.is_sheet else "line"

    def lines(self, rows: Iterable[int]) -> list[int]:
        """Returns the lines of a few rows, in their order; the file is read up to the last of them."""
        wanted = sorted(set(rows))
        found: list[int] = []
        if not wanted:
            return found
        # A cell of very many quotation marks is too long for the reader: then fewer lines are named.
        with (
            contextlib.suppress(csv.Error),
            self.body.open(newline="", encoding="utf-8", errors="replace") as file,
        ):
            reader = csv.reader(map(_shortened, file), delimiter=self.separator)
            begin, row = 0, 0
            for number, cells in enumerate(reader):
                if any(cell.strip(" ") for cell in cells):
                    if row == wanted[len(found)]:
                        found.append(self.line(number if self.is_sheet else begin))
                    row += 1
                if len(found) == len(wanted):
                    break
                begin = reader.line_num
        return found

    def line(self, line: int) -> int:
        """Returns the line of the upload for one of the body, which is counted from 0."""
        starts, shifts = self.shifts
        return line + shifts[bisect_right(starts, line) - 1] + 1


def _shortened(line: str) -> str:
    """Returns a line with its quotation marks, and little more than shows which cells are not blank."""
    if len(line) <= _LONGEST:
        return line
    end = line[len(line.rstrip("\r\n")) :]
    pieces = line.removesuffix(end).split('"')
    return '"'.join(piece if len(piece) <= _KEPT else f"x{piece[:_KEPT]}" for piece in pieces) + end


def where_is(con: duckdb.DuckDBPyConnection, condition: str, places: Places) -> Placed | None:
    """Returns the lines of the rows of `data` that fulfil a condition (SQL); None if there are none."""
    ((count,),) = con.execute(f"SELECT count(*) FROM data WHERE {condition}").fetchall()
    if not count:
        return None
    rows = con.execute(
        f"SELECT rowid FROM data WHERE {condition} ORDER BY rowid LIMIT {SHOWN}"
    ).fetchall()
    return placed(places.lines(row for (row,) in rows), count)
