"""The slides of a presentation, read from its XML by what is in them, not by which program wrote it."""

import re
from collections.abc import Iterator
from typing import Any
from unicodedata import category

from deckgen.export.pptx.reading.archive import Archive, broken, too_large
from deckgen.export.pptx.reading.charts import chart
from deckgen.export.pptx.reading.contents import (
    Box,
    Contents,
    SlidePlaces,
    TablePlace,
    TextPlace,
    Words,
)

MAX_SLIDES, MAX_SHAPES = 1_000, 200_000
EMU = 12_700  # in a point
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
FURNITURE = ("sldNum", "dt", "ftr", "hdr", "sldImg")  # of a page of notes
_SLIDE_NUMBER = re.compile(r"\D?\d{0,4}\D?|<number>")


def contents(archive: Archive) -> Contents:
    """Returns what a presentation says. Raises InvalidRequest if it is none."""
    main = next(archive.related("", "officeDocument"), None)
    if main is None or archive.xml(main).tag != f"{_P}presentation":
        raise broken("is another kind of file than PowerPoint's")
    names = slide_parts(archive, main)
    return Contents(
        slides=[_slide(archive, name) for name in names], common=sorted(_common(archive, names))
    )


def slide_parts(archive: Archive, main: str) -> list[str]:
    """Returns the parts of the slides of a presentation, in their order."""
    root, known = archive.xml(main), archive.relations(main)
    numbers = [each.get(f"{_R}id", "") for each in root.iter(f"{_P}sldId")]
    if len(numbers) > MAX_SLIDES:
        raise too_large(f"has more than {MAX_SLIDES:,} slides")
    names = [known[number].target for number in numbers if number in known]
    if len(names) < len(numbers):
        raise broken("names slides that it does not have")
    return names


def _slide(archive: Archive, name: str) -> SlidePlaces:
    root, known = archive.xml(name), archive.relations(name)
    places = _places_of_layout(archive, name)
    texts, tables, charts, others, described = [], [], [], [], {}
    for shape in shapes(root):
        shown, alt = named(shape)
        if alt:
            described[shown] = alt
        if found := _text(shape, shown, places):
            texts.append(found)
        elif shape.tag != f"{_P}graphicFrame":
            others.append(shown)
        texts += [_diagram(archive, known[each], shown) for each in diagrams(shape) if each in known]
        for grid in shape.iterchildren(f"{_A}graphic"):
            tables += [_table(each, shown) for each in grid.iter(f"{_A}tbl")]
            for each in grid.iter(f"{_C}chart"):
                relation = known.get(each.get(f"{_R}id", ""))
                if relation and not relation.is_external:
                    charts.append(chart(archive, relation.target, shown))
    described |= {shown: alt for shown, alt in map(named, root.iter(f"{_P}grpSp")) if alt}
    return SlidePlaces(
        texts=texts,
        tables=tables,
        charts=charts,
        notes=[each for part in archive.related(name, "notesSlide") for each in _notes(archive, part)],
        described=described,
        others=others,
        pictures=sum(1 for _ in root.iter(f"{_P}pic")),
    )


def shapes(root: Any) -> Iterator[Any]:
    """Yields shapes, those in groups as well, in the order in which they are drawn."""
    kinds = (f"{_P}sp", f"{_P}cxnSp", f"{_P}graphicFrame")
    for number, shape in enumerate(root.iter(*kinds)):
        if number >= MAX_SHAPES:
            raise too_large(f"has more than {MAX_SHAPES:,} shapes on a slide")
        yield shape


def named(shape: Any) -> tuple[str, str]:
    own = next(shape.iter(f"{_P}cNvPr"), None)
    return ("", "") if own is None else (own.get("name", ""), own.get("descr", ""))


def _text(shape: Any, name: str, places: dict[str, Box]) -> TextPlace | None:
    body = shape.find(f"{_P}txBody")
    paragraphs = _paragraphs(body) if body is not None else []
    if not paragraphs:
        return None
    box = box_of(shape) or places.get(_number(shape))
    return TextPlace(name=name, paragraphs=paragraphs, holder=holder_of(shape), box=box)


