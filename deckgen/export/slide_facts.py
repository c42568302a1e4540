"""What is written on a slide, and the facts that it refers to."""

from collections.abc import Iterator

from deckgen.domain.blocks import Actions, Block, Bullets, Callout, Kpis, Messages, Table
from deckgen.domain.charts import Chart
from deckgen.domain.decks import Deck, Slide
from deckgen.domain.facts import Fact, Text, references


def texts(slide: Slide) -> Iterator[Text]:
    """Every text of a slide that may hold references."""
    yield slide.title
    for block in slide.blocks:
        yield from _texts(block)
    yield slide.source_line
    yield slide.notes


def _texts(block: Block) -> list[Text]:
    match block:
        case Bullets():
            return block.items
        case Callout():
            return [block.text]
        case Messages():
            return [
                text
                for each in block.items
                for text in (each.figure, each.label, each.text, each.support)
            ]
        case Actions():
            return [
                text
                for each in block.items
                for text in (each.action, each.evidence, each.size, each.first_step)
            ]
        case Kpis():
            return [text for kpi in block.items for text in (kpi.label, kpi.value, kpi.change)]
        case Chart():
            return [
                block.title,
                block.category_label,
                *(series.label for series in block.series),
                block.alt,
                *(each.text for each in block.annotations),
            ]
        case Table():
            return [block.title, *(column.label for column in block.columns)]


def facts_of(slide: Slide, deck: Deck) -> list[Fact]:
    """The facts that a slide refers to, in the deck's order."""
    used = {reference for text in texts(slide) for reference in references(text)}
    return [fact for fact in deck.facts if fact.id in used]
