"""Templates with what frames and bullets hold and no template should bring: only a table may stay."""

from collections.abc import Callable
from functools import partial

from tests.hostile_presentations import parts_of, with_parts
from tests.hostile_templates import LAYOUT, MASTER, MASTER_RELS, relation, sound, with_more

MARGIN = "271828"  # of the level whose bullet is a picture
_FRAME = (
    '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="78" name="framed"/><p:cNvGraphicFramePr/>'
    '<p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/>'
    '</p:xfrm><a:graphic><a:graphicData uri="{uri}">{held}</a:graphicData></a:graphic></p:graphicFrame>'
)
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_OBJECT = '<p:oleObj {named}progId="Package"><p:embed/></p:oleObj>'
_BULLET = (
    f'<a:lvl1pPr marL="{MARGIN}"><a:buBlip><a:blip r:embed="rIdX"/></a:buBlip><a:defRPr/></a:lvl1pPr>'
)
_PICTURE = {"ppt/media/x.svg": b"<svg/>"}  # of a kind that is not taken
_NAMED = relation("image", "../media/x.svg")


def _framed(uri: str, held: str, related: str, part: str) -> bytes:
    frame = _FRAME.format(uri=uri, held=held)
    return with_more(frame, relation(related, f"../{part}"), {f"ppt/{part}": b"<x/>"})


def _chart() -> bytes:
    uri = f"{_DRAWING}/chart"
    return _framed(uri, f'<c:chart xmlns:c="{uri}" r:id="rIdX"/>', "chart", "charts/x.xml")


def _diagram() -> bytes:
    uri = f"{_DRAWING}/diagram"
    held = f'<d:relIds xmlns:d="{uri}" r:dm="rIdX" r:lo="rIdX" r:qs="rIdX" r:cs="rIdX"/>'
    return _framed(uri, held, "diagramData", "diagrams/x.xml")


def _object(named: str) -> bytes:
    uri = "http://schemas.openxmlformats.org/presentationml/2006/ole"
    return _framed(uri, _OBJECT.format(named=named), "oleObject", "embeddings/x.bin")


def _bullet_of_the_master() -> bytes:
    own = parts_of(sound())
    before, _, rest = own[MASTER].partition(b"<p:bodyStyle>")
    _, _, after = rest.partition(b"</a:lvl1pPr>")
    level = f"<p:bodyStyle>{_BULLET}".encode()
    rels = own[MASTER_RELS].replace(b"</Relationships>", f"{_NAMED}</Relationships>".encode())
    return with_parts(sound(), {MASTER: before + level + after, MASTER_RELS: rels, **_PICTURE})


def _bullet_of_a_placeholder() -> bytes:
    content = with_more("", _NAMED, _PICTURE)
    styled = f"<a:lstStyle>{_BULLET}</a:lstStyle>".encode()
    return with_parts(content, {LAYOUT: parts_of(content)[LAYOUT].replace(b"<a:lstStyle/>", styled, 1)})


# As those of other templates: how they are made, and what is said of them.
FRAMES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a chart": (_chart, "charts"),
    "a diagram": (_diagram, "diagrams"),
    "an object": (partial(_object, 'r:id="rIdX" '), "embedded objects"),
    "an object without its part": (partial(_object, ""), "embedded objects"),
    "a bullet of the master": (_bullet_of_the_master, "pictures of another kind"),
    "a bullet of a placeholder": (_bullet_of_a_placeholder, "pictures of another kind"),
}
