"""Words that claim what no number shows: causes, and numbers in words."""

from collections.abc import Iterator

from deckgen.domain.decks import Deck
from deckgen.domain.facts import REFERENCE
from deckgen.domain.language.languages import language
from deckgen.domain.prose.number_words import MARK, own_numbers
from deckgen.orchestrator.analyst.proof.checks.texts import body, deck_texts

WRITTEN = ("title", "bullet", "notes")  # what a model writes


def numbers(deck: Deck) -> Iterator[str]:
    """Yields numbers that a model wrote in words or foreign digits, without a fact behind them."""
    for slide in deck.slides:
        if slide.made.engine != "model":
            continue
        notes = slide.notes.partition("\n\n")[0]  # the rest is the analyst's account of the method
        for place, text in [("title", slide.title), *body(slide), ("notes", notes)]:
            if place not in WRITTEN:
                continue
            if stated := own_numbers(REFERENCE.sub(MARK, text)):
                yield f"{slide.id} {place}: “{stated[0]}”"


def causal(deck: Deck) -> Iterator[str]:
    """Yields words that claim a cause: such data show what moves together and where, never why."""
    causes = language(deck.language).words.causes
    for place, text in deck_texts(deck):
        if place.endswith("table column"):
            continue  # a heading claims nothing
        if match := causes.search(REFERENCE.sub(" ", text)):
            yield f"{place}: “{match[0]}”"
