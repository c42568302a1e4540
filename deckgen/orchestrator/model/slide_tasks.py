"""Which slides of a draft are to be written, and which facts each of them may cite."""

from collections.abc import Iterable

from deckgen.domain.decks import Bullets, Draft, Layout, Slide
from deckgen.domain.facts import REFERENCE, Fact, Text, references
from deckgen.domain.insights import Findings
from deckgen.domain.prose.number_words import MARK, own_numbers
from deckgen.orchestrator.analyst.proof.checks.texts import texts

MAX_FACTS = 10
ABOUT_OTHERS = (Layout.SUMMARY, Layout.RECOMMENDATION)
_UNSEEN = ("bullet", "notes", "chart", "source line")
# Of the draft's that a prompt shows: the model writes no more than a few either.
_POINTS, _POINTS_ABOUT_OTHERS = 3, 4


def to_be_written(draft: Draft) -> list[Slide]:
    return [slide for slide in draft.slides if slide.layout.is_worded]


def is_told(slide: Slide) -> bool:
    """Whether the story tells its title; instead of the summary's it tells the answer."""
    return slide.layout.is_worded and slide.layout is not Layout.SUMMARY


def keeps_its_place(slide: Slide, draft: Draft) -> bool:
    """The answers come first and the advice where the brief's urgency puts it."""
    return slide.layout in ABOUT_OTHERS or slide.id in draft.answering or not draft.answering


def facts_of(slide: Slide, findings: Findings | None) -> list[Fact]:
    """Those that the draft's slide cites, then the others of its insight."""
    if findings is None:
        return []
    insight = next((one for one in findings.insights if one.headline == slide.title), None)
    return chosen(slide, insight.fact_ids if insight else [], findings.facts)


def points_of(slide: Slide) -> list[Text]:
    """The draft's points that the model is shown, those first that have what the title states.

    A slide about the others has more of them. The offline engine may say "half" where it is
    true, and a sentence that cites nothing; a model that said so after it would be refused.
    """
    points = [item for one in slide.blocks if isinstance(one, Bullets) for item in one.items]
    if slide.layout in ABOUT_OTHERS:
        return points[:_POINTS_ABOUT_OTHERS]
    stated = set(references(slide.title))
    fit = [one for one in points if references(one) and not own_numbers(REFERENCE.sub(MARK, one))]
    return sorted(fit, key=lambda one: not stated & set(references(one)))[:_POINTS]


def chosen(
    slide: Slide, more: Iterable[str], facts: Iterable[Fact], most: int = MAX_FACTS
) -> list[Fact]:
    """What the slide cites where it can be seen, and others up to `most`."""
    by_id = {fact.id: fact for fact in facts}
    seen = (text for place, text in texts(slide) if place not in _UNSEEN)
    spoken = [slide.title, *seen, *points_of(slide)]
    cited = [f"f{name[1:]}" for text in spoken for name in references(text) if name[0] in "ftq"]
    names = list(dict.fromkeys(cited))
    names += [name for name in more if name not in names][: max(0, most - len(names))]
    return [by_id[name] for name in names if name in by_id]
