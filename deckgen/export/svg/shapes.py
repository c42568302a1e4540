"""The elements of a scene as SVG, in points."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from xml.etree import ElementTree as Tree

from deckgen.export.colours import of_role
from deckgen.export.layout.boxes import Box, length
from deckgen.export.layout.table_grid import PADDING
from deckgen.export.layout.typefaces import LINE_SPACING, height
from deckgen.export.scene.elements import (
    DOT,
    EDGE,
    Align,
    Anchor,
    Curve,
    Element,
    Line,
    Panel,
    Paragraph,
    Polygon,
    Rule,
    TableBox,
    TextBox,
)
from deckgen.export.scene.extents import standing, start_of
from deckgen.export.svg.font_runs import runs
from deckgen.export.themes.theme import Palette, Theme

_FACT = re.compile(r"f\d+")
_PLAIN_SPACES = {0x202F: "\u00a0", 0x2009: "\u00a0", 0x2060: None}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


def draw(element: Element, theme: Theme) -> Iterator[Tree.Element]:
    """Yields what an element but a chart looks like."""
    colours = theme.light
    match element:
        case TextBox():
            yield from text(element, theme)
        case Panel():
            yield from _panel(element, colours)
        case Rule():
            yield _rule(element, colours)
        case Curve():
            yield from _curve(element, colours)
        case Polygon():
            points = " ".join(f"{x:g},{y:g}" for x, y in element.points)
            yield Tree.Element("polygon", {"points": points, "fill": paint(element.fill, colours)})
        case TableBox():
            yield from _table(element, theme)


def paint(role: str, colours: Palette) -> str:
    """Returns a colour as SVG writes it."""
    return f"#{of_role(role, colours)}"


def _panel(element: Panel, colours: Palette) -> Iterator[Tree.Element]:
    box = element.box
    drawn = _rectangle(box, paint(element.fill, colours))
    if element.is_round:
        drawn.set("rx", length(min(box.width, box.height) / 2))
    yield drawn
    if element.edge:
        edge = Box(box.left, box.top, EDGE, box.height)
        yield _rectangle(edge, paint(element.edge, colours))


def _rectangle(box: Box, fill: str) -> Tree.Element:
    sides = {"x": box.left, "y": box.top, "width": box.width, "height": box.height}
    return Tree.Element("rect", {name: length(side) for name, side in sides.items()} | {"fill": fill})


def _rule(element: Rule, colours: Palette) -> Tree.Element:
    (x1, y1), (x2, y2) = element.start, element.end
    ends = {"x1": length(x1), "y1": length(y1), "x2": length(x2), "y2": length(y2)}
    looks = {"stroke": paint(element.colour, colours), "stroke-width": length(element.weight)}
    dashes = {"stroke-dasharray": "3 3"} if element.dashed else {}
    return Tree.Element("line", ends | looks | dashes)


def _curve(element: Curve, colours: Palette) -> Iterator[Tree.Element]:
    points = " ".join(f"{length(x)},{length(y)}" for x, y in element.points)
    colour = paint(element.colour, colours)
    looks = {"fill": "none", "stroke": colour, "stroke-width": length(element.weight)}
    yield Tree.Element("polyline", {"points": points, "stroke-linejoin": "round", **looks})
    if element.ends_in_dot:
        x, y = element.points[-1]
        dot = {"cx": length(x), "cy": length(y), "r": str(DOT), "fill": paint("accent", colours)}
        yield Tree.Element("circle", dot)


def text(element: TextBox, theme: Theme) -> Iterator[Tree.Element]:
    """Yields each line of a text, on its base line."""
    is_heading = element.slot == "headline" and bool(theme.heading)
    for paragraph, top in standing(element):
        for made in _lines(paragraph, element.box, top, theme):
            if is_heading and made.tag == "text" and "font-family" not in made.attrib:
                made.set("font-family", theme.heading_families)
            yield made


def _lines(paragraph: Paragraph, box: Box, top: float, theme: Theme) -> Iterator[Tree.Element]:
    anchor, size = start_of(paragraph, box, 0), paragraph.size
    base = top + (LINE_SPACING - 1) / 2 * size + theme.face.ascent * size
    if paragraph.is_point:
        middle = {
            "cx": length(box.left + 4),
            "cy": length(base - size * 0.28),
            "r": length(size * 0.13),
        }
        yield Tree.Element("circle", {**middle, "fill": paint("accent", theme.light)})
    for number, line in enumerate(paragraph.lines):
        said = "".join(span.text for span in line).rstrip(" ")
        level = base + height(number, size)
        pieces = runs(said, theme.face, bold=paragraph.bold)
        if len(pieces) < 2:
            yield _referring(_text(said, anchor, level, paragraph, theme), line)
            continue
        start = start_of(paragraph, box, size * sum(piece.wide for piece in pieces))
        for piece in pieces:
            # How wide a name in Arabic is, its own font knows: it stands in the middle of its room.
            align: Align = "center" if piece.is_turned else "left"
            at = start + size * piece.wide / 2 if piece.is_turned else start
            made = _text(piece.text, at, level, replace(paragraph, align=align), theme)
            if piece.families:
                made.set("font-family", piece.families)
            yield _referring(made, line)
            start += size * piece.wide


def _referring(text: Tree.Element, line: Line) -> Tree.Element:
    """Returns a text with the name of the fact that it says, so that a page can tell about it."""
    facts = (span.reference for span in line if span.reference and _FACT.fullmatch(span.reference))
    if fact := next(facts, None):
        text.set("data-fact", fact)
    return text


def _text(said: str, left: float, level: float, paragraph: Paragraph, theme: Theme) -> Tree.Element:
    made = Tree.Element(
        "text", {"x": length(left), "y": length(level), "font-size": length(paragraph.size)}
    )
    made.set("fill", paint(paragraph.colour, theme.light))
    made.set(_SPACE, "preserve")
    if paragraph.bold:
        made.set("font-weight", "bold")
    if paragraph.align != "left":
        made.set("text-anchor", _ANCHORS[paragraph.align])
    made.text = drawable(said)
    return made


def drawable(text: str) -> str:
    """Returns a text without what few fonts have, for one of which the whole line would be drawn in
    another font: spaces of other widths, and what joins words unseen.
    """
    return text.translate(_PLAIN_SPACES)


def _table(element: TableBox, theme: Theme) -> Iterator[Tree.Element]:
    top = element.box.top
    for number, (row, tall_) in enumerate(zip(element.rows, element.heights, strict=True)):
        left = element.box.left
        is_head = number < element.heads
        for cell, wide in zip(row, element.widths, strict=True):
            box = Box(left, top, wide, tall_)
            if cell.fill:
                yield _rectangle(box.inset(1), paint(cell.fill, theme.light))
            inner = box.inset(PADDING, 4)
            anchor: Anchor = "bottom" if is_head else "top" if element.is_ruled else "middle"
            yield from text(TextBox("cell", inner, (cell.paragraph,), anchor), theme)
            left += wide
        top += tall_
        if not element.is_ruled:
            continue
        weight, colour = (1.25, "muted") if is_head else (0.75, "line")
        yield _rule(Rule((element.box.left, top), (left, top), colour, weight), theme.light)


def grouped(elements: Iterable[Tree.Element], **attributes: str) -> Tree.Element:
    group = Tree.Element("g", attributes)
    group.extend(elements)
    return group
