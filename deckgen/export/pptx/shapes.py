"""What blocks become on a slide: text, cards, callouts, charts."""

from dataclasses import replace
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from deckgen.domain.decks import Bullets, Callout, Chart, Kpi, Kpis
from deckgen.export.charts.frame import frame
from deckgen.export.charts.view import view_of
from deckgen.export.layout.placement import (
    BULLET_INDENT,
    CALLOUT_PADDING,
    LEAST_GAP,
    MOST_GAP,
    Box,
    Placed,
    bullets_height,
    callout_height,
)
from deckgen.export.layout.rows import kpis_per_row
from deckgen.export.layout.text_metrics import POINTS_PER_INCH, height, largest, shorten, wrap
from deckgen.export.pptx import charts as native
from deckgen.export.pptx.ooxml import NativeSlide, element, paint, qn, rgb
from deckgen.export.text import Words
from deckgen.export.themes import Theme

_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_CARD_PADDING = 0.18  # inches
_LEAST_CHART = 1.2  # inches, with its heading
_WIDE_CARD = 2.2  # inches: from here on a card has room for larger text


def text_box(slide: NativeSlide, box: Box, name: str) -> Any:
    """An empty text box without inner margins that neither grows nor shrinks."""
    shape = slide.shapes.add_textbox(*(Inches(each) for each in _sides(box)))
    shape.name = name
    frame_ = shape.text_frame
    frame_.word_wrap = True
    frame_.margin_left = frame_.margin_right = frame_.margin_top = frame_.margin_bottom = 0
    return shape


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.width, box.height


