"""The empty presentation: python-pptx's template, made 16:9 and dressed in the theme, or a
customer's."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from deckgen.export.charts.native.ooxml import NativeDeck, element, qn
from deckgen.export.colours import of_role
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.pptx.colours import SLOTS
from deckgen.export.slides.compose import AFTER_HEADLINE, foot_boxes
from deckgen.export.themes.theme import Palette, Theme

_PARTS = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}  # as the theme itself names them


def new_presentation(theme: Theme, base: bytes | None = None) -> NativeDeck:
    """Returns a presentation without slides; `base` is the file of a template, which is taken as
    it is."""
    if base is not None:
        return Presentation(BytesIO(base))
    presentation: NativeDeck = Presentation()
    grid = theme.grid
    presentation.slide_width, presentation.slide_height = Pt(grid.width), Pt(grid.height)
    del presentation._element.sldSz.attrib["type"]  # of the template: 4:3
    for layout in list(presentation.slide_layouts):
        presentation.slide_layouts.remove(layout)
    _colour(presentation, theme)
    _arrange(presentation, theme)
    return presentation


def list_notes_master(presentation: NativeDeck) -> None:
    """Name the master of the notes, which python-pptx adds with the first of them, in the list of
    masters, and give it the theme of the slides."""
    notes, master = presentation.notes_master.part, presentation.slide_master.part
    relation = presentation.part.relate_to(notes, RELATIONSHIP_TYPE.NOTES_MASTER)
    listed = f'<p:notesMasterIdLst {nsdecls("p", "r")}><p:notesMasterId r:id="{relation}"/>'
    presentation._element.sldMasterIdLst.addnext(parse_xml(f"{listed}</p:notesMasterIdLst>"))
    theme = notes.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._element = parse_xml(master.part_related_by(RELATIONSHIP_TYPE.THEME).blob)


def _boxes(theme: Theme) -> dict[str, Box]:
    """Where each kind of placeholder stands, by the type that its XML names."""
    grid, sizes = theme.grid, theme.sizes
    title = Box(grid.margin, grid.top, grid.inner, height(2, sizes.headline[0]))
    body = Box(grid.margin, title.bottom + AFTER_HEADLINE, grid.inner, 0)
    source, number = foot_boxes(theme)
    return {
        "title": title,
        "body": replace(body, height=grid.bottom - body.top),
        "ftr": source,
        "sldNum": number,
    }


def _arrange(presentation: NativeDeck, theme: Theme) -> None:
    boxes = _boxes(theme)
    master = presentation.slide_master
    for placeholder in list(master.placeholders):
        kind = placeholder._element.ph.get("type", "body")
        if kind == "dt":
            placeholder._element.getparent().remove(placeholder._element)
            continue
        _move(placeholder, boxes[kind])
        _dress(placeholder, kind, theme)
    title = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("sz", str(theme.sizes.headline[0] * 100))
    title.find(qn("a:defRPr")).set("b", "1")


def _move(shape: Any, box: Box) -> None:
    shape.left, shape.top = Pt(box.left), Pt(box.top)
    shape.width, shape.height = Pt(box.width), Pt(box.height)


def _dress(placeholder: Any, kind: str, theme: Theme) -> None:
    """No inner margins, so that text stands on the grid; no autofit, because text is measured."""
    body = placeholder._element.txBody.bodyPr
    for child in list(body):
        body.remove(child)
    for side in ("lIns", "tIns", "rIns", "bIns"):
        body.set(side, "0")
    placeholder.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    for level in placeholder._element.txBody.iter(qn("a:lvl1pPr")):
        level.set("algn", "r" if kind == "sldNum" else "l")
        for run in level.iter(qn("a:defRPr")):
            _mute(run, kind, theme)
    for paragraph in placeholder.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT if kind == "sldNum" else PP_ALIGN.LEFT


def _mute(run: Any, kind: str, theme: Theme) -> None:
    if kind in ("ftr", "sldNum"):
        run.set("sz", str(theme.sizes.source[0] * 100))
    for fill in run.findall(qn("a:solidFill")):
        run.replace(fill, element("a:solidFill", '<a:schemeClr val="tx2"/>'))


def _colour(presentation: NativeDeck, theme: Theme) -> None:
    """Put theme colours and fonts where PowerPoint's own menus look for them."""
    part = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    xml = part.blob.decode()
    for slot, colour in _slots(theme.light).items():
        xml = re.sub(
            f"<a:{slot}>.*?</a:{slot}>",
            f'<a:{slot}><a:srgbClr val="{colour}"/></a:{slot}>',
            xml,
            flags=re.DOTALL,
        )
    xml = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{theme.font}", xml)
    xml = re.sub(r'name="Office(?: Theme)?"', f'name="{theme.name.capitalize()}"', xml)
    part.blob = xml.encode()
    for bullet in presentation.slide_master._element.iter(qn("a:buFont")):
        bullet.set("typeface", "+mj-lt")


def _slots(colours: Palette) -> dict[str, str]:
    found = {_PARTS.get(slot, slot): of_role(role, colours) for slot, role in SLOTS.items()}
    return {**found, "hlink": colours.accent, "folHlink": colours.muted}
