"""Parsing the model's answer into a slide: each sentence stands or falls by itself.

A sentence that breaks a rule, or says what no claim covers, is left out, and a title gives way to the
draft's. Only a slide that would lose more than it keeps is refused, once, and asked for again.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from deckgen.domain.blocks import Actions, Block, Bullets, Messages
from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Provenance, Slide
from deckgen.domain.facts import Text, references
from deckgen.domain.model_steps import Intent, SlideResult
from deckgen.orchestrator.analyst.proof.checks.texts import texts
from deckgen.orchestrator.analyst.proof.judging.reading import sentences
from deckgen.orchestrator.model.entity_binding import bound, tidy
from deckgen.orchestrator.model.response_schemas import SlideAnswer, parsed
from deckgen.orchestrator.model.slide_rules import MAX_POINTS, SlideRules
from deckgen.orchestrator.model.unsupported_names import first_unsupported

APART = "\n\n"  # a model's text, once tidied, has no line breaks
FEWEST = 2  # takeaways of a slide; what is missing is the draft's


@dataclass(frozen=True)
class _Kept:
    """What is left of an answer, and why the rest is not."""

    title: Text | None
    takeaways: list[Text]
    notes: Text
    problems: list[str]


def parse_slide(
    text: str, unusable: str, intent: Intent, brief: Brief, source: Source | None, made: Provenance
) -> SlideResult:
    """Returns the slide of an answer with the problems for which parts of it are left out.

    It is refused if nothing of it is left, and at the first attempt if less than half of it is.
    """
    if unusable:
        return SlideResult(slide=None, problems=[unusable])
    try:
        answer = parsed(SlideAnswer, text)
        # Encoding fails for halves of characters, which JSON can write, but which can't be stored.
        "".join((text, *answer.texts)).encode()
    except UnicodeEncodeError:
        return SlideResult(slide=None, problems=["the answer has characters that are none"])
    except ValueError as error:
        problem = f"the answer is not as asked: {_complaint(error)}"
        return SlideResult(slide=None, problems=[problem], answer=text)
    rules = SlideRules(
        brief, source, intent.facts, draft=drafted(intent.slide), must_cite=intent.must_cite
    )
    kept = _kept(answer, intent, brief, source, rules)
    slide, problems = _slide(kept, intent, rules, made)
    number = (kept.title is not None) + len(kept.takeaways)
    asked_again = made.attempts > 1
    if slide is None or not number or (not asked_again and 2 * number < 1 + len(answer.takeaways)):
        return SlideResult(slide=None, problems=problems, answer=text)
    return SlideResult(slide=slide, problems=problems)


def drafted(slide: Slide) -> list[Text]:
    """Returns the texts of a draft's slide that a model may repeat."""
    return [text for place, text in texts(slide) if place in ("title", "bullet", "message", "action")]


def _complaint(error: ValueError) -> str:
    """Returns what is not as asked, without repeating the answer."""
    if not isinstance(error, ValidationError):
        return "it is not one JSON object"
    first = error.errors(include_input=False)[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"


def _kept(
    answer: SlideAnswer, intent: Intent, brief: Brief, source: Source | None, rules: SlideRules
) -> _Kept:
    """Returns the sentences that can stand."""

    def bind(text: str) -> Text:
        return bound(tidy(text), intent.facts, source, brief.business_context)

    def stray(text: str) -> list[str]:
        return list(_stray(text, intent, brief))

    title = bind(answer.title.text).rstrip(" .")
    broken = stray(answer.title.text) or rules.of_title(title, intent.slide.layout)
    problems, takeaways, notes = [*broken], list[Text](), list[Text]()
    for sentence in answer.takeaways:
        takeaway = bind(sentence.text)
        found = stray(sentence.text) or rules.of_takeaway(takeaway)
        problems += found
        if not found and takeaway not in takeaways:
            takeaways.append(takeaway)
    for written in sentences(tidy(answer.notes)):
        text = bind(written)
        found = stray(written) or rules.of_text("the notes", text)
        problems += found
        notes += [] if found else [text]
    return _Kept(None if broken else title, takeaways, " ".join(notes), problems)


def _stray(text: str, intent: Intent, brief: Brief) -> Iterator[str]:
    """Yields references that only the program writes, and groups that no fact of the slide is about: a
    number beside such a name would be another group's.
    """
    for name in sorted(set(references(text))):
        if name[0] in "bs":
            yield f"it cites {name}, which is not listed"
    stranger = first_unsupported(tidy(text), intent.facts, intent.strangers, brief.business_context)
    if stranger:
        yield f"it speaks of “{stranger}”, which no fact of this slide is about"


def _slide(
    kept: _Kept, intent: Intent, rules: SlideRules, made: Provenance
) -> tuple[Slide | None, list[str]]:
    """Returns the slide of what is left, with the draft's sentences where too little is."""
    points = _filled_up(kept.takeaways, intent.slide)
    slide = intent.slide.model_copy(
        update={
            "title": intent.slide.title if kept.title is None else kept.title,
            "notes": _notes(kept.notes, intent.slide.notes),
            "made": made,
        }
    )
    problems = kept.problems
    while points:
        slide = slide.model_copy(update={"blocks": with_points(intent.slide.blocks, points)})
        if not (too_much := rules.of_slide(slide)):
            break
        problems, points = [*problems, *too_much], points[:-1]
    else:
        return None, problems
    if unshown := rules.unshown(slide):
        problems, slide = [*problems, *unshown], slide.model_copy(update={"title": intent.slide.title})
    return slide, problems


def _filled_up(takeaways: list[Text], draft: Slide) -> list[Text]:
    """Returns the takeaways, with some of the draft's that cite other facts if there are too few."""
    points = list(takeaways[:MAX_POINTS])
    for item in draft.points:
        told = {name for point in points for name in references(point)}
        if len(points) < min(FEWEST, len(draft.points)) and not set(references(item)) <= told:
            points.append(item)
    return points


def with_points(blocks: list[Block], items: list[Text]) -> list[Block]:
    """Returns the blocks of the draft with other points; rows and moves stay the draft's."""
    if any(isinstance(block, Messages | Actions) for block in blocks):
        return blocks
    points = Bullets(items=[item.rstrip(" .") if item.count(".") == 1 else item for item in items])
    if not any(isinstance(block, Bullets) for block in blocks):
        return [*blocks, points]
    return [points if isinstance(block, Bullets) else block for block in blocks]


def _notes(model_notes: Text, previous: Text) -> Text:
    """Returns the model's notes followed by the analyst's account of how the numbers were computed,
    which is all that is kept of previous notes.
    """
    return APART.join(part for part in (model_notes, method_of(previous)) if part)


def method_of(notes: Text) -> Text:
    """Returns how the numbers of a slide were computed: the end of its notes, whoever wrote them."""
    return notes.rpartition(APART)[2]
