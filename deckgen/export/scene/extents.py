"""What of a slide is taken, and what is empty."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import (
    ChartBox,
    Curve,
    Element,
    Panel,
    Paragraph,
    Polygon,
    Rule,
    TableBox,
    TextBox,
)
from deckgen.export.scene.setting import POINT_INDENT, tall


def inked(element: TextBox) -> Box:
    """Returns the part of a text's box that its lines take, or more where they find no room in it."""
    used = tall(element.paragraphs)
    spare = element.box.height - used
    top = element.box.top + {"top": 0, "middle": spare / 2, "bottom": spare}[element.anchor]
    return Box(element.box.left, top, element.box.width, used)


def extent(element: Element) -> Box:
    """Returns the smallest box around an element."""
    if not isinstance(element, Rule | Curve | Polygon):
        return element.box
    return Box.around((element.start, element.end) if isinstance(element, Rule) else element.points)


def standing(element: TextBox) -> Iterator[tuple[Paragraph, float]]:
    """Yields each paragraph of a text with the top of its first line."""
    top = inked(element).top
    for paragraph in element.paragraphs:
        top += paragraph.before
        yield paragraph, top
        top += height(len(paragraph.lines), paragraph.size)


def start_of(paragraph: Paragraph, box: Box, wide: float) -> float:
    """Returns the left end of a line that is so wide."""
    indent, spare = POINT_INDENT if paragraph.is_point else 0, box.width - wide
    return box.left + {"left": indent, "center": spare / 2, "right": spare}[paragraph.align]


def taken(elements: Iterable[Element]) -> list[Box]:
    """Returns the boxes of texts, panels, charts and tables."""
    kinds = (TextBox, Panel, ChartBox, TableBox)
    return [each.box for each in elements if isinstance(each, kinds)]


def empty_share(elements: Iterable[Element], body: Box) -> float:
    """Returns how much of a body is under no element, from 0 to 1."""
    boxes = [cut for each in taken(elements) if (cut := _within(each, body))]
    xs = sorted({body.left, body.right, *(side for box in boxes for side in (box.left, box.right))})
    ys = sorted({body.top, body.bottom, *(side for box in boxes for side in (box.top, box.bottom))})
    covered = sum(
        (right - left) * (bottom - top)
        for left, right in pairwise(xs)
        for top, bottom in pairwise(ys)
        if any(
            box.left <= left and right <= box.right and box.top <= top and bottom <= box.bottom
            for box in boxes
        )
    )
    return 1 - covered / (body.width * body.height)


def _within(box: Box, body: Box) -> Box | None:
    left, top = max(box.left, body.left), max(box.top, body.top)
    right, bottom = min(box.right, body.right), min(box.bottom, body.bottom)
    return Box(left, top, right - left, bottom - top) if right > left and bottom > top else None
