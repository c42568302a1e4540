"""The parts of an Office file, some of which are written anew; the others keep their bytes."""

import posixpath
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from deckgen.export.pptx.reading.archive import MAX_UNPACKED_BYTES, RELATIONS, Archive, parsed

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that the format can say
_TYPES = "[Content_Types].xml"
_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Package:
    """An Archive that is written again. Reading from it sees what was written into it."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._roots: dict[str, Any] = {}
        self._written: dict[str, bytes] = {}
        self._changed: set[str] = set()
        self._removed: set[str] = set()

    def root(self, name: str) -> Any:
        """Returns the root of a part in XML, always the same; what is changed in it has to be kept."""
        if name not in self._roots:
            content = self._written.get(name) or self.archive.read(name)
            self._roots[name] = parsed(content, name, whole=True)
        return self._roots[name]

    def keep(self, name: str) -> None:
        """Have the part written as its root is now."""
        self._changed.add(name)

    def write(self, name: str, content: bytes) -> None:
        """Put a part into the file, in place of the one of this name if it has one."""
        self._written[name] = content
        self._roots.pop(name, None)
        self._changed.discard(name)

    def add(self, name: str, kind: str, content: bytes) -> None:
        """Add a part with its media type."""
        self.write(name, content)
        types = self.root(_TYPES)
        etree.SubElement(types, _TYPE, PartName=f"/{name}", ContentType=kind)
        self.keep(_TYPES)

    def relate(self, source: str, target: str, kind: str) -> str:
        """Have a part name another one; returns the name of the relation."""
        path = relations_of(source)
        if path not in self.archive.names and path not in self._written:
            self.write(path, f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode())
        root = self.root(path)
        known = {each.get("Id") for each in root.iter(RELATIONS)}
        number = next(f"rId{count}" for count in range(1, len(known) + 2) if f"rId{count}" not in known)
        away = posixpath.relpath(target, posixpath.dirname(source) or ".")
        etree.SubElement(root, RELATIONS, Id=number, Type=f"{_OFFICE}/{kind}", Target=away)
        self.keep(path)
        return number

    def remove_related(self, source: str, kind: str) -> None:
        """Take the parts of a kind that a part names out of the file."""
        path = relations_of(source)
        gone = set(self.archive.related(source, kind))
        if not gone:
            return
        for each in [
            one for one in self.root(path).iter(RELATIONS) if one.get("Type", "").endswith(f"/{kind}")
        ]:
            each.getparent().remove(each)
        for each in [
            one for one in self.root(_TYPES).iter(_TYPE) if one.get("PartName", "")[1:] in gone
        ]:
            each.getparent().remove(each)
        self.keep(path)
        self.keep(_TYPES)
        self._removed |= gone

    def has(self, name: str) -> bool:
        return name in self.archive.names or name in self._written

    def saved(self) -> bytes:
        """Returns the file: its parts in their order, then the new ones."""
        for name in self._changed:
            self._written[name] = etree.tostring(
                self._roots[name].getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
            )
        into = BytesIO()
        self.archive.remaining = MAX_UNPACKED_BYTES  # what was read of it until now does not count
        with ZipFile(into, "w", ZIP_DEFLATED) as target:
            for info in self.archive.file.infolist():
                if info.filename not in self._removed:
                    target.writestr(_renewed(info), self._content(info.filename))
            for name in self._written:
                if name not in self.archive.names:
                    info = ZipInfo(name, EPOCH)
                    info.compress_type = ZIP_DEFLATED
                    target.writestr(info, self._written[name])
        return into.getvalue()

    def _content(self, name: str) -> bytes:
        written = self._written.get(name)
        return self.archive.read(name, MAX_UNPACKED_BYTES) if written is None else written


def _renewed(info: ZipInfo) -> ZipInfo:
    """Returns how a part is listed, without what told its old length."""
    new = ZipInfo(info.filename, info.date_time)
    new.compress_type, new.create_system = ZIP_DEFLATED, info.create_system
    new.external_attr = info.external_attr
    return new


def relations_of(name: str) -> str:
    folder, _, base = name.rpartition("/")
    return posixpath.join(folder, "_rels", f"{base}.rels")
