"""A deck in a model's words, made of a run without a provider: the answers are given here."""

import json

from deckgen.domain.decks import Deck, Provenance, Slide
from deckgen.domain.facts import Fact
from deckgen.domain.model_calls import UpperBound, Usage
from deckgen.domain.model_steps import Intent, SlideOutcome, UpgradeResult
from deckgen.orchestrator import analyst
from deckgen.orchestrator.model import merge, slide_parser
from deckgen.orchestrator.model.outline import ModelStoryline
from deckgen.orchestrator.model.response_schemas import PlannedSlide, StorylineAnswer
from deckgen.orchestrator.model.slide_tasks import facts_of, points_of, to_be_written
from deckgen.orchestrator.model.unsupported_names import unsupported_names
from tests.model_answers import slide_answer
from tests.unit.orchestrator.analyst.engine import Run

MADE = Provenance(engine="model", model="gpt-test", prompt_version="v1")
NOTES = "Say this slowly"


def by_model(run: Run) -> Deck:
    """The draft of a run as a model tells it: another title, another order, and words for each slide.

    What the rules refuse is the draft's, as ever.
    """
    slides = to_be_written(run.draft)
    facts = {slide.id: facts_of(slide, run.findings) for slide in slides}
    citable = [fact for own in facts.values() for fact in own]
    answer = StorylineAnswer(
        title=slides[1].title,
        answer="",
        slides=[PlannedSlide(id=slide.id, title="", facts=[]) for slide in reversed(slides)],
    )
    outline = ModelStoryline(run.brief, run.source, run.draft, facts, answer).outline(MADE)
    outcomes = {slide.id: _written(run, slide, facts[slide.id], citable) for slide in slides}
    also = [fact.id for fact in citable]
    proved = analyst.assemble(run.brief, run.source, run.findings, run.draft, run.path, also=also)
    return merge.finish(proved, UpgradeResult(outline=outline, outcomes=outcomes), Usage(calls=1))


def _written(run: Run, slide: Slide, facts: list[Fact], citable: list[Fact]) -> SlideOutcome:
    answer = slide_answer(slide.title, points_of(slide)[:3], NOTES)
    intent = Intent(
        slide=slide,
        facts=facts,
        strangers=unsupported_names(facts, citable, run.source),
        must_cite=bool(facts),
        most=UpperBound(tokens=0, cost=None),
    )
    found = slide_parser.parse_slide(json.dumps(answer), "", intent, run.brief, run.source, MADE)
    return SlideOutcome(slide=found.slide, attempts=1, reason="; ".join(found.problems))