def write(paragraph: Any, text: str, size: int, colour: str, *, bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = rgb(colour)


def describe(shape: Any, text: str) -> None:
    """Set the alternative text, for which python-pptx has no call."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", text)


def add_bullets(
    slide: NativeSlide, placed: Placed, block: Bullets, words: Words, theme: Theme
) -> list[str]:
    """Draw the bullets; what does not fit is returned, for the notes."""
    items = [words.line(item) for item in block.items]
    shown = that_fit(items, placed, words)
    shape = text_box(slide, placed.box, words.says("shape.points"))
    texts = (
        shown if len(shown) == len(items) else [*shown, more_in_notes(len(items) - len(shown), words)]
    )
    gap = _gap(texts, placed)
    for index, text in enumerate(texts):
        paragraph = shape.text_frame.paragraphs[0] if index == 0 else shape.text_frame.add_paragraph()
        paragraph.space_after = Pt(gap * placed.size)
        said = index >= len(shown)
        if not said:
            _bullet(paragraph, theme)
        write(paragraph, text, placed.size, theme.light.muted if said else theme.light.ink)
    return items[len(shown) :]


def more_in_notes(count: int, words: Words) -> str:
    return words.says("points.one_more" if count == 1 else "points.more", count=str(count))


def that_fit(items: list[str], placed: Placed, words: Words) -> list[str]:
    """As many of the items as their place takes, from the first on."""
    shown = list(items)
    while shown:
        texts = shown if len(shown) == len(items) else [*shown, more_in_notes(99, words)]
        if bullets_height(texts, placed.size, placed.box.width) <= placed.box.height + 0.01:
            return shown
        shown.pop()
    return shown


def _gap(texts: list[str], placed: Placed) -> float:
    """The gap that spreads the bullets over their box, within what looks like one list."""
    bare = bullets_height(texts, placed.size, placed.box.width, 0)
    spare = (placed.box.height - bare) * POINTS_PER_INCH / placed.size
    return min(max(spare / max(1, len(texts) - 1), LEAST_GAP), MOST_GAP)


def _bullet(paragraph: Any, theme: Theme) -> None:
    properties = paragraph._p.get_or_add_pPr()
    indent = Inches(BULLET_INDENT)
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    properties.append(element("a:buClr", f'<a:srgbClr val="{theme.light.accent}"/>'))
    properties.append(element("a:buFont", typeface=theme.font))
    properties.append(element("a:buChar", char="•"))


def add_callout(slide: NativeSlide, placed: Placed, block: Callout, words: Words, theme: Theme) -> None:
    box, size = placed.box, placed.size
    text = words.line(block.text)
    inner = (box.width - 2 * CALLOUT_PADDING - 0.1) * POINTS_PER_INCH
    lines = max(1, int((box.height - 2 * CALLOUT_PADDING + 0.01) / height(1, size)))
    text = shorten(text, size, inner, lines, bold=True)
    tall = min(box.height, callout_height(text, size, box.width))
    shape = _panel(slide, Box(box.left, box.top, box.width, tall), words.says("shape.callout"), theme)
    shape.text_frame.margin_left = Inches(CALLOUT_PADDING + 0.1)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    write(shape.text_frame.paragraphs[0], text, size, theme.light.ink, bold=True)
    accent_edge(slide, Box(box.left, box.top, 0.07, tall), theme)


def _panel(slide: NativeSlide, box: Box, name: str, theme: Theme) -> Any:
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Inches(each) for each in _sides(box)))
    shape.name = name
    style = shape._element.find(qn("p:style"))
    shape._element.remove(style)  # Office's default look: a shadow, a blue outline
    paint(shape.fill, theme.light.wash)
    shape.line.fill.background()
    frame_ = shape.text_frame
    frame_.word_wrap = True
    frame_.margin_left = frame_.margin_right = Inches(_CARD_PADDING)
    frame_.margin_top = frame_.margin_bottom = 0
    frame_.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame_.paragraphs[0].alignment = PP_ALIGN.LEFT
    return shape


def accent_edge(slide: NativeSlide, box: Box, theme: Theme) -> None:
    """Decoration, and marked so: screen readers pass over it."""
    edge = _panel(slide, box, "Edge", theme)
    edge.fill.fore_color.rgb = rgb(theme.light.accent)
    inside = f'<adec:decorative xmlns:adec="{_DECORATIVE}" val="1"/>'
    extension = element("a:ext", inside, uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}")
    extensions = element("a:extLst")
    extensions.append(extension)
    edge._element.xpath(".//p:cNvPr")[0].append(extensions)


def add_kpis(slide: NativeSlide, placed: Placed, block: Kpis, words: Words, theme: Theme) -> None:
    box, count = placed.box, len(block.items)
    per_row = kpis_per_row(count)
    lines = -(-count // per_row)
    gap = theme.grid.gap * 0.8
    wide = (box.width - gap * (per_row - 1)) / per_row
    between = min(gap, box.height / (2 * lines))  # a slide that holds too much has little room for rows
    tall = min((box.height - between * (lines - 1)) / lines, 2.2)
    size = min(_value_size(kpi, words, theme, wide) for kpi in block.items)
    for index, kpi in enumerate(block.items):
        row, column = divmod(index, per_row)
        card = Box(box.left + column * (wide + gap), box.top + row * (tall + between), wide, tall)
        _card(slide, card, kpi, words, theme, size)


def _value_size(kpi: Kpi, words: Words, theme: Theme, wide: float) -> int:
    inner = (wide - 2 * _CARD_PADDING) * POINTS_PER_INCH
    return largest(words.line(kpi.value), theme.kpi_sizes[2:], inner, 1, bold=True)[1]


def _card(slide: NativeSlide, box: Box, kpi: Kpi, words: Words, theme: Theme, size: int) -> None:
    """The value first, so that the values of several cards stand on one line."""
    shape = _panel(slide, box, words.says("shape.kpi", label=words.line(kpi.label)), theme)
    inner = (box.width - 2 * _CARD_PADDING) * POINTS_PER_INCH
    small = 14 if box.width > _WIDE_CARD else theme.small
    lines = int((box.height - 2 * _CARD_PADDING - height(1, size)) / height(1, small))
    change = shorten(words.line(kpi.change), small, inner, max(1, lines - 2))
    label = shorten(words.line(kpi.label), small, inner, 2 if change else max(1, lines))
    shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    shape.text_frame.margin_top = Inches(_CARD_PADDING)
    value = shorten(words.line(kpi.value), size, inner, bold=True)
    write(shape.text_frame.paragraphs[0], value, size, theme.light.ink, bold=True)
    _line(shape, label, small, theme.light.muted)
    if change:
        _line(shape, change, small, theme.light.accent)


def _line(shape: Any, text: str, size: int, colour: str) -> None:
    paragraph = shape.text_frame.add_paragraph()
    paragraph.alignment = PP_ALIGN.LEFT
    write(paragraph, text, size, colour)


def add_heading(
    slide: NativeSlide, box: Box, text: str, words: Words, theme: Theme, note: str = ""
) -> Box:
    """A chart's or table's title and, muted, what is to be known of it; returns the room below."""
    if not (text or note):
        return box
    limit = box.width * POINTS_PER_INCH
    title, size = largest(text, (14, 12), limit, 2, bold=True)
    note = shorten(note, theme.small, limit)
    lines = len(wrap(title, size, limit, bold=True))
    tall = height(lines, size) + (height(1, theme.small) if note else 0)
    shape = text_box(slide, Box(box.left, box.top, box.width, tall), words.says("shape.heading"))
    write(shape.text_frame.paragraphs[0], title, size, theme.light.ink, bold=True)
    if note:
        write(shape.text_frame.add_paragraph(), note, theme.small, theme.light.muted)
    below = tall + 0.08
    return Box(box.left, box.top + below, box.width, box.height - below)


def add_chart(slide: NativeSlide, placed: Placed, block: Chart, words: Words, theme: Theme) -> None:
    view = view_of(block, words)
    if view.is_empty or placed.box.height < _LEAST_CHART:
        why = words.says("chart.no_values" if view.is_empty else "chart.no_room")
        said = words.says("chart.in_place", title=view.title, why=why) if view.title else why
        _in_place_of_chart(slide, placed.box, said, words, theme)
        return
    box = add_heading(slide, placed.box, view.title, words, theme, view.note)
    room = frame(view, theme.small, box.width * POINTS_PER_INCH, box.height * POINTS_PER_INCH)
    shape = slide.shapes.add_chart(
        native.chart_type(view), *(Inches(each) for each in _sides(box)), native.chart_data(view, room)
    )
    shape.name = view.title or words.says("shape.chart")
    describe(shape, view.alt or view.title)
    native.style(shape.chart, view, room, theme)


def _in_place_of_chart(slide: NativeSlide, box: Box, text: str, words: Words, theme: Theme) -> None:
    line = text_box(slide, replace(box, height=height(1, theme.small)), words.says("shape.no_chart"))
    text = shorten(text, theme.small, box.width * POINTS_PER_INCH)
    write(line.text_frame.paragraphs[0], text, theme.small, theme.light.muted)
