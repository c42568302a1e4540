"""Decks as PowerPoint: scenes drawn with native text, charts and tables, real titles, notes."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from deckgen.domain.decks import Deck, Layout
from deckgen.domain.formatting.locales import spoken_there
from deckgen.export.charts.native.ooxml import NativeDeck, NativeLayout, NativeSlide, speak
from deckgen.export.charts.viewing import view_of
from deckgen.export.pptx import masters
from deckgen.export.pptx.charts import chart
from deckgen.export.pptx.layouts import Layouts
from deckgen.export.pptx.manifest import Manifest, keep
from deckgen.export.pptx.package import Properties, saved, to_bytes
from deckgen.export.pptx.placeholders import Placeholder, is_furniture, placeholders
from deckgen.export.pptx.places import places
from deckgen.export.pptx.reading.contents import Contents
from deckgen.export.pptx.sections import add_sections
from deckgen.export.pptx.shapes import Pen
from deckgen.export.pptx.speaker_notes import speaker_notes
from deckgen.export.pptx.tables import table
from deckgen.export.pptx.zoom import zoom
from deckgen.export.scene.elements import ChartBox, Element, Scene, TableBox, TextBox
from deckgen.export.slides.compose import scenes
from deckgen.export.text import Words
from deckgen.export.themes.theme import Theme


def render_pptx(
    deck: Deck, theme: Theme, signed: dict[str, Any] | None = None, *, base: bytes | None = None
) -> bytes:
    """The deck as a .pptx file, one slide for each of the deck's; equal decks give equal bytes.

    It holds the deck itself as its proof: `signed` is the document whose signature is checked.
    `base` is the file of the template that the theme was read from.
    """
    presentation, told, every = _whole(deck, theme, base)
    said = places(saved(presentation, told).getvalue(), deck, every)
    # A kind of chart that somebody added is no member of an enumeration, which pydantic would warn of.
    document = signed or deck.model_dump(mode="json", by_alias=True, warnings=False)
    worn = theme if theme.places else None
    keep(presentation, Manifest(theme=theme.name, looks=worn, deck=document, contents=said))
    return to_bytes(presentation, told)


def contents_of(deck: Deck, theme: Theme) -> Contents:
    """Returns what the file of a deck says when it is made."""
    return drawn(deck, theme)[1]


def drawn(deck: Deck, theme: Theme) -> tuple[bytes, Contents]:
    """Returns the file of a deck without its proof, and what it says."""
    presentation, told, every = _whole(deck, theme)
    content = to_bytes(presentation, told)
    return content, places(content, deck, every)


def _whole(
    deck: Deck, theme: Theme, base: bytes | None = None
) -> tuple[NativeDeck, Properties, list[Scene]]:
    words = Words(deck)
    language = spoken_there(deck.language, words.formatter.locale)
    presentation = masters.new_presentation(theme, base)
    layouts = Layouts(presentation, theme, base is not None)
    every = [(scene, placeholders(scene)) for scene in scenes(deck, theme, words)]
    natives = [_add_slide(presentation, layouts.of(*each)) for each in every]
    parts = {slide.id: native.part for slide, native in zip(deck.slides, natives, strict=True)}
    for slide, native, (scene, holders) in zip(deck.slides, natives, every, strict=True):
        pen = Pen(theme, language, slide.id, words.line(slide.title), _way(native.part, parts))
        _fill(native, scene, holders, words, pen)
        if slide.hidden or slide.layout is Layout.APPENDIX:
            native._element.set("show", "0")
        _note(native, speaker_notes(slide, deck, words, scene.further), language)
        zoom(native._element, theme.grid.scale)
    masters.list_notes_master(presentation)
    add_sections(presentation, deck.slides, words)
    return presentation, _properties(deck, words, language), [scene for scene, _ in every]


def _properties(deck: Deck, words: Words, language: str) -> Properties:
    title, source = title_and_source(deck, words)
    return Properties(title, words.line("{{brief}}"), source, language)


def title_and_source(deck: Deck, words: Words) -> tuple[str, str]:
    """Returns what the file of a deck is called, and where its numbers are from."""
    source = words.says("source.line", name=deck.source.name) if deck.source else ""
    return words.line(deck.title), source


def _add_slide(presentation: NativeDeck, layout: NativeLayout) -> NativeSlide:
    """Returns a slide without any shape; python-pptx's own call would copy those of the layout."""
    relation, native = presentation.part.add_slide(layout)
    presentation._element.get_or_add_sldIdLst().add_sldId(relation)
    return native


def _note(native: NativeSlide, text: str, language: str) -> None:
    notes = native.notes_slide
    notes.notes_text_frame.text = text
    speak(notes._element, language)


def _way(part: Any, parts: Mapping[str, Any]) -> Callable[[str], str]:
    """Returns what gives the name of a slide's relation to another by its id, or nothing."""

    def relation(slide: str) -> str:
        return part.relate_to(parts[slide], RELATIONSHIP_TYPE.SLIDE) if slide in parts else ""

    return relation


def _fill(
    native: NativeSlide, scene: Scene, holders: Mapping[int, Placeholder], words: Words, pen: Pen
) -> None:
    """Put a scene's elements on a slide, in its order, each into its placeholder."""
    shapes = "".join(
        xml
        for place, element in enumerate(scene.elements)
        if not is_furniture(scene, element, pen.theme.grid)  # stands in the layout
        for xml in _drawn(native, element, holders.get(place), words, pen)
    )
    tree = parse_xml(f"<p:spTree {nsdecls('p', 'a', 'c', 'r')}>{shapes}</p:spTree>")
    native.shapes._spTree.extend(tree)


def _drawn(
    native: NativeSlide, element: Element, holder: Placeholder | None, words: Words, pen: Pen
) -> Iterable[str]:
    match element:
        case TextBox():
            return [pen.text(element, holder)]
        case ChartBox():
            view = view_of(element.chart, words, pen.theme.face)
            return chart(native.part, element, view, words, pen, holder)
        case TableBox():
            return [table(element, element.title or words.says("shape.table"), pen, holder)]
    return [pen.draw(element)]
