"""Paragraphs in DrawingML: whole ones, that PowerPoint breaks into lines where the scene does."""

import re
from unicodedata import bidirectional
from xml.sax.saxutils import escape

from deckgen.domain.facts import Span
from deckgen.export.layout.typefaces import LINE_SPACING
from deckgen.export.pptx.colours import filled
from deckgen.export.scene.elements import Paragraph, TextBox
from deckgen.export.scene.setting import POINT_INDENT
from deckgen.export.text import END, ISOLATE, MINUS, from_right, writable
from deckgen.export.themes.theme import Palette

EMU = 12700  # in a point
_ALIGN = {"left": "l", "center": "ctr", "right": "r"}
ANCHORS = {"top": "t", "middle": "ctr", "bottom": "b"}
_LOOSE_MINUS = re.compile(rf"{MINUS}(?=[^\d\s])")
SLIDE_NUMBER = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"


def emu(points: float) -> int:
    return round(points * EMU)


def body(element: TextBox, colours: Palette, language: str, *, field: str = "") -> str:
    """Returns the text of a shape: no margins, no fitting, because it was measured."""
    written = "".join(paragraph(each, colours, language, field=field) for each in element.paragraphs)
    return (
        '<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" '
        f'anchor="{ANCHORS[element.anchor]}"><a:noAutofit/></a:bodyPr><a:lstStyle/>{written}</p:txBody>'
    )


def paragraph(element: Paragraph, colours: Palette, language: str, *, field: str = "") -> str:
    """Returns a paragraph; `field` makes its text one that PowerPoint keeps, as a slide's number."""
    spans = [span for line in element.lines for span in line]
    is_rtl = runs_from_the_right(spans)
    text = escape(_said(spans, is_rtl=is_rtl))
    looks = (
        f'<a:rPr lang="{language}" sz="{round(element.size * 100)}" b="{int(element.bold)}">'
        f"{filled(element.colour, colours)}</a:rPr>"
    )
    tag = f'a:fld id="{SLIDE_NUMBER}" type="{field}"' if field else "a:r"
    run = f"<{tag}>{looks}<a:t>{text}</a:t></{tag.split()[0]}>" if text else ""
    return f"<a:p>{_properties(element, colours, is_rtl=is_rtl)}{run}</a:p>"


def _properties(element: Paragraph, colours: Palette, *, is_rtl: bool) -> str:
    """Lines stand as far apart as in the scene, in points: a script's own font may be taller."""
    indent = emu(POINT_INDENT) if element.is_point else 0
    side = "marR" if is_rtl else "marL"
    bullet = "<a:buNone/>"
    if element.is_point:
        colour = filled("accent", colours).replace("solidFill", "buClr")
        bullet = f'{colour}<a:buFont typeface="+mj-lt"/><a:buChar char="•"/>'
    return (
        f'<a:pPr {side}="{indent}" indent="{-indent}" algn="{_ALIGN[element.align]}" '
        f'rtl="{int(is_rtl)}">'
        f'<a:lnSpc><a:spcPts val="{round(element.size * LINE_SPACING * 100)}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{round(element.before * 100)}"/></a:spcBef>{bullet}</a:pPr>'
    )


def _said(spans: list[Span], *, is_rtl: bool) -> str:
    """Returns the text of a paragraph, in which no line ends between a minus and a currency.

    Marks on both sides do what isolates are for: LibreOffice moves the space after an isolate.
    """
    mark = "\N{RIGHT-TO-LEFT MARK}" if is_rtl else "\N{LEFT-TO-RIGHT MARK}"
    text = "".join(span.text for span in spans).replace(ISOLATE, mark).replace(END, mark)
    return _LOOSE_MINUS.sub(f"{MINUS}\N{WORD JOINER}", writable(text))


def runs_from_the_right(spans: list[Span]) -> bool:
    """True if the first letter of a paragraph is Arabic or Hebrew; of its own words, if it has any,
    because a name in them does not turn the sentence round."""
    own = "".join(span.text for span in spans if span.reference is None)
    every = "".join(span.text for span in spans)
    letters = (char for text in (own, every) for char in text)
    first = (from_right(char) for char in letters if from_right(char) or bidirectional(char) == "L")
    return next(first, False)
