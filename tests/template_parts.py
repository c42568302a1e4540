"""What templates of tests are made of: colours, layouts, logos, grounds and places."""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from PIL import Image, ImageColor, ImageDraw
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

Native = Any  # of python-pptx
_SLOTS = ("dk1", "lt1", "dk2", "lt2", *(f"accent{number}" for number in range(1, 7)))
NAVY = (
    "1B1B2F",
    "FFFFFF",
    "1F3A5F",
    "EEF2F7",
    "14507A",
    "E07A1F",
    "5E8C61",
    "B23A48",
    "6C7A89",
    "E3B505",
)
FOREST = (
    "14210F",
    "FFFFFF",
    "37502E",
    "F3F6EF",
    "2E7D32",
    "C62828",
    "8D6E63",
    "00838F",
    "F9A825",
    "6A1B9A",
)
NIGHT = (
    "0B132B",
    "FFFFFF",
    "3A506B",
    "1C2541",
    "5BC0BE",
    "FF8C42",
    "9D8DF1",
    "F6F740",
    "E4572E",
    "7FB069",
)
PASTEL = (
    "333333",
    "FFFFFF",
    "666666",
    "FAF3E0",
    "F4A261",
    "2A9D8F",
    "E9C46A",
    "264653",
    "E76F51",
    "8AB17D",
)
GREYS = (
    "000000",
    "FFFFFF",
    "3C3C3C",
    "F0F0F0",
    "5A5A5A",
    "7B7B7B",
    "9C9C9C",
    "BDBDBD",
    "444444",
    "222222",
)


def saved(presentation: Native) -> bytes:
    into = BytesIO()
    presentation.save(into)
    return into.getvalue()


def blank(
    width: float, height: float, colours: Iterable[str], heading: str = "Arial", body: str = "Arial"
) -> Native:
    """python-pptx's template in another size, with other colours and fonts."""
    presentation: Native = Presentation()
    across, down = Pt(width) / presentation.slide_width, Pt(height) / presentation.slide_height
    presentation.slide_width, presentation.slide_height = Pt(width), Pt(height)
    master = presentation.slide_master
    for part in (master, *presentation.slide_layouts):
        for shape in part.placeholders:
            if shape._element.spPr.find(qn("a:xfrm")) is not None:
                shape.left, shape.width = round(shape.left * across), round(shape.width * across)
                shape.top, shape.height = round(shape.top * down), round(shape.height * down)
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    xml = theme.blob.decode()
    for slot, colour in zip(_SLOTS, colours, strict=True):
        new = f'<a:{slot}><a:srgbClr val="{colour}"/></a:{slot}>'
        xml = re.sub(f"<a:{slot}>.*?</a:{slot}>", new, xml, flags=re.DOTALL)
    for kind, font in (("major", heading), ("minor", body)):
        xml = re.sub(rf'(<a:{kind}Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{font}", xml)
    theme.blob = xml.encode()
    return presentation


def layout(presentation: Native, name: str) -> Native:
    return next(each for each in presentation.slide_layouts if each.name == name)


def panel(
    part: Native, left: float, top: float, width: float, height: float, slot: str | None,
    shape: str = "rect",
) -> None:  # fmt: skip
    """Put a filled shape behind the placeholders of a master or layout."""
    fill = f'<a:solidFill><a:schemeClr val="{slot}"/></a:solidFill>' if slot else "<a:noFill/>"
    line = (
        "<a:ln><a:noFill/></a:ln>"
        if slot
        else '<a:ln><a:solidFill><a:schemeClr val="tx2"/></a:solidFill></a:ln>'
    )
    tree = part.shapes._spTree
    number = 900 + len(tree)
    tree.insert(2, parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="decoration '
        f'{number}"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{Pt(left)}" y="{Pt(top)}"/>'
        f'<a:ext cx="{Pt(width)}" cy="{Pt(height)}"/></a:xfrm><a:prstGeom prst="{shape}"><a:avLst/>'
        f"</a:prstGeom>{fill}{line}</p:spPr></p:sp>"
    ))  # fmt: skip


def picture(width: int, height: int, colour: str, mark: str = "") -> BytesIO:
    """A picture with a gradient, or a logo with a word in it."""
    image = Image.new("RGB", (width, height), colour)
    pen = ImageDraw.Draw(image)
    if mark:
        pen.ellipse((4, 4, height - 4, height - 4), fill="#FFFFFF")
        pen.text((height + 4, height // 3), mark, fill="#FFFFFF")
    else:
        red, green, blue = ImageColor.getrgb(colour)[:3]
        for row in range(height):
            more = row * 60 // height
            light = tuple(min(255, each + more) for each in (red, green, blue))
            pen.line((0, row, width, row), fill=light)
    into = BytesIO()
    image.save(into, "PNG")
    into.seek(0)
    return into


def logo(part: Native, file: BytesIO, left: float, top: float, width: float, height: float) -> None:
    """Put a picture on a master or layout, which python-pptx has no call for."""
    _, relation = part.part.get_or_add_image_part(file)
    number = 700 + len(part.shapes._spTree)
    part.shapes._spTree.append(parse_xml(
        f'<p:pic {nsdecls("p", "a", "r")}><p:nvPicPr><p:cNvPr id="{number}" name="Logo"/><p:cNvPicPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill><a:blip r:embed="{relation}"/>'
        f'<a:stretch><a:fillRect/>'
        f'</a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x="{Pt(left)}" y="{Pt(top)}"/>'
        f'<a:ext cx="{Pt(width)}" cy="{Pt(height)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f'</a:prstGeom>'
        "</p:spPr></p:pic>"
    ))  # fmt: skip


def ground(part: Native, inside: str) -> None:
    """Give a master or layout a background of its own."""
    data = part._element.cSld
    for each in data.findall(qn("p:bg")):
        data.remove(each)
    data.insert(
        0, parse_xml(f"<p:bg {nsdecls('p', 'a', 'r')}><p:bgPr>{inside}<a:effectLst/></p:bgPr></p:bg>")
    )


def move(shape: Native, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Pt(left), Pt(top), Pt(width), Pt(height)


def place(part: Native, kind: str, *box: float) -> None:
    """Move the placeholder of a type, wherever it is."""
    for shape in part.placeholders:
        if shape._element.ph.get("type", "obj") == kind:
            move(shape, *box)


def without(part: Native, *kinds: str) -> None:
    for shape in list(part.placeholders):
        if shape._element.ph.get("type", "obj") in kinds:
            shape._element.getparent().remove(shape._element)


def titles(presentation: Native, **attributes: str) -> Native:
    """Change how the master sets titles, and covers what is under them; returns the properties of their
    letters."""
    for part in presentation.slide_layouts:
        for shape in part.placeholders:
            if shape._element.ph.get("type") == "subTitle" and "algn" in attributes:
                for level in shape._element.iter(qn("a:lvl1pPr")):
                    level.set("algn", attributes["algn"])
                title = part.placeholders[0]
                shape.left, shape.width = title.left, title.width
    level = presentation.slide_master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    letters = level.find(qn("a:defRPr"))
    for name, value in attributes.items():
        (level if name == "algn" else letters).set(name, value)
    return letters


def coloured(letters: Native, slot: str) -> None:
    for fill in letters.findall(qn("a:solidFill")):
        letters.remove(fill)
    letters.insert(0, parse_xml(
        f'<a:solidFill {nsdecls("a")}><a:schemeClr val="{slot}"/></a:solidFill>'
    ))  # fmt: skip


def drop(presentation: Native, *names: str) -> None:
    for each in list(presentation.slide_layouts):
        if each.name in names:
            presentation.slide_layouts.remove(each)
