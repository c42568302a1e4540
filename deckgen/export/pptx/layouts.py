"""Layouts: one an archetype, with a placeholder for each text, chart and table of its slides.

A slide says nothing of places and looks: they are its layout's, so that Reset Slide changes nothing.
Where two slides of an archetype are not arranged alike, it has two layouts.
"""

from collections import Counter
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.parts.slide import SlideLayoutPart

from deckgen.export.charts.native.ooxml import NativeDeck, NativeLayout, qn
from deckgen.export.pptx.borrowing import borrow
from deckgen.export.pptx.paragraphs import SLIDE_NUMBER, frame, list_style
from deckgen.export.pptx.placeholders import COVER, Placeholder, is_furniture
from deckgen.export.pptx.shapes import EMPTY_GROUP, RECTANGLE, Pen, held, placed
from deckgen.export.pptx.zoom import zoom
from deckgen.export.scene.elements import Element, Scene, TextBox
from deckgen.export.scene.extents import extent
from deckgen.export.themes.theme import Palette, Theme

_FIRST = 2147483648  # the lowest number of masters and layouts
_CLEAR = "<a:noFill/><a:ln><a:noFill/></a:ln>"  # whatever a template's master has behind its texts
_NUMBER = f'<a:fld id="{SLIDE_NUMBER}" type="slidenum"><a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld>'
_KINDS = {COVER: "title"}  # what PowerPoint has a word for


class Layouts:
    """The layouts of one presentation, made as its slides need them.

    In a template they stand beside its own, and start from those that its theme names.
    """

    def __init__(self, presentation: NativeDeck, theme: Theme, is_template: bool = False) -> None:
        self._master, self._theme, self._is_template = presentation.slide_master, theme, is_template
        self._found: dict[tuple[str, str], NativeLayout] = {}
        self._own = list(self._master.slide_layouts)
        self._names = Counter(each.name for each in self._own)
        self._number = _last_number(presentation)

    def of(self, scene: Scene, holders: Mapping[int, Placeholder]) -> NativeLayout:
        """Returns the layout in which everything of a scene has its place."""
        pen, grid = Pen(self._theme, "en-US"), self._theme.grid
        colours = self._theme.cover if scene.archetype == COVER else None
        furniture = [each for each in scene.elements if is_furniture(scene, each, grid)]
        drawn = [pen.draw(each) for each in furniture if not self._is_template]
        places = [
            self._holder(scene.elements[place], each, pen, colours or self._theme.light)
            for place, each in holders.items()
        ]
        shapes = "".join([*drawn, *places])
        known = (scene.archetype, shapes)
        if known not in self._found:
            self._found[known] = self._add(scene.archetype, shapes)
        return self._found[known]

    def _holder(self, element: Element, holder: Placeholder, pen: Pen, colours: Palette) -> str:
        """Returns a placeholder of a layout, in XML."""
        slot, looks = holder.kind, "<a:bodyPr/><a:lstStyle/>"
        clear = _CLEAR if self._is_template else ""
        if isinstance(element, TextBox):
            slot, looks = element.slot, frame(element) + list_style(element, colours)
        return (
            f"<p:sp><p:nvSpPr>{pen.named(slot)}"
            f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>{held(holder)}</p:nvSpPr>'
            f"<p:spPr>{placed(extent(element))}{RECTANGLE}{clear}</p:spPr><p:txBody>{looks}"
            f"<a:p>{_NUMBER if holder.kind == 'sldNum' else _said(slot)}</a:p></p:txBody></p:sp>"
        )

    def _add(self, archetype: str, shapes: str) -> NativeLayout:
        """Adds a layout of this name; PowerPoint's own dialogues list it."""
        self._names[archetype] += 1
        called = archetype.replace("_", " ").capitalize()
        if self._names[archetype] > 1:
            called += f" {self._names[archetype]}"
        kind = f' type="{_KINDS[archetype]}"' if archetype in _KINDS else ' userDrawn="1"'
        xml = (
            f'<p:sldLayout {nsdecls("a", "r", "p")}{kind} preserve="1">'
            f"<p:cSld name={quoteattr(called)}><p:spTree>{EMPTY_GROUP}{shapes}</p:spTree></p:cSld>"
            "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
        )
        master, kind = self._master.part, CONTENT_TYPE.PML_SLIDE_LAYOUT
        name = master.package.next_partname("/ppt/slideLayouts/slideLayout%d.xml")
        part = SlideLayoutPart(name, kind, master.package, parse_xml(xml))
        part.relate_to(master, RELATIONSHIP_TYPE.SLIDE_MASTER)
        zoom(part._element, self._theme.grid.scale)
        if self._is_template and self._theme.places:
            cover, content = self._theme.places.layouts
            borrow(self._own[cover if archetype == COVER else content], part)
        relation = master.relate_to(part, RELATIONSHIP_TYPE.SLIDE_LAYOUT)
        listed = self._master._element.get_or_add_sldLayoutIdLst()
        self._number += 1
        listed._add_sldLayoutId(rId=relation).set("id", str(self._number))
        return part.slide_layout


def _last_number(presentation: NativeDeck) -> int:
    """Returns the highest number that a master or a layout has."""
    listed = [*presentation._element.iter(qn("p:sldMasterId"))]
    for each in presentation.slide_masters:
        listed += each._element.iter(qn("p:sldLayoutId"))
    return max((int(each.get("id") or 0) for each in listed), default=_FIRST)


def _said(slot: str) -> str:
    return f'<a:r><a:rPr lang="en-US"/><a:t>{escape(slot)}</a:t></a:r>'
