"""Merge the model's words into the proved draft, and take back what does not hold."""

import re
from pathlib import Path

from deckgen.domain.decks import Check, Deck, Layout, Provenance, Slide, Storyline
from deckgen.domain.errors import PermanentError
from deckgen.domain.model_calls import Usage
from deckgen.domain.model_steps import SlideOutcome, UpgradeResult
from deckgen.domain.slide_texts import still_written
from deckgen.orchestrator import analyst
from deckgen.orchestrator.analyst.proof.checks import rewritten

_PLACE = re.compile(r"^([A-Za-z0-9._-]+)[ :]")
FAILED_CHECK = "A check of the finished deck did not hold"
_CONTENT = (Layout.CHART, Layout.KPI, Layout.COMPARISON, Layout.TABLE)


def finish(draft: Deck, upgrade: UpgradeResult, usage: Usage) -> Deck:
    """Returns the deck of a draft that a model improved; slides that fail a check are the draft's."""
    draft = draft.model_copy(update={"usage": usage})
    deck = _checked(draft, upgrade)
    failed = _failed(deck, draft)
    if not failed:
        return deck
    reason = f"{FAILED_CHECK}: {_names(deck.quality)}."
    outcomes = {
        name: outcome.model_copy(update={"slide": None, "reason": reason})
        if name in failed
        else outcome
        for name, outcome in upgrade.outcomes.items()
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
    """Returns the deck with one slide replaced. PermanentError if a check does not hold."""
    before = next(other for other in deck.slides if other.id == slide.id)
    slide = slide.model_copy(update={"written": still_written(before, slide)})
    slides = [slide if other.id == slide.id else other for other in deck.slides]
    usage = Usage.of([*deck.usage.by_step, *usage.by_step])
    changes = {
        "slides": slides,
        "usage": usage,
        "storyline": storyline(deck.storyline, slides),
        "signature": None,
    }
    proved = analyst.retold(analyst.prove(deck.model_copy(update=changes), path))
    # A deck of an older version may fail newer checks elsewhere: only this slide is judged.
    if slide.id in _failed(proved, deck):
        raise PermanentError(
            f"The slide stays as it was. {FAILED_CHECK}: {_names(proved.quality)}.",
            code="revision_refused",
        )
    return proved


def _checked(draft: Deck, upgrade: UpgradeResult) -> Deck:
    deck = analyst.retold(analyst.with_facts_in_use(_merged(draft, upgrade)))
    return deck.model_copy(update={"quality": rewritten(deck, draft)})


def _merged(draft: Deck, upgrade: UpgradeResult) -> Deck:
    """Returns the draft in the order of the outline, with the slides that were written."""
    by_id = {slide.id: slide for slide in draft.slides}
    order = upgrade.outline.order if upgrade.outline else list(by_id)
    title = upgrade.outline.title if upgrade.outline else draft.title
    slides = [_final_slide(by_id[name], upgrade.outcomes.get(name), upgrade.reason) for name in order]
    if upgrade.outline and upgrade.reason:
        slides[0] = slides[0].model_copy(update={"made": Provenance(attempts=0, reason=upgrade.reason)})
    if title != draft.title:
        assert upgrade.outline is not None
        slides[0] = slides[0].model_copy(update={"title": title, "made": upgrade.outline.made})
    changes = {"title": title, "slides": slides, "storyline": storyline(draft.storyline, slides)}
    return draft.model_copy(update=changes)


def _final_slide(slide: Slide, outcome: SlideOutcome | None, reason: str) -> Slide:
    """Returns the slide as the model wrote it, or the draft's with the reason why."""
    if not slide.layout.is_worded:
        return slide
    if outcome is not None and outcome.slide is not None:
        return outcome.slide
    attempts = outcome.attempts if outcome else 0
    why = (outcome.reason if outcome else "") or reason
    return slide.model_copy(update={"made": Provenance(attempts=attempts, fallback=True, reason=why)})


def storyline(previous: Storyline, slides: list[Slide]) -> Storyline:
    """Returns the storyline of the slides, if a model wrote the summary; the question stays."""
    summary = next((slide for slide in slides if slide.layout is Layout.SUMMARY), None)
    if summary is None or summary.made.engine != "model":
        return previous
    points = [slide.title for slide in slides if slide.layout in _CONTENT][1:]
    limit = len(previous.arguments)
    return previous.model_copy(update={"answer": summary.title, "arguments": points[:limit]})


def _failed(deck: Deck, previous: Deck) -> set[str]:
    """Returns the places that new problems name: slides by their ids, and "" for others."""
    earlier = {problem for check in previous.quality for problem in check.problems}
    new = [problem for check in deck.quality for problem in check.problems if problem not in earlier]
    return {place[1] if (place := _PLACE.match(problem)) else "" for problem in new}


def _names(quality: list[Check]) -> str:
    return ", ".join(check.name for check in quality if not check.passed)
