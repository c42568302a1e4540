"""A deck out of a brief alone: what to answer, which data settle it, what comes next. No number."""

from deckgen.domain.briefs import Brief
from deckgen.domain.decks import Bullets, Callout, Draft, Layout, Slide, Storyline
from deckgen.domain.facts import Text

MAX_TITLE = 90
_NOTES = "This slide holds no number: no data came with the brief, and none was made up."
_ANSWER = "The question can be settled once the right data are at hand"
_ARGUMENTS = [
    "The question comes apart into level, direction, drivers and choices",
    "A table with one row per event and a date settles most of it",
    "A first answer needs little: dates, amounts and the groups to compare",
]
_QUESTIONS = [
    "Level: how large is it today, and against what is that much or little?",
    "Direction: does it grow or shrink, and since when?",
    "Drivers: which groups, products or places make up the change?",
    "Pattern: what repeats by season, weekday or customer?",
    "Choice: which lever can be moved, at what cost and risk?",
]
_DATA = [
    "A date for each row, covering two full years if possible",
    "What is measured: amounts, quantities, or counts of events",
    "Groups to compare: product, region, channel, type of customer",
    "A target, budget or benchmark to judge the level by",
]
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
    """Structure, questions and the data that would answer them."""
    asked = _fits_a_title(brief.business_context)
    title = "{{brief}}" if asked else "What must be answered, and which data would settle it"
    question = "{{brief}}" if asked else "What has to be decided?"
    return Draft(
        title=title,
        storyline=Storyline(question=question, answer=_ANSWER, arguments=_ARGUMENTS),
        slides=[
            slide.model_copy(update={"id": f"s{number}"})
            for number, slide in enumerate(_slides(title), start=1)
        ],
    )


def _fits_a_title(question: str) -> bool:
    return 0 < len(question) <= MAX_TITLE and not any(character.isdigit() for character in question)


def _slides(title: Text) -> list[Slide]:
    return [
        _slide(Layout.TITLE, title, [], callout="A structure to work from, without data so far"),
        _slide(Layout.SUMMARY, _ANSWER, _ARGUMENTS),
        _slide(Layout.CHART, "These questions must be answered before anything is decided", _QUESTIONS),
        _slide(Layout.CHART, "A few columns of data would settle most of these questions", _DATA),
        _slide(Layout.CHART, "The finished deck would tell the story in this order", _STORY),
        _slide(
            Layout.RECOMMENDATION,
            "Collect the table first, then decide on the evidence",
            _NEXT_STEPS,
            callout="This advice rests on judgement and on the brief alone.",
        ),
    ]


def _slide(layout: Layout, title: Text, items: list[Text], callout: Text = "") -> Slide:
    bullets = [Bullets(items=items)] if items else []
    callouts = [Callout(text=callout)] if callout else []
    return Slide(id="s", layout=layout, title=title, blocks=[*bullets, *callouts], notes=_NOTES)
