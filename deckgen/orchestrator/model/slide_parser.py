"""Parsing the model's answer into a slide, or into the problems with it."""

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
from deckgen.orchestrator.model.unsupported_names import first_unsupported

APART = "\n\n"  # a model's text, once tidied, has no line breaks


def parse_slide(
    text: str, unusable: str, intent: Intent, brief: Brief, source: Source | None, made: Provenance
) -> SlideResult:
    """Returns the slide of an answer, or the problems for which it is refused."""
    if unusable:
        return SlideResult(slide=None, problems=[unusable])
    try:
        answer = parsed(SlideAnswer, text)
        # Encoding fails for halves of characters, which JSON can write, but which can't be stored.
        "".join((text, answer.title, *answer.takeaways, answer.notes)).encode()
    except UnicodeEncodeError:
        return SlideResult(slide=None, problems=["the answer has characters that are none"])
    except ValueError as error:
        problem = f"the answer is not as asked: {_complaint(error)}"
        return SlideResult(slide=None, problems=[problem], answer=text)
    slide = _slide(answer, intent, brief, source, made)
    problems = [*_unlisted_references(answer), *_unsupported_names(answer, intent, brief)]
    draft = [text for place, text in texts(intent.slide) if place in ("title", "bullet")]
    problems += slide_rules.problems(
        slide, brief, source, intent.facts, draft=draft, must_cite=intent.must_cite
    )
    if problems:
        return SlideResult(slide=None, problems=problems, answer=text)
    return SlideResult(
        slide=slide.model_copy(update={"notes": _notes(slide.notes, intent.slide.notes)})
    )


def _complaint(error: ValueError) -> str:
    """Returns what is not as asked, without repeating the answer."""
    if not isinstance(error, ValidationError):
        return "it is not one JSON object"
    first = error.errors(include_input=False)[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"


def _unlisted_references(answer: SlideAnswer) -> list[str]:
    """Returns problems with references that only the program writes: to the brief and the file."""
    answer_texts = [answer.title, *answer.takeaways, answer.notes]
    names = {name for text in answer_texts for name in references(text)}
    return [f"it cites {name}, which is not listed" for name in sorted(names) if name[0] in "bs"]


def _unsupported_names(answer: SlideAnswer, intent: Intent, brief: Brief) -> Iterator[str]:
    """Yields problems with groups that are named although no fact of the slide is about them: a number
    beside such a name would be another group's.
    """
    for answer_text in (answer.title, *answer.takeaways, answer.notes):
        if name := first_unsupported(
            tidy(answer_text), intent.facts, intent.strangers, brief.business_context
        ):
            yield f"it speaks of “{name}”, which no fact of this slide is about"


def _slide(
    answer: SlideAnswer, intent: Intent, brief: Brief, source: Source | None, made: Provenance
) -> Slide:
    def bind(text: str) -> Text:
        return bound(tidy(text), intent.facts, source, brief.business_context)

    items = [bind(item) for item in answer.takeaways]
    return intent.slide.model_copy(
        update={
            "title": bind(answer.title).rstrip(" ."),
            "blocks": with_points(intent.slide.blocks, items),
            "notes": bind(answer.notes),
            "made": made,
        }
    )


def with_points(blocks: list[Block], items: list[Text]) -> list[Block]:
    """Returns the blocks of the draft with other points."""
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
