"""Words in a chart that are shapes: set in the chart's own points, alike in every format."""

from collections.abc import Sequence

from deckgen.domain.facts import Span
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Align, Anchor, Paragraph, TextBox

SLOT = "chart"


def paragraph(
    lines: Sequence[str],
    size: float,
    *,
    bold: bool = False,
    colour: str = "ink",
    align: Align = "left",
) -> Paragraph:
    """Returns lines of text that refer to nothing."""
    return Paragraph(tuple((Span(line),) for line in lines), size, bold, colour, align)


def label(
    text: str,
    at: tuple[float, float],
    size: float,
    wide: float,
    *,
    align: Align = "left",
    bold: bool = False,
    colour: str = "ink",
) -> TextBox:
    """Returns one line of text beside a point, which lies at its left, its middle or its right."""
    x, y = at
    tall = height(1, size)
    left = {"left": x, "center": x - wide / 2, "right": x - wide}[align]
    set_in = paragraph([text], size, bold=bold, colour=colour, align=align)
    return TextBox(SLOT, Box(left, y - tall / 2, wide, tall), (set_in,), "middle")


def block(paragraphs: Sequence[Paragraph], box: Box, anchor: Anchor = "middle") -> TextBox:
    return TextBox(SLOT, box, tuple(paragraphs), anchor)
