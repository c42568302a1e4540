"""The steps that call the model, and those around them: storyline, slide, repair, revise."""

import asyncio
from typing import Any

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Draft, Provenance, Slide
from deckgen.domain.errors import PermanentError
from deckgen.domain.facts import Fact
from deckgen.domain.findings import Findings
from deckgen.domain.language.choosing import choose
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
from deckgen.orchestrator.analyst.proof.judging.judge import LANGUAGE
from deckgen.orchestrator.model import deck_prompts, prompts, slide_parser
from deckgen.orchestrator.model.claim_words import claims_of
from deckgen.orchestrator.model.outline import Facts, ModelStoryline
from deckgen.orchestrator.model.prompts import ChatMessage
from deckgen.orchestrator.model.provider import ModelAnswer, Provider
from deckgen.orchestrator.model.response_schemas import StorylineAnswer, parsed, shape_of, slide_shape
from deckgen.orchestrator.model.slide_tasks import (
    chosen_facts,
    facts_of,
    has_title_in_story,
    keeps_its_place,
    to_be_written,
)
from deckgen.orchestrator.model.unsupported_names import unsupported_names

log = get_logger(__name__)

OUT_STORYLINE, OUT_SLIDE = 1500, 900  # tokens that an answer may have
NOT_JUDGED = "the answer could not be read"
MAX_FACTS_OF_REVISION = 24  # an instruction may ask for facts of other slides


