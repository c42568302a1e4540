"""How the cells of a line that is too short or too long can be put under the columns.

A line is used only if every way to do so gives its numbers and dates the same places.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from deckgen.domain.uploads.headers import MINUS, kind_of
from deckgen.domain.uploads.lengths import is_long
from deckgen.domain.uploads.sniff import TableShape

VALUES = frozenset({"whole", "fraction", "date"})
_ALL = VALUES | {"text", "marked"}
_RARE = 0.2  # a kind that fewer cells of a column have does not count
_LOOK = 500  # rows
_MOST_STEPS = 20_000  # of a search; a line of hundreds of cells is not put right
_MOST_SURPLUS = 4
_MOST_DESCRIPTIONS = 3  # rows under a header that say in words what the columns are
_WHOLE = re.compile(r"[+-]?(?:\d++|\d{1,3}(?:[,.'’\s]\d{3})++)")
_MARKED = re.compile(rf"\s*+['’]?[(+{MINUS}]?(?:[$€£]|[CD][Rr]\.?)?\s*+\d.*+", re.DOTALL)
_GROUPS = re.compile(r"[+-]?[$€£]?\d{1,3}(?:,\d{3})++(?:\.\d++)?")


def cell_kind(cell: str) -> str | None:
    """Returns "whole", "fraction", "date", "text", or "marked" for what begins with a digit but is no
    plain number (12r, '-5, 7 CR); None for a cell that means no value.
    """
    return "text" if is_long(cell) else _short_kind(cell)


@lru_cache(maxsize=4096)  # cells repeat, and so do the questions about them
def _short_kind(cell: str) -> str | None:
    kind = kind_of(cell)
    if kind == "text" and _MARKED.fullmatch(cell):
        return "marked"
    if kind != "number":
        return kind
    return "whole" if _WHOLE.fullmatch(cell.strip()) else "fraction"


@dataclass(frozen=True)
class Columns:
    """The kinds of cells that each column of the table holds, by its first rows."""

    kinds: list[frozenset[str]]
    separator: str

    @property
    def values(self) -> list[int]:
        """The columns that hold numbers or dates, and no words."""
        return [index for index, kinds in enumerate(self.kinds) if self.is_value(index)]

    def is_value(self, index: int) -> bool:
        return index < len(self.kinds) and "text" not in self.kinds[index]

    def fits(self, index: int, cell: str) -> bool:
        return self.takes(index, cell_kind(cell))

    def takes(self, index: int, kind: str | None) -> bool:
        if index >= len(self.kinds):
            return False
        kinds = self.kinds[index]
        return kind is None or kind in kinds or (kind == "marked" and "text" in kinds)

    def begin(self, cells: list[str]) -> bool:
        """True if a line is the beginning of a row."""
        return all(self.fits(index, cell) for index, cell in enumerate(cells))

    def fit(self, cells: list[str]) -> bool:
        """True if a line is a row of the table: of its width, and each cell of its column's kind."""
        return len(cells) == len(self.kinds) and all(
            self.fits(index, cell) for index, cell in enumerate(cells)
        )


def columns_of(shape: TableShape) -> Columns:
    names = [name.casefold() for name in shape.header.names or []]
    rows = (row for row in shape.rows if len(row) == shape.columns)
    full = [row for row in rows if [cell.strip().casefold() for cell in row] != names][:_LOOK]
    full = full[_descriptions(full) :]
    kinds = [_kinds([row[index] for row in full]) for index in range(shape.columns)]
    return Columns(kinds, shape.separator)


def _descriptions(rows: list[list[str]]) -> int:
    """Returns how many of the first rows have words only, above rows of which all have values."""
    valued = [any(cell_kind(cell) in VALUES for cell in row) for row in rows]
    first = valued.index(True) if True in valued else 0
    return first if first <= _MOST_DESCRIPTIONS and all(valued[first:]) else 0


def _kinds(cells: list[str]) -> frozenset[str]:
    counts = Counter(kind for cell in cells if (kind := cell_kind(cell)))
    kinds = {kind for kind, count in counts.items() if count >= _RARE * counts.total()}
    if not kinds:
        return _ALL
    return frozenset(kinds | ({"whole"} if "fraction" in kinds else set()))


Step = tuple[int, int, str]
"""So many cells are used up, for so many columns, of which the first has this text."""
_Steps = Callable[[int, int], Iterator[Step]]


def filled(cells: list[str], columns: Columns) -> list[str] | None:
    """Returns a short line under the columns that it fits; None unless its values have one place."""
    kinds = [cell_kind(cell) for cell in cells]

    def steps(cell: int, column: int) -> Iterator[Step]:
        yield 0, 1, ""
        if cell < len(cells) and columns.takes(column, kinds[cell]):
            yield 1, 1, cells[cell]

    return _settled(len(cells), columns, steps)


def joined(cells: list[str], columns: Columns) -> list[str] | None:
    """Returns a long line with cells joined that a separator within them has split."""
    surplus = len(cells) - len(columns.kinds)
    if surplus > _MOST_SURPLUS:
        return None

    def steps(cell: int, column: int) -> Iterator[Step]:
        for size in range(1, min(surplus + 1, len(cells) - cell) + 1):
            text = _joined(cells[cell : cell + size], columns, column)
            if text is not None:
                yield size, 1, text

    return _settled(len(cells), columns, steps)


def cut(cells: list[str], columns: Columns) -> list[str] | None:
    """Returns a long line without the cells that fit nowhere."""
    if len(cells) - len(columns.kinds) > _MOST_SURPLUS:
        return None
    kinds = [cell_kind(cell) for cell in cells]

    def steps(cell: int, column: int) -> Iterator[Step]:
        if cell < len(cells):
            yield 1, 0, ""
            if columns.takes(column, kinds[cell]):
                yield 1, 1, cells[cell]

    return _settled(len(cells), columns, steps)


def _joined(cells: list[str], columns: Columns, column: int) -> str | None:
    """Returns cells as one, if it fits the column: a text, or a number with commas for thousands."""
    parts = [cell for cell in cells if cell.strip()]
    text = columns.separator.join(parts)
    if len(parts) > 1 and columns.is_value(column):
        grouped = columns.separator == "," and not is_long(text) and _GROUPS.fullmatch(text)
        return text if grouped and columns.fits(column, text) else None
    # A number by itself is no part of a text that has none.
    return text if all(columns.fits(column, part) for part in parts) else None


def _settled(cells: int, columns: Columns, steps: _Steps) -> list[str] | None:
    """Returns the text of each column over all ways through; a text that is not sure becomes blank."""
    options = _options(cells, len(columns.kinds), steps)
    if options is None:
        return None
    row = []
    for column, texts in enumerate(options):
        if len(texts) > 1 and columns.is_value(column):
            return None
        row.append(next(iter(texts)) if len(texts) == 1 else "")
    return row


def _options(cells: int, columns: int, steps: _Steps) -> list[set[str]] | None:
    """Returns the texts that each column can have; None if there is no way, or too many to look at."""
    reached = [set[int]() for _ in range(columns + 1)]
    reached[0].add(0)
    ways = list[tuple[tuple[int, int], tuple[int, int], str]]()
    for column in range(columns + 1):
        cell = min(reached[column], default=cells + 1)
        while cell <= max(reached[column], default=-1) and len(ways) <= _MOST_STEPS:
            if cell in reached[column]:
                for used, filled_columns, text in steps(cell, column):
                    after = column + filled_columns
                    if after <= columns:
                        reached[after].add(cell + used)
                        ways.append(((cell, column), (cell + used, after), text))
            cell += 1
    if cells not in reached[columns] or len(ways) > _MOST_STEPS:
        return None
    leading, options = {(cells, columns)}, [set[str]() for _ in range(columns)]
    for before, behind, text in reversed(ways):
        if behind in leading:
            leading.add(before)
            if behind[1] > before[1]:
                options[before[1]].add(text)
    return options
