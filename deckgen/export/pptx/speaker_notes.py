"""Speaker notes: what the deck says, what did not fit, and the proof of each number on the slide."""

from deckgen.domain.decks import Chart, Deck, Slide, Table
from deckgen.domain.facts import Fact
from deckgen.export.slide_facts import facts_of
from deckgen.export.text import Words, writable


def speaker_notes(slide: Slide, deck: Deck, words: Words, left_out: list[str]) -> str:
    parts = [words.paragraphs(slide.notes) or words.line(slide.title)]
    if left_out:
        parts.append("\n".join([words.says("notes.further"), *(f"• {text}" for text in left_out)]))
    facts = facts_of(slide, deck)
    if facts:
        parts.append("\n".join([words.says("notes.numbers"), *(_proof(fact, words) for fact in facts)]))
    parts += [
        words.says("chart.query_of", title=words.line(block.title), sql=block.sql)
        for block in slide.blocks
        if isinstance(block, Chart | Table) and block.sql
    ]
    return writable("\n\n".join(parts))


def _proof(fact: Fact, words: Words) -> str:
    rows = words.exact(fact.rows)
    proof = words.says("notes.proof", label=fact.label, display=fact.display, rows=rows, sql=fact.sql)
    return f"• {proof}"
