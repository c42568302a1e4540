"""Sentences of a deck that another version made: those that this version does not say are judged.

What is chosen and how it is said may differ between versions, so that a sentence which the judge does
not accept is named as not proved, and not as false: the judge knows the words of models better than
those of other versions. Of a language that it does not know each such sentence is named.
"""

from collections.abc import Iterator

from deckgen.domain.decks import Deck, Slide, reference_values
from deckgen.domain.facts import References, Text
from deckgen.domain.slide_texts import written_texts
from deckgen.orchestrator.analyst.proof import claiming
from deckgen.orchestrator.analyst.proof.judging.judge import LANGUAGE, Judge
from deckgen.orchestrator.verifier.recomputation import Recomputation

MAX_NAMED = 3  # faults of a sentence


def unproved(deck: Deck, expected: Recomputation) -> Iterator[str]:
    """Yields the sentences that are neither composed again nor covered by the deck's facts."""
    findings = expected.findings
    computed = findings.facts if findings else []
    computed_values = reference_values(deck.brief, expected.source, computed, deck.language)
    said = _rendered(expected.draft.slides, computed_values)
    judge = Judge(deck.facts, deck.source)
    values = deck.reference_values()
    theirs = tuple(text for each in deck.slides for text in written_texts(each).values() if text)
    for place, text in claiming.sentences(deck.slides):
        if values.filled(text) in said or text.startswith(theirs):
            continue  # a person's are judged by themselves
        where = f"{place.slide} {place.place} {place.number or ''}".strip()
        if deck.language != LANGUAGE:
            yield f"{where} is not what this version says, and only English sentences can be judged"
        elif faults := judge.faults(text):
            why = "; ".join(dict.fromkeys(faults[:MAX_NAMED]))
            yield f"{where} is not what this version says, and not what its facts show: {why}"


def _rendered(slides: list[Slide], values: References) -> set[Text]:
    return {values.filled(text) for _, text in claiming.sentences(slides)}
