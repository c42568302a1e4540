"""Where a scene names another slide."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import Typeface, height
from deckgen.export.scene.elements import Paragraph, Scene, TextBox
from deckgen.export.scene.setting import POINT_INDENT, tall

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
        room = element.box.height - tall(element.paragraphs)
        top = element.box.top + {"top": 0, "middle": room / 2, "bottom": room}[element.anchor]
        for paragraph in element.paragraphs:
            top += paragraph.before
            yield from _of_paragraph(paragraph, element.box, top, face)
            top += height(len(paragraph.lines), paragraph.size)


def _of_paragraph(paragraph: Paragraph, box: Box, top: float, face: Typeface) -> Iterator[Jump]:
    size, bold = paragraph.size, paragraph.bold
    for number, line in enumerate(paragraph.lines):
        widths = [face.width(span.text, size, bold=bold) for span in line]
        spare = box.width - sum(widths)
        indent = POINT_INDENT if paragraph.is_point else 0
        left = box.left + {"left": indent, "center": spare / 2, "right": spare}[paragraph.align]
        for span, wide in zip(line, widths, strict=True):
            if span.reference and _SLIDE.fullmatch(span.reference):
                place = Box(left, top + height(number, size), wide, height(1, size))
                yield Jump(span.reference, place)
            left += wide
