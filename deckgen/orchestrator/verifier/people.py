"""What people changed by hand in a deck: words, which no data give, and facts that they asked for.

A deck says itself what is a person's. Such a text is compared with nothing, and judged instead: it may
state no number of its own, and nothing that the facts refute; what no fact tells is not proved.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from deckgen.domain.blocks import Bullets
from deckgen.domain.decks import Deck, Proof, Slide
from deckgen.domain.editing import CheckedSentence, Severity
from deckgen.domain.facts import Text
from deckgen.domain.slide_texts import BULLET, changed, places, with_bullets, written_texts
from deckgen.orchestrator.analyst.sql import limits
from deckgen.orchestrator.editing import Checking, answers_again
from deckgen.orchestrator.verifier.recomputation import Recomputation
from deckgen.orchestrator.verifier.verdict import proof

NAME = "words_of_people"


def with_asked(deck: Deck, expected: Recomputation, path: Path | None) -> Recomputation:
    """Returns the computation with the facts that people asked for, asked again.

    InvalidRequest if an answer gives no such fact. UnreadableData.
    """
    if not deck.asked or path is None or expected.findings is None:
        return expected
    known = {fact.id for fact in expected.findings.facts}
    facts = answers_again(deck, deck.asked, path, *limits.current())
    asked = [fact for fact in facts if fact.id not in known]
    findings = expected.findings.model_copy(update={"facts": [*expected.findings.facts, *asked]})
    return replace(expected, findings=findings)


def with_theirs(expected: Slide, slide: Slide) -> Slide:
    """Returns a slide as it is expected, with the texts, bullets and marks that are a person's."""
    if slide.edited is None:
        return expected
    theirs, own = written_texts(slide), expected.points
    bullets = [
        text
        for place, text in places(slide).items()
        if place.startswith(BULLET) and (place in theirs or text in own)
    ]
    has_block = any(isinstance(block, Bullets) for block in (*slide.blocks, *expected.blocks))
    fresh = with_bullets(expected, bullets) if has_block else expected
    fresh = changed(fresh, theirs.get)
    marks = {"written": slide.written, "edited": slide.edited, "hidden": slide.hidden}
    return fresh.model_copy(update=marks)


def without_theirs(slide: Slide, draft: Slide) -> Slide:
    """Returns a slide without what a person wrote: with the draft's texts there, and fewer bullets."""
    theirs, drafted = written_texts(slide), places(draft)
    bullets = [
        text
        for place, text in places(slide).items()
        if place.startswith(BULLET) and place not in theirs
    ]

    def drafts(place: str, text: Text) -> Text:
        is_theirs = place in theirs and not place.startswith(BULLET)
        return drafted.get(place, "") if is_theirs else text

    return with_bullets(changed(slide, drafts), bullets) if theirs else slide


def words(deck: Deck) -> Proof:
    """Returns the proof of people's sentences; every reference of the deck must be known."""
    found: dict[Severity, list[str]] = {Severity.ERROR: [], Severity.WARNING: []}
    checking = Checking(deck)
    for slide in deck.slides:
        theirs = list(written_texts(slide))
        for sentence in checking.of_slide(slide, theirs) if theirs else ():
            for severity, said in _said(sentence):
                found[severity].append(said)
    return proof(NAME, found[Severity.ERROR], found[Severity.WARNING])


def _said(sentence: CheckedSentence) -> Iterator[tuple[Severity, str]]:
    for finding in sentence.findings if sentence.place != "slide" else ():
        yield finding.severity, f"{sentence.slide} {sentence.place}: {finding.message}"


def notes(deck: Deck) -> Iterator[str]:
    """Yields what people changed, which no data can prove."""
    if deck.edited is None:
        return
    day = f"{deck.edited.at:%Y-%m-%d}"
    yield f"It is said that {deck.edited.name} edited it by hand, on {day} for the last time"
    for slide in deck.slides:
        for each in slide.written:
            yield f"{slide.id} {each.place} is said to be {each.author.name}'s own"
        if slide.hidden:
            yield f"{slide.id} is hidden"
