"""What is written on a slide, and the facts that it refers to."""

from collections.abc import Iterator, Set

from deckgen.domain.blocks import Actions, Block, Bullets, Callout, Kpis, Messages, Table
from deckgen.domain.charts import Chart
from deckgen.domain.decks import Deck, Layout, Slide
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


def visible(deck: Deck) -> Deck:
    """Returns a deck as it is shown: without hidden slides, and what leads to them or is only there."""
    hidden = {slide.id for slide in deck.slides if slide.hidden}
    if not hidden:
        return deck
    slides = [_leading(slide, hidden) for slide in deck.slides if not slide.hidden]
    used, left = (
        {fact.id for slide in some for fact in facts_of(slide, deck)}
        for some in (slides, [slide for slide in deck.slides if slide.hidden])
    )
    facts = [fact for fact in deck.facts if fact.id in used or fact.id not in left]
    return deck.model_copy(update={"slides": slides, "facts": facts})


def _leading(slide: Slide, hidden: Set[str]) -> Slide:
    """Returns a slide whose rows lead to no hidden slide; an agenda has no row of one."""
    blocks = [_rows(block, hidden) for block in slide.blocks]
    if slide.layout is Layout.AGENDA:
        blocks = [
            each.model_copy(update={"rows": [row for row in each.rows if row[-1] not in hidden]})
            if isinstance(each, Table)
            else each
            for each in blocks
        ]
    return slide.model_copy(update={"blocks": blocks})


def _rows(block: Block, hidden: Set[str]) -> Block:
    if not isinstance(block, Messages):
        return block
    items = [
        row.model_copy(update={"slide": ""}) if hidden & set(references(row.slide)) else row
        for row in block.items
    ]
    return block.model_copy(update={"items": items})


def facts_of(slide: Slide, deck: Deck) -> list[Fact]:
    """The facts that a slide refers to, in the deck's order."""
    used = {reference for text in texts(slide) for reference in references(text)}
    return [fact for fact in deck.facts if fact.id in used]
