"""Paragraphs in DrawingML: whole ones, that PowerPoint breaks into lines where the scene does."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import bidirectional
from xml.sax.saxutils import escape

from deckgen.domain.facts import Span
from deckgen.export.layout.typefaces import LINE_SPACING
from deckgen.export.pptx.colours import filled
from deckgen.export.scene.elements import Align, Paragraph, TextBox
from deckgen.export.scene.setting import POINT_INDENT
from deckgen.export.text import END, ISOLATE, MINUS, from_right, writable
from deckgen.export.themes.theme import Palette

EMU = 12700  # in a point
_ALIGN = {"left": "l", "center": "ctr", "right": "r"}
ANCHORS = {"top": "t", "middle": "ctr", "bottom": "b"}
_LOOSE_MINUS = re.compile(rf"{MINUS}(?=[^\d\s])")
_OWN_COLOUR = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/>'
    "</a:ext></a:extLst>"
)
SLIDE_NUMBER = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"


def emu(points: float) -> int:
    return round(points * EMU)


@dataclass(frozen=True)
class Style:
    """How a paragraph looks, but for the room above it: a level of the placeholder that it is in."""

    size: float
    bold: bool
    colour: str
    align: Align
    is_point: bool
    is_rtl: bool

    def properties(self, tag: str, before: float, colours: Palette, inside: str = "") -> str:
        """Returns the properties of a paragraph, or of a level.

        Lines stand as far apart as in the scene, in points: a script's own font may be taller.
        """
        indent = emu(POINT_INDENT) if self.is_point else 0
        left, right = (0, indent) if self.is_rtl else (indent, 0)
        bullet = "<a:buNone/>"
        if self.is_point:
            colour = filled("accent", colours).replace("solidFill", "buClr")
            bullet = f'{colour}<a:buFont typeface="+mj-lt"/><a:buChar char="•"/>'
        return (
            f'<{tag} marL="{left}" marR="{right}" indent="{-indent}" algn="{_ALIGN[self.align]}" '
            f'rtl="{int(self.is_rtl)}">{_room("lnSpc", self.size * LINE_SPACING)}'
            f"{_room('spcBef', before)}{_room('spcAft', 0)}{bullet}{inside}</{tag}>"
        )

    def letters(self, tag: str, colours: Palette, language: str = "") -> str:
        """Returns the properties of its letters."""
        spoken = f'lang="{language}" ' if language else ""
        return (
            f'<{tag} {spoken}sz="{round(self.size * 100)}" b="{int(self.bold)}" i="0" cap="none" '
            f'spc="0">'
            f"{filled(self.colour, colours)}</{tag}>"
        )


def style_of(element: Paragraph) -> Style:
    is_rtl = runs_from_the_right(_spans(element))
    return Style(element.size, element.bold, element.colour, element.align, element.is_point, is_rtl)


def levels(element: TextBox) -> dict[Style, float]:
    """Returns the styles of a text in the order of its levels, each with the room above it."""
    found: dict[Style, float] = {}
    for each in element.paragraphs:
        style = style_of(each)
        found[style] = max(found.get(style, 0), each.before)
    return found


def list_style(element: TextBox, colours: Palette) -> str:
    """Returns the levels of a text for the placeholder that it stands in."""
    written = "".join(
        style.properties(f"a:lvl{level}pPr", before, colours, style.letters("a:defRPr", colours))
        for level, (style, before) in enumerate(levels(element).items(), start=1)
    )
    return f"<a:lstStyle>{written}</a:lstStyle>"


def frame(element: TextBox) -> str:
    """Returns the properties of a text's shape: no margins, no fitting, because it was measured."""
    return (
        '<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" '
        f'anchor="{ANCHORS[element.anchor]}"><a:noAutofit/></a:bodyPr>'
    )


def body(element: TextBox, colours: Palette, language: str) -> str:
    """Returns the text of a shape that stands in no placeholder."""
    written = "".join(paragraph(each, colours, language) for each in element.paragraphs)
    return f"<p:txBody>{frame(element)}<a:lstStyle/>{written}</p:txBody>"


def held_body(
    element: TextBox, language: str, leads_to: Callable[[str], str], *, field: str = ""
) -> str:
    """Returns the text of a placeholder: paragraphs on levels, whose looks the layout has.

    `leads_to` gives the relation to a slide by its id: what names a slide and nothing else is a link.
    `field` makes it a text that PowerPoint keeps, as a slide's number.
    """
    known = levels(element)
    order = list(known)
    written = ""
    for each in element.paragraphs:
        style = style_of(each)
        level = order.index(style)
        told = (f' lvl="{level}"' if level else "") + (' rtl="1"' if style.is_rtl else "")
        room = "" if each.before == known[style] else _room("spcBef", each.before)
        properties = f"<a:pPr{told}>{room}</a:pPr>" if told or room else ""
        spoken = f'<a:rPr lang="{language}">{_link(each, leads_to)}</a:rPr>'
        run = _run(each, spoken, is_rtl=style.is_rtl, field=field)
        written += f"<a:p>{properties}{run}</a:p>"
    return f"<p:txBody><a:bodyPr/><a:lstStyle/>{written}</p:txBody>"


def _link(element: Paragraph, leads_to: Callable[[str], str]) -> str:
    """Returns a link in the colour of its text, if a slide is all that a paragraph refers to."""
    named = {span.reference for span in _spans(element) if span.reference}
    relation = leads_to(named.pop()) if len(named) == 1 else ""
    if not relation:
        return ""
    return (
        f'<a:hlinkClick r:id="{relation}" action="ppaction://hlinksldjump">{_OWN_COLOUR}</a:hlinkClick>'
    )


def paragraph(element: Paragraph, colours: Palette, language: str) -> str:
    """Returns a paragraph that has its looks from nowhere else."""
    style = style_of(element)
    looks = style.letters("a:rPr", colours, language)
    run = _run(element, looks, is_rtl=style.is_rtl)
    return f"<a:p>{style.properties('a:pPr', element.before, colours)}{run}</a:p>"


def _run(element: Paragraph, looks: str, *, is_rtl: bool, field: str = "") -> str:
    text = escape(_said(_spans(element), is_rtl=is_rtl))
    tag = f'a:fld id="{SLIDE_NUMBER}" type="{field}"' if field else "a:r"
    return f"<{tag}>{looks}<a:t>{text}</a:t></{tag.split()[0]}>" if text else ""


def _room(tag: str, points: float) -> str:
    return f'<a:{tag}><a:spcPts val="{round(points * 100)}"/></a:{tag}>'


def _spans(element: Paragraph) -> list[Span]:
    return [span for line in element.lines for span in line]


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
