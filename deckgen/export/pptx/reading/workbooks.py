"""The workbook inside of a chart: the cells that the chart says it draws."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose
from typing import Any

from deckgen.export.pptx.reading.archive import Archive

MOST_CELLS, SHOWN = 100_000, 5
TOLERANCE = 1e-9  # LibreOffice keeps fifteen digits
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_AREA = re.compile(
    r"(?P<sheet>'(?:[^']|'')+'|[^'!]+)!\$?(?P<left>[A-Z]{1,3})\$?(?P<top>\d{1,7})"
    r"(?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>\d{1,7}))?"
)


@dataclass(frozen=True)
class Drawn:
    """The points that a chart draws of an area; where it draws none the cells may have something."""

    area: str
    points: list[str | None]
    may_lack: bool


def differing(content: bytes, drawn: list[Drawn]) -> Iterator[str]:
    """Yields the cells that are not what a chart draws of them."""
    archive = Archive.opened(content)
    sheets: dict[str, dict[str, str]] = {}
    found = 0
    for each in drawn:
        match = _AREA.fullmatch(each.area)
        cells = [] if match is None else list(_cells(match))
        if match is None or len(cells) < len(each.points):
            yield f"what it draws is not told by {each.area[:80]}"
            continue
        sheet = match["sheet"].strip("'").replace("''", "'")
        if sheet not in sheets:
            sheets[sheet] = _sheet(archive, sheet)
        for cell, point in zip(cells, each.points, strict=False):
            held = sheets[sheet].get(cell, "")
            if each.may_lack and not point:
                continue
            if not alike(held, point or "") and (found := found + 1) <= SHOWN:
                told, drawn_there = held or "nothing", point or "nothing"
                yield f"its workbook has {told} in {cell}, where {drawn_there} is drawn"


def alike(one: str, other: str) -> bool:
    """True if two cells say the same: a number is the same with fewer digits."""
    if one == other:
        return True
    try:
        return isclose(float(one), float(other), rel_tol=TOLERANCE, abs_tol=1e-300)
    except ValueError:
        return one.split() == other.split()


def _cells(area: "re.Match[str]") -> Iterator[str]:
    left, right = _column(area["left"]), _column(area["right"] or area["left"])
    top, bottom = int(area["top"]), int(area["bottom"] or area["top"])
    if (right - left + 1) * (bottom - top + 1) > MOST_CELLS:
        return
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield f"{_letters(column)}{row}"


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _sheet(archive: Archive, name: str) -> dict[str, str]:
    """Returns the cells of a sheet as text; none if there is no such sheet."""
    main = next(archive.related("", "officeDocument"), "")
    known = archive.relations(main)
    for sheet in archive.xml(main).iter(f"{_S}sheet"):
        relation = known.get(sheet.get(f"{_R}id", ""))
        if sheet.get("name") == name and relation and not relation.is_external:
            shared = [
                text
                for part in archive.related(main, "sharedStrings")
                for text in map(_text, archive.xml(part).iter(f"{_S}si"))
            ]
            cells = archive.xml(relation.target).iter(f"{_S}c")
            return {cell.get("r", ""): _value(cell, shared) for cell in cells}
    return {}


def _value(cell: Any, shared: list[str]) -> str:
    kind, value = cell.get("t"), cell.find(f"{_S}v")
    if kind == "inlineStr":
        return _text(cell)
    text = "" if value is None else value.text or ""
    if kind == "s":
        return shared[int(text)] if text.isdigit() and int(text) < len(shared) else ""
    return text


def _text(element: Any) -> str:
    return "".join(each.text or "" for each in element.iter(f"{_S}t"))
