"""Speaker notes: what to say, what did not fit on the slide, and where its numbers come from."""

from collections.abc import Sequence

from deckgen.domain.blocks import Table
from deckgen.domain.charts import Chart
from deckgen.domain.decks import Deck, Slide
from deckgen.domain.facts import Fact
from deckgen.export.slide_facts import facts_of
from deckgen.export.text import Words, writable

_SHORT = 160  # letters: a longer query is read in the page, or in the deck


def speaker_notes(slide: Slide, deck: Deck, words: Words, further: Sequence[str]) -> str:
    parts = [words.paragraphs(slide.notes) or words.line(slide.title)]
    if further:
        parts.append("\n".join([words.says("notes.further"), *(f"• {text}" for text in further)]))
    facts = facts_of(slide, deck)
    if facts:
        parts.append("\n".join([words.says("notes.numbers"), *(_proof(fact, words) for fact in facts)]))
    parts += [
        words.says("chart.query_of", title=words.line(block.title), sql=block.sql)
        for block in slide.blocks
        if isinstance(block, Chart | Table) and 0 < len(block.sql) <= _SHORT
    ]
    return writable("\n\n".join(parts))


def _proof(fact: Fact, words: Words) -> str:
    """Returns what a number is in words, and its query if that is read at a glance."""
    sql = fact.sql if len(fact.sql) <= _SHORT else ""
    rows = words.exact(fact.rows)
    proof = words.says("notes.proof", label=fact.label, display=fact.display, rows=rows, sql=sql)
    return f"• {proof}".rstrip()
