"""Whether a deck is what its brief and its data make: the draft, or the draft in a model's words.

A model may give words to a slide, a title to the deck and another order to what is told. Everything
else of a slide is the draft's, whoever is said to have written it.
"""

import re
from collections.abc import Iterator

from deckgen.domain.decks import Bullets, Deck, Draft, Layout, Provenance, Slide
from deckgen.domain.insights import Findings
from deckgen.domain.model_calls import Usage
from deckgen.orchestrator.model.merge import storyline
from deckgen.orchestrator.model.slide_parser import with_points
from deckgen.orchestrator.model.slide_tasks import keeps_its_place
from deckgen.orchestrator.verifier.differences import differences, shown

_NAME = re.compile(r"[\w.:/@+-]{1,200}", re.ASCII)


def is_by_model(slide: Slide) -> bool:
    """Whether it says so: then its words are measured as a model's, and nothing else is its own."""
    return slide.made.engine == "model"


def had_model(deck: Deck) -> bool:
    """Whether a model had a part in it, if only by being away."""
    return any(is_by_model(slide) or is_explained(slide) for slide in deck.slides)


def is_explained(slide: Slide) -> bool:
    """Whether it says why it is the draft's: in a model's place, or for the order of all slides."""
    if slide.layout is Layout.TITLE:
        return bool(slide.made.reason) and not slide.made.fallback
    return slide.made.fallback and slide.layout.is_worded


def facts(deck: Deck, findings: Findings | None) -> Iterator[str]:
    """Facts that the data do not give, more than once or in another order."""
    known = {fact.id: fact for fact in findings.facts} if findings else {}
    for fact in deck.facts:
        if fact.id in known:
            yield from differences(fact.id, fact, known[fact.id])
        else:
            yield f"{fact.id}: the data give no such fact"
    said = [fact.id for fact in deck.facts if fact.id in known]
    if said != [name for name in known if name in said]:
        yield "the facts are not in their order, or more than once"


def slides(deck: Deck, again: Draft) -> Iterator[str]:
    """What differs from the draft, but for a model's words."""
    yield from _order(deck, again)
    drafts = {slide.id: slide for slide in again.slides}
    for slide in deck.slides:
        if slide.id in drafts:
            draft = drafts[slide.id]
            yield from differences(slide.id, slide, _expected(slide, draft))
            yield from _made(slide.id, slide.made, draft.made)
    title = next((one.title for one in deck.slides if one.layout is Layout.TITLE), again.title)
    yield from differences("title", deck.title, title)
    yield from differences("storyline", deck.storyline, storyline(again.storyline, deck.slides))
    if not had_model(deck):
        yield from differences("usage", deck.usage, Usage())


def _expected(slide: Slide, draft: Slide) -> Slide:
    """The draft's slide with as much of the deck's as may be a model's."""
    if not is_by_model(slide):
        return draft.model_copy(update={"made": slide.made} if is_explained(slide) else {})
    if draft.layout is Layout.TITLE:
        return draft.model_copy(update={"title": slide.title, "made": slide.made})
    if not draft.layout.is_worded:
        return draft
    points = next((block.items for block in slide.blocks if isinstance(block, Bullets)), [])
    words = {"title": slide.title, "notes": slide.notes, "made": slide.made}
    return draft.model_copy(update={**words, "blocks": with_points(draft.blocks, points)})


def _made(name: str, made: Provenance, draft: Provenance) -> Iterator[str]:
    """What is said of how a slide came to be, as far as it can be false by itself."""
    if made.engine == "model":
        if made.fallback or made.reason:
            yield f"{name}.made: it is said to be a model's, and the draft's in its place"
        for said in (made.model or "", made.prompt_version or ""):
            if not _NAME.fullmatch(said):
                yield f"{name}.made: {shown(said)} is no name of a model or of its instructions"
    elif made.fallback or made.reason:
        due = Provenance(attempts=made.attempts, fallback=made.fallback, reason=made.reason)
        yield from differences(f"{name}.made", made, due)
    else:
        yield from differences(f"{name}.made", made, draft)


def _order(deck: Deck, again: Draft) -> Iterator[str]:
    """Slides that are too few, too many, or where not even a model may put them."""
    said, due = [slide.id for slide in deck.slides], [slide.id for slide in again.slides]
    if sorted(said) != sorted(due):
        yield f"the slides are {shown(said)} instead of {shown(due)}"
    elif said != due:
        fixed = [
            one.id
            for one in again.slides
            if not had_model(deck) or not one.layout.is_worded or keeps_its_place(one, again)
        ]
        moved = [name for name in fixed if said.index(name) != due.index(name)]
        if moved:
            yield f"{', '.join(moved)}: not in the place where the draft has it"
