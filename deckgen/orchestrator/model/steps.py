"""The steps that call the model, and those around them: storyline, slide, repair, revise."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from deckgen.domain.briefs import Brief
from deckgen.domain.calls import Call
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Draft, Made, Slide, Upgrade, reference_values
from deckgen.domain.errors import PermanentError
from deckgen.domain.facts import Text
from deckgen.domain.insights import Findings
from deckgen.domain.writing import Assignment, Intent, Outline, RevisionOf, Telling, Written
from deckgen.orchestrator.model import deck_prompts, judge, prompts, rules
from deckgen.orchestrator.model.answers import PlannedSlide, SlideAnswer, StorylineAnswer
from deckgen.orchestrator.model.intents import (
    NOT_WRITTEN,
    UNTOLD,
    chosen,
    facts_of,
    keeps_its_place,
    to_be_written,
)
from deckgen.orchestrator.model.labels import bound, tidy
from deckgen.orchestrator.model.prompts import Message
from deckgen.orchestrator.model.provider import Answer, Provider

OUT_STORYLINE, OUT_SLIDE = 1500, 700  # tokens that an answer may have
MAX_FACTS_OF_REVISION = 24  # an instruction may ask for what stands on other slides


class ModelSteps:
    """What the orchestrator does with a model; each method is one step."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def announce(
        self, draft: Draft, brief: Brief, source: Source | None, findings: Findings | None
    ) -> Draft:
        """The draft with what is to improve it."""
        messages = _storyline_messages(brief, source, findings, draft)
        most = self._provider.most(messages, OUT_STORYLINE)
        return draft.model_copy(update={"upgrade": Upgrade(model=self._provider.model, most=most)})

    async def storyline(
        self, brief: Brief, source: Source | None, findings: Findings | None, draft: Draft, call_id: str
    ) -> tuple[Telling, Call]:
        """Order and titles; where the answer can't be used, those of the draft."""
        messages = _storyline_messages(brief, source, findings, draft)
        answer = await self._provider.ask(messages, StorylineAnswer, out=OUT_STORYLINE, call_id=call_id)
        told = _Story(brief, source, findings, draft, _parsed(answer))
        shared = told.shared()
        intents = [self._intent(one, findings, shared) for one in told.slides]
        return Telling(outline=told.outline(), shared=shared, intents=intents), answer.call

    async def slide(
        self,
        brief: Brief,
        source: Source | None,
        assignment: Assignment,
        refused: Written | None,
        call_id: str,
    ) -> tuple[Written, Call]:
        """One slide, or why it was refused; with `refused`, one more try at it."""
        messages = deck_prompts.slide_messages(assignment, refused)
        answer = await self._provider.ask(messages, SlideAnswer, out=OUT_SLIDE, call_id=call_id)
        made = Made(
            engine="model",
            model=self._provider.model,
            prompt_version=prompts.VERSION,
            parameters=self._provider.parameters | {"maxCompletionTokens": OUT_SLIDE},
            attempts=2 if refused else 1,
        )
        written = judge.written(answer.text, answer.unusable, assignment.intent, brief, source, made)
        if written.slide is None:
            again = deck_prompts.slide_messages(assignment, written)
            written = written.model_copy(update={"most": self._provider.most(again, OUT_SLIDE)})
        return written, answer.call

    def revise(self, wanted: RevisionOf) -> Telling:
        """What it takes to write one slide of a deck again. PermanentError if it can't be."""
        deck, revision = wanted.deck, wanted.revision
        slide = next((one for one in deck.slides if one.id == revision.slide_id), None)
        if slide is None:
            raise PermanentError(
                f"The deck has no slide {revision.slide_id!r} any more.", code="slide_not_found"
            )
        if slide.layout in NOT_WRITTEN:
            raise PermanentError(
                f"A slide of the kind {slide.layout} is not written by a model: it can't be revised.",
                code="slide_not_revisable",
            )
        titles = {one.id: one.title for one in deck.slides if one.layout not in UNTOLD}
        values = deck.reference_values()
        shared = [
            deck_prompts.deck_text(deck.brief, deck.source, deck.slides),
            deck_prompts.story_text(deck.storyline.answer, titles, values, deck.facts),
        ]
        facts = chosen(slide, [fact.id for fact in deck.facts], deck.facts, MAX_FACTS_OF_REVISION)
        intent = self._sized(
            Intent(
                slide=slide,
                facts=facts,
                must_cite=bool(facts),
                instruction=revision.instruction,
                most=self._provider.most([], OUT_SLIDE),
            ),
            shared,
        )
        outline = Outline(
            title=deck.title, storyline=deck.storyline, order=[one.id for one in deck.slides]
        )
        return Telling(outline=outline, shared=shared, intents=[intent])

    def _intent(self, slide: Slide, findings: Findings | None, shared: list[str]) -> Intent:
        facts = facts_of(slide, findings)
        intent = Intent(
            slide=slide, facts=facts, must_cite=bool(facts), most=self._provider.most([], OUT_SLIDE)
        )
        return self._sized(intent, shared)

    def _sized(self, intent: Intent, shared: list[str]) -> Intent:
        """The intent with what its call takes at most."""
        messages = deck_prompts.slide_messages(Assignment(shared=shared, intent=intent))
        return intent.model_copy(update={"most": self._provider.most(messages, OUT_SLIDE)})


