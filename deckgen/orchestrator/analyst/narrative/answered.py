"""Answers as parts of the story: a slide each, their sentences in the summary, and what is left open."""

from collections.abc import Iterator

from deckgen.domain.answers import Answer, End
from deckgen.domain.datasets import Source
from deckgen.domain.facts import Text
from deckgen.domain.insights import Findings, Insight, InsightKind

OPEN = {
    End.LACKS: "Not answered:",
    End.NOT_DONE: "Not answered:",
    End.IN_PART: "Answered in part:",
}


def told(findings: Findings) -> list[Answer]:
    """Returns the answers that have something to tell, each headline once."""
    found: dict[Text, Answer] = {}
    for answer in findings.answers:
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


def summary(findings: Findings) -> list[Text]:
    """Returns the first answer, and then in turn what belongs into the summary of each."""
    first, *others = told(findings)
    sentences = [first.headline]
    for answer in others:
        sentences.append(answer.headline)
    for answer in (first, *others):
        sentences += answer.points[: answer.summed - 1]
    return list(dict.fromkeys(sentences))


def left_open(findings: Findings) -> list[Text]:
    """Returns what stays open of the questions, in a sentence each."""
    return list(_open(findings))


def _open(findings: Findings) -> Iterator[Text]:
    for answer in findings.answers:
        if answer.end in (End.LACKS, End.IN_PART, End.NOT_DONE):
            yield f"{OPEN[answer.end]} {answer.reason}"
