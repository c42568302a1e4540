"""Comments on slides, in the form that every PowerPoint and LibreOffice reads."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from deckgen.export.pptx.reading.slides import slide_parts
from deckgen.export.pptx.rewriting.handles import P
from deckgen.export.pptx.rewriting.package import Package
from deckgen.export.text import writable

AUTHOR, INITIALS = "deckgen", "dg"
_KIND = "application/vnd.openxmlformats-officedocument.presentationml"
_AUTHORS = "ppt/commentAuthors.xml"
_NAMESPACE = P.strip("{}")
_UNIT = 576 / 72  # of a comment's place, in a point
_MOST = 4_000  # letters
_STEP = 12  # points between comments at one place


@dataclass(frozen=True)
class Remark:
    """`at` is where it stands on its slide, in points."""

    slide: str  # its part
    text: str
    at: tuple[int, int]


def comment(package: Package, remarks: list[Remark], when: datetime) -> None:
    """Put remarks on their slides, behind the comments of others; those of an earlier time go."""
    _clear(package)
    if not remarks:
        return
    author, number = _author(package, len(remarks))
    taken: dict[tuple[str, tuple[int, int]], int] = {}
    for place, each in enumerate(remarks):
        name = _part(package, each.slide)
        below = taken.get((each.slide, each.at), 0)
        taken[each.slide, each.at] = below + 1
        at = (each.at[0], each.at[1] + below * _STEP)
        package.root(name).append(_element(each.text, author, number + place, at, when))
        package.keep(name)


def _clear(package: Package) -> None:
    """Take out the comments that were written here before: they are about other numbers."""
    main = next(package.archive.related("", "officeDocument"), "")
    own = {
        each.get("id")
        for name in package.archive.related(main, "commentAuthors")
        for each in package.root(name).iter(f"{P}cmAuthor")
        if each.get("name") == AUTHOR
    }
    for slide in slide_parts(package.archive, main) if own else []:
        for name in package.archive.related(slide, "comments"):
            root = package.root(name)
            for each in [one for one in root.iter(f"{P}cm") if one.get("authorId") in own]:
                root.remove(each)
                package.keep(name)


def _element(text: str, author: str, number: int, at: tuple[int, int], when: datetime) -> Any:
    stamp = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000")
    found = etree.Element(f"{P}cm", authorId=author, dt=stamp, idx=str(number))
    x, y = (max(0, round(side * _UNIT)) for side in at)
    etree.SubElement(found, f"{P}pos", x=str(x), y=str(y))
    etree.SubElement(found, f"{P}text").text = writable(text)[:_MOST]
    return found


def _author(package: Package, more: int) -> tuple[str, int]:
    """Returns the id of the author, and the number of its next comment."""
    main = next(package.archive.related("", "officeDocument"), "")
    name = next(package.archive.related(main, "commentAuthors"), "")
    if not name:
        name = _AUTHORS
        package.add(name, f"{_KIND}.commentAuthors+xml", _empty("cmAuthorLst"))
        package.relate(main, name, "commentAuthors")
    root = package.root(name)
    package.keep(name)
    every = list(root.iter(f"{P}cmAuthor"))
    own = next((each for each in every if each.get("name") == AUTHOR), None)
    if own is None:
        numbers = [int(each.get("id", "0")) for each in every]
        number = str(max(numbers, default=-1) + 1)
        own = etree.SubElement(
            root, f"{P}cmAuthor", id=number, name=AUTHOR, initials=INITIALS, lastIdx="0", clrIdx="0"
        )
    last = int(own.get("lastIdx", "0"))
    own.set("lastIdx", str(last + more))
    return own.get("id"), last + 1


def _part(package: Package, slide: str) -> str:
    """Returns the part with the comments of a slide; it is made if there is none."""
    for name in package.archive.related(slide, "comments"):
        if package.root(name).tag == f"{P}cmLst":
            return name
    count = slide.rpartition("/")[2].removesuffix(".xml").removeprefix("slide")
    name = f"ppt/comments/comment_deckgen_{count}.xml"
    if not package.has(name):
        package.add(name, f"{_KIND}.comments+xml", _empty("cmLst"))
        package.relate(slide, name, "comments")
    return name


def _empty(tag: str) -> bytes:
    return f'<p:{tag} xmlns:p="{_NAMESPACE}"/>'.encode()
