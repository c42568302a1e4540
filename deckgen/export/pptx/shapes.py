"""The shapes of a scene in DrawingML: text, panels, rules, curves, polygons, groups of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count
from xml.sax.saxutils import quoteattr

from deckgen.export.layout.boxes import Box
from deckgen.export.pptx.colours import filled
from deckgen.export.pptx.paragraphs import body, emu, held_body
from deckgen.export.pptx.placeholders import Placeholder
from deckgen.export.scene.elements import DOT, EDGE, Curve, Element, Panel, Polygon, Rule, TextBox
from deckgen.export.themes.theme import Theme

_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)
_EMPTY = '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="en-US"/></a:p></p:txBody>'
EMPTY_GROUP = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
_LINE = '<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
_PILL = (
    '<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val 50000"/></a:avLst></a:prstGeom>'
)
Points = tuple[tuple[float, float], ...]


def _nowhere(slide: str) -> str:
    return ""


@dataclass
class Pen:
    """Draws the shapes of one slide, each with a number and a name of its own in the whole file."""

    theme: Theme
    language: str
    slide: str = ""  # its id, by which its shapes are named; a layout has none
    message: str = ""  # what the slide says, in a sentence
    leads_to: Callable[[str], str] = _nowhere  # gives the relation to another slide, by its id
    numbers: "count[int]" = field(default_factory=lambda: count(2))
    names: dict[str, int] = field(default_factory=dict)

    def draw(self, element: Element) -> str:
        """Returns what an element but a chart or a table is in XML."""
        match element:
            case TextBox():
                return self.text(element)
            case Panel():
                return self._panel(element)
            case Rule():
                return self._rule(element)
            case Curve():
                return self._curve(element)
            case Polygon():
                return self._freeform("shape", element.points, fill=element.fill)
        raise TypeError(f"{type(element).__name__} is no shape.")

    def text(self, element: TextBox, holder: Placeholder | None = None) -> str:
        """Returns a text; one in a placeholder has its place and its looks from the layout."""
        if holder:
            kind, looks = '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>', "<p:spPr/>"
            field = "slidenum" if holder.kind == "sldNum" else ""
            written = held_body(element, self.language, self.leads_to, field=field)
        else:
            kind = '<p:cNvSpPr txBox="1"/>'
            looks = f"<p:spPr>{placed(element.box)}{RECTANGLE}<a:noFill/></p:spPr>"
            written = body(element, self.theme.light, self.language)
        named = self.named(element.slot)
        return f"<p:sp><p:nvSpPr>{named}{kind}{held(holder)}</p:nvSpPr>{looks}{written}</p:sp>"

    def group(self, name: str, box: Box, inner: Box, shapes: Iterable[str], alt: str = "") -> str:
        """Returns shapes as one, whose own lengths are those of `inner`."""
        start = f'<a:chOff x="{emu(inner.left)}" y="{emu(inner.top)}"/>'
        extent = f'<a:chExt cx="{emu(inner.width)}" cy="{emu(inner.height)}"/>'
        place = placed(box).replace("</a:xfrm>", f"{start}{extent}</a:xfrm>")
        return (
            f"<p:grpSp><p:nvGrpSpPr>{self.named(name, alt)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
            f"<p:grpSpPr>{place}</p:grpSpPr>{''.join(shapes)}</p:grpSp>"
        )

    def named(self, name: str, alt: str = "") -> str:
        """Returns the properties of a shape; what is not described is decoration, or text."""
        nth = self.names[name] = self.names.get(name, 0) + 1
        shown = " ".join(filter(None, [self.slide, name, str(nth) if nth > 1 else ""]))
        described = f" descr={quoteattr(alt)}" if alt else ""
        return f'<p:cNvPr id="{next(self.numbers)}" name={quoteattr(shown)}{described}/>'

    def described(self, what: str) -> str:
        """Returns a description for who can't see a chart: what it says, then what it shows."""
        parts = dict.fromkeys(each.rstrip(".") for each in (self.message, what) if each)
        return ". ".join(parts) + "."

    def _decoration(self, name: str) -> str:
        return self.named(name).replace("/>", f">{_DECORATIVE}</p:cNvPr>")

    def _panel(self, element: Panel) -> str:
        box, form = element.box, _PILL if element.is_round else RECTANGLE
        if not element.edge:
            return self._solid("panel", box, element.fill, form)
        edge = Box(box.left, box.top, EDGE, box.height)
        parts = [
            self._solid("ground", box, element.fill, form),
            self._solid("edge", edge, element.edge),
        ]
        return self.group("panel", box, box, parts)

    def _solid(self, name: str, box: Box, fill: str, form: str = "") -> str:
        paint = filled(fill, self.theme.light)
        looks = f"{placed(box)}{form or RECTANGLE}{paint}<a:ln><a:noFill/></a:ln>"
        return self._drawn(name, looks)

    def _drawn(self, name: str, looks: str) -> str:
        return (
            f"<p:sp><p:nvSpPr>{self._decoration(name)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
            f"<p:spPr>{looks}</p:spPr>{_EMPTY}</p:sp>"
        )

    def _rule(self, element: Rule) -> str:
        (x1, y1), (x2, y2) = element.start, element.end
        box = Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
        flips = (' flipH="1"' if x2 < x1 else "") + (' flipV="1"' if y2 < y1 else "")
        looks = (
            placed(box, flips)
            + _LINE
            + self._stroke(element.colour, element.weight, dashed=element.dashed)
        )
        return (
            f"<p:cxnSp><p:nvCxnSpPr>{self._decoration('rule')}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
            f"<p:spPr>{looks}</p:spPr></p:cxnSp>"
        )

    def _stroke(self, colour: str, weight: float, *, dashed: bool = False) -> str:
        dashes = '<a:prstDash val="dash"/>' if dashed else ""
        return f'<a:ln w="{emu(weight)}">{filled(colour, self.theme.light)}{dashes}<a:round/></a:ln>'

    def _curve(self, element: Curve) -> str:
        line = self._freeform("course", element.points, stroke=(element.colour, element.weight))
        if not element.ends_in_dot:
            return line
        x, y = element.points[-1]
        dot = self._solid("end", Box(x - DOT, y - DOT, 2 * DOT, 2 * DOT), "accent", _PILL)
        around = Box.around((*element.points, (x - DOT, y - DOT), (x + DOT, y + DOT)))
        return self.group("course", around, around, [line, dot])

    def _freeform(
        self, name: str, points: Points, *, fill: str = "", stroke: tuple[str, float] | None = None
    ) -> str:
        box = Box.around(points)
        steps = [f'<a:pt x="{emu(x - box.left)}" y="{emu(y - box.top)}"/>' for x, y in points]
        moves = f"<a:moveTo>{steps[0]}</a:moveTo>"
        moves += "".join(f"<a:lnTo>{step}</a:lnTo>" for step in steps[1:])
        paint = filled(fill, self.theme.light) if fill else "<a:noFill/>"
        line = self._stroke(*stroke) if stroke else "<a:ln><a:noFill/></a:ln>"
        path = f'<a:path w="{max(1, emu(box.width))}" h="{max(1, emu(box.height))}"'
        path += f">{moves}<a:close/></a:path>" if fill else f' fill="none">{moves}</a:path>'
        form = (
            "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
            f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>{path}</a:pathLst></a:custGeom>'
        )
        return self._drawn(name, f"{placed(box)}{form}{paint}{line}")


def held(holder: Placeholder | None) -> str:
    """Returns what says in which placeholder a shape stands, if it stands in one."""
    return f"<p:nvPr>{holder.xml}</p:nvPr>" if holder else "<p:nvPr/>"


def placed(box: Box, flips: str = "", tag: str = "a:xfrm") -> str:
    """Returns where a shape stands, in XML."""
    start = f'<a:off x="{emu(box.left)}" y="{emu(box.top)}"/>'
    extent = f'<a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/>'
    return f"<{tag}{flips}>{start}{extent}</{tag}>"
