"""Decks as PowerPoint: native charts and tables, real titles, notes, alternative texts."""

from copy import deepcopy
from typing import Any

from pptx.util import Pt

from deckgen.domain.decks import Block, Bullets, Callout, Chart, Deck, Kpis, Layout, Slide, Table
from deckgen.domain.formatting.locales import spoken_there
from deckgen.export.layout.placement import Box, Placed, place
from deckgen.export.layout.text_metrics import POINTS_PER_INCH, largest, shorten
from deckgen.export.pptx import masters, shapes
from deckgen.export.pptx.ooxml import NativeDeck, NativeSlide, element, speak
from deckgen.export.pptx.package import to_bytes
from deckgen.export.pptx.speaker_notes import speaker_notes
from deckgen.export.pptx.tables import add_table
from deckgen.export.text import Words
from deckgen.export.themes import DEFAULT, Theme


def render_pptx(deck: Deck) -> bytes:
    """The deck as a .pptx file, one slide for each of the deck's; equal decks give equal bytes."""
    words = Words(deck)
    presentation = masters.new_presentation(DEFAULT)
    for slide in deck.slides:
        _add_slide(presentation, slide, deck, words, DEFAULT)
    return to_bytes(presentation, words.line(deck.title))


def _add_slide(presentation: NativeDeck, slide: Slide, deck: Deck, words: Words, theme: Theme) -> None:
    cover = slide.layout is Layout.TITLE and all(_is_text(block) for block in slide.blocks)
    layout = presentation.slide_layouts.get_by_name(masters.COVER if cover else masters.CONTENT)
    native = presentation.slides.add_slide(layout)
    left_out: list[str] = []
    if cover:
        _fill_cover(native, slide, words, theme)
    else:
        _write_title(native, words.line(slide.title), theme)
        for placed in place(slide, words, theme):
            left_out += _draw(native, placed, words, theme)
    _write_footer(native, layout, words.line(slide.source_line), theme)
    native.notes_slide.notes_text_frame.text = speaker_notes(slide, deck, words, left_out)
    language = spoken_there(deck.language, words.formatter.locale)
    charts = [shape.chart._chartSpace for shape in native.shapes if shape.has_chart]
    for text in (native._element, native.notes_slide._element, *charts):
        speak(text, language)


def _is_text(block: Block) -> bool:
    return isinstance(block, Bullets | Callout)


def _write_title(native: NativeSlide, title: str, theme: Theme) -> None:
    limit = theme.grid.content_width * POINTS_PER_INCH
    text, size = largest(title, theme.title_sizes, limit, 2, bold=True)
    _fill(native.shapes.title, text, size)


def _draw(native: NativeSlide, placed: Placed, words: Words, theme: Theme) -> list[str]:
    """Draw one block; returns what had to be left out."""
    match placed.block:
        case Bullets() as block:
            return shapes.add_bullets(native, placed, block, words, theme)
        case Callout() as block:
            shapes.add_callout(native, placed, block, words, theme)
        case Kpis() as block:
            shapes.add_kpis(native, placed, block, words, theme)
        case Chart() as block:
            shapes.add_chart(native, placed, block, words, theme)
        case Table() as block:
            add_table(native, placed, block, words, theme)
    return []


def _fill_cover(native: NativeSlide, slide: Slide, words: Words, theme: Theme) -> None:
    box = masters.cover_title(theme)
    title, size = largest(
        words.line(slide.title), theme.cover_sizes, box.width * POINTS_PER_INCH, 3, bold=True
    )
    _fill(native.shapes.title, title, size)
    lines = [words.line(text) for text in _cover_lines(slide)]
    subtitle = native.placeholders[1]
    if not lines:
        subtitle._element.getparent().remove(subtitle._element)
    else:
        _fill_subtitle(subtitle, lines, theme)
    shapes.accent_edge(native, Box(theme.grid.margin, 1.75, 0.09, 4.1), theme)


def _cover_lines(slide: Slide) -> list[str]:
    return [
        text
        for block in slide.blocks
        if isinstance(block, Bullets | Callout)
        for text in (block.items if isinstance(block, Bullets) else [block.text])
    ]


def _fill_subtitle(subtitle: Any, lines: list[str], theme: Theme) -> None:
    limit = masters.cover_subtitle(theme).width * POINTS_PER_INCH
    text, size = largest(" ".join(lines), (20, 18, 16), limit, 4)
    lines = [text] if len(lines) == 1 else [shorten(line, size, limit) for line in lines[:4]]
    _fill(subtitle, "\n".join(lines), size)


def _fill(placeholder: Any, text: str, size: int) -> None:
    placeholder.text_frame.text = text
    for paragraph in placeholder.text_frame.paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(size)


def _write_footer(native: NativeSlide, layout: Any, source: str, theme: Theme) -> None:
    """Source and slide number, in the placeholders of the layout (python-pptx does not copy them)."""
    limit = (theme.grid.content_width - 0.9) * POINTS_PER_INCH
    for placeholder in layout.placeholders:
        kind = placeholder._element.ph.get("type")
        if kind not in ("ftr", "sldNum") or (kind == "ftr" and not source):
            continue
        shape = deepcopy(placeholder._element)
        native.shapes._spTree.append(shape)
        shape.nvSpPr.cNvPr.set("id", str(max(each.shape_id for each in native.shapes) + 1))
        if kind == "ftr":
            _set_text(shape, shorten(source, theme.small, limit))


def _set_text(shape: Any, text: str) -> None:
    paragraph = element("a:p", '<a:r><a:rPr lang="en-US"/><a:t/></a:r>')
    paragraph[0][1].text = text
    body = shape.txBody
    for old in list(body.p_lst):
        body.remove(old)
    body.append(paragraph)
