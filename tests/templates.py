"""Templates as companies have them, made by script: each is unlike the others in one respect or
more."""

from collections.abc import Callable
from io import BytesIO

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from tests.template_parts import (
    FOREST,
    GREYS,
    NAVY,
    NIGHT,
    PASTEL,
    blank,
    coloured,
    drop,
    ground,
    layout,
    logo,
    panel,
    picture,
    place,
    saved,
    titles,
    without,
)


def default() -> bytes:
    """python-pptx's own: 4:3, titles in the middle."""
    return saved(Presentation())


def dark() -> bytes:
    """Light on dark, by the way that the master names its colours."""
    presentation = blank(960, 540, NIGHT, "Calibri", "Calibri")
    names = presentation.slide_master._element.find(qn("p:clrMap"))
    for one, other in (("bg1", "dk1"), ("tx1", "lt1"), ("bg2", "lt2"), ("tx2", "accent1")):
        names.set(one, other)
    titles(presentation, algn="l", sz="3000", b="1")
    panel(presentation.slide_master, 0, 0, 960, 8, "accent1")
    return saved(presentation)


def odd_names() -> bytes:
    """Names in another language, and no types: what a layout is, its placeholders have to say."""
    presentation = blank(960, 540, FOREST, "Segoe UI", "Segoe UI")
    titles(presentation, algn="l", sz="2600", b="1")
    named = {
        "Title Slide": "封面 Anfang",
        "Title and Content": "Inhalt groß ✓",
        "Title Only": "Nur Überschrift",
    }
    for number, each in enumerate(presentation.slide_layouts):
        each._element.attrib.pop("type", None)
        each._element.cSld.set("name", named.get(each.name, f"Folie {number}"))
    return saved(presentation)


def no_title() -> bytes:
    """Layouts without any title."""
    presentation = blank(960, 540, NAVY)
    for part in (presentation.slide_master, *presentation.slide_layouts):
        without(part, "title", "ctrTitle", "subTitle")
    drop(
        presentation, "Title Slide", "Section Header", "Vertical Title and Text", "Title Only", "Blank"
    )
    place(presentation.slide_master, "body", 48, 60, 864, 420)
    return saved(presentation)


def no_body() -> bytes:
    """Layouts with a title alone, and no slide number."""
    presentation = blank(960, 540, NAVY, "Arial", "Calibri")
    drop(presentation, *(each.name for each in presentation.slide_layouts if each.name != "Title Only"))
    for part in (presentation.slide_master, *presentation.slide_layouts):
        without(part, "body", "sldNum", "ftr", "dt")
    titles(presentation, algn="l", sz="2800")
    place(presentation.slide_master, "title", 48, 24, 720, 70)
    logo(presentation.slide_master, picture(160, 48, "#14507A", "ACME"), 790, 30, 130, 40)
    return saved(presentation)


def pictures() -> bytes:
    """A picture behind the cover, a logo in the corner of every slide, a line over the foot."""
    presentation = blank(960, 540, PASTEL, "Trebuchet MS", "Lato")
    master, cover = presentation.slide_master, layout(presentation, "Title Slide")
    logo(master, picture(200, 60, "#264653", "NORD & CO"), 800, 486, 132, 40)
    panel(master, 40, 478, 880, 1, "accent2")
    place(master, "title", 40, 24, 880, 72)
    place(master, "sldNum", 700, 496, 80, 24)
    place(master, "ftr", 40, 496, 400, 24)
    place(master, "dt", 460, 496, 100, 24)
    for each in presentation.slide_layouts:
        for kind in ("dt", "ftr", "sldNum"):
            for shape in each.placeholders:
                if (
                    shape._element.ph.get("type") == kind
                    and (own := shape._element.spPr.find(qn("a:xfrm"))) is not None
                ):
                    shape._element.spPr.remove(own)
    titles(presentation, algn="l", sz="2800", b="1")
    _, relation = cover.part.get_or_add_image_part(picture(960, 540, "#1D3A46"))
    ground(
        cover,
        f'<a:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></a:blipFill>',
    )
    return saved(presentation)


def narrow() -> bytes:
    """A wide band to the left of all, so that little more than half is left."""
    presentation = blank(960, 540, FOREST, "Arial", "Arial")
    master = presentation.slide_master
    panel(master, 0, 0, 330, 540, "accent1")
    titles(presentation, algn="l", sz="2600", b="1")
    for part in (master, *presentation.slide_layouts):
        place(part, "title", 360, 24, 560, 72)
        place(part, "ctrTitle", 360, 140, 560, 150)
        place(part, "subTitle", 360, 310, 560, 110)
        place(part, "ftr", 360, 500, 440, 26)
        place(part, "sldNum", 840, 500, 80, 26)
        without(part, "dt")
    place(master, "body", 360, 112, 560, 376)
    drop(presentation, "Two Content", "Comparison", "Content with Caption", "Picture with Caption",
         "Title and Vertical Text", "Vertical Title and Text", "Section Header")  # fmt: skip
    place(layout(presentation, "Title and Content"), "obj", 360, 112, 560, 376)
    return saved(presentation)


