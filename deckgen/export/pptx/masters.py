"""The empty presentation: python-pptx's template, made 16:9 and dressed in the theme."""

import re
from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches

from deckgen.export.layout.placement import Box
from deckgen.export.pptx.ooxml import NativeDeck, element, qn
from deckgen.export.themes import Palette, Theme

COVER, CONTENT = "Title Slide", "Title Only"


def new_presentation(theme: Theme) -> NativeDeck:
    presentation: NativeDeck = Presentation()
    grid = theme.grid
    presentation.slide_width, presentation.slide_height = Inches(grid.width), Inches(grid.height)
    for layout in list(presentation.slide_layouts):
        if layout.name not in (COVER, CONTENT):
            presentation.slide_layouts.remove(layout)
    _colour(presentation, theme)
    _arrange(presentation, theme)
    return presentation


def cover_title(theme: Theme) -> Box:
    grid = theme.grid
    return Box(grid.margin + 0.3, 1.75, grid.content_width - 1.5, 2.1)


def cover_subtitle(theme: Theme) -> Box:
    grid = theme.grid
    return Box(grid.margin + 0.3, 3.95, grid.content_width - 1.5, 1.9)


def _boxes(theme: Theme) -> dict[str, Box]:
    """Where each kind of placeholder stands, by the type that its XML names."""
    grid = theme.grid
    number_width = 0.7
    return {
        "title": Box(grid.margin, grid.title_top, grid.content_width, grid.title_height),
        "body": Box(grid.margin, grid.body_top, grid.content_width, grid.body_height),
        "ctrTitle": cover_title(theme),
        "subTitle": cover_subtitle(theme),
        "ftr": Box(grid.margin, grid.footer_top, grid.content_width - number_width, grid.footer_height),
        "sldNum": Box(
            grid.width - grid.margin - number_width, grid.footer_top, number_width, grid.footer_height
        ),
    }


def _arrange(presentation: NativeDeck, theme: Theme) -> None:
    boxes = _boxes(theme)
    master = presentation.slide_master
    for holder in (master, *presentation.slide_layouts):
        for placeholder in list(holder.placeholders):
            kind = placeholder._element.ph.get("type", "body")
            if kind == "dt":
                placeholder._element.getparent().remove(placeholder._element)
                continue
            move(placeholder, boxes[kind])
            _dress(placeholder, kind, theme)
    title = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("sz", str(theme.title_sizes[0] * 100))
    title.find(qn("a:defRPr")).set("b", "1")


def move(shape: Any, box: Box) -> None:
    shape.left, shape.top = Inches(box.left), Inches(box.top)
    shape.width, shape.height = Inches(box.width), Inches(box.height)


def _dress(placeholder: Any, kind: str, theme: Theme) -> None:
    """No inner margins, so that text stands on the grid; no autofit, because text is measured."""
    body = placeholder._element.txBody.bodyPr
    for child in list(body):
        body.remove(child)
    for side in ("lIns", "tIns", "rIns", "bIns"):
        body.set(side, "0")
    anchors = {"ctrTitle": MSO_ANCHOR.BOTTOM, "ftr": MSO_ANCHOR.MIDDLE, "sldNum": MSO_ANCHOR.MIDDLE}
    placeholder.text_frame.vertical_anchor = anchors.get(kind, MSO_ANCHOR.TOP)
    for level in placeholder._element.txBody.iter(qn("a:lvl1pPr")):
        level.set("algn", "r" if kind == "sldNum" else "l")
        for run in level.iter(qn("a:defRPr")):
            _muted(run, theme)
    for paragraph in placeholder.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT if kind == "sldNum" else PP_ALIGN.LEFT


def _muted(run: Any, theme: Theme) -> None:
    for fill in run.findall(qn("a:solidFill")):
        run.replace(fill, element("a:solidFill", '<a:schemeClr val="tx2"/>'))


def _colour(presentation: NativeDeck, theme: Theme) -> None:
    """Put theme colours and fonts where PowerPoint's own menus look for them."""
    part = next(
        relation.target_part
        for relation in presentation.slide_master.part.rels.values()
        if relation.reltype.endswith("/theme")
    )
    xml = part.blob.decode()
    for slot, colour in _slots(theme.light).items():
        xml = re.sub(
            f"<a:{slot}>.*?</a:{slot}>",
            f'<a:{slot}><a:srgbClr val="{colour}"/></a:{slot}>',
            xml,
            flags=re.DOTALL,
        )
    xml = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{theme.font}", xml)
    part.blob = xml.encode()


def _slots(colours: Palette) -> dict[str, str]:
    return {
        "dk1": colours.ink,
        "lt1": colours.paper,
        "dk2": colours.muted,
        "lt2": colours.wash,
        "accent1": colours.accent,
        "accent2": colours.muted,
        "accent3": colours.rest,
        "accent4": colours.loss,
        "accent5": colours.line,
        "accent6": colours.ink,
        "hlink": colours.accent,
        "folHlink": colours.muted,
    }
