"""Decks as PowerPoint: scenes drawn with native text, charts and tables, real titles, notes."""

from collections.abc import Iterable
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from deckgen.domain.decks import Deck
from deckgen.domain.formatting.locales import spoken_there
from deckgen.export.charts.native.ooxml import NativeDeck, NativeSlide, speak
from deckgen.export.charts.viewing import view_of
from deckgen.export.pptx import masters
from deckgen.export.pptx.charts import chart
from deckgen.export.pptx.manifest import Manifest, keep
from deckgen.export.pptx.package import to_bytes
from deckgen.export.pptx.places import places
from deckgen.export.pptx.reading.contents import Contents
from deckgen.export.pptx.sections import add_sections
from deckgen.export.pptx.shapes import Pen
from deckgen.export.pptx.speaker_notes import speaker_notes
from deckgen.export.pptx.tables import table
from deckgen.export.scene.elements import ChartBox, Element, Scene, TableBox, TextBox
from deckgen.export.slides.compose import scenes
from deckgen.export.text import Words
from deckgen.export.themes.theme import Theme

_COVER = "title"  # the archetype
# The types of placeholders, by the slots of the texts that stand in them.
_HOLDERS = {"headline": "title"}
_COVER_HOLDERS = {"headline": "ctrTitle", "subtitle": "subTitle"}
_FOOT = {"source": "ftr", "number": "sldNum"}


def render_pptx(deck: Deck, theme: Theme, signed: dict[str, Any] | None = None) -> bytes:
    """The deck as a .pptx file, one slide for each of the deck's; equal decks give equal bytes.

    It holds the deck itself as its proof: `signed` is the document whose signature is checked.
    """
    presentation, drawn = _drawn_whole(deck, theme)
    title, language = Words(deck).line(deck.title), _language(deck)
    said = places(to_bytes(presentation, title, language), deck, drawn)
    # A kind of chart that somebody added is no member of an enumeration, which pydantic would warn of.
    document = signed or deck.model_dump(mode="json", by_alias=True, warnings=False)
    keep(presentation, Manifest(theme=theme.name, deck=document, contents=said))
    return to_bytes(presentation, title, language)


def contents_of(deck: Deck, theme: Theme) -> Contents:
    """Returns what the file of a deck says when it is made."""
    presentation, drawn = _drawn_whole(deck, theme)
    return places(to_bytes(presentation, "", _language(deck)), deck, drawn)


def _language(deck: Deck) -> str:
    return spoken_there(deck.language, deck.writes.locale)


def _drawn_whole(deck: Deck, theme: Theme) -> tuple[NativeDeck, list[Scene]]:
    words, language = Words(deck), _language(deck)
    drawn = list(scenes(deck, theme, words))
    presentation = masters.new_presentation(theme)
    for slide, scene in zip(deck.slides, drawn, strict=True):
        name = masters.COVER if scene.archetype == _COVER else masters.CONTENT
        layout = presentation.slide_layouts.get_by_name(name)
        native = presentation.slides.add_slide(layout)
        _fill(native, scene, words, Pen(theme, language, slide.id))
        notes = native.notes_slide
        notes.notes_text_frame.text = speaker_notes(slide, deck, words, scene.further)
        speak(notes._element, language)
    add_sections(presentation, deck.slides, words)
    return presentation, drawn


def _fill(native: NativeSlide, scene: Scene, words: Words, pen: Pen) -> None:
    """Put a scene's elements on a slide, in its order; the layout's placeholders hold its texts."""
    tree = native.shapes._spTree
    for empty in list(native.placeholders):
        tree.remove(empty._element)
    shapes = "".join(
        xml for element in scene.elements for xml in _drawn(native, scene, element, words, pen)
    )
    tree.extend(parse_xml(f"<p:spTree {nsdecls('p', 'a', 'c', 'r')}>{shapes}</p:spTree>"))


def _drawn(
    native: NativeSlide, scene: Scene, element: Element, words: Words, pen: Pen
) -> Iterable[str]:
    match element:
        case TextBox():
            return [pen.text(element, _holder(element, scene, pen.theme))]
        case ChartBox():
            view = view_of(element.chart, words, pen.theme.face)
            return chart(native.part, element, view, words, pen)
        case TableBox():
            return [table(element, element.title or words.says("shape.table"), pen)]
    return [pen.draw(element)]


def _holder(element: TextBox, scene: Scene, theme: Theme) -> str:
    """Returns the type of the placeholder that a text stands in, if it stands in one."""
    if element.box.top >= theme.grid.footer:
        return _FOOT.get(element.slot, "")
    held = _COVER_HOLDERS if scene.archetype == _COVER else _HOLDERS
    return held.get(element.slot, "")
