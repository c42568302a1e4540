"""How a table is cut to the room that it has: widths of columns, lines of cells, rows that fit."""

from dataclasses import dataclass

from deckgen.domain.decks import Table
from deckgen.export.layout.text_metrics import POINTS_PER_INCH, height, shorten, width, wrap
from deckgen.export.text import Words

PADDING = 0.08  # inches, on each side of a cell's text
_LEAST, _MOST_LINES = 0.75, 3
_ROW_PADDING = 0.1
_ROOMY = 1.2  # inches: a lower table has one line a cell


@dataclass(frozen=True)
class Grid:
    """Cells as they are shown; `cut` says in words what is not shown, empty if nothing is missing."""

    header: list[str]
    rows: list[list[str]]
    right: list[bool]  # whether a column holds numbers
    widths: list[float]  # inches
    heights: list[float]  # inches, the header's first
    cut: str


def grid(table: Table, words: Words, size: int, wide: float, tall: float) -> Grid:
    """The table in `wide` by `tall` inches at `size` points."""
    shown = max(1, min(len(table.columns), int(wide / _LEAST)))
    header = [words.line(column.label) for column in table.columns[:shown]]
    cells = [
        [
            words.value(value, column.unit)
            for value, column in zip(row, table.columns[:shown], strict=False)
        ]
        for row in table.rows
    ]
    widths = _widths([header, *cells], size, wide)
    lines = _MOST_LINES if tall > _ROOMY else 1
    header, *cells = (
        [_cell(*each, size, lines) for each in zip(row, widths, strict=True)]
        for row in [header, *cells]
    )
    heights = [
        _height(row, widths, size, bold=number == 0) for number, row in enumerate([header, *cells])
    ]
    fitting = _fitting(heights, tall)
    if fitting < len(cells) or shown < len(table.columns):
        fitting = min(fitting, _fitting(heights, tall - 0.3))
    return Grid(
        header=header,
        rows=cells[:fitting],
        right=[column.unit.is_numeric for column in table.columns[:shown]],
        widths=widths,
        heights=heights[: fitting + 1],
        cut=_cut(words, (fitting, len(cells)), (shown, len(table.columns))),
    )


def _cut(words: Words, rows: tuple[int, int], columns: tuple[int, int]) -> str:
    """Returns how many of all rows and columns are shown, if not all of them."""
    parts = [
        words.says(f"table.{what}", shown=str(shown), all=str(every))
        for what, (shown, every) in (("rows", rows), ("columns", columns))
        if shown < every
    ]
    return words.says("table.shown", parts=words.formatter.language.listed(parts)) if parts else ""


def _cell(text: str, wide: float, size: int, lines: int) -> str:
    return shorten(text, size, (wide - 2 * PADDING) * POINTS_PER_INCH, lines, bold=True)


def _widths(rows: list[list[str]], size: int, wide: float) -> list[float]:
    """Each column as wide as its text, or, where that is too much, the widest ones narrowed alike."""
    natural = [
        max(width(text, size, bold=True) for text in column) / POINTS_PER_INCH + 2 * PADDING + 0.05
        for column in zip(*rows, strict=True)
    ]
    natural = [max(each, _LEAST) for each in natural]
    spare = wide - sum(natural)
    if spare >= 0:
        return [each + min(spare / len(natural), 0.6) for each in natural]
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


def _height(row: list[str], widths: list[float], size: int, *, bold: bool) -> float:
    lines = (
        len(wrap(text, size, (each - 2 * PADDING) * POINTS_PER_INCH, bold=bold))
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
