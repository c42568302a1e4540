"""From what the model said to a slide, or to what is wrong with it."""

from collections.abc import Iterator

from pydantic import ValidationError

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Block, Bullets, Provenance, Slide
from deckgen.domain.facts import Text, references
from deckgen.domain.model_steps import Intent, SlideResult
from deckgen.orchestrator.analyst.proof.checks.texts import texts
from deckgen.orchestrator.model import slide_rules
from deckgen.orchestrator.model.entity_binding import bound, tidy
from deckgen.orchestrator.model.response_schemas import SlideAnswer, parsed
from deckgen.orchestrator.model.unsupported_names import named

APART = "\n\n"  # a model's text has no lines: it is tidied


def written(
    text: str, unusable: str, intent: Intent, brief: Brief, source: Source | None, made: Provenance
) -> SlideResult:
    """The slide of an answer, or the problems for which it is refused."""
    if unusable:
        return SlideResult(slide=None, problems=[unusable])
    try:
        answer = parsed(SlideAnswer, text)
        # Whether it can be sent and stored: JSON can write halves of characters.
        "".join((text, answer.title, *answer.takeaways, answer.notes)).encode()
    except UnicodeEncodeError:
        return SlideResult(slide=None, problems=["the answer has characters that are none"])
    except ValueError as error:
        problem = f"the answer is not as asked: {_wrong(error)}"
        return SlideResult(slide=None, problems=[problem], answer=text)
    slide = _slide(answer, intent, brief, source, made)
    found = [*_not_its_own(answer), *_of_strangers(answer, intent, brief)]
    draft = [text for place, text in texts(intent.slide) if place in ("title", "bullet")]
    found += slide_rules.problems(
        slide, brief, source, intent.facts, draft=draft, must_cite=intent.must_cite
    )
    if found:
        return SlideResult(slide=None, problems=found, answer=text)
    return SlideResult(
        slide=slide.model_copy(update={"notes": _notes(slide.notes, intent.slide.notes)})
    )


def _wrong(error: ValueError) -> str:
    """What is not as asked; what was said instead is not repeated."""
    if not isinstance(error, ValidationError):
        return "it is not one JSON object"
    first = error.errors(include_input=False)[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"


def _not_its_own(answer: SlideAnswer) -> list[str]:
    """References that only the program writes: the brief and its pieces, the name of the file."""
    said = [answer.title, *answer.takeaways, answer.notes]
    names = {name for text in said for name in references(text)}
    return [f"it cites {name}, which is not listed" for name in sorted(names) if name[0] in "bs"]


def _of_strangers(answer: SlideAnswer, intent: Intent, brief: Brief) -> Iterator[str]:
    """Groups whose names are written out although no fact of the slide is about them: what stands
    beside such a name is a number of somebody else.
    """
    for said in (answer.title, *answer.takeaways, answer.notes):
        if name := named(tidy(said), intent.facts, intent.strangers, brief.business_context):
            yield f"it speaks of “{name}”, which no fact of this slide is about"


def _slide(
    answer: SlideAnswer, intent: Intent, brief: Brief, source: Source | None, made: Provenance
) -> Slide:
    def own(text: str) -> Text:
        return bound(tidy(text), intent.facts, source, brief.business_context)

    items = [own(item) for item in answer.takeaways]
    return intent.slide.model_copy(
        update={
            "title": own(answer.title).rstrip(" ."),
            "blocks": with_points(intent.slide.blocks, items),
            "notes": own(answer.notes),
            "made": made,
        }
    )


def with_points(blocks: list[Block], items: list[Text]) -> list[Block]:
    """The blocks of the draft, with other points."""
    points = Bullets(items=[item.rstrip(" .") if item.count(".") == 1 else item for item in items])
    if not any(isinstance(block, Bullets) for block in blocks):
        return [*blocks, points]
    return [points if isinstance(block, Bullets) else block for block in blocks]


def _notes(said: Text, before: Text) -> Text:
    """What the model says, and after it how the numbers were computed, as the analyst wrote it.

    Of notes that a model wrote before only that is kept.
    """
    return APART.join(part for part in (said, method_of(before)) if part)


def method_of(notes: Text) -> Text:
    """How the numbers of a slide were computed: the end of its notes, whoever wrote them."""
    return notes.rpartition(APART)[2]
