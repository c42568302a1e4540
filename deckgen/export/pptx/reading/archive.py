"""The parts of an Office file, read within limits: anybody may have made it.

Nothing in it is followed out of the file, no entity is resolved, and no part is unpacked further than
its limit, whatever its header says.
"""

import posixpath
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Self
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from deckgen.domain.errors import InvalidRequest, TooLarge

MAX_BYTES = 50_000_000  # of the file
MAX_PARTS, MAX_PART_BYTES, MAX_UNPACKED_BYTES = 5_000, 30_000_000, 300_000_000
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ENCRYPTED = 0x1
_DECLARING = tuple("<!DOCTYPE".encode(each) for each in ("utf-8", "utf-16-le", "utf-16-be"))
_DECLARES = "declares entities or document types, which no presentation does"
_BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


@dataclass(frozen=True)
class Relation:
    """A part that another one names; `target` is an address where it is outside of the file."""

    kind: str  # the last word of its type
    target: str
    is_external: bool


@dataclass
class Archive:
    """An open file; each part is read when it is asked for."""

    file: ZipFile
    names: frozenset[str]
    remaining: int = field(default=MAX_UNPACKED_BYTES)

    @classmethod
    def opened(cls, content: bytes) -> Self:
        """Raises InvalidRequest for what is no Office file, or a dangerous one."""
        if len(content) > MAX_BYTES:
            raise too_large(f"has more than {MAX_BYTES:,} bytes")
        try:
            file = ZipFile(BytesIO(content))
            listed = file.infolist()
        except _BROKEN:
            raise broken("is no PowerPoint file, or a damaged one") from None
        if len(listed) > MAX_PARTS:
            raise too_large(f"has more than {MAX_PARTS:,} parts")
        names = [info.filename for info in listed]
        if len({name.casefold() for name in names}) < len(names):
            raise broken("has a part twice, of which programs would read another one")
        if any(info.flag_bits & _ENCRYPTED for info in listed):
            raise broken("is encrypted")
        if any(name.casefold().endswith("vbaproject.bin") for name in names):
            raise unsafe("has macros; save it without them")
        return cls(file, frozenset(names))

    def read(self, name: str, most: int = MAX_PART_BYTES) -> bytes:
        """Returns a part. Raises InvalidRequest if it is missing or damaged, TooLarge beyond limits."""
        if name not in self.names:
            raise broken(f"has no part {name[:200]}")
        most = min(most, self.remaining)
        try:
            with self.file.open(name) as part:
                content = part.read(most + 1)
        except _BROKEN:
            raise broken(f"is damaged in {name[:200]}") from None
        if len(content) > most:
            raise too_large("unpacks to more than is read")
        self.remaining -= len(content)
        return content

    def xml(self, name: str) -> Any:
        """Returns the root of a part in XML."""
        return parsed(self.read(name), name)

    def relations(self, name: str) -> dict[str, Relation]:
        """Returns the parts that a part names, by the names that it has for them; "" is the file."""
        folder, _, base = name.rpartition("/")
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        if path not in self.names:
            return {}
        return {each.get("Id", ""): _relation(each, folder) for each in self.xml(path).iter(RELATIONS)}

    def related(self, name: str, kind: str) -> Iterator[str]:
        """Yields the parts of a kind that a part names."""
        for relation in self.relations(name).values():
            if relation.kind == kind and not relation.is_external:
                yield relation.target


def _relation(element: Any, folder: str) -> Relation:
    target, is_external = element.get("Target", ""), element.get("TargetMode") == "External"
    if not is_external:
        path = unquote(target)
        target = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
    return Relation(element.get("Type", "").rpartition("/")[2], target, is_external)


def parsed(content: bytes, name: str, *, whole: bool = False) -> Any:
    """Returns the root of an XML document, in which nothing may be declared and nothing is loaded.

    Comments are left out, unless it is to be written again as a `whole`.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=not whole,
    )
    if any(each in content for each in _DECLARING):
        raise unsafe(_DECLARES)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise broken(f"has no XML in {name[:200]}") from None
    if root.getroottree().docinfo.doctype:
        raise unsafe(_DECLARES)
    return root


def broken(what: str) -> InvalidRequest:
    return InvalidRequest(f"The presentation {what}.", code="presentation_broken")


def unsafe(what: str) -> InvalidRequest:
    return InvalidRequest(f"The presentation {what}.", code="presentation_unsafe")


def too_large(what: str) -> TooLarge:
    return TooLarge(f"The presentation {what}.", code="presentation_too_large")
