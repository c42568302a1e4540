"""Speaker notes: what the deck says, what did not fit, and the proof of each number on the slide."""

from deckgen.domain.decks import Chart, Deck, Slide, Table
from deckgen.domain.facts import Fact
from deckgen.export.slide_facts import facts_of
from deckgen.export.text import Words, writable


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
