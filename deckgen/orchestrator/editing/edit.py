"""One edit of a deck: checked, and saved with an author."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from deckgen.domain.authorship import Author
from deckgen.domain.decks import Deck, Slide
from deckgen.domain.editing import (
    CheckedSentence,
    EditCheck,
    EditFinding,
    EditOutcome,
    EditWork,
    FindingCode,
    Severity,
)
from deckgen.domain.errors import Conflict, InvalidRequest
from deckgen.domain.facts import Fact
from deckgen.domain.slide_texts import places
from deckgen.orchestrator.analyst.proof.checks import rewritten
from deckgen.orchestrator.editing.applying import applied
from deckgen.orchestrator.editing.asking import answers_again
from deckgen.orchestrator.editing.checking import Checking

NOBODY = Author(name="nobody", at=datetime(2000, 1, 1, tzinfo=UTC))  # of what is only checked
# Checks of the whole deck that no edit may break, beside those of single sentences.
HELD = (
    *("numerals_bound", "references_known", "directions_agree", "groups_agree", "units_agree"),
    *("annotations_hold", "no_numbers_in_words"),
)


def edited(
    deck: Deck, work: EditWork, path: Path | None, query_seconds: float, seconds: float
) -> EditOutcome:
    """Returns what the checks find in an edit, and the deck of it if that is to be saved and can be.

    `path` is the table, needed if something was asked for. InvalidRequest for what is no edit of this
    deck.
    """
    facts = _asked(deck, work, path, query_seconds, seconds)
    fresh = applied(deck, work.edit, facts, work.author or NOBODY)
    sentences = list(_checked(deck, fresh, facts))
    check = EditCheck(savable=not any(map(_is_wrong, sentences)), sentences=sentences)
    if work.author is None or not check.savable:
        return EditOutcome(check=check)
    if fresh is deck:
        return EditOutcome(check=check, deck=deck)
    saved = fresh.model_copy(update={"quality": rewritten(fresh, deck)})
    if broken := list(_broken(deck, saved)):
        return EditOutcome(check=EditCheck(savable=False, sentences=[*sentences, *broken]))
    return EditOutcome(check=check, deck=saved)


def _asked(
    deck: Deck, work: EditWork, path: Path | None, query_seconds: float, seconds: float
) -> list[Fact]:
    """Returns the facts that were asked for: computed, if the edit is to be saved."""
    asked, known = work.edit.asked, {fact.id for fact in deck.facts}
    names = [name for each in asked for name in each.facts]
    if taken := {name for name in names if name in known or names.count(name) > 1}:
        raise InvalidRequest(
            f"{min(taken)} is another fact already. Give each fact that was asked for an id of its "
            "own, from f9000 to f9999.",
            code="fact_id_taken",
        )
    if work.author is None:
        return [fact for each in asked for fact in each.given]
    if asked and path is None:
        raise Conflict(
            "The deck was made from a brief alone, so there is nothing to compute.",
            code="deck_has_no_table",
        )
    return answers_again(deck, asked, path, query_seconds, seconds) if asked and path else []


def _checked(deck: Deck, fresh: Deck, facts: list[Fact]) -> Iterator[CheckedSentence]:
    """Yields the sentences that an edit changed, in the order of the slides."""
    known = {fact.id for fact in fresh.facts}
    more = [fact for fact in facts if fact.id not in known]
    checking = Checking(fresh.model_copy(update={"facts": [*fresh.facts, *more]}))
    before = {slide.id: slide for slide in deck.slides}
    for slide in fresh.slides:
        if changed := _changed(before[slide.id], slide):
            yield from checking.of_slide(slide, changed)


def _changed(before: Slide, after: Slide) -> list[str]:
    """Returns the places of texts that are new on a slide."""
    was, bullets = places(before), set(before.points)
    return [
        place
        for place, text in places(after).items()
        if not (text in bullets if place.startswith("bullet") else was.get(place) == text)
    ]


def _broken(deck: Deck, saved: Deck) -> Iterator[CheckedSentence]:
    """Yields what does not hold any more in the deck as a whole, and did before."""
    earlier = {problem for check in deck.quality for problem in check.problems}
    for check in saved.quality:
        for problem in check.problems if check.name in HELD else ():
            if problem not in earlier:
                place, _, said = problem.partition(": ")
                slide, _, of = place.partition(" ")
                finding = EditFinding(
                    code=FindingCode.CONTRADICTED,
                    severity=Severity.ERROR,
                    message=f"A check of the deck does not hold any more: {said or problem}.",
                )
                yield CheckedSentence(
                    slide=slide, place=of or "slide", number=1, text="", findings=[finding]
                )


def _is_wrong(sentence: CheckedSentence) -> bool:
    return any(each.severity is Severity.ERROR for each in sentence.findings)