class ModelSteps:
    """The orchestrator's work with a model; each method is one step."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def announce(
        self,
        draft: Draft,
        brief: Brief,
        source: Source | None,
        findings: Findings | None,
        *,
        asked: Brief | None = None,
    ) -> DraftForModel:
        """Returns the draft together with its upgrade; `asked` is the brief that its deck shows. A
        draft whose language is not judged has none: each sentence would be paid for and refused.
        """
        if choose(brief).code != LANGUAGE:
            return DraftForModel(**dict(draft))
        facts = {slide.id: facts_of(slide, findings) for slide in to_be_written(draft)}
        messages = _storyline_messages(brief, source, draft, facts)
        upper_bound = self._provider.most(messages, OUT_STORYLINE)
        upgrade = Upgrade(model=self._provider.model, most=upper_bound, facts=facts)
        deck = analyst.composed(brief, source, findings, draft)
        deck = deck.model_copy(update={"brief": asked or brief})
        return DraftForModel(**dict(draft), upgrade=upgrade, deck=deck)

    async def storyline(
        self, brief: Brief, source: Source | None, draft: DraftForModel, call_id: str
    ) -> tuple[StorylineResult, Call]:
        """Returns order and titles; those of the draft if the answer can't be used."""
        facts = draft.upgrade.facts if draft.upgrade else {}
        messages = _storyline_messages(brief, source, draft, facts)
        answer = await self._provider.ask(
            messages, shape_of(StorylineAnswer), out=OUT_STORYLINE, call_id=call_id
        )
        result = await asyncio.to_thread(self._judged, brief, source, draft, facts, answer)
        return result.model_copy(update={"lost": answer.lost}), answer.call

    def _judged(
        self, brief: Brief, source: Source | None, draft: Draft, facts: Facts, answer: ModelAnswer
    ) -> StorylineResult:
        """An answer is paid for: whatever is wrong with it, its step has a result."""
        parsed_answer, problem = _parsed(answer)
        try:
            result = self._storyline_result(brief, source, draft, facts, parsed_answer)
        except Exception:
            if parsed_answer is None:
                raise
            log.exception("model.answer_not_judged")
            result, problem = self._storyline_result(brief, source, draft, facts, None), NOT_JUDGED
        return result.model_copy(update={"problem": problem})

    def _storyline_result(
        self,
        brief: Brief,
        source: Source | None,
        draft: Draft,
        facts: Facts,
        answer: StorylineAnswer | None,
    ) -> StorylineResult:
        storyline = ModelStoryline(brief, source, draft, facts, answer)
        shared = storyline.shared()
        all_facts = [fact for of_slide in facts.values() for fact in of_slide]
        intents = []
        for slide in storyline.slides:
            slide_facts = storyline.facts_of(slide)
            intents.append(
                self._intent(
                    slide, slide_facts, unsupported_names(slide_facts, all_facts, source), shared
                )
            )
        return StorylineResult(
            outline=storyline.outline(self._provenance(OUT_STORYLINE)), shared=shared, intents=intents
        )

    async def slide(
        self,
        brief: Brief,
        source: Source | None,
        assignment: Assignment,
        refused: SlideResult | None,
        call_id: str,
    ) -> tuple[SlideResult, Call]:
        """Returns one slide, or why it was refused; with `refused` it is a second try."""
        messages = deck_prompts.slide_messages(assignment, refused)
        shape = slide_shape([claim.id for claim in claims_of(assignment.intent.facts)])
        answer = await self._provider.ask(messages, shape, out=OUT_SLIDE, call_id=call_id)
        made = self._provenance(OUT_SLIDE, attempts=2 if refused else 1)
        result = await asyncio.to_thread(_judged, answer, assignment.intent, brief, source, made)
        if result.slide is None:
            retry = deck_prompts.slide_messages(assignment, result)
            upper_bound = self._provider.most(retry, OUT_SLIDE)
            result = result.model_copy(update={"most": upper_bound, "lost": answer.lost})
        return result, answer.call

    def revise(self, order: RevisionOf) -> StorylineResult:
        """Returns what it takes to rewrite one slide of a deck. PermanentError if it can't be."""
        deck, revision = order.deck, order.revision
        slide = next(
            (candidate for candidate in deck.slides if candidate.id == revision.slide_id), None
        )
        if slide is None:
            raise PermanentError(
                f"The deck no longer has the slide {revision.slide_id!r}.", code="slide_not_found"
            )
        if deck.language != LANGUAGE:
            raise PermanentError(
                "Only slides in English can be revised: sentences of a model are judged in no other "
                "language so far.",
                code="slide_not_revisable",
            )
        if not slide.layout.is_worded:
            raise PermanentError(
                f"A {slide.layout} slide is not written by a model, so it can't be revised.",
                code="slide_not_revisable",
            )
        titles = {
            candidate.id: candidate.title for candidate in deck.slides if has_title_in_story(candidate)
        }
        values = deck.reference_values()
        shared = [
            deck_prompts.deck_text(deck.brief, deck.source, deck.slides),
            deck_prompts.story_text(deck.storyline.answer, titles, values, deck.facts),
        ]
        facts = chosen_facts(slide, [fact.id for fact in deck.facts], deck.facts, MAX_FACTS_OF_REVISION)
        unsupported = unsupported_names(facts, deck.facts, deck.source)
        intent = self._intent(slide, facts, unsupported, shared, revision.instruction)
        return StorylineResult(outline=None, shared=shared, intents=[intent])

    def _provenance(self, out: int, attempts: int = 1) -> Provenance:
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
        unsupported: list[str],
        shared: list[str],
        instruction: str = "",
    ) -> Intent:
        """Returns one slide that is to be written, with the most that its call can use."""
        intent = Intent(
            slide=slide,
            facts=facts,
            strangers=unsupported,
            must_cite=bool(facts),
            instruction=instruction,
            most=self._provider.most([], OUT_SLIDE),
        )
        messages = deck_prompts.slide_messages(Assignment(shared=shared, intent=intent))
        return intent.model_copy(update={"most": self._provider.most(messages, OUT_SLIDE)})


def _judged(
    answer: ModelAnswer, intent: Intent, brief: Brief, source: Source | None, made: Provenance
) -> SlideResult:
    """An answer is paid for: whatever is wrong with it, its step has a result."""
    try:
        return slide_parser.parse_slide(answer.text, answer.unusable, intent, brief, source, made)
    except Exception:
        log.exception("model.answer_not_judged")
        return SlideResult(slide=None, problems=[NOT_JUDGED])


def _storyline_messages(
    brief: Brief, source: Source | None, draft: Draft, facts: Facts
) -> list[ChatMessage]:
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


def _parsed(answer: ModelAnswer) -> tuple[StorylineAnswer | None, str]:
    """Returns the answer, or what is wrong with it."""
    if answer.unusable:
        return None, answer.unusable
    try:
        return parsed(StorylineAnswer, answer.text), ""
    except ValueError:
        return None, "the answer is not as asked"
