"""Speaker notes: what to say, what did not fit on the slide, and what its numbers are."""

from collections.abc import Iterator, Sequence

from deckgen.domain.blocks import Actions, Bullets, Callout, Messages
from deckgen.domain.decks import Deck, Layout, Slide
from deckgen.domain.facts import Fact
from deckgen.domain.language.phrasebook import at_start
from deckgen.export.slide_facts import facts_of
from deckgen.export.text import Words, writable

_ENDS = (".", "!", "?", "…", ":")


def speaker_notes(slide: Slide, deck: Deck, words: Words, further: Sequence[str]) -> str:
    """Returns what to say in sentences; queries are in the deck, and method is in its appendix."""
    is_told = slide.layout not in (Layout.TITLE, Layout.AGENDA, Layout.APPENDIX)
    parts = ["\n".join(_told(slide, words))] if is_told else []
    parts.append(words.paragraphs(slide.notes))
    if further:
        parts.append("\n".join([words.says("notes.further"), *(f"• {text}" for text in further)]))
    if numbers := list(_numbers(slide, deck, words)) if is_told else []:
        parts.append("\n".join([words.says("notes.numbers"), *numbers]))
    return writable("\n\n".join(filter(None, parts)) or words.line(slide.title))


def _told(slide: Slide, words: Words) -> Iterator[str]:
    """Yields what a slide says, a sentence a line: its statement, and what bears it out."""
    yield _sentence(slide.title, words)
    for block in slide.blocks:
        match block:
            case Bullets():
                yield from (_sentence(each, words) for each in block.items)
            case Callout():
                yield _sentence(block.text, words)
            case Messages():
                for message in block.items:
                    yield _sentence(message.text, words, message.support)
            case Actions():
                for action in block.items:
                    yield _sentence(action.action, words, action.evidence, action.first_step)


def _sentence(text: str, words: Words, *others: str) -> str:
    """Returns texts as sentences after one another."""
    lines = (at_start(words.line(each)) for each in (text, *others))
    return " ".join(each if each.endswith(_ENDS) else f"{each}." for each in lines if each)


def _numbers(slide: Slide, deck: Deck, words: Words) -> Iterator[str]:
    """Yields what each number of a slide is, once: what is asked about it is answered by this."""
    told: set[str] = set()
    for fact in facts_of(slide, deck):
        if fact.unit.is_numeric and (said := _number(fact, words)) not in told:
            told.add(said)
            yield f"• {said}"


def _number(fact: Fact, words: Words) -> str:
    rows = words.exact(fact.rows)
    return words.says("notes.number", label=fact.label, display=fact.display, rows=rows)
