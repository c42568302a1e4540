"""The proof that a presentation holds: the deck as it was signed, and what each place of it says.

It stands in a custom document property, which LibreOffice keeps, and in a custom XML part, which it
does not: PowerPoint's own dialogues cut properties that are edited there.
"""

import base64
import binascii
import zlib
from collections.abc import Iterator
from typing import Any, Literal

import orjson
from lxml import etree  # type: ignore[import-untyped]  # ships no types
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pydantic import Field, ValidationError

from deckgen.domain.documents import BaseDocument, canonical_json
from deckgen.domain.errors import InvalidRequest
from deckgen.export.charts.native.ooxml import NativeDeck
from deckgen.export.pptx.reading.archive import Archive
from deckgen.export.pptx.reading.contents import Contents
from deckgen.export.pptx.rewriting.package import Package
from deckgen.export.themes.theme import Theme

NAME = "deckgen"
MOST_IN_A_PROPERTY = 60_000  # letters, which LibreOffice keeps
MAX_BYTES = 30_000_000
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of properties that users name
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPES = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}lpwstr"
_NAMESPACE = "urn:deckgen:manifest"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Manifest(BaseDocument):
    """`deck` is the document whose signature is checked, so it is kept as it came.

    `looks` is the theme of a template, which nobody else may have: sizes and places, and no words.
    `first_sha256` is the hash of the table of the deck that was made first; only a refresh says it.
    """

    manifest: Literal[1] = 1
    theme: str
    looks: Theme | None = Field(default=None, exclude_if=lambda looks: looks is None)
    deck: dict[str, Any]
    contents: Contents
    first_sha256: str = Field(default="", exclude_if=lambda sha256: not sha256)


def pack(manifest: Manifest) -> str:
    return base64.b64encode(zlib.compress(canonical_json(manifest.to_json()), 9)).decode()


def unpack(text: str) -> Manifest:
    """Raises InvalidRequest for what is no manifest, or a bomb."""
    try:
        packed = base64.b64decode("".join(text.split()), validate=True)
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, MAX_BYTES)
        if unpacking.unconsumed_tail:
            raise broken("is too large")
        return Manifest.model_validate(orjson.loads(content))
    except (binascii.Error, zlib.error, ValueError, ValidationError):
        raise broken("can't be read") from None


def keep(presentation: NativeDeck, manifest: Manifest) -> None:
    """Put a manifest into a presentation before it is saved."""
    text, package = pack(manifest), presentation.part.package
    pieces = [text[at : at + MOST_IN_A_PROPERTY] for at in range(0, len(text), MOST_IN_A_PROPERTY)]
    properties = "".join(
        _property(number, name, piece)
        for number, (name, piece) in enumerate(zip(_names(), pieces, strict=False), start=2)
    )
    custom = (
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f"{properties}</Properties>"
    )
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    part = _part(package, "/docProps/custom.xml", kind, custom)
    package.relate_to(part, f"{_OFFICE}/relationships/custom-properties")
    copy = f'<manifest xmlns="{_NAMESPACE}">{text}</manifest>'
    part = _part(package, "/customXml/item1.xml", "application/xml", copy)
    presentation.part.relate_to(part, f"{_OFFICE}/relationships/customXml")


def renew(package: Package, manifest: Manifest) -> None:
    """Put a manifest in the place of the one that a file has; other properties stay."""
    text, archive = pack(manifest), package.archive
    for part in archive.related("", "custom-properties"):
        root = package.root(part)
        own = {name for name, _ in zip(_names(), range(len(root)), strict=False)}
        for each in [one for one in root if one.get("name") in own]:
            root.remove(each)
        taken = [int(each.get("pid", "1")) for each in root]
        pieces = [text[at : at + MOST_IN_A_PROPERTY] for at in range(0, len(text), MOST_IN_A_PROPERTY)]
        names = zip(_names(), pieces, strict=False)
        for number, (name, piece) in enumerate(names, start=max(taken, default=1) + 1):
            root.append(etree.fromstring(_property(number, name, piece)))
        package.keep(part)
    for main in archive.related("", "officeDocument"):
        for part in archive.related(main, "customXml"):
            if (root := package.root(part)).tag == f"{{{_NAMESPACE}}}manifest":
                root.text = text
                package.keep(part)


def _property(number: int, name: str, piece: str) -> str:
    return (
        f'<property xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes" '
        f'fmtid="{_FORMAT}" pid="{number}" name="{name}"><vt:lpwstr>{piece}</vt:lpwstr></property>'
    )


def _names() -> Iterator[str]:
    yield NAME
    number = 2
    while True:
        yield f"{NAME} {number}"
        number += 1


def _part(package: Any, name: str, kind: str, xml: str) -> Part:
    return Part(PackURI(name), kind, package, (_HEAD + xml).encode())


def manifest_of(archive: Archive) -> Manifest:
    """Returns the manifest of a presentation. Raises InvalidRequest if it has none that can be read."""
    failure = InvalidRequest(
        "The presentation holds no proof: it is not deckgen's, or was saved by a program that leaves "
        "custom properties out.",
        code="manifest_missing",
    )
    for text in (_of_properties(archive), _of_custom_xml(archive)):
        try:
            if text:
                return unpack(text)
        except InvalidRequest as error:
            failure = error
    raise failure


def _of_properties(archive: Archive) -> str:
    found: dict[str, str] = {}
    for part in archive.related("", "custom-properties"):
        for each in archive.xml(part):
            found[each.get("name", "")] = "".join(value.text or "" for value in each.iter(_TYPES))
    text = ""
    for name in _names():
        if name not in found:
            return text
        text += found[name]
    return text


def _of_custom_xml(archive: Archive) -> str:
    for main in archive.related("", "officeDocument"):
        for part in archive.related(main, "customXml"):
            root = archive.xml(part)
            if root.tag == f"{{{_NAMESPACE}}}manifest":
                return root.text or ""
    return ""


def broken(what: str) -> InvalidRequest:
    return InvalidRequest(f"The proof in the presentation {what}.", code="manifest_broken")
