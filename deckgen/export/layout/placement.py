"""Where each block of a slide goes, and at which size: measured first, so that nothing overflows."""

from dataclasses import dataclass, replace

from deckgen.domain.decks import Block, Bullets, Callout, Chart, Kpis, Slide, Table
from deckgen.export.layout.rows import Row, kpis_per_row, rows_of
from deckgen.export.layout.text_metrics import POINTS_PER_INCH, height, wrap
from deckgen.export.text import Words
from deckgen.export.themes import Theme

BULLET_INDENT = 0.25  # inches
LEAST_GAP, MOST_GAP = 0.6, 1.2  # between two bullets, in lines of their size
CALLOUT_PADDING = 0.18
_CHART_SHARE = 0.66  # of the width, where text stands beside a chart
_VISUALS_KEEP = 0.7  # of the height of a slide that holds too much
_LEAST = {"chart": 2.3, "table": 1.3}  # inches
_KPI_LEAST, _KPI_MOST = 1.35, 1.9  # inches for a row of cards
_MOST_BESIDE_VISUALS = 16  # points: the text of a slide with a chart or table


@dataclass(frozen=True)
class Box:
    """Inches from the slide's top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Placed:
    block: Block
    box: Box
    size: int  # of its text, in points


def place(slide: Slide, words: Words, theme: Theme) -> list[Placed]:
    """Every block with its place, in reading order. Where even the smallest size is too large,
    the places still fit on the slide and whoever draws cuts what they hold."""
    arranged = rows_of(slide)
    if not arranged:
        return []
    top = theme.grid.body_top
    room = theme.grid.body_height
    visuals = any(isinstance(block, Chart | Table) for block in slide.blocks)
    for size in theme.body_sizes:
        if visuals and size > _MOST_BESIDE_VISUALS:
            continue
        heights = [_least(row, words, theme, size) for row in arranged]
        if sum(heights) + theme.grid.gap * (len(arranged) - 1) <= room:
            break
    mosts = [_most(row, each, size) for row, each in zip(arranged, heights, strict=True)]
    heights = _spread(arranged, heights, mosts, room - theme.grid.gap * (len(arranged) - 1))
    placed: list[Placed] = []
    for row, row_height in zip(arranged, heights, strict=True):
        placed += _side_by_side(
            row, Box(theme.grid.margin, top, theme.grid.content_width, row_height), size, theme
        )
        top += row_height + theme.grid.gap
    return placed


def _least(row: Row, words: Words, theme: Theme, size: int) -> float:
    """The height that a row needs at `size`, in inches."""
    box = Box(0, 0, theme.grid.content_width, 0)
    return max(_need(placed, words) for placed in _side_by_side(row, box, size, theme))


def _need(placed: Placed, words: Words) -> float:
    block, size, limit = placed.block, placed.size, placed.box.width
    match block:
        case Bullets():
            return bullets_height([words.line(item) for item in block.items], size, limit)
        case Callout():
            return callout_height(words.line(block.text), size, limit)
        case Kpis():
            return _KPI_LEAST * -(-len(block.items) // kpis_per_row(len(block.items)))
        case Chart():
            return _LEAST["chart"]
        case Table():
            return min(_LEAST["table"], 0.75 + 0.33 * len(block.rows))


def bullets_height(items: list[str], size: int, limit: float, gap: float = LEAST_GAP) -> float:
    """`gap` between two bullets is in lines, all else in inches."""
    lines = sum(len(wrap(item, size, (limit - BULLET_INDENT) * POINTS_PER_INCH)) for item in items)
    return height(lines, size) + (len(items) - 1) * gap * size / POINTS_PER_INCH + 0.05


def callout_height(text: str, size: int, limit: float) -> float:
    inner = (limit - 2 * CALLOUT_PADDING - 0.1) * POINTS_PER_INCH
    return height(len(wrap(text, size, inner, bold=True)), size) + 2 * CALLOUT_PADDING


def _spread(arranged: list[Row], heights: list[float], mosts: list[float], room: float) -> list[float]:
    """Give what is left to charts and tables; shrink all rows alike where it is not enough."""
    left = room - sum(heights)
    wishes = [_wish(row) for row in arranged]
    if left < 0:
        return _shrunk(heights, wishes, room)
    if any(wishes):
        return [each + left * wish / sum(wishes) for each, wish in zip(heights, wishes, strict=True)]
    growth = [most - each for each, most in zip(heights, mosts, strict=True)]
    part = min(1.0, left / sum(growth)) if sum(growth) > 0 else 0.0
    return [each + more * part for each, more in zip(heights, growth, strict=True)]


def _shrunk(heights: list[float], wishes: list[float], room: float) -> list[float]:
    """Text gives way to charts and tables, which can't be read at all when they are flat."""
    visual = sum(each for each, wish in zip(heights, wishes, strict=True) if wish)
    kept = min(visual, room * _VISUALS_KEEP)
    for_text = max(sum(heights) - visual, 1e-6)
    return [
        each * (kept / visual if wish else (room - kept) / for_text)
        for each, wish in zip(heights, wishes, strict=True)
    ]


def _most(row: Row, least: float, size: int) -> float:
    """How tall a row of text or cards may become where no chart or table needs the room."""
    match row[0]:
        case Kpis():
            return least * _KPI_MOST / _KPI_LEAST
        case Bullets() as block:
            gaps = (len(block.items) - 1) * (MOST_GAP - LEAST_GAP)
            return least + gaps * size / POINTS_PER_INCH
        case _:
            return least


def _wish(row: Row) -> float:
    """How much of the spare height a row can use, relative to the other rows."""
    if any(isinstance(block, Chart) for block in row):
        return 12
    return max((len(block.rows) + 1 for block in row if isinstance(block, Table)), default=0)


def _side_by_side(row: Row, box: Box, size: int, theme: Theme) -> list[Placed]:
    if len(row) == 1:
        alone = min(size, 18) if isinstance(row[0], Callout) else size
        return [Placed(row[0], box, alone)]
    gap = theme.grid.gap + 0.1
    share = 0.5 if all(isinstance(block, Chart) for block in row) else _CHART_SHARE
    left = (box.width - gap) * share
    right = box.width - gap - left
    return [
        Placed(row[0], replace(box, width=left), size),
        Placed(row[1], replace(box, left=box.left + left + gap, width=right), size),
    ]
