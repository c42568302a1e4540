"""The check that the words of slides said to be a model's keep to the rules of a model's answer.

They are measured by the rules by which they were accepted when they were written, with the facts that a
model could cite there. Whether a model wrote them, nobody can tell.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from deckgen.domain.briefs import Brief
from deckgen.domain.decks import Deck, Layout, Proof, Slide
from deckgen.domain.facts import Fact, Text, references
from deckgen.domain.slide_texts import TITLE, written_texts
from deckgen.orchestrator.model.slide_parser import APART, drafted, method_of
from deckgen.orchestrator.model.slide_rules import SlideRules, problems, problems_of_title
from deckgen.orchestrator.model.slide_tasks import facts_of, to_be_written
from deckgen.orchestrator.model.unsupported_names import first_unsupported, unsupported_names
from deckgen.orchestrator.verifier.people import without_theirs
from deckgen.orchestrator.verifier.recomputation import Recomputation
from deckgen.orchestrator.verifier.slides import is_by_model
from deckgen.orchestrator.verifier.verdict import proof

NAME = "words_of_a_model_keep_to_the_rules"


@dataclass(frozen=True)
class _ModelSlide:
    """A slide in a model's words, its counterpart in the draft, and the facts that it may cite."""

    slide: Slide
    draft: Slide
    facts: list[Fact]


def words(deck: Deck, expected: Recomputation) -> Proof:
    """Returns the proof of a model's words by the rules; every reference of the deck must be known."""
    found = list(_of_title(deck, expected))
    unproved: list[str] = []
    drafts = {slide.id: slide for slide in to_be_written(expected.draft)}
    for made in deck.slides:
        if not is_by_model(made) or made.id not in drafts:
            continue
        slide = without_theirs(made, drafts[made.id])
        model_slide = _ModelSlide(
            slide, drafts[slide.id], facts_of(drafts[slide.id], expected.findings)
        )
        broken = list(_problems(model_slide, deck.brief, expected))
        extra_facts = _of_other_slides(model_slide, expected)
        wider = _ModelSlide(slide, model_slide.draft, model_slide.facts + extra_facts)
        if broken and extra_facts and not list(_problems(wider, deck.brief, expected)):
            names = ", ".join(fact.id for fact in extra_facts)
            unproved.append(
                f"{slide.id} cites {names} of other slides: they are true, and only who had it written "
                "so knows whether they belong there"
            )
        else:
            found += [f"{slide.id}: {problem.removeprefix(slide.id).strip()}" for problem in broken]
    return proof(NAME, found, unproved)


def _of_title(deck: Deck, expected: Recomputation) -> Iterator[str]:
    """Yields problems of the deck's title, if it is not the draft's."""
    if deck.title == expected.draft.title or _is_a_persons(deck):
        return
    citable = {fact.id: fact for fact in _citable(expected)}
    titles = [slide.title for slide in to_be_written(expected.draft)]
    broken = problems_of_title(deck.title, deck.brief, expected.source, list(citable.values()), titles)
    yield from (f"title: {problem}" for problem in [*broken, *_of_characters(deck.title)])


def _is_a_persons(deck: Deck) -> bool:
    """True if a person wrote the title of the title slide, which is the deck's."""
    titles = (slide for slide in deck.slides if slide.layout is Layout.TITLE)
    return any(TITLE in written_texts(slide) for slide in titles)


def _problems(model_slide: _ModelSlide, brief: Brief, expected: Recomputation) -> Iterator[str]:
    notes = _model_notes(model_slide)
    if notes is None:
        yield "the notes do not end with how the numbers were computed"
        return
    slide = model_slide.slide.model_copy(update={"notes": notes})
    unsupported = unsupported_names(model_slide.facts, _citable(expected), expected.source)
    own = drafted(model_slide.draft)
    for text in _model_texts(slide):
        if text in own:
            continue
        if name := first_unsupported(text, model_slide.facts, unsupported, brief.business_context):
            yield f"it speaks of “{name}”, which no fact of this slide is about"
        yield from _of_characters(text)
        yield from _of_references(text, brief)
    must_cite = bool(facts_of(model_slide.draft, expected.findings))
    rules = SlideRules(brief, expected.source, model_slide.facts, draft=own, must_cite=must_cite)
    yield from problems(rules, slide)


def _model_notes(model_slide: _ModelSlide) -> Text | None:
    """Returns the notes without the draft's account of the method; None if that is missing."""
    notes, method = model_slide.slide.notes, method_of(model_slide.draft.notes)
    if notes == method:
        return ""
    if method and not notes.endswith(APART + method):
        return None
    return notes.removesuffix(APART + method)


def _model_texts(slide: Slide) -> list[Text]:
    return [slide.title, *slide.points, slide.notes]


def _of_characters(text: Text) -> Iterator[str]:
    """Yields line breaks, and characters that are invisible or turn the order of letters."""
    if control := next((char for char in text if unicodedata.category(char)[0] == "C"), None):
        yield f"it has the character U+{ord(control):04X}"


def _of_references(text: Text, brief: Brief) -> Iterator[str]:
    """Yields references that only the program writes; pieces of the brief are quoted for digits."""
    for name in references(text):
        if name in ("brief", "source"):
            yield f"it cites {name}, which is not listed"
        elif name[0] == "b" and not _is_quotation(text, name, brief.business_context):
            yield f"it cites {name}, which is no quotation"


def _is_quotation(text: Text, name: str, brief: str) -> bool:
    start, end = map(int, name.removeprefix("b").split("-"))
    is_whole = not brief[start - 1 : start].isalnum() and not brief[end : end + 1].isalnum()
    holds_digit = any(char.isdigit() for char in brief[start:end])
    return is_whole and holds_digit and f"“{{{{{name}}}}}”" in text


def _of_other_slides(model_slide: _ModelSlide, expected: Recomputation) -> list[Fact]:
    """Returns the facts that a slide cites beyond its draft's: a user may have asked for them."""
    citable_ids = {fact.id for fact in model_slide.facts}
    slide = model_slide.slide.model_copy(update={"notes": _model_notes(model_slide) or ""})
    cited = {name for text in _model_texts(slide) for name in references(text)}
    all_facts = expected.findings.facts if expected.findings else []
    return [fact for fact in all_facts if fact.id in cited - citable_ids]


def _citable(expected: Recomputation) -> list[Fact]:
    """Returns the facts that a model may cite somewhere in the deck."""
    worded = to_be_written(expected.draft)
    listed = [fact for slide in worded for fact in facts_of(slide, expected.findings)]
    return list({fact.id: fact for fact in listed}.values())
