"""Where a scene names another slide."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import Typeface, height
from deckgen.export.scene.elements import Paragraph, Scene, TextBox
from deckgen.export.scene.extents import standing, start_of

_SLIDE = re.compile(r"s\d+")


@dataclass(frozen=True)
class Jump:
    """A piece of text that names a slide, and its place."""

    slide: str
    box: Box


def jumps(scene: Scene, face: Typeface) -> Iterator[Jump]:
    """Yields the places of a scene that lead to another slide."""
    for element in scene.elements:
        if not isinstance(element, TextBox):
            continue
        for paragraph, top in standing(element):
            yield from _of_paragraph(paragraph, element.box, top, face)


def _of_paragraph(paragraph: Paragraph, box: Box, top: float, face: Typeface) -> Iterator[Jump]:
    size, bold = paragraph.size, paragraph.bold
    for number, line in enumerate(paragraph.lines):
        widths = [face.width(span.text, size, bold=bold) for span in line]
        left = start_of(paragraph, box, sum(widths))
        for span, wide in zip(line, widths, strict=True):
            if span.reference and _SLIDE.fullmatch(span.reference):
                place = Box(left, top + height(number, size), wide, height(1, size))
                yield Jump(span.reference, place)
            left += wide
