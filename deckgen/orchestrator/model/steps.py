"""The steps that call the model, and those around them: storyline, slide, repair, revise."""

import asyncio
from typing import Any

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Draft, Provenance, Slide
from deckgen.domain.errors import PermanentError
from deckgen.domain.facts import Fact
from deckgen.domain.insights import Findings
from deckgen.domain.model_calls import Call
from deckgen.domain.model_steps import (
    Assignment,
    DraftForModel,
    Intent,
    RevisionOf,
    SlideResult,
    StorylineResult,
    Upgrade,
)
from deckgen.observability.logs import get_logger
from deckgen.orchestrator import analyst
from deckgen.orchestrator.model import deck_prompts, prompts, slide_parser
from deckgen.orchestrator.model.outline import Facts, Story
from deckgen.orchestrator.model.prompts import Message
from deckgen.orchestrator.model.provider import Answer, Provider
from deckgen.orchestrator.model.response_schemas import SlideAnswer, StorylineAnswer, parsed
from deckgen.orchestrator.model.slide_tasks import (
    chosen,
    facts_of,
    is_told,
    keeps_its_place,
    to_be_written,
)
from deckgen.orchestrator.model.unsupported_names import strangers_of

log = get_logger(__name__)

OUT_STORYLINE, OUT_SLIDE = 1500, 700  # tokens that an answer may have
NOT_JUDGED = "the answer could not be read"
MAX_FACTS_OF_REVISION = 24  # an instruction may ask for what stands on other slides


