"""A deck out of a brief alone: what to answer, which data settle it, what comes next. No number."""

from typing import NamedTuple

from deckgen.domain.briefs import Brief
from deckgen.domain.decks import Bullets, Callout, Draft, Layout, Slide, Storyline
from deckgen.domain.facts import Text
from deckgen.orchestrator.analyst.brief.audience import Plan, plan_of
from deckgen.orchestrator.analyst.lexicon.questions import Cue, cues_of

MAX_TITLE, MAX_BULLETS = 90, 5
_NOTES = "This slide holds no number: no data came with the brief, and none was made up."
_ARGUMENTS = [
    "The question comes apart into level, direction, drivers and choices",
    "A table with one row per event and a date settles most of it",
    "A first answer needs little: dates, amounts and the groups to compare",
]
_LEVEL = "Level: how large is it today, and against what is that much or little?"
_DIRECTION = "Direction: does it grow or shrink, and since when?"
_DRIVERS = "Drivers: which groups, products or places make up the change?"
_PATTERN = "Pattern: what repeats by season, weekday or customer?"
_CHOICE = "Choice: which lever can be moved, at what cost and risk?"
_QUESTIONS = [_LEVEL, _DIRECTION, _DRIVERS, _PATTERN, _CHOICE]
_DATA = [
    "A date for each row, covering two full years if possible",
    "What is measured: amounts, quantities, or counts of events",
    "Groups to compare: product, region, channel, type of customer",
    "A target, budget or benchmark to judge the level by",
]


class Kind(NamedTuple):
    """What a kind of question asks first, and which data settle it before all others."""

    answer: Text
    question: Text
    data: Text


# The first kind that a question has a cue of is its own.
_KINDS = {
    (Cue.CAUSE, Cue.DIFFERENCE_MADE): Kind(
        "What drove the change can be told once its parts are known",
        _DRIVERS,
        "The groups that make up the total, in two full periods or more",
    ),
    (Cue.WHEN, Cue.TIME_OF_DAY, Cue.WEEKDAY, Cue.TIME_OF_YEAR): Kind(
        "What repeats can be told once the data cover two full cycles",
        _PATTERN,
        "Two full years by month, or eight weeks by day",
    ),
    (Cue.RELATION,): Kind(
        "Whether they go together can be told once both are measured",
        "Link: do the two move together, and in which rows do they not?",
        "Both measures side by side in each row, in ten rows or more",
    ),
    (Cue.DISTRIBUTION, Cue.SHARE, Cue.CONTRIBUTE): Kind(
        "How it is spread can be told once each row has its amount",
        "Spread: how few groups make up most of the total?",
        "One row per customer, product or place, with its amount",
    ),
    (Cue.MOST, Cue.LEAST, Cue.GOOD, Cue.BAD, Cue.WHICH, Cue.WHO): Kind(
        "Who leads can be told once each row names its group",
        "Rank: which groups lead, which trail, and by how much?",
        "A column that names the group of each row",
    ),
    (Cue.DEVELOP, Cue.UP, Cue.DOWN, Cue.YEARLY, Cue.EXPECT): Kind(
        "How it developed can be told once there is a table with dates",
        _DIRECTION,
        "A date for each row, over five periods or more",
    ),
}
_OPEN = Kind("The question can be settled once the right data are at hand", _LEVEL, _DATA[0])
_STORY = [
    "The answer first, with the finding that carries it",
    "How the main measure developed, without unfinished periods",
    "Who leads, who trails, and who drives the change",
    "What repeats and can be planned for",
    "What to do, and what that rests on",
]
_NEXT_STEPS = [
    "Name the decision that the deck has to support",
    "Export the table behind it as CSV, one row per event",
    "Upload it with the same brief to get the answer with its proof",
]


def draft_without_data(brief: Brief) -> Draft:
    """Returns structure, questions and the data that would answer them, by the kind of the question."""
    asked = _fits_a_title(brief.business_context)
    title = "{{brief}}" if asked else "What must be answered, and which data would settle it"
    question = "{{brief}}" if asked else "What has to be decided?"
    kind = _kind_of(brief.business_context)
    return Draft(
        title=title,
        storyline=Storyline(question=question, answer=kind.answer, arguments=_ARGUMENTS),
        slides=[
            slide.model_copy(update={"id": f"s{number}"})
            for number, slide in enumerate(_slides(title, kind, plan_of(brief)), start=1)
        ],
    )


def _kind_of(question: str) -> Kind:
    asked = cues_of(question)
    return next((kind for cues, kind in _KINDS.items() if asked.keys() & set(cues)), _OPEN)


def _fits_a_title(question: str) -> bool:
    return 0 < len(question) <= MAX_TITLE and not any(character.isdigit() for character in question)


def _slides(title: Text, kind: Kind, plan: Plan) -> list[Slide]:
    """As many as the brief allows; what must be answered is left out last."""
    questions = [kind.question, *(one for one in _QUESTIONS if one != kind.question)]
    data = [kind.data, *(one for one in _DATA if one != kind.data)]
    content = [
        _slide(
            Layout.CHART,
            "These questions must be answered before anything is decided",
            questions[:MAX_BULLETS],
        ),
        _slide(
            Layout.CHART,
            "A few columns of data would settle most of these questions",
            data[:MAX_BULLETS],
        ),
        _slide(Layout.CHART, "The finished deck would tell the story in this order", _STORY),
    ][: plan.slides - 3]
    advice = _slide(
        Layout.RECOMMENDATION,
        "Collect the table first, then decide on the evidence",
        _NEXT_STEPS,
        callout="This advice rests on judgement and on the brief alone.",
    )
    return [
        _slide(Layout.TITLE, title, [], callout="A structure to work from, without data so far"),
        _slide(Layout.SUMMARY, kind.answer, _ARGUMENTS),
        *([advice, *content] if plan.advice_first else [*content, advice]),
    ]


def _slide(layout: Layout, title: Text, items: list[Text], callout: Text = "") -> Slide:
    bullets = [Bullets(items=items)] if items else []
    callouts = [Callout(text=callout)] if callout else []
    return Slide(id="s", layout=layout, title=title, blocks=[*bullets, *callouts], notes=_NOTES)
