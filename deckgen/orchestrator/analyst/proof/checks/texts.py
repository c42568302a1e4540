"""The texts of a deck, each with the name of its place."""

from collections.abc import Iterator

from deckgen.domain.decks import Bullets, Callout, Chart, Deck, Kpis, Slide, Table
from deckgen.domain.facts import Text

Placed = tuple[str, Text]


def texts(slide: Slide) -> Iterator[Placed]:
    """Yields every text of a slide, with the name of its place."""
    yield "title", slide.title
    yield from body(slide)
    yield "notes", slide.notes
    yield "source line", slide.source_line


def body(slide: Slide) -> Iterator[Placed]:
    """Yields the texts of a slide's blocks."""
    for block in slide.blocks:
        match block:
            case Bullets():
                yield from (("bullet", item) for item in block.items)
            case Callout():
                yield "callout", block.text
            case Kpis():
                for kpi in block.items:
                    yield from (("kpi", text) for text in (kpi.label, kpi.value, kpi.change))
            case Chart():
                yield from (("chart", text) for text in (block.title, block.category_label, block.alt))
                yield from (("series", series.label) for series in block.series)
            case Table():
                yield "table", block.title
                yield from (("table column", column.label) for column in block.columns)


def deck_texts(deck: Deck) -> Iterator[Placed]:
    """Yields every text of a deck, its storyline first."""
    yield "deck title", deck.title
    yield "question", deck.storyline.question
    yield "answer", deck.storyline.answer
    yield from (("argument", text) for text in deck.storyline.arguments)
    for slide in deck.slides:
        yield from ((f"{slide.id} {place}", text) for place, text in texts(slide))