class ModelSteps:
    """What the orchestrator does with a model; each method is one step."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def announce(
        self, draft: Draft, brief: Brief, source: Source | None, findings: Findings | None
    ) -> DraftForModel:
        """The draft with what is to improve it."""
        facts = {slide.id: facts_of(slide, findings) for slide in to_be_written(draft)}
        messages = _storyline_messages(brief, source, draft, facts)
        most = self._provider.most(messages, OUT_STORYLINE)
        upgrade = Upgrade(model=self._provider.model, most=most, facts=facts)
        deck = analyst.composed(brief, source, findings, draft)
        return DraftForModel(**dict(draft), upgrade=upgrade, deck=deck)

    async def storyline(
        self, brief: Brief, source: Source | None, draft: DraftForModel, call_id: str
    ) -> tuple[StorylineResult, Call]:
        """Order and titles; where the answer can't be used, those of the draft."""
        facts = draft.upgrade.facts if draft.upgrade else {}
        messages = _storyline_messages(brief, source, draft, facts)
        answer = await self._provider.ask(messages, StorylineAnswer, out=OUT_STORYLINE, call_id=call_id)
        telling = await asyncio.to_thread(self._judged, brief, source, draft, facts, answer)
        return telling.model_copy(update={"lost": answer.lost}), answer.call

    def _judged(
        self, brief: Brief, source: Source | None, draft: Draft, facts: Facts, answer: Answer
    ) -> StorylineResult:
        """An answer is paid for: whatever is wrong with it, its step has a result."""
        said, problem = _parsed(answer)
        try:
            telling = self._told(brief, source, draft, facts, said)
        except Exception:
            if said is None:
                raise
            log.exception("model.answer_not_judged")
            telling, problem = self._told(brief, source, draft, facts, None), NOT_JUDGED
        return telling.model_copy(update={"problem": problem})

    def _told(
        self,
        brief: Brief,
        source: Source | None,
        draft: Draft,
        facts: Facts,
        answer: StorylineAnswer | None,
    ) -> StorylineResult:
        told = Story(brief, source, draft, facts, answer)
        shared = told.shared()
        all_facts = [fact for several in facts.values() for fact in several]
        intents = []
        for slide in told.slides:
            own = told.facts_of(slide)
            intents.append(self._intent(slide, own, strangers_of(own, all_facts, source), shared))
        return StorylineResult(
            outline=told.outline(self._made(OUT_STORYLINE)), shared=shared, intents=intents
        )

    async def slide(
        self,
        brief: Brief,
        source: Source | None,
        assignment: Assignment,
        refused: SlideResult | None,
        call_id: str,
    ) -> tuple[SlideResult, Call]:
        """One slide, or why it was refused; with `refused`, one more try at it."""
        messages = deck_prompts.slide_messages(assignment, refused)
        answer = await self._provider.ask(messages, SlideAnswer, out=OUT_SLIDE, call_id=call_id)
        made = self._made(OUT_SLIDE, attempts=2 if refused else 1)
        written = await asyncio.to_thread(_judged, answer, assignment.intent, brief, source, made)
        if written.slide is None:
            again = deck_prompts.slide_messages(assignment, written)
            most = self._provider.most(again, OUT_SLIDE)
            written = written.model_copy(update={"most": most, "lost": answer.lost})
        return written, answer.call

    def revise(self, wanted: RevisionOf) -> StorylineResult:
        """What it takes to write one slide of a deck again. PermanentError if it can't be."""
        deck, revision = wanted.deck, wanted.revision
        slide = next((one for one in deck.slides if one.id == revision.slide_id), None)
        if slide is None:
            raise PermanentError(
                f"The deck has no slide {revision.slide_id!r} any more.", code="slide_not_found"
            )
        if not slide.layout.is_worded:
            raise PermanentError(
                f"A slide of the kind {slide.layout} is not written by a model: it can't be revised.",
                code="slide_not_revisable",
            )
        titles = {one.id: one.title for one in deck.slides if is_told(one)}
        values = deck.reference_values()
        shared = [
            deck_prompts.deck_text(deck.brief, deck.source, deck.slides),
            deck_prompts.story_text(deck.storyline.answer, titles, values, deck.facts),
        ]
        facts = chosen(slide, [fact.id for fact in deck.facts], deck.facts, MAX_FACTS_OF_REVISION)
        strangers = strangers_of(facts, deck.facts, deck.source)
        intent = self._intent(slide, facts, strangers, shared, revision.instruction)
        return StorylineResult(outline=None, shared=shared, intents=[intent])

    def _made(self, out: int, attempts: int = 1) -> Provenance:
        return Provenance(
            engine="model",
            model=self._provider.model,
            prompt_version=prompts.VERSION,
            parameters=self._provider.parameters
            | {"maxCompletionTokens": self._provider.out_at_most(out)},
            attempts=attempts,
        )

    def _intent(
        self,
        slide: Slide,
        facts: list[Fact],
        strangers: list[str],
        shared: list[str],
        instruction: str = "",
    ) -> Intent:
        """One slide that is to be written, with what its call takes at most."""
        intent = Intent(
            slide=slide,
            facts=facts,
            strangers=strangers,
            must_cite=bool(facts),
            instruction=instruction,
            most=self._provider.most([], OUT_SLIDE),
        )
        messages = deck_prompts.slide_messages(Assignment(shared=shared, intent=intent))
        return intent.model_copy(update={"most": self._provider.most(messages, OUT_SLIDE)})


def _judged(
    answer: Answer, intent: Intent, brief: Brief, source: Source | None, made: Provenance
) -> SlideResult:
    """An answer is paid for: whatever is wrong with it, its step has a result."""
    try:
        return slide_parser.written(answer.text, answer.unusable, intent, brief, source, made)
    except Exception:
        log.exception("model.answer_not_judged")
        return SlideResult(slide=None, problems=[NOT_JUDGED])


def _storyline_messages(
    brief: Brief, source: Source | None, draft: Draft, facts: Facts
) -> list[Message]:
    slides: list[dict[str, Any]] = [
        {
            "id": slide.id,
            "title": slide.title,
            "facts": prompts.fact_rows(facts[slide.id]),
            "fixed": keeps_its_place(slide, draft),
        }
        for slide in to_be_written(draft)
    ]
    return deck_prompts.storyline_messages(brief, source, draft.slides, slides)


def _parsed(answer: Answer) -> tuple[StorylineAnswer | None, str]:
    """What was said, or what is wrong with it."""
    if answer.unusable:
        return None, answer.unusable
    try:
        return parsed(StorylineAnswer, answer.text), ""
    except ValueError:
        return None, "the answer is not as asked"
