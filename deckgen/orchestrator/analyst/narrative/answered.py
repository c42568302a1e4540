"""Answers as parts of the story: a slide each, their sentences in the summary, what is left open."""

from collections.abc import Callable, Iterator

from deckgen.domain.answers import Answer
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Layout, Slide
from deckgen.domain.facts import Text
from deckgen.domain.insights import Findings, Insight, InsightKind
from deckgen.domain.questions import End, Question

ANSWERING = (Layout.CHART, Layout.KPI, Layout.TABLE)
OPEN = {
    End.LACKS: "Not answered:",
    End.NOT_DONE: "Not answered:",
    End.IN_PART: "Answered in part:",
}


def told(findings: Findings) -> list[Answer]:
    """Returns the answers that have something to tell, each headline once."""
    found: dict[Text, Answer] = {}
    for answer in (*findings.answers, *findings.scan):
        if answer.end in (End.ANSWERED, End.IN_PART):
            found.setdefault(answer.headline, answer)
    return list(found.values())


def insights_of(findings: Findings, source: Source) -> list[Insight]:
    """Returns each answer as an insight, which a slide is made of."""
    return [_insight(number, answer, source) for number, answer in enumerate(told(findings), start=1)]


def _insight(number: int, answer: Answer, source: Source) -> Insight:
    return Insight(
        id=f"a{number}",
        kind=InsightKind.ANSWER,
        subject=answer.question,
        headline=answer.headline,
        takeaways=answer.points,
        chart=answer.chart,
        kpis=answer.kpis,
        method=answer.method,
        fact_ids=answer.fact_ids,
        columns=sorted(_columns(answer, source)),
        score=1.0,
    )


def _columns(answer: Answer, source: Source) -> set[int]:
    """Returns the columns that an answer is about, from 0."""
    if answer.plan is None:
        return set()
    names = {name for measured in answer.plan.measures for name in measured.columns}
    names |= {group.column for group in answer.plan.groups}
    names |= {condition.column for condition in answer.plan.filters}
    return {place for place, column in enumerate(source.columns) if column.name in names}


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


def summary(findings: Findings, fit: Callable[[list[Text]], list[Text]]) -> list[Text]:
    """Returns the first answer, and then in turn what belongs into the summary of each; if nothing is
    answered, that, and what the table shows.

    `fit` keeps as many sentences as a slide takes: answers come before points.
    """
    answers = told(findings)
    headlines = [answer.headline for answer in answers]
    if not any(answer.headline for answer in findings.answers) and findings.answers:
        return [left_open(findings)[0], *fit(headlines)]
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


def left_open(findings: Findings) -> list[Text]:
    """Returns what stays open of the questions, in a sentence each."""
    return list(_open(findings))


def remarks(findings: Findings) -> list[Text]:
    """Returns what a reader must know beside the answers; what the title says is not said again."""
    is_answered = any(answer.headline for answer in findings.answers)
    still_open = left_open(findings) if is_answered else left_open(findings)[1:]
    return still_open or findings.remarks


def _open(findings: Findings) -> Iterator[Text]:
    for answer in findings.answers:
        if answer.end in (End.LACKS, End.IN_PART, End.NOT_DONE):
            yield f"{OPEN[answer.end]} {answer.reason}"
