"""Slides and charts as SVG documents."""

from collections.abc import Iterable
from xml.etree import ElementTree as Tree

from deckgen.export.charts.kinds import frame, over, parts, under
from deckgen.export.charts.vega import marks_of
from deckgen.export.charts.view import View
from deckgen.export.charts.viewing import view_of
from deckgen.export.scene.elements import ChartBox, Element, Scene
from deckgen.export.svg.shapes import draw, drawable, grouped
from deckgen.export.text import Words
from deckgen.export.themes.theme import Theme

_SVG = "http://www.w3.org/2000/svg"


def slide(scene: Scene, words: Words, theme: Theme) -> str:
    """Returns a slide as an SVG document, one unit being one point."""
    grid = theme.grid
    root = Tree.Element("svg", {"xmlns": _SVG, "viewBox": f"0 0 {grid.width:g} {grid.height:g}"})
    root.set("width", f"{grid.width:g}")
    root.set("height", f"{grid.height:g}")
    root.set("font-family", theme.families)
    paper = {"width": f"{grid.width:g}", "height": f"{grid.height:g}", "fill": f"#{theme.light.paper}"}
    root.append(Tree.Element("rect", paper))
    for element in scene.elements:
        if isinstance(element, ChartBox):
            root.append(_placed(element, words, theme))
        else:
            root.extend(_drawn([element], theme))
    return Tree.tostring(root, encoding="unicode")


def _placed(element: ChartBox, words: Words, theme: Theme) -> Tree.Element:
    box = element.box
    view = view_of(element.chart, words, theme.face)
    moved = grouped([], transform=f"translate({box.left:g},{box.top:g})")
    moved.extend(chart(view, theme, box.width, box.height, element.size))
    return moved


def chart(view: View, theme: Theme, wide: float, tall: float, size: float) -> Tree.Element:
    """Returns a chart as an <svg> element: its marks, and under and over them what is pointed at."""
    room = frame(view, size, wide, tall)
    root = Tree.Element("svg", {"width": f"{wide:g}", "height": f"{tall:g}"})
    root.set("viewBox", f"0 0 {wide:g} {tall:g}")
    root.extend(_drawn(under(view, room), theme))
    for part in parts(view, room):
        moved = grouped([], transform=f"translate({part.box.left:g},{part.box.top:g})")
        moved.extend(_with_plain_spaces(marks_of(part.view, part.room, theme, size)))
        root.append(moved)
    root.extend(_drawn(over(view, room, theme), theme))
    return root


def _drawn(shapes: Iterable[Element], theme: Theme) -> list[Tree.Element]:
    """Returns a list: an element that is extended by a generator hides the errors of this."""
    return [drawn for shape in shapes for drawn in draw(shape, theme)]


def _with_plain_spaces(marks: Tree.Element) -> Tree.Element:
    for each in marks.iter():
        each.text = drawable(each.text or "") or None
    return marks
