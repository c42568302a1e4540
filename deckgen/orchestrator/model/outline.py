"""A draft as the model wants to tell it, as far as that keeps to the rules."""

from collections.abc import Sequence

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Draft, Provenance, Slide, reference_values
from deckgen.domain.facts import Fact, Text
from deckgen.domain.model_steps import Outline
from deckgen.orchestrator.model import deck_prompts, slide_rules
from deckgen.orchestrator.model.entity_binding import bound, tidy
from deckgen.orchestrator.model.response_schemas import PlannedSlide, StorylineAnswer
from deckgen.orchestrator.model.slide_tasks import is_told, keeps_its_place, to_be_written

Facts = dict[str, list[Fact]]  # which each slide may cite


class Story:
    """A draft as the model wants to tell it, as far as that keeps to the rules."""

    def __init__(
        self,
        brief: Brief,
        source: Source | None,
        draft: Draft,
        facts: Facts,
        answer: StorylineAnswer | None,
    ) -> None:
        self._brief, self._source, self._by_slide = brief, source, facts
        self._facts = list({one.id: one for several in facts.values() for one in several}.values())
        self._draft, self._answer = draft, answer
        planned = answer.slides if answer else []
        self._planned: dict[str, PlannedSlide] = {one.id: one for one in planned}
        self.slides = _ordered(draft, list(self._planned))

    def outline(self, made: Provenance) -> Outline:
        written = iter(self.slides)
        order = [next(written).id if one.layout.is_worded else one.id for one in self._draft.slides]
        return Outline(title=self._title(), order=order, made=made)

    def shared(self) -> list[str]:
        """What all slides are told: the reader and the columns, and the story in words."""
        titles = {slide.id: self._working_title(slide) for slide in self.slides if is_told(slide)}
        answer = self._own(self._answer.answer) if self._answer else ""
        if not answer or self._is_refused(answer):
            answer = self._draft.storyline.answer
        values = reference_values(self._brief, self._source, self._facts)
        return [
            deck_prompts.deck_text(self._brief, self._source, self._draft.slides),
            deck_prompts.story_text(answer, titles, values, self._facts),
        ]

    def facts_of(self, slide: Slide) -> list[Fact]:
        """What a slide may cite, first what the storyline wants it to rest on."""
        planned = self._planned.get(slide.id)
        wanted = set(planned.facts) if planned else set()
        return sorted(self._by_slide[slide.id], key=lambda fact: fact.id not in wanted)

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
        """Also if it can't even be judged: then it is no loss."""
        try:
            return self._breaks_a_rule(text)
        except (ValueError, KeyError):
            return True

    def _breaks_a_rule(self, text: Text) -> bool:
        titles = [slide.title for slide in self.slides]
        found = slide_rules.problems_of_title(text, self._brief, self._source, self._facts, titles)
        return bool(found)


def _ordered(draft: Draft, wanted: Sequence[str]) -> list[Slide]:
    """The slides that are to be written in the wanted order; those that keep their place keep it."""
    slides = to_be_written(draft)
    free = [slide for slide in slides if not keeps_its_place(slide, draft)]
    rank = {name: number for number, name in enumerate(wanted)}
    free.sort(key=lambda slide: rank.get(slide.id, len(rank)))  # stable: the others stay behind
    moved = iter(free)
    return [slide if keeps_its_place(slide, draft) else next(moved) for slide in slides]
