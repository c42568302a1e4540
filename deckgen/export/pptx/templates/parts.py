"""The parts of a presentation that a template is made of, and the file that is written of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree  # type: ignore[import-untyped]  # ships no types

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PML = "application/vnd.openxmlformats-officedocument.presentationml."
TYPES = {
    "presentation": f"{_PML}presentation.main+xml",
    "slideMaster": f"{_PML}slideMaster+xml",
    "slideLayout": f"{_PML}slideLayout+xml",
    "presProps": f"{_PML}presProps+xml",
    "viewProps": f"{_PML}viewProps+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "extended-properties": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}
_FOLDERS = {
    "slideMaster": "ppt/slideMasters/slideMaster{}.xml",
    "slideLayout": "ppt/slideLayouts/slideLayout{}.xml",
    "theme": "ppt/theme/theme{}.xml",
    "presProps": "ppt/presProps.xml",
    "viewProps": "ppt/viewProps.xml",
    "presentation": "ppt/presentation.xml",
    "extended-properties": "docProps/app.xml",
}
_APP = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>deckgen</Application></Properties>"
)
PICTURES = {
    "png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "bmp": "image/bmp",
    "tiff": "image/tiff", "emf": "image/x-emf", "wmf": "image/x-wmf",
}  # fmt: skip
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATION_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_WHOLE = re.compile(r"-?[0-9]{1,10}")  # as far as lengths of a slide go
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(eq=False)
class Part:
    """A part in XML, or a picture; `relations` are the parts that it names, by the names it has
    for them."""

    kind: str
    root: Any = None
    content: bytes = b""
    ending: str = "xml"
    relations: dict[str, "Part"] = field(default_factory=dict)

    def related(self, kind: str) -> Iterable["Part"]:
        """Returns the parts of a kind that it names."""
        return [each for each in self.relations.values() if each.kind == kind]

    @property
    def bytes(self) -> bytes:
        if self.root is None:
            return self.content
        written: bytes = etree.tostring(
            self.root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        return written


def whole(text: str) -> int | None:
    """Returns the number that an attribute holds; None for one that says nothing of a slide.

    Longer ones are no floats, or not read by Python at all: only who wants to break a reader has them.
    """
    return int(text) if _WHOLE.fullmatch(text) else None


def written(main: Part) -> bytes:
    """Returns the file of a presentation; equal parts give equal bytes."""
    names = _named(main)
    application = Part("extended-properties", content=_APP)
    top = {"rId1": (main, "officeDocument"), "rId2": (application, application.kind)}
    names[application] = _FOLDERS[application.kind]
    into = BytesIO()
    with ZipFile(into, "w", ZIP_DEFLATED) as file:
        _write(file, "[Content_Types].xml", _content_types(names))
        _write(
            file,
            "_rels/.rels",
            _relations_of({name: (f"/{names[part]}", kind) for name, (part, kind) in top.items()}),
        )
        for part, name in names.items():
            _write(file, name, part.bytes)
            if part.relations:
                folder, _, base = name.rpartition("/")
                known = {
                    number: (f"/{names[each]}", each.kind) for number, each in part.relations.items()
                }
                _write(file, f"{folder}/_rels/{base}.rels", _relations_of(known))
    return into.getvalue()


def _named(main: Part) -> dict[Part, str]:
    """Returns each part that is reached with its name, in the order in which it is reached."""
    names: dict[Part, str] = {}
    counts: dict[str, int] = {}
    waiting = [main]
    while waiting:
        part = waiting.pop(0)
        if part in names:
            continue
        counts[part.kind] = counts.get(part.kind, 0) + 1
        pattern = _FOLDERS.get(part.kind, "ppt/media/image{}." + part.ending)
        names[part] = pattern.format(counts[part.kind])
        waiting += part.relations.values()
    return names


def _write(file: ZipFile, name: str, content: bytes) -> None:
    info = ZipInfo(name, _EPOCH)
    info.compress_type, info.create_system = ZIP_DEFLATED, 3
    file.writestr(info, content)


def _relations_of(known: dict[str, tuple[str, str]]) -> bytes:
    each = "".join(
        f'<Relationship Id={quoteattr(number)} Type="{KINDS}{kind}" Target="{target}"/>'
        for number, (target, kind) in known.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{each}</Relationships>'.encode()


def _content_types(names: dict[Part, str]) -> bytes:
    endings = sorted({each.ending for each in names if each.kind == "image"})
    pictures = "".join(
        f'<Default Extension="{each}" ContentType="{PICTURES[each]}"/>' for each in endings
    )
    parts = "".join(
        f'<Override PartName="/{name}" ContentType="{TYPES[part.kind]}"/>'
        for part, name in names.items()
        if part.kind in TYPES
    )
    rels = f'<Default Extension="rels" ContentType="{_RELATION_TYPE}"/>'
    return f'<Types xmlns="{_TYPES}">{rels}{pictures}{parts}</Types>'.encode()
