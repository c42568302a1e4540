"""What is taken out of an uploaded presentation: masters, layouts, themes and their pictures.

All else stays behind. What is taken is written anew, element by element of two known vocabularies, so
that nothing in it leads out of the file, runs, or is another program's.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from deckgen.domain.errors import InvalidRequest
from deckgen.domain.templates import (
    MAX_LAYOUT_BYTES,
    MAX_LAYOUTS,
    MAX_MASTERS,
    MAX_UNPACKED_BYTES,
    MAX_XML_BYTES,
)
from deckgen.export.pptx.reading.archive import Archive, Relation, broken, parsed, too_large
from deckgen.export.pptx.reading.slides import MAX_SLIDES
from deckgen.export.pptx.templates.parts import A, P, Part, R
from deckgen.export.pptx.templates.pictures import picture

_TAKEN = {
    "presentation": ("slideMaster",),
    "slideMaster": ("slideLayout", "theme", "image"),
    "slideLayout": ("slideMaster", "image"),
    "theme": ("image",),
}
_ROOTS = {"slideMaster": f"{P}sldMaster", "slideLayout": f"{P}sldLayout", "theme": f"{A}theme"}
_MAIN = re.compile(
    r"application/vnd\.openxmlformats-officedocument\.presentationml\.(presentation|template|slideshow)"
    r"\.main\+xml"
)
_OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What is left out of every part: what runs, moves, sounds, leads somewhere, or is other programs'.
_DROPPED_OF_P = (
    *("extLst", "timing", "transition", "custDataLst", "controls", "contentPart", "hf", "oleObj"),
)
_DROPPED_OF_A = (
    *("extLst", "hlinkClick", "hlinkHover", "hlinkMouseOver", "snd", "audioFile", "videoFile"),
    *("quickTimeFile", "wavAudioFile", "audioCd"),
)
_DROPPED = {*(f"{P}{name}" for name in _DROPPED_OF_P), *(f"{A}{name}" for name in _DROPPED_OF_A)}
_SHAPES = {f"{P}{name}" for name in ("sp", "pic", "graphicFrame", "cxnSp", "grpSp")}
_OF_A_PICTURE = {f"{A}blipFill", f"{A}buBlip"}  # which need another thing in its place
_KEPT_ATTRIBUTES = ("{http://www.w3.org/XML/1998/namespace}", R)
# What people call the kinds of parts that stay behind; of others their number is said.
_SAID = {
    "slide": "slides", "oleObject": "embedded objects", "package": "embedded objects",
    "control": "ActiveX controls", "activeXControlBinary": "ActiveX controls", "hyperlink": "links",
    "video": "films", "audio": "sounds", "media": "films and sounds", "font": "embedded fonts",
    "customXml": "custom XML", "tags": "tags", "chart": "charts", "diagramData": "diagrams",
    "notesMaster": "the master of notes", "handoutMaster": "the master of handouts",
    "commentAuthors": "names of commentators", "attachedTemplate": "links",
}  # fmt: skip
_SILENT = {
    *("presProps", "viewProps", "core-properties", "extended-properties", "custom-properties"),
    *("thumbnail", "printerSettings", "diagramLayout", "diagramQuickStyle", "diagramColors"),
    *("diagramDrawing", "changesInfo", "revisionInfo", "theme", "slideMaster", "metadata"),
    *("notesSlide", "authors", "tableStyles"),
}


class Cleaned:
    """The parts of a template out of an archive; `removed` counts what stayed behind, in words."""

    def __init__(self, archive: Archive) -> None:
        self._archive, self._parts = archive, dict[str, Part | None]()
        self._size = self._xml_size = 0
        self.removed: Counter[str] = Counter()
        top = archive.relations("").values()
        name = next((each.target for each in top if _is_main(each)), "")
        self._check_kind(name)
        root = archive.xml(name)
        if root.tag != f"{P}presentation":
            raise broken("is another kind of file than PowerPoint's")
        if sum(1 for _ in root.iter(f"{P}sldId")) > MAX_SLIDES:
            raise too_large(f"has more than {MAX_SLIDES:,} slides")
        for relation in top:
            self._stays(relation)
        self.main = Part("presentation", root, relations=self._taken(name, "presentation"))
        _tidy(root, self.main.relations)
        for kind, most in (("slideMaster", MAX_MASTERS), ("slideLayout", MAX_LAYOUTS)):
            if sum(1 for each in self._parts.values() if each and each.kind == kind) > most:
                raise too_large(f"has more than {most} {kind.removeprefix('slide').lower()}s")
        self.masters = self._listed(self.main, "sldMasterId")
        if not any(self.layouts(each) for each in self.masters):
            raise InvalidRequest("The template has no layout.", code="template_unusable")

    def layouts(self, master: Part) -> list[Part]:
        """Returns the layouts of a master in its order."""
        return self._listed(master, "sldLayoutId")

    def _listed(self, part: Part, tag: str) -> list[Part]:
        numbers = (each.get(f"{R}id", "") for each in part.root.iter(f"{P}{tag}"))
        return list(dict.fromkeys(part.relations[each] for each in numbers if each in part.relations))

    def _check_kind(self, name: str) -> None:
        listed = self._archive.xml("[Content_Types].xml").iter(_OVERRIDE)
        kinds = {each.get("PartName", "").lstrip("/"): each.get("ContentType", "") for each in listed}
        if not _MAIN.fullmatch(kinds.get(name, "")):
            raise broken("is another kind of file than PowerPoint's, or has macros")

    def _taken(self, name: str, kind: str) -> dict[str, Part]:
        """Returns the parts that a part names and that are taken, by its names for them."""
        found = {}
        for number, relation in self._archive.relations(name).items():
            is_taken = relation.kind in _TAKEN[kind] and not relation.is_external
            part = self._part(relation) if is_taken else None
            if part is not None and re.fullmatch(r"\w{1,64}", number):
                found[number] = part
            else:
                self._stays(relation)
        return found

    def _part(self, relation: Relation) -> Part | None:
        name = relation.target
        if name not in self._parts:
            self._parts[name] = None  # while it is read: parts name one another
            self._parts[name] = part = self._made(relation)
            if part is not None and part.root is not None:
                part.relations = self._taken(name, part.kind) if part.kind in _TAKEN else {}
                _tidy(part.root, part.relations)
        part = self._parts[name]
        return part if part is not None and part.kind == relation.kind else None

    def _made(self, relation: Relation) -> Part | None:
        content = self._archive.read(relation.target)
        self._size += len(content)
        self._xml_size += len(content) * (relation.kind != "image")
        if self._size > MAX_UNPACKED_BYTES or self._xml_size > MAX_XML_BYTES:
            raise too_large(
                f"has masters and layouts of more than {MAX_XML_BYTES:,} bytes, or of more than "
                f"{MAX_UNPACKED_BYTES:,} with their pictures"
            )
        if relation.kind == "image":
            return picture(content)
        if relation.kind == "slideLayout" and len(content) > MAX_LAYOUT_BYTES:
            raise too_large(f"has a layout of more than {MAX_LAYOUT_BYTES:,} bytes")
        root = parsed(content, relation.target)
        holds_shapes = relation.kind in ("slideMaster", "slideLayout")
        if holds_shapes and root.find(f"{P}cSld/{P}spTree") is None:
            return None
        return Part(relation.kind, root) if root.tag == _ROOTS[relation.kind] else None

    def _stays(self, relation: Relation) -> None:
        if relation.is_external:
            self.removed["links"] += 1
        elif relation.kind == "image":
            self.removed["pictures of another kind or too large"] += 1
        elif relation.kind not in _SILENT and relation.kind != "officeDocument":
            self.removed[_SAID.get(relation.kind, "other parts")] += 1


def _is_main(relation: Relation) -> bool:
    return relation.kind == "officeDocument" and not relation.is_external


def _tidy(root: Any, relations: dict[str, Part]) -> None:
    """Leave in a part what is of the two vocabularies, and leads to a part that is taken."""
    for each in list(root.iter(f"{_MC}AlternateContent")):
        _choose(each)
    for each in list(root.iter()):
        if not isinstance(each.tag, str) or not each.tag.startswith((A, P)) or each.tag in _DROPPED:
            _remove(each)
            continue
        for name in list(each.attrib):
            if name.startswith("{") and not name.startswith(_KEPT_ATTRIBUTES):
                del each.attrib[name]
    for each in list(root.iter(f"{P}graphicFrame")):
        if not any(len(held) for held in each.iter(f"{A}graphicData")):
            _remove(each)  # what it framed is other programs': a chart, a diagram, an object
    for each in list(root.iter()):
        if any(_is_lost(name, value, relations) for name, value in each.attrib.items()):
            _lose(each, relations)
    etree.cleanup_namespaces(root)


def _choose(alternate: Any) -> None:
    """Put what every program draws in place of what only newer ones do."""
    parent = alternate.getparent()
    if parent is None:
        return
    fallback = alternate.find(f"{_MC}Fallback")
    for child in list(fallback) if fallback is not None else []:
        alternate.addprevious(child)
    parent.remove(alternate)


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _is_lost(name: str, value: str, relations: dict[str, Part]) -> bool:
    return name.startswith(R) and value not in relations


def _lose(element: Any, relations: dict[str, Part]) -> None:
    """Take away what names a part that stays behind: a picture, or the shape that holds it."""
    for name in [name for name, value in element.attrib.items() if _is_lost(name, value, relations)]:
        del element.attrib[name]
    if element.tag.rpartition("}")[2] in ("sldMasterId", "sldLayoutId", "sldId"):
        return _remove(element)
    if element.tag == f"{A}blip" and f"{R}embed" in element.attrib:
        return None
    parent = element.getparent()
    if element.tag == f"{A}blip" and parent is not None and parent.tag in _OF_A_PICTURE:
        return _plain(parent)
    shape = next((each for each in _upward(element) if each.tag in _SHAPES), None)
    return _remove(element if shape is None else shape)


def _plain(fill: Any) -> None:
    """Put a colour in place of a picture: behind all, that of the paper; else none, and no bullet."""
    holder = fill.getparent()
    if holder is None:
        return
    is_ground = holder.tag in (f"{P}bgPr", f"{A}bgFillStyleLst", f"{A}fillStyleLst")
    none = "buNone" if fill.tag == f"{A}buBlip" else "noFill"
    made = etree.Element(f"{A}solidFill" if is_ground else f"{A}{none}")
    if is_ground:
        colour = "bg1" if holder.tag == f"{P}bgPr" else "phClr"
        etree.SubElement(made, f"{A}schemeClr").set("val", colour)
    holder.replace(fill, made)


def _upward(element: Any) -> Iterator[Any]:
    yield element
    yield from element.iterancestors()
