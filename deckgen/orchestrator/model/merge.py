"""Put what the model wrote into the draft that was proved, and take back what does not hold."""

import re
from pathlib import Path

from deckgen.domain.decks import Check, Deck, Layout, Provenance, Slide, Storyline
from deckgen.domain.errors import PermanentError
from deckgen.domain.model_calls import Usage
from deckgen.domain.model_steps import SlideOutcome, UpgradeResult
from deckgen.orchestrator import analyst
from deckgen.orchestrator.analyst.proof.checks import rewritten

_PLACE = re.compile(r"^([A-Za-z0-9._-]+)[ :]")
FAILED_CHECK = "A check of the finished deck did not hold"
_CONTENT = (Layout.CHART, Layout.KPI, Layout.COMPARISON, Layout.TABLE)


def finish(draft: Deck, told: UpgradeResult, usage: Usage) -> Deck:
    """The deck of a draft that a model improved. Whatever does not pass the checks is the draft's."""
    draft = draft.model_copy(update={"usage": usage})
    deck = _checked(draft, told)
    failed = _failed(deck, draft)
    if not failed:
        return deck
    reason = f"{FAILED_CHECK}: {_names(deck.quality)}."
    outcomes = {
        name: outcome.model_copy(update={"slide": None, "reason": reason})
        if name in failed
        else outcome
        for name, outcome in told.outcomes.items()
    }
    deck = _checked(draft, UpgradeResult(outline=None, outcomes=outcomes, reason=reason))
    if not _failed(deck, draft):
        return deck
    dropped = {
        name: outcome.model_copy(update={"slide": None, "reason": reason})
        for name, outcome in outcomes.items()
    }
    return _checked(draft, UpgradeResult(outline=None, outcomes=dropped, reason=reason))


def replace(deck: Deck, slide: Slide, usage: Usage, path: Path | None) -> Deck:
    """The deck with another slide in the place of one. PermanentError if a check does not hold."""
    slides = [slide if one.id == slide.id else one for one in deck.slides]
    usage = Usage.of([*deck.usage.by_step, *usage.by_step])
    told = {
        "slides": slides,
        "usage": usage,
        "storyline": storyline(deck.storyline, slides),
        "signature": None,
    }
    proved = analyst.prove(deck.model_copy(update=told), path)
    # A deck of an older version may hold what newer checks find: only this slide is to be judged.
    if slide.id in _failed(proved, deck):
        raise PermanentError(
            f"The slide stays as it was. {FAILED_CHECK}: {_names(proved.quality)}.",
            code="revision_refused",
        )
    return proved


def _checked(draft: Deck, told: UpgradeResult) -> Deck:
    deck = analyst.with_facts_in_use(_retold(draft, told))
    return deck.model_copy(update={"quality": rewritten(deck, draft)})


def _retold(draft: Deck, told: UpgradeResult) -> Deck:
    """The draft in the order of the outline, with the slides that were written."""
    by_id = {slide.id: slide for slide in draft.slides}
    order = told.outline.order if told.outline else list(by_id)
    title = told.outline.title if told.outline else draft.title
    slides = [_ended(by_id[name], told.outcomes.get(name), told.reason) for name in order]
    if told.outline and told.reason:
        slides[0] = slides[0].model_copy(update={"made": Provenance(attempts=0, reason=told.reason)})
    if title != draft.title:
        assert told.outline is not None
        slides[0] = slides[0].model_copy(update={"title": title, "made": told.outline.made})
    told_again = {"title": title, "slides": slides, "storyline": storyline(draft.storyline, slides)}
    return draft.model_copy(update=told_again)


def _ended(slide: Slide, outcome: SlideOutcome | None, reason: str) -> Slide:
    """As the model wrote it, or the draft's with the reason why."""
    if not slide.layout.is_worded:
        return slide
    if outcome is not None and outcome.slide is not None:
        return outcome.slide
    attempts = outcome.attempts if outcome else 0
    said = (outcome.reason if outcome else "") or reason
    return slide.model_copy(update={"made": Provenance(attempts=attempts, fallback=True, reason=said)})


def storyline(before: Storyline, slides: list[Slide]) -> Storyline:
    """What the slides say now, if a model wrote the summary; the question stays."""
    summary = next((one for one in slides if one.layout is Layout.SUMMARY), None)
    if summary is None or summary.made.engine != "model":
        return before
    points = [one.title for one in slides if one.layout in _CONTENT][1:]
    most = len(before.arguments)
    return before.model_copy(update={"answer": summary.title, "arguments": points[:most]})


def _failed(deck: Deck, before: Deck) -> set[str]:
    """The places that problems name which were not there before: slides by their ids, and others."""
    known = {problem for check in before.quality for problem in check.problems}
    fresh = [one for check in deck.quality for one in check.problems if one not in known]
    return {place[1] if (place := _PLACE.match(problem)) else "" for problem in fresh}


def _names(quality: list[Check]) -> str:
    return ", ".join(check.name for check in quality if not check.passed)
