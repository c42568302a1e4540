"""The texts of a deck, each with the name of its place."""

from collections.abc import Iterator

from deckgen.domain.blocks import Action, Actions, Bullets, Callout, Kpis, Message, Messages, Table
from deckgen.domain.charts import Chart
from deckgen.domain.decks import Deck, Slide
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
            case Messages():
                yield from _of_messages(block)
            case Actions():
                yield from _of_actions(block)
            case Chart():
                yield from _of_chart(block)
            case Table():
                yield "table", block.title
                yield from (("table column", column.label) for column in block.columns)


def _of_messages(block: Messages) -> Iterator[Placed]:
    for message in block.items:
        yield "message figure", f"{message.label}: {message.figure}"
        yield from (("message", text) for text in _said(message))


def _of_actions(block: Actions) -> Iterator[Placed]:
    yield "action size", block.size_label
    for action in block.items:
        yield "action size", action.size
        yield from (("action", text) for text in _said(action))


def _of_chart(block: Chart) -> Iterator[Placed]:
    yield from (("chart", text) for text in (block.title, block.category_label, block.alt))
    yield from (("series", series.label) for series in block.series)
    yield from (("annotation", each.text) for each in block.annotations)


def sentences(slide: Slide) -> Iterator[Text]:
    """Yields the sentences of a slide beside its title, which claim something of the data; a row of the
    summary claims its figure with its sentence.
    """
    for block in slide.blocks:
        match block:
            case Bullets():
                yield from block.items
            case Messages():
                for message in block.items:
                    first, *others = _said(message)
                    yield f"{first} ({message.figure})" if message.figure else first
                    yield from others
            case Actions():
                yield from (text for item in block.items for text in _said(item))


def _said(item: Message | Action) -> list[Text]:
    if isinstance(item, Message):
        return [text for text in (item.text, item.support) if text]
    return [text for text in (item.action, item.evidence, item.first_step) if text]


def deck_texts(deck: Deck) -> Iterator[Placed]:
    """Yields every text of a deck, its storyline first."""
    yield "deck title", deck.title
    yield "question", deck.storyline.question
    yield "answer", deck.storyline.answer
    yield from (("argument", text) for text in deck.storyline.arguments)
    for slide in deck.slides:
        yield from ((f"{slide.id} {place}", text) for place, text in texts(slide))
