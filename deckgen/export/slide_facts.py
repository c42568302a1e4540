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
        yield from told(block)
        yield from _within(block)
    yield slide.source_line
    yield slide.notes


def told(block: Block) -> list[Text]:
    """What a block says in words of its own; of a chart or a table that is its title."""
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
            items = [
                text
                for each in block.items
                for text in (each.action, each.evidence, each.size, each.first_step)
            ]
            return [block.size_label, *items]
        case Kpis():
            return [text for kpi in block.items for text in (kpi.label, kpi.value, kpi.change)]
        case Chart() | Table():
            return [block.title]


def names_of(block: Block) -> list[Text]:
    """What of it is a name, and no sentence: of a figure, a column, a chart or a table."""
    match block:
        case Messages() | Kpis():
            return [each.label for each in block.items]
        case Actions():
            return [block.size_label]
        case Chart() | Table():
            return [block.title]
    return []


def _within(block: Block) -> list[Text]:
    """What stands inside of a chart or a table."""
    if isinstance(block, Chart):
        labels = [block.category_label, *(series.label for series in block.series)]
        return [*labels, block.alt, *(each.text for each in block.annotations)]
    return [column.label for column in block.columns] if isinstance(block, Table) else []


def facts_of(slide: Slide, deck: Deck) -> list[Fact]:
    """The facts that a slide refers to, in the deck's order."""
    used = {reference for text in texts(slide) for reference in references(text)}
    return [fact for fact in deck.facts if fact.id in used]
