"""From what the model said to a slide, or to what is wrong with it."""

from pydantic import ValidationError

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Block, Bullets, Made, Slide
from deckgen.domain.facts import Text
from deckgen.domain.writing import Intent, Written
from deckgen.orchestrator.model import rules
from deckgen.orchestrator.model.answers import SlideAnswer
from deckgen.orchestrator.model.labels import bound, tidy

_APART = "\n\n"  # a model's text has no lines: it is tidied


def written(
    text: str, unusable: str, intent: Intent, brief: Brief, source: Source | None, made: Made
) -> Written:
    """The slide of an answer, or the problems for which it is refused."""
    if unusable:
        return Written(slide=None, problems=[unusable])
    try:
        answer = SlideAnswer.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return Written(
            slide=None, problems=[f"the answer is not as asked: {place} {first['msg']}"], answer=text
        )
    slide = _slide(answer, intent, brief, source, made)
    found = rules.problems(slide, brief, source, intent.facts, must_cite=intent.must_cite)
    if found:
        return Written(slide=None, problems=found, answer=text)
    return Written(slide=slide.model_copy(update={"notes": _notes(slide.notes, intent.slide.notes)}))


def _slide(
    answer: SlideAnswer, intent: Intent, brief: Brief, source: Source | None, made: Made
) -> Slide:
    def own(text: str) -> Text:
        return bound(tidy(text), intent.facts, source, brief.business_context)

    items = [own(item) for item in answer.takeaways if item.strip()]
    return intent.slide.model_copy(
        update={
            "title": own(answer.title).rstrip(" ."),
            "blocks": _with_items(intent.slide.blocks, items),
            "notes": own(answer.notes),
            "made": made,
        }
    )


def _with_items(blocks: list[Block], items: list[Text]) -> list[Block]:
    """The blocks of the draft, with other points."""
    points = Bullets(items=[item.rstrip(" .") if item.count(".") == 1 else item for item in items])
    if not any(isinstance(block, Bullets) for block in blocks):
        return [*blocks, points]
    return [points if isinstance(block, Bullets) else block for block in blocks]


def _notes(said: Text, before: Text) -> Text:
    """What the model says, and after it how the numbers were computed, as the analyst wrote it.

    Of notes that a model wrote before only that is kept.
    """
    method = before.rpartition(_APART)[2]
    return _APART.join(part for part in (said, method) if part)
