"""Native charts, and over them what is pointed at."""

from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from typing import Any

from deckgen.export.charts.kind import Part
from deckgen.export.charts.kinds import frame, over, parts, under
from deckgen.export.charts.native.dressing import dress
from deckgen.export.charts.native.ooxml import NativeChart, qn, speak
from deckgen.export.charts.native.ooxml import element as new
from deckgen.export.charts.view import View
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.pptx.colours import refer
from deckgen.export.pptx.placeholders import LEAST_CHART, Placeholder
from deckgen.export.pptx.shapes import Pen, held, placed
from deckgen.export.pptx.tables import table
from deckgen.export.pptx.zoom import zoom
from deckgen.export.scene.elements import ChartBox, Element, TableBox, TextBox
from deckgen.export.scene.setting import Plain, Setter
from deckgen.export.text import Words

_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_CLEAR = "<a:noFill/><a:ln><a:noFill/></a:ln>"  # what stands behind a chart is seen


def chart(
    part: Any, element: ChartBox, view: View, words: Words, pen: Pen, holder: Placeholder | None
) -> list[str]:
    """Returns a chart of a slide's part and the shapes behind and over it, or what is in its place."""
    if element.box.height < LEAST_CHART:
        return [_in_place(element, view, words, pen)]
    box, is_native = element.box, bool(view.kind.native)
    room = frame(view, element.size, box.width, box.height)
    name, alt = view.title or words.says("shape.chart"), pen.described(view.alt or view.title)
    found = _group(words.says("shape.ground", title=name), under(view, room), box, pen)
    if is_native:
        for each in parts(view, room):
            relation = _add(part, each, element.size, pen)
            place, named = each.box.moved(box.left, box.top), pen.named(name, alt)
            found.append(_frame(relation, place, named, holder))
        name, alt = words.says("shape.marks", title=name), ""
    return found + _group(name, over(view, room, pen.theme), box, pen, alt)


def _group(name: str, elements: Iterable[Element], box: Box, pen: Pen, alt: str = "") -> list[str]:
    """Returns shapes in a chart's own points as one group, if there are any.

    Tables stand beside it: PowerPoint has none in a group.
    """
    shapes, tables = [], []
    for element in elements:
        if isinstance(element, TableBox):
            moved = element.box.moved(box.left, box.top)
            tables.append(table(replace(element, box=moved, alt=alt or element.alt), name, pen))
        else:
            shapes.append(pen.draw(element))
    inner = Box(0, 0, box.width, box.height)
    return [*tables, *([pen.group(name, box, inner, shapes, alt)] if shapes else [])]


def _add(part: Any, drawn: Part, size: int, pen: Pen) -> str:
    """Adds the part that holds a chart; returns the name of the relation to it."""
    view, room = drawn.view, drawn.room
    native = import_module(f"deckgen.export.charts.native.{view.kind.native}")
    relation: str = part.add_chart_part(native.chart_type(room), native.data(view, room))
    made: NativeChart = part.related_part(relation).chart
    dress(made, view, room, pen.theme, size)
    native.style(made, view, room, pen.theme)
    space = made._chartSpace
    speak(space, pen.language)
    refer(space, pen.theme.light)
    space.find(qn("c:chart")).addnext(new("c:spPr", _CLEAR))
    for number in space.iter(qn("c:axId"), qn("c:crossAx")):
        number.set("val", number.get("val").lstrip("-"))  # python-pptx's are negative
    zoom(space, pen.theme.grid.scale)
    return relation


def _frame(relation: str, box: Box, named: str, holder: Placeholder | None) -> str:
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{named}"
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>'
        f"{held(holder)}</p:nvGraphicFramePr>{placed(box, tag='p:xfrm')}"
        f'<a:graphic><a:graphicData uri="{_URI}"><c:chart r:id="{relation}"/></a:graphicData>'
        "</a:graphic></p:graphicFrame>"
    )


def _in_place(element: ChartBox, view: View, words: Words, pen: Pen) -> str:
    """Returns a line that says why there is no chart."""
    why = words.says("chart.no_room")
    said = words.says("chart.in_place", title=view.title, why=why) if view.title else why
    size, box = pen.theme.sizes.chart[0], element.box
    line = Setter(words, pen.theme.face).paragraph(Plain(said), size, box.width, most=1, colour="muted")
    return pen.text(TextBox("no chart", Box(box.left, box.top, box.width, height(1, size)), (line,)))
