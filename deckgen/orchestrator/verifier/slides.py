"""The comparison of a deck with the draft of its brief and data, perhaps in a model's words.

A model may write the words of a slide, the title of the deck and the order of slides. Everything else
of a slide is the draft's, whoever is said to have written it.
"""

import re
from collections.abc import Iterator

from deckgen.domain.decks import Deck, Draft, Layout, Provenance, Slide
from deckgen.domain.findings import Findings
from deckgen.domain.model_calls import Usage
from deckgen.orchestrator.model.merge import storyline
from deckgen.orchestrator.model.slide_parser import with_points
from deckgen.orchestrator.model.slide_tasks import keeps_its_place
from deckgen.orchestrator.verifier import people
from deckgen.orchestrator.verifier.differences import differences, shown

_NAME = re.compile(r"[\w.:/@+-]{1,200}", re.ASCII)


def is_by_model(slide: Slide) -> bool:
    """True if it says so: its words are measured as a model's, and all else must be the draft's."""
    return slide.made.engine == "model"


def had_model(deck: Deck) -> bool:
    """True if a model had a part in it, even if only by being unavailable."""
    return any(is_by_model(slide) or is_explained(slide) for slide in deck.slides)


def is_explained(slide: Slide) -> bool:
    """True if it says why it is the draft's: in a model's place, or for the order of all slides."""
    if slide.layout is Layout.TITLE:
        return bool(slide.made.reason) and not slide.made.fallback
    return slide.made.fallback and slide.layout.is_worded


def facts(deck: Deck, findings: Findings | None) -> Iterator[str]:
    """Yields facts that the data do not give, or that are repeated or in another order."""
    computed = {fact.id: fact for fact in findings.facts} if findings else {}
    for fact in deck.facts:
        if fact.id in computed:
            yield from differences(fact.id, fact, computed[fact.id])
        else:
            yield f"{fact.id}: the data give no such fact"
    claimed_ids = [fact.id for fact in deck.facts if fact.id in computed]
    if claimed_ids != [name for name in computed if name in claimed_ids]:
        yield "the facts are not in their order, or more than once"


def slides(deck: Deck, expected: Draft) -> Iterator[str]:
    """Yields the differences from the draft, apart from a model's words."""
    yield from _order(deck, expected)
    drafts = {slide.id: slide for slide in expected.slides}
    for slide in deck.slides:
        if slide.id in drafts:
            draft = drafts[slide.id]
            yield from differences(slide.id, slide, _expected(slide, draft))
            yield from _made(slide.id, slide.made, draft.made)
    title = next((slide.title for slide in deck.slides if slide.layout is Layout.TITLE), expected.title)
    yield from differences("title", deck.title, title)
    yield from differences("storyline", deck.storyline, storyline(expected.storyline, deck.slides))
    if not had_model(deck):
        yield from differences("usage", deck.usage, Usage())


def _expected(slide: Slide, draft: Slide) -> Slide:
    """Returns the draft's slide with the parts of the deck's that may be a model's or a person's."""
    return people.with_theirs(_by_makers(slide, draft), slide)


def _by_makers(slide: Slide, draft: Slide) -> Slide:
    if not is_by_model(slide):
        return draft.model_copy(update={"made": slide.made} if is_explained(slide) else {})
    if draft.layout is Layout.TITLE:
        return draft.model_copy(update={"title": slide.title, "made": slide.made})
    if not draft.layout.is_worded:
        return draft
    words = {"title": slide.title, "notes": slide.notes, "made": slide.made}
    return draft.model_copy(update={**words, "blocks": with_points(draft.blocks, slide.points)})


def _made(name: str, made: Provenance, draft: Provenance) -> Iterator[str]:
    """Yields what is evidently false in the stated origin of a slide."""
    if made.engine == "model":
        if made.fallback or made.reason:
            yield f"{name}.made: it is said to be a model's, and the draft's in its place"
        for maker in (made.model or "", made.prompt_version or ""):
            if not _NAME.fullmatch(maker):
                yield f"{name}.made: {shown(maker)} is no name of a model or of its instructions"
    elif made.fallback or made.reason:
        expected = Provenance(attempts=made.attempts, fallback=made.fallback, reason=made.reason)
        yield from differences(f"{name}.made", made, expected)
    else:
        yield from differences(f"{name}.made", made, draft)


def _order(deck: Deck, expected: Draft) -> Iterator[str]:
    """Yields missing and surplus slides, and those where not even a model may put them."""
    claimed, expected_order = (
        [slide.id for slide in deck.slides],
        [slide.id for slide in expected.slides],
    )
    if sorted(claimed) != sorted(expected_order):
        yield f"the slides are {shown(claimed)} instead of {shown(expected_order)}"
    elif claimed != expected_order and deck.edited is None:
        fixed = [
            slide.id
            for slide in expected.slides
            if not had_model(deck) or not slide.layout.is_worded or keeps_its_place(slide, expected)
        ]
        moved = [name for name in fixed if claimed.index(name) != expected_order.index(name)]
        if moved:
            yield f"{', '.join(moved)}: not in the place where the draft has it"