def _storyline_messages(
    brief: Brief, source: Source | None, findings: Findings | None, draft: Draft
) -> list[Message]:
    slides: list[dict[str, Any]] = [
        {
            "id": slide.id,
            "title": slide.title,
            "facts": prompts.fact_rows(facts_of(slide, findings)),
            "fixed": keeps_its_place(slide, draft),
        }
        for slide in to_be_written(draft)
    ]
    return deck_prompts.storyline_messages(brief, source, draft.slides, slides)


def _parsed(answer: Answer) -> StorylineAnswer | None:
    try:
        return None if answer.unusable else StorylineAnswer.model_validate_json(answer.text)
    except ValidationError:
        return None


class _Story:
    """A draft as the model wants to tell it, as far as that keeps to the rules."""

    def __init__(
        self,
        brief: Brief,
        source: Source | None,
        findings: Findings | None,
        draft: Draft,
        answer: StorylineAnswer | None,
    ) -> None:
        self._brief, self._source = brief, source
        self._facts = findings.facts if findings else []
        self._draft, self._answer = draft, answer
        planned = answer.slides if answer else []
        self._planned: dict[str, PlannedSlide] = {one.id: one for one in planned}
        self.slides = _ordered(draft, list(self._planned))

    def outline(self) -> Outline:
        written = iter(self.slides)
        order = [
            one.id if one.layout in NOT_WRITTEN else next(written).id for one in self._draft.slides
        ]
        return Outline(title=self._title(), storyline=self._draft.storyline, order=order)

    def shared(self) -> list[str]:
        """What all slides are told: the reader and the columns, and the story in words."""
        titles = {
            slide.id: self._working_title(slide) for slide in self.slides if slide.layout not in UNTOLD
        }
        answer = self._own(self._answer.answer) if self._answer else ""
        if not answer or self._is_refused(answer):
            answer = self._draft.storyline.answer
        values = reference_values(self._brief, self._source, self._facts)
        return [
            deck_prompts.deck_text(self._brief, self._source, self._draft.slides),
            deck_prompts.story_text(answer, titles, values, self._facts),
        ]

    def _title(self) -> Text:
        title = self._own(self._answer.title).rstrip(" .") if self._answer else ""
        return self._draft.title if not title or self._is_refused(title) else title

    def _working_title(self, slide: Slide) -> Text:
        planned = self._planned.get(slide.id)
        title = self._own(planned.title) if planned else ""
        return slide.title if not title or self._is_refused(title) else title

    def _own(self, text: str) -> Text:
        return bound(tidy(text), self._facts, self._source, self._brief.business_context)

    def _is_refused(self, text: Text) -> bool:
        return rules.refused_title(text, self._brief, self._source, self._facts)


def _ordered(draft: Draft, wanted: Sequence[str]) -> list[Slide]:
    """The slides that are to be written in the wanted order; those that keep their place keep it."""
    slides = to_be_written(draft)
    free = [slide for slide in slides if not keeps_its_place(slide, draft)]
    rank = {name: number for number, name in enumerate(wanted)}
    free.sort(key=lambda slide: rank.get(slide.id, len(rank)))  # stable: the others stay behind
    moved = iter(free)
    return [slide if keeps_its_place(slide, draft) else next(moved) for slide in slides]
