"""Answers as parts of the story: a slide each, their sentences in the summary, what is left open."""

from collections.abc import Callable

from deckgen.domain.answers import Answer
from deckgen.domain.briefs import Brief
from deckgen.domain.decks import Layout, Slide, Storyline
from deckgen.domain.facts import Text
from deckgen.domain.findings import Findings
from deckgen.domain.language.phrasebook import Language
from deckgen.domain.questions import End, Question

MAX_ARGUMENTS = 5
ANSWERING = (Layout.CHART, Layout.KPI, Layout.TABLE)
OPEN = (End.LACKS, End.NOT_DONE, End.IN_PART)


def told(findings: Findings) -> list[Answer]:
    """Returns the answers that have something to tell, each headline once."""
    found: dict[Text, Answer] = {}
    for answer in findings.told:
        if answer.end in (End.ANSWERED, End.IN_PART):
            found.setdefault(answer.headline, answer)
    return list(found.values())


def is_open(findings: Findings) -> bool:
    """True if the brief asks something, and none of it has an answer."""
    return bool(findings.answers) and not any(answer.headline for answer in findings.answers)


def storyline(brief: Brief, findings: Findings, answers: list[Answer], language: Language) -> Storyline:
    """Returns the question, its answer or why there is none, and the headlines after it."""
    headline, *others = (answer.headline for answer in answers)
    asked = "{{brief}}" if brief.business_context else ""
    still_open = left_open(findings, language) if is_open(findings) else []
    return Storyline(
        question=asked or language.say("story.question", name="{{source}}"),
        answer=language.say("open.whole", open=still_open[0], headline=headline)
        if still_open
        else headline,
        arguments=others[:MAX_ARGUMENTS],
    )


def questions_of(findings: Findings, slides: list[Slide]) -> list[Question]:
    """Returns the brief's questions with their ends, and the slides that answer them."""
    by_title = {slide.title: slide.id for slide in reversed(slides) if slide.layout in ANSWERING}
    return [
        Question(
            question=answer.question,
            end=answer.end,
            reason=answer.reason,
            plan=answer.plan,
            slide=by_title.get(answer.headline) if answer.headline else None,
        )
        for answer in findings.answers
    ]


def summary(
    findings: Findings,
    answers: list[Answer],
    fit: Callable[[list[Text]], list[Text]],
    language: Language,
) -> list[Text]:
    """Returns the first answer, and then in turn what belongs into the summary of each; if nothing is
    answered, that, and what the table shows.

    `fit` keeps as many sentences as a slide takes: answers come before points.
    """
    headlines = [answer.headline for answer in answers]
    if is_open(findings):
        return [left_open(findings, language)[0], *fit(headlines)]
    points = [point for answer in answers for point in answer.points[: answer.summed - 1]]
    others = dict.fromkeys([*headlines[1:], *points])
    others.pop(headlines[0], None)  # the title says it
    kept = fit(list(others))
    in_turn = [
        sentence
        for answer in answers
        for sentence in (answer.headline, *answer.points[: answer.summed - 1])
        if sentence in kept
    ]
    return [headlines[0], *dict.fromkeys(in_turn)]


def left_open(findings: Findings, language: Language) -> list[Text]:
    """Returns what stays open of the questions, in a sentence each."""
    return [
        language.say(f"open.{answer.end}", reason=answer.reason)
        for answer in findings.answers
        if answer.end in OPEN
    ]


def remarks(findings: Findings, language: Language) -> list[Text]:
    """Returns what a reader must know beside the answers; what the title says is not said again."""
    still_open = left_open(findings, language)
    return (still_open[1:] if is_open(findings) else still_open) or findings.remarks
