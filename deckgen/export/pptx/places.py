"""What each place of a presentation says, with the references that its numbers stand for."""

from collections.abc import Sequence

from deckgen.domain.decks import Deck
from deckgen.domain.facts import references
from deckgen.export.pptx.reading.archive import Archive
from deckgen.export.pptx.reading.contents import Contents, SlidePlaces, TextPlace
from deckgen.export.pptx.reading.contents import Words as Said
from deckgen.export.pptx.reading.slides import contents, plain
from deckgen.export.scene.elements import Paragraph, Scene, paragraphs


def places(content: bytes, deck: Deck, drawn: Sequence[Scene]) -> Contents:
    """Returns what a file says that was just made of scenes: as any reader would find it in there."""
    read = contents(Archive.opened(content))
    slides = [
        _with_references(each, slide.id, scene)
        for each, slide, scene in zip(read.slides, deck.slides, drawn, strict=True)
    ]
    return read.model_copy(update={"slides": slides})


def _with_references(slide: SlidePlaces, number: str, scene: Scene) -> SlidePlaces:
    told = {plain(each.text): _told(each) for _, each in paragraphs(scene.elements)}
    bound = {text: each for text, each in told.items() if references(each)}
    texts = [_place(each, bound) for each in slide.texts]
    return slide.model_copy(update={"id": number, "texts": texts})


def _place(place: TextPlace, bound: dict[str, str]) -> TextPlace:
    found = [Said(text=each.text, told=bound.get(each.text, "")) for each in place.paragraphs]
    return place.model_copy(update={"paragraphs": found})


def _told(paragraph: Paragraph) -> str:
    """Returns a paragraph with its references; one that is broken into lines is there once."""
    pieces, before = [], None
    for line in paragraph.lines:
        for span in line:
            if span.reference is None:
                pieces.append(span.text)
            elif span.reference != before:
                pieces.append(f"{{{{{span.reference}}}}}")
            before = span.reference
    return " ".join("".join(pieces).split())
