"""Templates that bring what no template should: to be refused, or left behind with a word about it."""

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO

from PIL import Image
from pptx import Presentation
from pptx.util import Pt

from tests.hostile_presentations import parts_of, with_parts
from tests.template_parts import NAVY, blank, saved

MASTER, LAYOUT = "ppt/slideMasters/slideMaster1.xml", "ppt/slideLayouts/slideLayout2.xml"
_RELS = "ppt/slideLayouts/_rels/slideLayout2.xml.rels"
MASTER_RELS = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "[Content_Types].xml"
_PICTURE = (
    '<p:pic><p:nvPicPr><p:cNvPr id="77" name="{name}"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>'
    '<a:blip r:{how}="rIdX"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>'
    '<a:off x="0" y="0"/>'
    '<a:ext cx="914400" cy="914400"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "</p:spPr></p:pic>"
)
_FRAME = (
    '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="78" name="embedded"/>'
    "<p:cNvGraphicFramePr/><p:nvPr/>"
    '</p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></p:xfrm>'
    "<a:graphic>"
    '<a:graphicData uri="http://schemas.openxmlformats.org/presentationml/2006/ole"><p:oleObj '
    'r:id="rIdX" '
    'progId="Package"><p:embed/></p:oleObj></a:graphicData></a:graphic></p:graphicFrame>'
)


@cache
def sound() -> bytes:
    return saved(blank(960, 540, NAVY))


