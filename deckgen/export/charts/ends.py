"""Names to the right of the plot, each at the height of what it names, moved apart where they touch."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from deckgen.domain.facts import Text
from deckgen.export.charts.frame import LABEL_GAP, Frame
from deckgen.export.charts.view import View
from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import Element, Paragraph, Rule, TextBox
from deckgen.export.scene.setting import tall

_MOST = 0.28  # of the chart's width
_LINES = 2


@dataclass(frozen=True)
class End:
    """A name at the height of a value."""

    value: float
    text: Text
    colour: str = "ink"
    bold: bool = False


def width(ends: Sequence[End], view: View, size: float, chart_width: float) -> float:
    """Returns the room that the names take to the right of the plot."""
    limit = chart_width * _MOST
    lines = (
        "".join(span.text for span in line)
        for end in ends
        for line in _set(end, view, size, limit).lines
    )
    widest = max((view.face.width(line, size, bold=True) for line in lines), default=0)
    return widest + LABEL_GAP + 1 if widest else 0


def names(ends: Sequence[End], view: View, room: Frame) -> Iterator[Element]:
    """Yields the names; one that had to move away from its line is led back to it."""
    left = room.width - room.beside + LABEL_GAP
    limit = room.width - left
    made = [_set(end, view, room.size, limit) for end in ends]
    heights = [tall([each]) for each in made]
    wanted = [room.at(end.value) for end in ends]
    for paragraph, high, at, middle in zip(
        made, heights, wanted, spread(wanted, heights, room.height), strict=True
    ):
        if abs(middle - at) > room.size * 0.8:
            yield Rule((room.plot_right + 3, at), (left - 2, middle), "rest", 0.5)
        yield TextBox("end", Box(left, middle - high / 2, limit, high), (paragraph,), "middle")


def _set(end: End, view: View, size: float, limit: float) -> Paragraph:
    return view.set.paragraph(end.text, size, limit, most=_LINES, bold=end.bold, colour=end.colour)


def spread(wanted: Sequence[float], heights: Sequence[float], room: float) -> list[float]:
    """Returns middles as near to the wanted ones as they can be without touching, within the room."""
    blocks: list[list[int]] = []
    for index in sorted(range(len(wanted)), key=lambda each: wanted[each]):
        blocks.append([index])
        while len(blocks) > 1 and _end(blocks[-2], wanted, heights) > _start(
            blocks[-1], wanted, heights
        ):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    starts = [_start(block, wanted, heights) for block in blocks]
    limit = room
    for place in reversed(range(len(blocks))):
        limit = min(starts[place], limit - _tall(blocks[place], heights))
        starts[place] = limit
    middles, free = list(wanted), 0.0
    for block, start in zip(blocks, starts, strict=True):
        top = max(start, free)
        for index in block:
            middles[index] = top + heights[index] / 2
            top += heights[index]
        free = top
    return middles


def _tall(block: Iterable[int], heights: Sequence[float]) -> float:
    return sum(heights[index] for index in block)


def _start(block: list[int], wanted: Sequence[float], heights: Sequence[float]) -> float:
    """Returns the top of names that stand together, so that they are near to where they belong."""
    before = [0.0, *accumulate(heights[index] for index in block)]
    tops = [
        wanted[index] - heights[index] / 2 - above for index, above in zip(block, before, strict=False)
    ]
    return sum(tops) / len(tops)


def _end(block: list[int], wanted: Sequence[float], heights: Sequence[float]) -> float:
    return _start(block, wanted, heights) + _tall(block, heights)
