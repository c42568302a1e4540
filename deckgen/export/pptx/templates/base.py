"""The file that decks are drawn upon: a template's masters, layouts and themes, and nothing else."""

from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from deckgen.domain.errors import InvalidRequest
from deckgen.export.pptx.templates.cleaning import Cleaned
from deckgen.export.pptx.templates.parts import P, Part, R, whole, written

EMU = 12_700  # in a point
TALL = 540.0  # points of the stage
FIRST = 2147483648  # the lowest number of masters and layouts
_WIDEST, _NARROWEST = 2.4, 1.2  # how many times as wide as tall slides may be
_LEAST, _MOST = 914_400, 51_206_400  # EMU that PowerPoint allows for a side
# Without these PowerPoint offers to repair a file.
_SETTINGS = {"presProps": "presentationPr", "viewProps": "viewPr"}
_ORDER = ("sldMasterIdLst", "sldSz", "notesSz", "defaultTextStyle")


@dataclass(frozen=True)
class Size:
    """Of a template's slides, in points."""

    width: float
    height: float

    @property
    def stage(self) -> float:
        """How long a point is on the stage."""
        return TALL / self.height

    @property
    def stage_width(self) -> float:
        return self.width * self.stage


def size_of(cleaned: Cleaned) -> Size:
    """Raises InvalidRequest for slides on which nothing can be arranged."""
    found = cleaned.main.root.find(f"{P}sldSz")
    sides = [] if found is None else [found.get("cx", ""), found.get("cy", "")]
    lengths = [length for each in sides if (length := whole(each)) is not None]
    if len(lengths) < 2 or not all(_LEAST <= each <= _MOST for each in lengths):
        raise InvalidRequest(
            "The template does not say how large its slides are.", code="template_unusable"
        )
    width, height = (each / EMU for each in lengths)
    if not _NARROWEST <= width / height <= _WIDEST:
        raise InvalidRequest(
            f"The template's slides are {width:.0f} × {height:.0f} points: slides have to be "
            f"{_NARROWEST} to "
            f"{_WIDEST} times as wide as tall.",
            code="template_unusable",
        )
    return Size(width, height)


def base_of(cleaned: Cleaned, chosen: Part) -> bytes:
    """Returns the file; the chosen master is its first."""
    masters = sorted(cleaned.masters, key=lambda each: each is not chosen)
    masters = [each for each in masters if each.related("theme") and cleaned.layouts(each)]
    main, number = cleaned.main, FIRST
    settings = [Part(kind, etree.Element(f"{P}{tag}")) for kind, tag in _SETTINGS.items()]
    main.relations = {f"rId{place}": each for place, each in enumerate([*masters, *settings], start=1)}
    listed = _emptied(main.root, "sldMasterIdLst")
    for place, master in enumerate(masters, start=1):
        _list(listed, "sldMasterId", number, f"rId{place}")
        number = _list_layouts(cleaned, master, number + 1)
    notes = main.root.find(f"{P}notesSz")
    if notes is None:
        notes = etree.SubElement(main.root, f"{P}notesSz")
        notes.set("cx", "6858000")
        notes.set("cy", "9144000")
    _only(main.root)
    return written(main)


def _list_layouts(cleaned: Cleaned, master: Part, number: int) -> int:
    """Number a master's layouts and name the master in them; returns the next number."""
    layouts = cleaned.layouts(master)
    known = {part: name for name, part in master.relations.items()}
    listed = _emptied(master.root, "sldLayoutIdLst")
    for layout in layouts:
        _list(listed, "sldLayoutId", number, known[layout])
        number += 1
        others = {name: each for name, each in layout.relations.items() if each.kind != "slideMaster"}
        layout.relations = {"rIdMaster": master, **others}
    master.relations = {
        name: each
        for name, each in master.relations.items()
        if each.kind != "slideLayout" or each in layouts
    }
    return number


def _emptied(root: Any, tag: str) -> Any:
    found = root.find(f"{P}{tag}")
    if found is None:
        return etree.SubElement(root, f"{P}{tag}")
    for each in list(found):
        found.remove(each)
    return found


def _list(listed: Any, tag: str, number: int, relation: str) -> None:
    made = etree.SubElement(listed, f"{P}{tag}")
    made.set("id", str(number))
    made.set(f"{R}id", relation)


def _only(root: Any) -> None:
    """Leave in the presentation what says how it looks, in the order of the standard."""
    kept = [root.find(f"{P}{tag}") for tag in _ORDER]
    for each in list(root):
        root.remove(each)
    root.extend(each for each in kept if each is not None)
    for name in list(root.attrib):
        del root.attrib[name]
    size = root.find(f"{P}sldSz")
    if size.get("type"):
        del size.attrib["type"]
