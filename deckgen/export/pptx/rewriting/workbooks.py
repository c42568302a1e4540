"""The workbook inside of a chart with new cells: sheets, looks and cells of others stay in it."""

import re
from copy import deepcopy
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from deckgen.export.pptx.reading.archive import Archive
from deckgen.export.pptx.rewriting.package import Package

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
Place = tuple[int, int]  # row and column, from 1
Cells = dict[str, float | str]


def renewed(content: bytes, fresh: bytes, kept: Cells) -> bytes:
    """Returns a workbook with the cells of a fresh one; `kept` are values and texts that people wrote.

    In the columns that the fresh one has, other cells go: they were an earlier table's.
    """
    package, source = Package(Archive.opened(content)), Archive.opened(fresh)
    part, shared = _first_sheet(package.archive), _shared(source)
    root, new = package.root(part), source.xml(_first_sheet(source))
    wanted = {_place(cell): cell for cell in new.iter(f"{_S}c")}
    data = root.find(f"{_S}sheetData")
    present = {_place(cell): cell for cell in data.iter(f"{_S}c")}
    columns = {column for _, column in wanted}
    for place, cell in present.items():
        if place not in wanted and place[1] in columns:
            cell.getparent().remove(cell)
    for place, cell in wanted.items():
        _write(data, present.get(place), place, _plain(cell, shared, kept))
    for old in root.findall(f"{_S}dimension"):
        root.remove(old)
    package.keep(part)
    package.remove_related(main_of(package.archive), "calcChain")
    return package.saved()


def main_of(archive: Archive) -> str:
    return next(archive.related("", "officeDocument"), "")


def _first_sheet(archive: Archive) -> str:
    """Returns the part of the sheet that charts draw: the first one."""
    main = main_of(archive)
    known = archive.relations(main)
    sheets = [known.get(each.get(f"{_R}id", "")) for each in archive.xml(main).iter(f"{_S}sheet")]
    return next((each.target for each in sheets if each and not each.is_external), "")


def _shared(archive: Archive) -> list[str]:
    return [
        "".join(each.text or "" for each in item.iter(f"{_S}t"))
        for part in archive.related(main_of(archive), "sharedStrings")
        for item in archive.xml(part).iter(f"{_S}si")
    ]


def _place(cell: Any) -> Place:
    match = _PLACE.fullmatch(cell.get("r", ""))
    if match is None:
        return 0, 0
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def _plain(cell: Any, shared: list[str], kept: Cells) -> Any:
    """Returns a cell that needs no other part: its text stands in it."""
    new = etree.Element(f"{_S}c", r=cell.get("r"))
    value, kind = cell.find(f"{_S}v"), cell.get("t", "n")
    own = kept.get(cell.get("r"))
    if isinstance(own, float):
        etree.SubElement(new, f"{_S}v").text = repr(own)
        return new
    if kind == "s" and value is not None:
        own = own or shared[int(value.text)]
    if own:
        new.set("t", "inlineStr")
        etree.SubElement(etree.SubElement(new, f"{_S}is"), f"{_S}t").text = own
        return new
    new.extend(deepcopy(each) for each in cell)
    if kind != "n":
        new.set("t", kind)
    return new


def _write(data: Any, old: Any, place: Place, new: Any) -> None:
    if old is not None:
        if old.get("s"):
            new.set("s", old.get("s"))
        old.getparent().replace(old, new)
        return
    row = _row(data, place[0])
    behind = next((each for each in row.iter(f"{_S}c") if _place(each)[1] > place[1]), None)
    row.append(new) if behind is None else behind.addprevious(new)
    above = _beside(data, place)
    if above is not None and above.get("s"):
        new.set("s", above.get("s"))


def _beside(data: Any, place: Place) -> Any:
    """Returns the cell above, whose looks a new row has."""
    cells = (each for each in data.iter(f"{_S}c") if _place(each) == (place[0] - 1, place[1]))
    return next(cells, None)


def _row(data: Any, number: int) -> Any:
    for row in data.iter(f"{_S}row"):
        if row.get("r") == str(number):
            return row
        if int(row.get("r", "0")) > number:
            new = etree.Element(f"{_S}row", r=str(number))
            row.addprevious(new)
            return new
    return etree.SubElement(data, f"{_S}row", r=str(number))