def decorated() -> bytes:
    """White titles on a band, a band in the foot, and discs in the corner."""
    presentation = blank(960, 540, NAVY, "Verdana", "Verdana")
    master = presentation.slide_master
    panel(master, 0, 0, 960, 96, "accent1")
    panel(master, 0, 512, 960, 28, "tx2")
    panel(master, 880, 430, 120, 120, "accent2", "ellipse")
    coloured(titles(presentation, algn="l", sz="2600", b="0", cap="all"), "bg1")
    place(master, "title", 36, 10, 780, 78)
    logo(master, picture(160, 60, "#E07A1F", "LOGO"), 830, 22, 110, 46)
    place(master, "body", 36, 112, 888, 380)
    for kind, left, width in (("dt", 36, 120), ("ftr", 180, 500), ("sldNum", 700, 80)):
        place(master, kind, left, 484, width, 24)
    for each in presentation.slide_layouts:
        for shape in each.placeholders:
            own = shape._element.spPr.find(qn("a:xfrm"))
            if shape._element.ph.get("type") in ("dt", "ftr", "sldNum", "title") and own is not None:
                shape._element.spPr.remove(own)
    cover = layout(presentation, "Title Slide")
    cover._element.set("showMasterSp", "0")
    stops = "".join(
        f'<a:gs pos="{place}"><a:schemeClr val="{slot}"/></a:gs>'
        for place, slot in ((0, "accent1"), (100_000, "tx2"))
    )
    line = '<a:lin ang="5400000" scaled="0"/>'
    ground(cover, f"<a:gradFill><a:gsLst>{stops}</a:gsLst>{line}</a:gradFill>")
    return saved(presentation)


def small_page() -> bytes:
    """Ten by five and five eighths inches, as Google's are, with a font that few machines have."""
    presentation = blank(720, 405, PASTEL, "Montserrat", "Acme Grotesk")
    named = {
        "Title Slide": "TITLE",
        "Title and Content": "TITLE_AND_BODY",
        "Title Only": "TITLE_ONLY",
        "Blank": "BLANK",
    }
    for each in presentation.slide_layouts:
        each._element.cSld.set("name", named.get(each.name, each.name.upper().replace(" ", "_")))
    titles(presentation, algn="l", sz="2200", b="1")
    return saved(presentation)


def sixteen_ten() -> bytes:
    """16:10, serifs, letters and rooms that text inherits, and a title in colour at the bottom of
    its place."""
    presentation = blank(768, 480, NAVY, "Times New Roman", "Calibri")
    coloured(titles(presentation, algn="l", sz="2400", b="1", i="1", spc="300"), "accent1")
    body = presentation.slide_master._element.find(f".//{qn('p:bodyStyle')}")
    for level in body:
        if level.tag.endswith("pPr"):
            level.insert(0, parse_xml(f'<a:spcAft {nsdecls("a")}><a:spcPts val="1800"/></a:spcAft>'))
            level.find(qn("a:defRPr")).set("i", "1")
            before = level.find(qn("a:spcBef"))
            if before is not None:
                level.insert(0, before)
    for part in (presentation.slide_master, *presentation.slide_layouts):
        for shape in part.placeholders:
            if shape._element.ph.get("type") == "title" and shape.has_text_frame:
                shape._element.txBody.bodyPr.set("anchor", "b")
    return saved(presentation)


def two_masters() -> bytes:
    """A first master with nothing but blank layouts, and a second one that serves; all colours are
    grey."""
    presentation = blank(960, 540, GREYS)
    titles(presentation, algn="l", sz="2800")
    poor = Presentation(BytesIO(saved(presentation)))
    drop(poor, *(each.name for each in poor.slide_layouts if each.name != "Blank"))
    for part in (poor.slide_master, *poor.slide_layouts):
        without(part, "title", "body", "dt", "ftr", "sldNum")
    other, blank_layout = poor.slide_master.part, poor.slide_layouts[0].part
    other.partname = PackURI("/ppt/slideMasters/slideMaster2.xml")
    blank_layout.partname = PackURI("/ppt/slideLayouts/slideLayout50.xml")
    other.part_related_by(RELATIONSHIP_TYPE.THEME).partname = PackURI("/ppt/theme/theme9.xml")
    number = presentation.part.relate_to(other, RELATIONSHIP_TYPE.SLIDE_MASTER)
    listed = presentation._element.sldMasterIdLst
    listed.insert(0, parse_xml(f'<p:sldMasterId {nsdecls("p", "r")} id="2147483900" r:id="{number}"/>'))
    for each in other.slide_master._element.iter(qn("p:sldLayoutId")):
        each.set("id", "2147483901")
    return saved(presentation)


def low_title() -> bytes:
    """A title in the middle of the slide, under a band, and a foot above the bottom: little is left."""
    presentation = blank(960, 540, NAVY)
    master = presentation.slide_master
    panel(master, 0, 0, 960, 235, "accent1")
    titles(presentation, algn="l", sz="2800")
    for part in (master, *presentation.slide_layouts):
        place(part, "title", 20, 140, 900, 90)
        place(part, "body", 60, 252, 840, 280)
        place(part, "obj", 60, 252, 840, 280)
        place(part, "ftr", 540, 440, 300, 30)
        place(part, "sldNum", 850, 440, 80, 30)
    return saved(presentation)


TEMPLATES: dict[str, Callable[[], bytes]] = {
    each.__name__.replace("_", "-"): each
    for each in (
        default, dark, odd_names, no_title, no_body, pictures, narrow, decorated, small_page,
        sixteen_ten, two_masters, )
}  # fmt: skip
