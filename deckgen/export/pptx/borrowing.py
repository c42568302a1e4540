"""What a layout of deckgen's takes from a template's: its background, decoration and use of colours."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.parts.slide import SlideLayoutPart

from deckgen.export.charts.native.ooxml import NativeLayout, qn

_SHAPES = tuple(map(qn, ("p:sp", "p:pic", "p:cxnSp", "p:grpSp", "p:graphicFrame")))
_FILLS = tuple(map(qn, ("a:solidFill", "a:gradFill", "a:blipFill", "a:pattFill")))
_TITLES = ("title", "ctrTitle")
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NUMBERS = 1_000_000  # of borrowed shapes: behind all of ours


def borrow(layout: NativeLayout, part: SlideLayoutPart) -> None:
    """Put into a new layout what another one has beside its placeholders, behind all that stands
    there."""
    source, root = layout._element, part._element
    root.set("showMasterSp", source.get("showMasterSp", "1"))
    taken = [deepcopy(each) for each in [*_drawn(source), *_panels(layout)]]
    ground = source.cSld.find(qn("p:bg"))
    if ground is not None:
        taken.append(deepcopy(ground))
        root.cSld.insert(0, taken[-1])
    tree = root.cSld.spTree
    for place, each in enumerate(taken[: len(taken) - (ground is not None)]):
        tree.insert(2 + place, each)
        for number, known in enumerate(each.iter(qn("p:cNvPr")), start=1):
            known.set("id", str(_NUMBERS + 1000 * place + number))
    own = source.find(qn("p:clrMapOvr"))
    if own is not None:
        root.replace(root.find(qn("p:clrMapOvr")), deepcopy(own))
    _relate(layout.part, part, taken)


def _drawn(source: Any) -> Iterator[Any]:
    for each in source.cSld.spTree.iterchildren(*_SHAPES):
        if each.find(f"*/{qn('p:nvPr')}/{qn('p:ph')}") is None:
            yield each


def _panels(layout: NativeLayout) -> Iterator[Any]:
    """Yields the fill of a title's place as a shape of its own: our title may be lower than its
    place."""
    for own in layout.placeholders:
        kind = own._element.ph.get("type")
        above = own._base_placeholder if kind in _TITLES else None
        chain = [each._element.spPr for each in (own, above) if each is not None and kind in _TITLES]
        filled = next((each for each in chain if _has_fill(each)), None)
        if filled is not None and own.width and own.height:
            made = parse_xml(_PANEL)
            made.replace(made.find(qn("p:spPr")), deepcopy(filled))
            place = made.find(qn("p:spPr")).get_or_add_xfrm()
            place.off_x, place.off_y = own.left, own.top
            place.ext_cx, place.ext_cy = own.width, own.height
            yield made


def _has_fill(properties: Any) -> bool:
    return any(each.tag in _FILLS for each in properties)


_PANEL = (
    f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="1" name="title panel"/><p:cNvSpPr/><p:nvPr/>'
    '</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="en-US"/></a:p>'
    "</p:txBody></p:sp>"
)


def _relate(source: Any, part: SlideLayoutPart, taken: list[Any]) -> None:
    """Give the new layout the pictures that what it has taken names."""
    for each in (node for one in taken for node in one.iter()):
        for name, number in each.attrib.items():
            if name.startswith(_RELATIONS):
                picture = source.related_part(number)
                each.set(name, part.relate_to(picture, RELATIONSHIP_TYPE.IMAGE))
