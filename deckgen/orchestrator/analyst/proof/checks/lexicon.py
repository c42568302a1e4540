"""Words that claim what no number shows: causes, and numbers in words."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from deckgen.domain.decks import Deck
from deckgen.domain.facts import REFERENCE
from deckgen.domain.language.languages import ENGLISH, language
from deckgen.domain.language.phrasebook import Words
from deckgen.domain.prose.number_words import MARK, own_numbers
from deckgen.domain.slide_texts import written_texts
from deckgen.orchestrator.analyst.proof.checks.texts import body, deck_texts
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.vocabulary import KINDS, NOUNS, VERBS

# These say that something moved or differs, and of some measures either way.
EITHER = (Kind.BETTER, Kind.WORSE, Kind.MORE, Kind.LESS)
WRITTEN = ("title", "bullet", "notes")  # what a model writes


@cache
def checked_words(code: str) -> Words:
    """Returns the words of a language; of English those by which sentences are judged as well."""
    own = language(code).words
    if code != ENGLISH:
        return own
    rise, fall = (
        frozenset(word for word, kind in KINDS.items() if kind is way) for way in (Kind.RISE, Kind.FALL)
    )
    either = frozenset(word for word, kind in KINDS.items() if kind in EITHER)
    rise, fall = own.rise | rise, own.fall | fall
    return replace(
        own, rise=rise, fall=fall, either=either - rise - fall, verbs=(own.verbs | VERBS) - NOUNS
    )


def numbers(deck: Deck) -> Iterator[str]:
    """Yields numbers that a model or a person wrote in words or foreign digits, without a fact."""
    for slide in deck.slides:
        for place, text in written_texts(slide).items():
            if stated := own_numbers(REFERENCE.sub(MARK, text)):
                yield f"{slide.id} {place}: “{stated[0]}”"
        if slide.made.engine != "model":
            continue
        notes = slide.notes.partition("\n\n")[0]  # the rest is the analyst's account of the method
        for place, text in [("title", slide.title), *body(slide), ("notes", notes)]:
            if place not in WRITTEN:
                continue
            if stated := own_numbers(REFERENCE.sub(MARK, text)):
                yield f"{slide.id} {place}: “{stated[0]}”"


def causal(deck: Deck) -> Iterator[str]:
    """Yields words that claim a cause: such data show what moves together and where, never why.

    A person may know why: their sentences are marked as theirs.
    """
    causes = language(deck.language).words.causes
    theirs = {text for slide in deck.slides for text in written_texts(slide).values()}
    for place, text in deck_texts(deck):
        if place.endswith("table column") or text in theirs:
            continue  # a heading claims nothing
        if match := causes.search(REFERENCE.sub(" ", text)):
            yield f"{place}: “{match[0]}”"
