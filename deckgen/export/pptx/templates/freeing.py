"""Places that are kept free of what decorates a slide, but for the ground on which they stand."""

from collections.abc import Sequence
from dataclasses import replace

from deckgen.export.layout.boxes import Box
from deckgen.export.pptx.templates.layout_parts import Decoration

TALL = 540.0  # points of the stage
GAP = 6.0
TITLE = 0.5  # of a title that stands on a band: titles seldom fill their places
COVER, SUBTITLE = 90.0, 64.0  # the heights that the texts of a cover have at least
_GROUND, WHOLE = 0.6, 0.9  # of a slide that a ground covers; of a text that stands on it


def freed(box: Box, decorations: Sequence[Decoration], width: float, whole: float = WHOLE) -> Box:
    """Returns what is left of a box beside all that decorates a slide of this width around it.

    What is under so much of it as `whole` says is its ground.
    """
    for each in decorations:
        if not _is_under(each, box, width, whole):
            box = _beside(box, each.box)
    return box


def _is_under(decoration: Decoration, box: Box, width: float, whole: float) -> bool:
    """True if a decoration is the ground of a box, or of the slide."""
    shape = decoration.box
    return covers(decoration, box, whole) or shape.width * shape.height >= _GROUND * width * TALL


def covers(decoration: Decoration, box: Box, whole: float = WHOLE) -> bool:
    """True if a box stands on a decoration, or so much of it."""
    shape = decoration.box
    across = min(shape.right, box.right) - max(shape.left, box.left)
    down = min(shape.bottom, box.bottom) - max(shape.top, box.top)
    return max(0.0, across) * max(0.0, down) >= whole * box.width * box.height


def _beside(box: Box, taken: Box) -> Box:
    """Returns the largest part of a box that is beside another one."""
    taken = taken.inset(-1)  # a line has no height
    if not box.overlaps(taken):
        return box
    parts = [
        replace(box, width=taken.left - GAP - box.left),
        Box(taken.right + GAP, box.top, box.right - taken.right - GAP, box.height),
        replace(box, height=taken.top - GAP - box.top),
        Box(box.left, taken.bottom + GAP, box.width, box.bottom - taken.bottom - GAP),
    ]
    fit = [each for each in parts if each.width > 60 and each.height > 12]
    return max(fit, key=lambda each: each.width * each.height, default=box)


def parted(title: Box, below: Box) -> tuple[Box, Box]:
    """Returns title and subtitle under one another in the room of both."""
    left, right = min(title.left, below.left), max(title.right, below.right)
    top, bottom = min(title.top, below.top), min(TALL - 16, max(title.bottom, below.bottom))
    bottom = max(bottom, top + COVER + SUBTITLE + GAP)
    upper, lower = Box(left, top, right - left, bottom - top).rows(3, 2, gap=GAP)
    return upper, lower
