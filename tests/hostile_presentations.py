"""Presentations that attack whoever reads them, made out of a sound one."""

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

SLIDE = "ppt/slides/slide1.xml"
_ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE bomb [<!ENTITY a "aaaaaaaaaa">%s]><p:sld
xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">&j;</p:sld>"""
_LEVELS = b"".join(
    b'<!ENTITY %c "%s">' % (ord("b") + level, b"&%c;" % (ord("a") + level) * 10) for level in range(9)
)
_OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE sld [<!ENTITY x SYSTEM "file:///etc/hostname">]><p:sld
xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">&x;</p:sld>"""


def with_parts(content: bytes, parts: Mapping[str, bytes], *, twice: bool = False) -> bytes:
    """Returns the file with these parts in place of its own, or `twice`, beside them."""
    into = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(into, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            if twice or name not in parts:
                target.writestr(name, source.read(name))
        for name, part in parts.items():
            target.writestr(name.upper() if twice else name, part)
    return into.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as source:
        return {name: source.read(name) for name in source.namelist()}


def _bomb(content: bytes) -> bytes:
    return with_parts(content, {SLIDE: b"<a>" + b" " * 31_000_000 + b"</a>"})


def _many_parts(content: bytes) -> bytes:
    return with_parts(content, {f"ppt/media/{number}.bin": b"" for number in range(5_001)})


def _many_slides(content: bytes) -> bytes:
    main = parts_of(content)["ppt/presentation.xml"]
    more = b"".join(b'<p:sldId id="%d" r:id="rId7"/>' % number for number in range(1_001))
    return with_parts(
        content, {"ppt/presentation.xml": main.replace(b"</p:sldIdLst>", more + b"</p:sldIdLst>")}
    )


# What is done to a sound presentation, with the code of the answer.
ATTACKS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a bomb": (_bomb, "presentation_too_large"),
    "very many parts": (_many_parts, "presentation_too_large"),
    "very many slides": (_many_slides, "presentation_too_large"),
    "a bomb of entities": (
        lambda content: with_parts(content, {SLIDE: _ENTITIES % _LEVELS}),
        "presentation_unsafe",
    ),
    "an entity outside": (
        lambda content: with_parts(content, {SLIDE: _OUTSIDE}),
        "presentation_unsafe",
    ),
    "macros": (
        lambda content: with_parts(content, {"ppt/vbaProject.bin": b"x"}),
        "presentation_unsafe",
    ),
    "a part twice": (
        lambda content: with_parts(content, {SLIDE: b"<a/>"}, twice=True),
        "presentation_broken",
    ),
    "half a file": (lambda content: content[: len(content) // 2], "presentation_broken"),
    "a broken part": (
        lambda content: with_parts(content, {SLIDE: b"<p:sld"}),
        "presentation_broken",
    ),
    "a missing part": (
        lambda content: with_parts(content, {"ppt/_rels/presentation.xml.rels": b"<a/>"}),
        "presentation_broken",
    ),
    "no proof": (
        lambda content: with_parts(
            content, {"docProps/custom.xml": b"<a/>", "customXml/item1.xml": b"<a/>"}
        ),
        "manifest_missing",
    ),
    "a broken proof": (
        lambda content: with_parts(
            content,
            {
                "docProps/custom.xml": b"<a/>",
                "customXml/item1.xml": b'<manifest xmlns="urn:deckgen:manifest">AAAA</manifest>',
            },
        ),
        "manifest_broken",
    ),
}
