"""Decks as PDF: each slide's SVG as a page, with bookmarks, links to slides, title and language."""

from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import BooleanObject, DictionaryObject, Fit, NameObject, PdfObject, TextStringObject

from deckgen.domain.decks import Deck
from deckgen.domain.formatting.locales import spoken_there
from deckgen.export.pdf.drawing import pages
from deckgen.export.pdf.links import Jump, jumps
from deckgen.export.scene.elements import Scene
from deckgen.export.slide_facts import visible
from deckgen.export.slides.compose import scenes
from deckgen.export.svg.drawing import slide
from deckgen.export.text import Words
from deckgen.export.themes.theme import Theme

_RESOURCES = ("/Font", "/XObject", "/ColorSpace", "/ExtGState", "/Pattern", "/Shading")


def render_pdf(deck: Deck, theme: Theme) -> bytes:
    """Returns the deck as a .pdf file, a page for each slide; equal decks give equal bytes."""
    deck = visible(deck)
    words = Words(deck)
    drawn = list(scenes(deck, theme, words))
    writer = PdfWriter()
    made = pages((slide(scene, words, theme) for scene in drawn), theme.face.name)
    for number, (each, content) in enumerate(zip(deck.slides, made, strict=True)):
        page = PdfReader(BytesIO(content)).pages[0]
        _in_order(page["/Resources"].get_object())
        writer.add_page(page)
        writer.add_outline_item(title=words.line(each.title), page_number=number)
    _link(writer, deck, drawn, theme)
    _describe(writer, words.line(deck.title), spoken_there(deck.language, words.formatter.locale))
    into = BytesIO()
    writer.write(into)
    return into.getvalue()


def _link(writer: PdfWriter, deck: Deck, drawn: list[Scene], theme: Theme) -> None:
    """Lead from what names a slide to that slide."""
    places = {slide.id: number for number, slide in enumerate(deck.slides)}
    for number, scene in enumerate(drawn):
        for jump in jumps(scene, theme.face):
            if jump.slide in places:
                link = Link(
                    rect=_turned(jump, theme.grid.height),
                    target_page_index=places[jump.slide],
                    fit=Fit.fit(),
                    border=[0, 0, 0],
                )
                writer.add_annotation(number, link)


def _turned(jump: Jump, height: float) -> tuple[float, float, float, float]:
    """Returns the corners of a box as a PDF counts them: from the bottom."""
    box = jump.box
    return box.left, height - box.bottom, box.right, height - box.top


def _describe(writer: PdfWriter, title: str, language: str) -> None:
    """Say title and language where readers look for them."""
    writer.add_metadata({"/Title": title, "/Producer": "deckgen", "/Creator": "deckgen"})
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(language)
    shown = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    root[NameObject("/ViewerPreferences")] = shown


def _in_order(resources: PdfObject | None) -> None:
    """Sort what a page uses by name: who drew it keeps no order."""
    assert isinstance(resources, DictionaryObject)
    for name in _RESOURCES:
        if name not in resources:
            continue
        named = resources[name].get_object()
        if isinstance(named, DictionaryObject):
            items = sorted(named.items())
            named.clear()
            named.update(items)