def with_more(inside: str, related: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    """A template whose second layout has something more."""
    content = sound()
    own = parts_of(content)
    layout = own[LAYOUT].replace(b"</p:spTree>", inside.encode() + b"</p:spTree>")
    if b"xmlns:r=" not in layout[:600]:
        layout = layout.replace(b"<p:sldLayout ", f'<p:sldLayout xmlns:r="{_KINDS}" '.encode(), 1)
    rels = own[_RELS].replace(b"</Relationships>", related.encode() + b"</Relationships>")
    return with_parts(content, {LAYOUT: layout, _RELS: rels, **(parts or {})})


def relation(kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="rIdX" Type="{_KINDS}/{kind}" Target="{target}"{mode}/>'


def link() -> bytes:
    shape = _PICTURE.format(name="linked", how="embed").replace(
        'name="linked"/>', 'name="linked"><a:hlinkClick r:id="rIdX"/></p:cNvPr>'
    )
    return with_more(shape, relation("hyperlink", "https://evil.example/", external=True))


def linked_picture() -> bytes:
    target = "file://host/share/logo.png"
    return with_more(_PICTURE.format(name="far", how="link"), relation("image", target, external=True))


def embedded() -> bytes:
    return with_more(
        _FRAME, relation("oleObject", "../embeddings/x.bin"), {"ppt/embeddings/x.bin": b"MZ"}
    )


def active_x() -> bytes:
    content = with_more("", relation("control", "../activeX/x.xml"), {"ppt/activeX/x.xml": b"<x/>"})
    own = parts_of(content)
    controls = b'<p:controls><p:control r:id="rIdX" name="x"/></p:controls></p:cSld>'
    return with_parts(content, {LAYOUT: own[LAYOUT].replace(b"</p:cSld>", controls)})


def script_in_a_picture() -> bytes:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    return with_more(
        _PICTURE.format(name="scripted", how="embed"),
        relation("image", "../media/x.svg"),
        {"ppt/media/x.svg": svg},
    )


def animation() -> bytes:
    content = sound()
    layout = parts_of(content)[LAYOUT]
    timing = b"<p:timing><p:tnLst><p:par/></p:tnLst></p:timing></p:sldLayout>"
    return with_parts(content, {LAYOUT: layout.replace(b"</p:sldLayout>", timing)})


def foreign_words() -> bytes:
    content = sound()
    layout = parts_of(content)[LAYOUT].replace(
        b"</p:spTree>", b'<x:evil xmlns:x="urn:x" run="calc"/></p:spTree>'
    )
    return with_parts(content, {LAYOUT: layout})


@cache
def shaded() -> bytes:
    """A template with a shape in a lighter colour of its theme."""
    return with_more(
        '<p:sp><p:nvSpPr><p:cNvPr id="79" name="band"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm><a:solidFill>'
        '<a:schemeClr val="tx1"><a:lumMod val="75000"/></a:schemeClr></a:solidFill></p:spPr></p:sp>'
    )


def slides() -> bytes:
    presentation = Presentation(BytesIO(sound()))
    for _ in range(3):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = "Confidential"
        slide.notes_slide.notes_text_frame.text = "Secret"
    return saved(presentation)


# What is left behind, with what the reading says of it; empty where it says nothing.
CLEANED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a link": (link, "links"),
    "a linked picture": (linked_picture, "links"),
    "an embedded object": (embedded, "embedded objects"),
    "an ActiveX control": (active_x, "ActiveX controls"),
    "a script in a picture": (script_in_a_picture, "pictures of another kind"),
    "an animation": (animation, ""),
    "words of another vocabulary": (foreign_words, ""),
    "slides with notes": (slides, "slides (3)"),
}


def _type(content: bytes, kind: str) -> bytes:
    types = parts_of(content)[_TYPES].replace(b"presentation.main+xml", kind.encode())
    return with_parts(content, {_TYPES: types})


def as_template(content: bytes) -> bytes:
    """The same file as PowerPoint saves a template."""
    return _type(content, "template.main+xml")


def _macros() -> bytes:
    return with_parts(sound(), {"ppt/vbaProject.bin": b"x"})


def _macro_type() -> bytes:
    types = parts_of(sound())[_TYPES]
    kind = b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    named = re.sub(rb"application/[\w.-]+presentation\.main\+xml", kind, types)
    return with_parts(sound(), {_TYPES: named})


def _entities() -> bytes:
    layout = parts_of(sound())[LAYOUT]
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    return with_parts(sound(), {LAYOUT: re.sub(rb"(<p:sldLayout)", declared + rb"\1", layout, count=1)})


def _bomb() -> bytes:
    layout = parts_of(sound())[LAYOUT]
    return with_parts(sound(), {LAYOUT: layout + b" " * 31_000_000})


def _many_layouts() -> bytes:
    content = sound()
    own = parts_of(content)
    parts: dict[str, bytes] = {}
    listed, related = b"", b""
    for number in range(300):
        name = f"slideLayout{number + 100}.xml"
        parts[f"ppt/slideLayouts/{name}"] = own[LAYOUT]
        parts[f"ppt/slideLayouts/_rels/{name}.rels"] = own[_RELS]
        listed += b'<p:sldLayoutId id="%d" r:id="rM%d"/>' % (2147490000 + number, number)
        related += (
            f'<Relationship Id="rM{number}" Type="{_KINDS}/slideLayout" '
            f'Target="../slideLayouts/{name}"/>'
        ).encode()
    parts[MASTER] = own[MASTER].replace(b"</p:sldLayoutIdLst>", listed + b"</p:sldLayoutIdLst>")
    parts[MASTER_RELS] = own[MASTER_RELS].replace(b"</Relationships>", related + b"</Relationships>")
    return with_parts(content, parts)


def _many_pixels() -> bytes:
    into = BytesIO()
    Image.new("1", (9_000, 9_000)).save(into, "PNG")
    return with_more(
        _PICTURE.format(name="large", how="embed"),
        relation("image", "../media/x.png"),
        {"ppt/media/x.png": into.getvalue()},
    )


CLEANED["a picture with very many pixels"] = (_many_pixels, "pictures of another kind or too large")


def _upright() -> bytes:
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Pt(540), Pt(780)
    return saved(presentation)


def _no_layouts() -> bytes:
    presentation = Presentation()
    for each in list(presentation.slide_layouts):
        presentation.slide_layouts.remove(each)
    return saved(presentation)


# What is refused, with the code of the answer.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "no ZIP": (lambda: b"%PDF-1.7", "presentation_broken"),
    "half a file": (lambda: sound()[:9_000], "presentation_broken"),
    "a part that is no XML": (
        lambda: with_parts(sound(), {LAYOUT: b"<p:sldLayout"}),
        "presentation_broken",
    ),
    "a part twice": (
        lambda: with_parts(sound(), {LAYOUT: b"<a/>"}, twice=True),
        "presentation_broken",
    ),
    "a spreadsheet": (
        lambda: _type(sound(), "spreadsheetml.sheet.main+xml"),
        "presentation_broken",
    ),
    "macros": (_macros, "presentation_unsafe"),
    "the type of macros": (_macro_type, "presentation_broken"),
    "declared entities": (_entities, "presentation_unsafe"),
    "a part that unpacks to very much": (_bomb, "presentation_too_large"),
    "a layout with very much in it": (
        lambda: with_parts(sound(), {LAYOUT: parts_of(sound())[LAYOUT] + b" " * 1_000_000}),
        "presentation_too_large",
    ),
    "very many layouts": (_many_layouts, "presentation_too_large"),
    "very many bytes": (lambda: sound() + b"x" * 21_000_000, "presentation_too_large"),
    "upright slides": (_upright, "template_unusable"),
    "no layouts": (_no_layouts, "template_unusable"),
}