def holder_of(shape: Any) -> str:
    holder = next(shape.iter(f"{_P}ph"), None)
    return "" if holder is None else holder.get("type", "body")


def _number(shape: Any) -> str:
    """Returns by what a layout knows a placeholder; nothing for another shape."""
    holder = next(shape.iter(f"{_P}ph"), None)
    return "" if holder is None else holder.get("idx") or holder.get("type", "body")


def _places_of_layout(archive: Archive, name: str) -> dict[str, Box]:
    """Returns where the placeholders of a slide stand, unless it says otherwise."""
    found = {}
    for layout in archive.related(name, "slideLayout"):
        for shape in shapes(archive.xml(layout)):
            if (number := _number(shape)) and (box := box_of(shape)):
                found[number] = box
    return found


def box_of(shape: Any) -> Box | None:
    """Returns where a shape stands; None where only its layout says it."""
    frame = next(shape.iter(f"{_A}xfrm"), None)
    start, extent = (None, None) if frame is None else (frame.find(f"{_A}off"), frame.find(f"{_A}ext"))
    if start is None or extent is None:
        return None
    lengths = [start.get("x"), start.get("y"), extent.get("cx"), extent.get("cy")]
    try:
        left, top, width, height = (round(int(each) / EMU) for each in lengths)
    except (TypeError, ValueError):
        return None
    return left, top, width, height


def _paragraphs(body: Any) -> list[Words]:
    found = (said(each) for each in body.iter(f"{_A}p"))
    return [Words(text=text) for text in found if text]


def said(paragraph: Any) -> str:
    """Returns the text of a paragraph, of runs, fields and formulas; a break is a space."""
    pieces = []
    for node in paragraph.iter():
        if not isinstance(node.tag, str):
            continue
        kind = node.tag.rpartition("}")[2]
        if kind == "t" and not is_slide_number(node):
            pieces.append(node.text or "")
        elif kind in ("br", "tab"):
            pieces.append(" ")
    return plain("".join(pieces))


def plain(text: str) -> str:
    """Returns a text without the marks that nobody sees, which programs add and leave out."""
    return " ".join("".join(char for char in text if category(char) != "Cf").split())


def is_slide_number(text: Any) -> bool:
    field = text.getparent()
    is_field = field is not None and field.get("type") == "slidenum"
    return is_field and _SLIDE_NUMBER.fullmatch(text.text or "") is not None


def _table(table: Any, name: str) -> TablePlace:
    rows = [
        [" ".join(filter(None, map(said, cell.iter(f"{_A}p")))) for cell in row.iter(f"{_A}tc")]
        for row in table.iter(f"{_A}tr")
    ]
    return TablePlace(name=name, rows=rows)


def diagrams(shape: Any) -> list[str]:
    return [each.get(f"{_R}dm", "") for each in shape.iter(_DIAGRAM)]


def _diagram(archive: Archive, relation: Any, name: str) -> TextPlace:
    paragraphs = [] if relation.is_external else _paragraphs(archive.xml(relation.target))
    return TextPlace(name=name, paragraphs=paragraphs)


def _notes(archive: Archive, name: str) -> Iterator[Words]:
    for shape in shapes(archive.xml(name)):
        body = shape.find(f"{_P}txBody")
        if body is not None and holder_of(shape) not in FURNITURE:
            yield from _paragraphs(body)


def _common(archive: Archive, slides: list[str]) -> set[str]:
    """Returns what masters and layouts say themselves, on each slide that has them."""
    layouts = {each for name in slides for each in archive.related(name, "slideLayout")}
    masters = {each for name in layouts for each in archive.related(name, "slideMaster")}
    found = set()
    for name in layouts | masters:
        for shape in shapes(archive.xml(name)):
            text = None if holder_of(shape) else _text(shape, "", {})
            found |= {each.text for each in text.paragraphs} if text else set()
    return found
