"""A PowerPoint file looked at as its reader gets it: opened again, every shape measured."""

from collections.abc import Iterator
from io import BytesIO
from itertools import combinations
from typing import Any

from pptx import Presentation
from pptx.util import Emu

from deckgen.domain.decks import Chart, ChartKind, Deck, Slide
from deckgen.export.charts.view import view_of
from deckgen.export.layout.text_metrics import POINTS_PER_INCH, height, wrap
from deckgen.export.pptx.ooxml import NativeDeck, NativeSlide
from deckgen.export.text import Words
from deckgen.export.themes import DEFAULT, Palette, contrast

LEAST_TEXT, LEAST_TITLE = 12, 20  # points
TEXT_CONTRAST, MARK_CONTRAST = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
TOLERANCE = 0.03  # inches
Sides = tuple[int, int, int, int]  # left, top, right and bottom in EMU
_DECORATION = "Edge"  # lies on the card or callout that it decorates


def inspect(deck: Deck, file: bytes) -> dict[str, list[str]]:
    """What is wrong with the file `render_pptx` made of a deck: problems by the names of the checks."""
    presentation = Presentation(BytesIO(file))
    natives = list(presentation.slides)
    found: dict[str, list[str]] = {
        "file_has_all_slides": []
        if len(natives) == len(deck.slides)
        else [f"{len(natives)} slides instead of {len(deck.slides)}"],
        "text_can_be_read": list(_palette_problems(DEFAULT.light)),
        "nothing_overflows": [],
        "charts_are_native": [],
    }
    words = Words(deck)
    for slide, native in zip(deck.slides, natives, strict=False):
        for name, problems in (
            ("text_can_be_read", _small(native)),
            ("nothing_overflows", _overflows(presentation, native, words.line(slide.title))),
            ("charts_are_native", _charts(slide, native, words)),
        ):
            found[name] += [f"{slide.id}: {problem}" for problem in problems]
    return found


def _palette_problems(colours: Palette) -> Iterator[str]:
    for name in ("ink", "muted", "accent"):
        for ground in (colours.paper, colours.wash):
            if contrast(getattr(colours, name), ground) < TEXT_CONTRAST:
                yield f"{name} does not stand out from {ground}"
    for name in ("rest", "loss"):
        if contrast(getattr(colours, name), colours.paper) < MARK_CONTRAST:
            yield f"{name} does not stand out from {colours.paper}"


def _small(native: NativeSlide) -> Iterator[str]:
    title = native.shapes.title
    for shape in native.shapes:
        least = LEAST_TITLE if shape == title else LEAST_TEXT
        for size in _sizes(shape):
            if size < least:
                yield f"{shape.name} is written in {size:g} points"


def _sizes(shape: Any) -> Iterator[float]:
    frames = [shape.text_frame] if shape.has_text_frame else []
    if shape.has_table:
        frames += [cell.text_frame for row in shape.table.rows for cell in row.cells]
    for frame in frames:
        for paragraph in frame.paragraphs:
            yield from (run.font.size.pt for run in paragraph.runs if run.font.size)


def _overflows(presentation: NativeDeck, native: NativeSlide, title: str) -> Iterator[str]:
    """What is cut, hangs out of its box, off the slide or over another shape."""
    if native.shapes.title.text_frame.text != title:
        yield "the title is cut"
    wide, tall = presentation.slide_width, presentation.slide_height
    placed = [(shape, _sides(shape)) for shape in native.shapes if shape.name != _DECORATION]
    for shape, (left, top, right, bottom) in placed:
        if min(left, top) < 0 or right > wide or bottom > tall:
            yield f"{shape.name} leaves the slide"
        if shape.has_text_frame and _needed(shape, right - left) > Emu(bottom - top).inches + TOLERANCE:
            yield f"the text of {shape.name} does not fit"
    for (one, sides), (other, others) in combinations(placed, 2):
        if _overlap(sides, others):
            yield f"{one.name} lies over {other.name}"


def _sides(shape: Any) -> Sides:
    """Asked for once: python-pptx looks up the place of a placeholder in its layout each time."""
    left, top = shape.left, shape.top
    return left, top, left + shape.width, top + shape.height


def _needed(shape: Any, width: int) -> float:
    """The height of the text of a shape so wide, in inches."""
    frame = shape.text_frame
    margins = frame.margin_left + frame.margin_right
    limit = Emu(width - margins).inches * POINTS_PER_INCH
    return sum(_paragraph_height(paragraph, limit) for paragraph in frame.paragraphs)


def _paragraph_height(paragraph: Any, limit: float) -> float:
    run = next((run for run in paragraph.runs if run.font.size), None)
    if run is None:
        return 0.0
    indent = Emu(int(paragraph._p.pPr.get("marL", 0)) if paragraph._p.pPr is not None else 0)
    room = limit - indent.inches * POINTS_PER_INCH
    return height(
        len(wrap(paragraph.text, run.font.size.pt, room, bold=bool(run.font.bold))), run.font.size.pt
    )


def _overlap(one: Sides, other: Sides) -> bool:
    """Whether two boxes share more than a hair."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    return Emu(wide).inches > TOLERANCE and Emu(tall).inches > TOLERANCE


def _charts(slide: Slide, native: NativeSlide, words: Words) -> Iterator[str]:
    """Charts that can't be edited, can't be heard, or cut their bars."""
    blocks = [block for block in slide.blocks if isinstance(block, Chart)]
    drawn = [block for block in blocks if not view_of(block, words).is_empty]
    frames = [shape for shape in native.shapes if shape.has_chart]
    if len(frames) != len(drawn):
        yield f"{len(frames)} charts that can be edited instead of {len(drawn)}"
    for block, frame in zip(drawn, frames, strict=False):
        if not frame._element.xpath(".//p:cNvPr")[0].get("descr"):
            yield f"{frame.name} has no alternative text"
        if block.kind in (ChartKind.BAR, ChartKind.COLUMN) and _is_cut(block, frame.chart):
            yield f"the bars of {frame.name} do not start at zero"


def _is_cut(block: Chart, native: Any) -> bool:
    """Whether the axis of bars begins above zero."""
    lowest = min((value for one in block.series for value in one.values if value), default=0)
    minimum = native.value_axis.minimum_scale
    return lowest >= 0 and minimum != 0
