"""The storyline: the answer to the brief's question first, then what supports it, nothing twice."""

from collections.abc import Mapping
from dataclasses import dataclass

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Storyline
from deckgen.domain.facts import REFERENCE, Text, references
from deckgen.domain.insights import Findings, Insight, InsightKind
from deckgen.orchestrator.analyst.questions import QuestionKind, kind_of, way_of
from deckgen.orchestrator.analyst.selection import choose
from deckgen.orchestrator.analyst.subjects import Subject

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
    """What is told: the insight that answers (`settled`: or that comes nearest), then the others."""

    question: Text
    answer: Insight
    settled: bool
    arguments: list[Insight]

    @property
    def told(self) -> list[Insight]:
        """The insights in the order of their slides."""
        return [self.answer, *self.arguments]

    def storyline(self) -> Storyline:
        answer = self.answer.headline
        return Storyline(
            question=self.question,
            answer=answer if self.settled else f"{UNSETTLED}: {answer}",
            arguments=[insight.headline for insight in self.arguments[:MAX_ARGUMENTS]],
        )


def story_of(
    brief: Brief, source: Source, findings: Findings, values: Mapping[str, str], most: int
) -> Story:
    """At most so many insights, the answer among them; `values` are what references stand for."""
    overview = next(one for one in findings.insights if one.kind is InsightKind.OVERVIEW)
    others = _distinct([one for one in findings.insights if one is not overview], values)
    answer, settled = _answer(brief, source, findings, others)
    if answer is None:
        return Story(_question(brief), overview, settled, _arguments(others, overview, most - 1))
    context = [] if most < 2 or _repeats(overview, answer, values) else [overview]
    arguments = _arguments(others, answer, most - 1 - len(context))
    return Story(_question(brief), answer, settled, [*context, *arguments])


def contradicts(question: Text, answer: Text) -> bool:
    """Whether one speaks of a rise only and the other of a fall only."""
    asked, said = way_of(question), way_of(REFERENCE.sub(" ", answer))
    return asked is not None and said is not None and asked is not said


def _question(brief: Brief) -> Text:
    return "{{brief}}" if brief.business_context else "What do the data in {{source}} say?"


def _arguments(others: list[Insight], answer: Insight, most: int) -> list[Insight]:
    """The best of the others, in the order of a story; weak ones fill no slide."""
    chosen = choose([answer, *(one for one in others if one is not answer)], most + 1, first=answer)
    kept = [one for n, one in enumerate(chosen[1:]) if n < 2 or one.score >= FLOOR]
    return sorted(kept, key=lambda insight: ORDER.index(insight.kind))


def _answer(
    brief: Brief, source: Source, findings: Findings, others: list[Insight]
) -> tuple[Insight | None, bool]:
    """The insight that answers, and whether it does; None if there is nothing but the overview."""
    asked = brief.business_context
    if not others:
        return None, kind_of(asked) is QuestionKind.OPEN
    if kind_of(asked) is QuestionKind.OPEN:
        return _most_telling(others), True
    subject = Subject.of(
        asked,
        source,
        findings.named,
        findings.named_by_group,
        names_a_period=findings.names_a_period,
    )
    fitting = [one for one in others if subject.fits(one.kind, one.columns)]
    if fitting:
        return max(
            fitting,
            key=lambda one: (
                subject.directness(one.kind, one.columns),
                not contradicts(asked, one.headline),
                one.score,
            ),
        ), True
    nearest = max(
        others, key=lambda one: (subject.nearness(one.columns), subject.covers(one.columns), one.score)
    )
    # Where nothing is about what is asked, its level is what there is to tell.
    return (nearest if subject.nearness(nearest.columns) or not findings.named else None), False


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
