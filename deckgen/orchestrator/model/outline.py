"""The storyline that the model proposes for a draft, as far as it keeps to the rules."""

from collections.abc import Sequence

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Draft, Provenance, Slide, reference_values
from deckgen.domain.facts import Fact, Text
from deckgen.domain.model_steps import Outline
from deckgen.orchestrator.model import deck_prompts, slide_rules
from deckgen.orchestrator.model.entity_binding import bound, tidy
from deckgen.orchestrator.model.response_schemas import PlannedSlide, StorylineAnswer
from deckgen.orchestrator.model.slide_tasks import has_title_in_story, keeps_its_place, to_be_written

Facts = dict[str, list[Fact]]  # which each slide may cite


class ModelStoryline:
    """The model's storyline of a draft, as far as it keeps to the rules."""

    def __init__(
        self,
        brief: Brief,
        source: Source | None,
        draft: Draft,
        facts: Facts,
        answer: StorylineAnswer | None,
    ) -> None:
        self._brief, self._source, self._by_slide = brief, source, facts
        self._facts = list(
            {item.id: item for slide_facts in facts.values() for item in slide_facts}.values()
        )
        self._draft, self._answer = draft, answer
        planned = answer.slides if answer else []
        self._planned: dict[str, PlannedSlide] = {item.id: item for item in planned}
        self.slides = _ordered(draft, list(self._planned))

    def outline(self, made: Provenance) -> Outline:
        remaining = iter(self.slides)
        order = [
            next(remaining).id if slide.layout.is_worded else slide.id for slide in self._draft.slides
        ]
        return Outline(title=self._title(), order=order, made=made)

    def shared(self) -> list[str]:
        """Returns the context of all slides: the reader, the columns, and the story in words."""
        titles = {
            slide.id: self._working_title(slide) for slide in self.slides if has_title_in_story(slide)
        }
        answer = self._bound(self._answer.answer) if self._answer else ""
        if not answer or self._is_refused(answer):
            answer = self._draft.storyline.answer
        values = reference_values(self._brief, self._source, self._facts)
        return [
            deck_prompts.deck_text(self._brief, self._source, self._draft.slides),
            deck_prompts.story_text(answer, titles, values, self._facts),
        ]

    def facts_of(self, slide: Slide) -> list[Fact]:
        """Returns the facts that a slide may cite, first those that the storyline chose for it."""
        planned = self._planned.get(slide.id)
        preferred = set(planned.facts) if planned else set()
        return sorted(self._by_slide[slide.id], key=lambda fact: fact.id not in preferred)

    def _title(self) -> Text:
        title = self._bound(self._answer.title).rstrip(" .") if self._answer else ""
        return self._draft.title if not title or self._is_refused(title) else title

    def _working_title(self, slide: Slide) -> Text:
        planned = self._planned.get(slide.id)
        title = self._bound(planned.title) if planned else ""
        return slide.title if not title or self._is_refused(title) else title

    def _bound(self, text: str) -> Text:
        return bound(tidy(text), self._facts, self._source, self._brief.business_context)

    def _is_refused(self, text: Text) -> bool:
        """True if a text breaks a rule, or can't even be judged."""
        try:
            return self._breaks_a_rule(text)
        except (ValueError, KeyError):
            return True

    def _breaks_a_rule(self, text: Text) -> bool:
        titles = [slide.title for slide in self.slides]
        problems = slide_rules.problems_of_title(text, self._brief, self._source, self._facts, titles)
        return bool(problems)


def _ordered(draft: Draft, order: Sequence[str]) -> list[Slide]:
    """Returns the slides that are to be written in `order`; some keep their place."""
    slides = to_be_written(draft)
    free = [slide for slide in slides if not keeps_its_place(slide, draft)]
    rank = {name: number for number, name in enumerate(order)}
    free.sort(key=lambda slide: rank.get(slide.id, len(rank)))  # stable: unranked ones stay behind
    reordered = iter(free)
    return [slide if keeps_its_place(slide, draft) else next(reordered) for slide in slides]
