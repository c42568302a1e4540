"""The storyline: the answers to the brief's questions first, then what supports them, nothing twice."""

from collections.abc import Mapping
from dataclasses import dataclass

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Storyline
from deckgen.domain.facts import REFERENCE, Text, references
from deckgen.domain.insights import Findings, Insight, InsightKind, Question
from deckgen.orchestrator.analyst.brief.question_matching import Subject
from deckgen.orchestrator.analyst.brief.questions import QuestionKind, kind_of, way_of
from deckgen.orchestrator.analyst.insights.diversity import choose
from deckgen.orchestrator.analyst.narrative import answered

FLOOR = 0.12  # scores below this are not worth a slide, beyond the answer and the first two
MAX_ARGUMENTS = 5
SAME = 0.75  # from which share of common values two headlines tell the same
UNSETTLED = "The data do not settle this question"
_MOVING = (
    InsightKind.TREND,
    InsightKind.CHANGE_POINT,
    InsightKind.PERIOD_CHANGE,
    InsightKind.CHANGE_DRIVER,
)
# First how it developed, then who and what is behind it, then what repeats and what goes together.
ORDER = (
    InsightKind.ANSWER,
    InsightKind.OVERVIEW,
    InsightKind.TREND,
    InsightKind.CHANGE_POINT,
    InsightKind.PERIOD_CHANGE,
    InsightKind.TIME_OUTLIER,
    InsightKind.CHANGE_DRIVER,
    InsightKind.MIX_RATE,
    InsightKind.RANK_CHANGE,
    InsightKind.RANKING,
    InsightKind.MAJORITY,
    InsightKind.EVENNESS,
    InsightKind.CONCENTRATION,
    InsightKind.SEASONALITY,
    InsightKind.GROUP_DIFFERENCE,
    InsightKind.CORRELATION,
)


@dataclass(frozen=True)
class Story:
    """What is told. `found` has what answers each question, None if nothing does; if none is answered,
    it is not `settled`, and what comes nearest stands for the answer.
    """

    question: Text
    found: list[tuple[Question, Insight | None]]
    answers: list[Insight]
    settled: bool
    arguments: list[Insight]
    unsettled: Text = UNSETTLED  # how it ended, if it is not settled

    @property
    def answer(self) -> Insight:
        return self.answers[0]

    @property
    def told(self) -> list[Insight]:
        """The insights in the order of their slides."""
        return [*self.answers, *self.arguments]

    def storyline(self) -> Storyline:
        answer, *points = (insight.headline for insight in self.told)
        return Storyline(
            question=self.question,
            answer=answer if self.settled else f"{self.unsettled}: {answer}",
            arguments=points[:MAX_ARGUMENTS],
        )


def story_of(
    brief: Brief, source: Source, findings: Findings, values: Mapping[str, str], most: int
) -> Story:
    """At most so many insights, the answers among them; `values` are what references stand for."""
    if told := answered.insights_of(findings, source):
        is_answered = not findings.answers or any(answer.headline for answer in findings.answers)
        unsettled = UNSETTLED if is_answered else answered.left_open(findings)[0]
        return Story(_question(brief), [], told[:most], is_answered, [], unsettled)
    return _nearest_story(brief, source, findings, values, most)


def _nearest_story(
    brief: Brief, source: Source, findings: Findings, values: Mapping[str, str], most: int
) -> Story:
    """At most so many insights, the answers among them; `values` are what references stand for."""
    overview = next(one for one in findings.insights if one.kind is InsightKind.OVERVIEW)
    others = _distinct([one for one in findings.insights if one is not overview], values)
    found = [(one, _answer(one, source, findings, others)) for one in findings.questions]
    answering = list({answer.id: answer for _, answer in found if answer}.values())[:most]
    settled = bool(answering) or (not others and _is_open(findings.questions))
    answers = answering or [_nearest(source, findings, others) or overview]
    told_before = any(one is overview or _repeats(overview, one, values) for one in answers)
    context = [] if len(answers) >= most or told_before else [overview]
    arguments = _arguments(others, answers, most - len(context))
    unsettled = answered.left_open(findings)[:1] or [UNSETTLED]
    return Story(_question(brief), found, answers, settled, [*context, *arguments], unsettled[0])


def contradicts(question: Text, answer: Text) -> bool:
    """Whether one speaks of a rise only and the other of a fall only."""
    asked, said = way_of(question), way_of(REFERENCE.sub(" ", answer))
    return asked is not None and said is not None and asked is not said


def _question(brief: Brief) -> Text:
    return "{{brief}}" if brief.business_context else "What do the data in {{source}} say?"


def _is_open(questions: list[Question]) -> bool:
    return all(kind_of(one.text) is QuestionKind.OPEN for one in questions)


def _arguments(others: list[Insight], answers: list[Insight], most: int) -> list[Insight]:
    """The best of the others, in the order of a story; weak ones fill no slide."""
    chosen = choose([*answers, *(one for one in others if one not in answers)], most, answers)
    arguments = [one for one in chosen if one not in answers]
    kept = [one for n, one in enumerate(arguments) if n < 2 or one.score >= FLOOR]
    return sorted(kept, key=lambda insight: ORDER.index(insight.kind))


def _answer(
    question: Question, source: Source, findings: Findings, others: list[Insight]
) -> Insight | None:
    """The insight that answers a question, the most direct one; None if none does."""
    if kind_of(question.text) is QuestionKind.OPEN:
        return _most_telling(others) if others else None
    subject = _subject(question, source, findings)
    fitting = [one for one in others if subject.fits(one.kind, one.columns)]
    return max(
        fitting,
        key=lambda one: (
            subject.directness(one.kind, one.columns),
            not contradicts(question.text, one.headline),
            one.score,
        ),
        default=None,
    )


def _nearest(source: Source, findings: Findings, others: list[Insight]) -> Insight | None:
    """What comes nearest to a question that nothing answers; None if nothing is about what it names."""
    subject = _subject(findings.questions[0], source, findings)
    nearest = max(
        others,
        key=lambda one: (subject.nearness(one.columns), subject.covers(one.columns), one.score),
        default=None,
    )
    # Where nothing is about what is asked, its level is what there is to tell.
    return nearest if nearest and (subject.nearness(nearest.columns) or not findings.named) else None


def _subject(question: Question, source: Source, findings: Findings) -> Subject:
    return Subject.of(question, source, names_a_period=findings.names_a_period)


def _most_telling(insights: list[Insight]) -> Insight:
    """What changed over time, unless something else matters far more."""
    first = max(insights, key=lambda insight: insight.score)
    moving = [insight for insight in insights if insight.kind in _MOVING]
    answer = max(moving, key=lambda insight: insight.score, default=first)
    return answer if answer.score >= 0.6 * first.score else first


def _distinct(insights: list[Insight], values: Mapping[str, str]) -> list[Insight]:
    """Without those that tell of the same columns what a stronger one has told."""
    kept: list[Insight] = []
    for insight in sorted(insights, key=lambda insight: -insight.score):
        alike = (other for other in kept if set(other.columns) == set(insight.columns))
        if not any(_repeats(insight, other, values) for other in alike):
            kept.append(insight)
    return kept


def _repeats(one: Insight, other: Insight, values: Mapping[str, str]) -> bool:
    """Whether the headlines say mostly the same values."""
    said, others = (
        {values[name] for name in references(each.headline) if name.startswith("f")}
        for each in (one, other)
    )
    return bool(said) and len(said & others) >= SAME * min(len(said), len(others))
