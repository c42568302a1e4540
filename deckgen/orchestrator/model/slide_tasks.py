"""The slides of a draft that are to be written, and the facts that each of them may cite."""

from collections.abc import Iterable

from deckgen.domain.decks import Draft, Layout, Slide
from deckgen.domain.facts import REFERENCE, Fact, Text, references
from deckgen.domain.findings import Findings
from deckgen.domain.prose.number_words import MARK, own_numbers
from deckgen.orchestrator.analyst.proof.checks.texts import sentences, texts

MAX_FACTS = 10
ABOUT_OTHERS = (Layout.SUMMARY, Layout.RECOMMENDATION)
_UNSEEN = ("bullet", "notes", "chart", "source line")
# A prompt shows few of the draft's points, because the model is to write few as well.
_POINTS, _POINTS_ABOUT_OTHERS = 3, 4


def to_be_written(draft: Draft) -> list[Slide]:
    return [slide for slide in draft.slides if slide.layout.is_worded]


def has_title_in_story(slide: Slide) -> bool:
    """True if the story includes its title; for the summary it has the answer instead."""
    return slide.layout.is_worded and slide.layout is not Layout.SUMMARY


def keeps_its_place(slide: Slide, draft: Draft) -> bool:
    """True if it keeps its place: answers come first, advice where the brief's urgency puts it."""
    return slide.layout in ABOUT_OTHERS or slide.id in draft.answering or not draft.answering


def facts_of(slide: Slide, findings: Findings | None) -> list[Fact]:
    """Returns the facts that the draft's slide cites, then the others of its answer."""
    if findings is None:
        return []
    told = {slide.title, *([] if slide.layout in ABOUT_OTHERS else sentences(slide))}
    answer = next((each for each in findings.told if told & {each.headline, each.short}), None)
    return chosen_facts(slide, answer.fact_ids if answer else [], findings.facts)


def points_of(slide: Slide) -> list[Text]:
    """Returns the draft's points for the model, first those that have what the title states.

    A slide about the others has more of them. The offline engine may say "half" where it is true, or
    cite nothing; a model that repeated such a point would be refused, so these are left out.
    """
    points = [*sentences(slide)]
    if slide.layout in ABOUT_OTHERS:
        return points[:_POINTS_ABOUT_OTHERS]
    stated = set(references(slide.title))
    fit = [
        point for point in points if references(point) and not own_numbers(REFERENCE.sub(MARK, point))
    ]
    return sorted(fit, key=lambda point: not stated & set(references(point)))[:_POINTS]


def chosen_facts(
    slide: Slide, more: Iterable[str], facts: Iterable[Fact], limit: int = MAX_FACTS
) -> list[Fact]:
    """Returns the facts that the slide visibly cites, and others up to `limit`."""
    by_id = {fact.id: fact for fact in facts}
    visible = (text for place, text in texts(slide) if place not in _UNSEEN)
    shown = [slide.title, *visible, *points_of(slide)]
    cited = [f"f{name[1:]}" for text in shown for name in references(text) if name[0] in "ftq"]
    names = list(dict.fromkeys(cited))
    names += [name for name in more if name not in names][: max(0, limit - len(names))]
    return [by_id[name] for name in names if name in by_id]
