"""Whether the words of slides that are said to be a model's keep to the rules of a model's answer.

They are measured by the rules by which they were taken when they were written, with the facts that a
model could cite there. Whether a model wrote them, nobody can tell.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from deckgen.domain.briefs import Brief
from deckgen.domain.decks import Bullets, Deck, Proof, Slide
from deckgen.domain.facts import Fact, Text, references
from deckgen.orchestrator.analyst.proof.checks.texts import texts
from deckgen.orchestrator.model import slide_rules
from deckgen.orchestrator.model.slide_parser import APART, method_of
from deckgen.orchestrator.model.slide_tasks import facts_of, to_be_written
from deckgen.orchestrator.model.unsupported_names import first_unsupported, unsupported_names
from deckgen.orchestrator.verifier.recomputation import Recomputation
from deckgen.orchestrator.verifier.slides import is_by_model
from deckgen.orchestrator.verifier.verdict import proof

NAME = "words_of_a_model_keep_to_the_rules"


@dataclass(frozen=True)
class _Written:
    """A slide in a model's words, the draft's in its place, and the facts that it may cite."""

    slide: Slide
    draft: Slide
    facts: list[Fact]


def words(deck: Deck, again: Recomputation) -> Proof:
    """The rules that a model's words break; every reference of the deck must be known."""
    problems = list(_of_title(deck, again))
    unproved: list[str] = []
    drafts = {slide.id: slide for slide in to_be_written(again.draft)}
    for slide in deck.slides:
        if not is_by_model(slide) or slide.id not in drafts:
            continue
        own = _Written(slide, drafts[slide.id], facts_of(drafts[slide.id], again.findings))
        found = list(_problems(own, deck.brief, again))
        more = _of_other_slides(own, again)
        wider = _Written(slide, own.draft, own.facts + more)
        if found and more and not list(_problems(wider, deck.brief, again)):
            names = ", ".join(fact.id for fact in more)
            unproved.append(
                f"{slide.id} cites {names} of other slides: they are true, and only who had it written "
                "so knows whether they belong there"
            )
        else:
            problems += [f"{slide.id}: {one.removeprefix(slide.id).strip()}" for one in found]
    return proof(NAME, problems, unproved)


def _of_title(deck: Deck, again: Recomputation) -> Iterator[str]:
    """The title of the deck, if it is not the draft's."""
    if deck.title == again.draft.title:
        return
    citable = {fact.id: fact for fact in _citable(again)}
    titles = [slide.title for slide in to_be_written(again.draft)]
    found = slide_rules.problems_of_title(
        deck.title, deck.brief, again.source, list(citable.values()), titles
    )
    yield from (f"title: {problem}" for problem in [*found, *_of_characters(deck.title)])


def _problems(written: _Written, brief: Brief, again: Recomputation) -> Iterator[str]:
    notes = _said_in_notes(written)
    if notes is None:
        yield "the notes do not end with how the numbers were computed"
        return
    slide = written.slide.model_copy(update={"notes": notes})
    draft = [text for place, text in texts(written.draft) if place in ("title", "bullet")]
    strangers = unsupported_names(written.facts, _citable(again), again.source)
    for text in _own_texts(slide):
        if name := first_unsupported(text, written.facts, strangers, brief.business_context):
            yield f"it speaks of “{name}”, which no fact of this slide is about"
        yield from _of_characters(text)
        yield from _of_references(text, brief)
    must_cite = bool(facts_of(written.draft, again.findings))
    yield from slide_rules.problems(
        slide, brief, again.source, written.facts, draft=draft, must_cite=must_cite
    )


def _said_in_notes(written: _Written) -> Text | None:
    """The notes without how the numbers were computed, which is the draft's; None if it is not."""
    notes, method = written.slide.notes, method_of(written.draft.notes)
    if notes == method:
        return ""
    if method and not notes.endswith(APART + method):
        return None
    return notes.removesuffix(APART + method)


def _own_texts(slide: Slide) -> list[Text]:
    points = [item for block in slide.blocks if isinstance(block, Bullets) for item in block.items]
    return [slide.title, *points, slide.notes]


def _of_characters(text: Text) -> Iterator[str]:
    """Breaks of lines, and characters that can't be seen or that turn the order of letters."""
    if found := next((char for char in text if unicodedata.category(char)[0] == "C"), None):
        yield f"it has the character U+{ord(found):04X}"


def _of_references(text: Text, brief: Brief) -> Iterator[str]:
    """References that only the program writes; pieces of the brief are quoted for their digits."""
    for name in references(text):
        if name in ("brief", "source"):
            yield f"it cites {name}, which is not listed"
        elif name[0] == "b" and not _is_quotation(text, name, brief.business_context):
            yield f"it cites {name}, which is no quotation"


def _is_quotation(text: Text, name: str, brief: str) -> bool:
    start, end = map(int, name.removeprefix("b").split("-"))
    whole = not brief[start - 1 : start].isalnum() and not brief[end : end + 1].isalnum()
    holds_digit = any(char.isdigit() for char in brief[start:end])
    return whole and holds_digit and f"“{{{{{name}}}}}”" in text


def _of_other_slides(written: _Written, again: Recomputation) -> list[Fact]:
    """The facts that a slide cites and its draft has not: a user may have had them put there."""
    own = {fact.id for fact in written.facts}
    slide = written.slide.model_copy(update={"notes": _said_in_notes(written) or ""})
    cited = {name for text in _own_texts(slide) for name in references(text)}
    known = again.findings.facts if again.findings else []
    return [fact for fact in known if fact.id in cited - own]


def _citable(again: Recomputation) -> list[Fact]:
    """The facts that a model may cite somewhere in the deck."""
    worded = to_be_written(again.draft)
    listed = [fact for slide in worded for fact in facts_of(slide, again.findings)]
    return list({fact.id: fact for fact in listed}.values())
