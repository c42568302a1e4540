"""Speaker notes: what the deck says, what did not fit, and the proof of each number on the slide."""

from collections.abc import Iterator

from deckgen.domain.decks import Block, Bullets, Callout, Chart, Deck, Kpis, Slide, Table
from deckgen.domain.facts import Fact, Text, references
from deckgen.export.text import Words, writable


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
        case Kpis():
            return [text for kpi in block.items for text in (kpi.label, kpi.value, kpi.change)]
        case Chart():
            return [
                block.title,
                block.category_label,
                *(series.label for series in block.series),
                block.alt,
            ]
        case Table():
            return [block.title, *(column.label for column in block.columns)]


def facts_of(slide: Slide, deck: Deck) -> list[Fact]:
    """The facts that a slide refers to, in the deck's order."""
    used = {reference for text in texts(slide) for reference in references(text)}
    return [fact for fact in deck.facts if fact.id in used]


def speaker_notes(slide: Slide, deck: Deck, words: Words, left_out: list[str]) -> str:
    parts = [words.paragraphs(slide.notes) or words.line(slide.title)]
    if left_out:
        parts.append("\n".join(["Further points:", *(f"• {text}" for text in left_out)]))
    facts = facts_of(slide, deck)
    if facts:
        parts.append(
            "\n".join(["Where the numbers come from:", *(_proof(fact, words) for fact in facts)])
        )
    parts += [
        f"Query of “{words.line(block.title)}”: {block.sql}"
        for block in slide.blocks
        if isinstance(block, Chart | Table) and block.sql
    ]
    return writable("\n\n".join(parts))


def _proof(fact: Fact, words: Words) -> str:
    return f"• {fact.label}: {fact.display} ({words.exact(fact.rows)} rows). {fact.sql}"
