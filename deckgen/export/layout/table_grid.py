"""How a table is cut to the room that it has: widths of columns, lines of cells, rows that fit."""

from dataclasses import dataclass

from deckgen.domain.blocks import Table
from deckgen.export.layout.typefaces import Typeface, height
from deckgen.export.text import Words

PADDING = 6  # points, on each side of a cell's text
_LEAST, _MOST_LINES = 54, 3
_ROW_PADDING = 8
_ROOMY = 86  # points: a lower table has one line a cell


@dataclass(frozen=True)
class Grid:
    """Cells as they are shown; `cut` says in words what is not shown, empty if nothing is missing."""

    header: list[str]
    rows: list[list[str]]
    right: list[bool]  # whether a column holds numbers
    widths: list[float]  # points
    heights: list[float]  # points, the header's first
    cut: str


def grid(table: Table, words: Words, face: Typeface, size: int, wide: float, tall: float) -> Grid:
    """Returns the table in `wide` by `tall` points, its text in `size` points."""
    shown = max(1, min(len(table.columns), int(wide / _LEAST)))
    whole = _texts(table, words, shown)
    widths = _widths(whole, face, size, wide)
    lines = _MOST_LINES if tall > _ROOMY else 1
    cells = [
        [_cell(*each, face, size, lines) for each in zip(row, widths, strict=True)] for row in whole
    ]
    heights = [_height(row, widths, face, size, bold=number == 0) for number, row in enumerate(cells)]
    fitting = _fitting(heights, tall)
    is_short = cells[: fitting + 1] != whole[: fitting + 1]
    if is_short or fitting < len(table.rows) or shown < len(table.columns):
        fitting = min(fitting, _fitting(heights, tall - 22))
    return Grid(
        header=cells[0],
        rows=cells[1 : fitting + 1],
        right=[column.unit.is_numeric for column in table.columns[:shown]],
        widths=widths,
        heights=heights[: fitting + 1],
        cut=_cut(words, (fitting, len(table.rows)), (shown, len(table.columns)), is_short=is_short),
    )


def _texts(table: Table, words: Words, shown: int) -> list[list[str]]:
    """Returns the cells of the first columns as the deck says them, the header first."""
    columns = table.columns[:shown]
    rows = (zip(row, columns, strict=False) for row in table.rows)
    return [
        [words.line(column.label) for column in columns],
        *([words.value(value, column.unit) for value, column in row] for row in rows),
    ]


def _cut(words: Words, rows: tuple[int, int], columns: tuple[int, int], *, is_short: bool) -> str:
    """Returns how many of all rows and columns are shown, if not all of them; and that texts are not
    shown to their end.
    """
    parts = [
        words.says(f"table.{what}", shown=str(shown), all=str(every))
        for what, (shown, every) in (("rows", rows), ("columns", columns))
        if shown < every
    ]
    parts += [words.says("table.texts")] if is_short else []
    return words.says("table.shown", parts=words.formatter.language.listed(parts)) if parts else ""


def _cell(text: str, wide: float, face: Typeface, size: int, lines: int) -> str:
    return face.shorten(text, size, wide - 2 * PADDING, lines, bold=True)


def _widths(rows: list[list[str]], face: Typeface, size: int, wide: float) -> list[float]:
    """Each column as wide as its text, or, where that is too much, the widest ones narrowed alike."""
    natural = [
        max(face.width(text, size, bold=True) for text in column) + 2 * PADDING + 4
        for column in zip(*rows, strict=True)
    ]
    natural = [max(each, _LEAST) for each in natural]
    spare = wide - sum(natural)
    if spare >= 0:
        return [each + min(spare / len(natural), 43) for each in natural]
    limit = _limit(natural, wide)
    return [min(each, limit) for each in natural]


def _limit(natural: list[float], wide: float) -> float:
    """The width to which columns have to be cut so that all together are `wide`."""
    left, ordered = wide, sorted(natural)
    for index, each in enumerate(ordered):
        share = left / (len(ordered) - index)
        if each > share:
            return share
        left -= each
    return ordered[-1]


def _height(row: list[str], widths: list[float], face: Typeface, size: int, *, bold: bool) -> float:
    lines = (
        len(face.wrap(text, size, each - 2 * PADDING, bold=bold))
        for text, each in zip(row, widths, strict=True)
    )
    return height(max(1, *lines), size) + _ROW_PADDING


def _fitting(heights: list[float], tall: float) -> int:
    used, count = heights[0], 0
    for each in heights[1:]:
        used += each
        if used > tall:
            break
        count += 1
    return count
