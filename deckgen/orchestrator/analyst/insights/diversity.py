"""Choosing what to tell: good insights that do not repeat one another (maximal marginal relevance)."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from deckgen.domain.facts import Statistics
from deckgen.domain.insights import Insight, InsightKind
from deckgen.orchestrator.analyst.insights import Candidate

SAME_KIND, SAME_SUBJECT = 0.35, 0.65
DIVERSITY = 0.6
# Kinds that say the same of one subject in other words: how a total is shared, which way it went.
KIN = (
    {InsightKind.RANKING, InsightKind.MAJORITY, InsightKind.CONCENTRATION, InsightKind.EVENNESS},
    {InsightKind.TREND, InsightKind.CHANGE_POINT},
)
OF_A_KIND = 2  # slides of one kind in a deck; a few more are written, for the next step to choose from


class Item(NamedTuple):
    """What is chosen from; `place` is that in the list of the caller."""

    score: float
    kind: InsightKind
    subject: str
    place: int

    def repeats(self, other: "Item") -> bool:
        """Whether both tell the same finding."""
        return self.subject == other.subject and any({self.kind, other.kind} <= kin for kin in KIN)


Scored = tuple[float, Candidate, Statistics | None]


def diverse(ranked: list[Scored], most: int, first: Sequence[Scored] = ()) -> list[Scored]:
    """The best candidates for writing out, `first` among them; `ranked` is sorted by score."""
    items = [
        Item(score, candidate.kind, candidate.subject, place)
        for place, (score, candidate, _) in enumerate(ranked)
    ]
    sure = [item for item in items if any(ranked[item.place] is one for one in first)]
    return [ranked[item.place] for item in _choose(items, most, 2 * OF_A_KIND, sure)]


def choose(insights: list[Insight], most: int, first: list[Insight]) -> list[Insight]:
    """The insights that get a slide, in the order in which they were chosen, `first` before all."""
    shown = _one_of_each_picture(insights, first)
    items = [
        Item(insight.score, insight.kind, insight.subject, place) for place, insight in enumerate(shown)
    ]
    sure = [item for item in items if any(shown[item.place] is one for one in first)]
    return [shown[item.place] for item in _choose(items, most, OF_A_KIND, sure)]


def _one_of_each_picture(insights: list[Insight], first: list[Insight]) -> list[Insight]:
    """Two slides with the same values drawn look like the same slide, whatever their titles say."""
    pictures: dict[object, Insight] = {}
    for insight in [*first, *sorted(insights, key=lambda insight: -insight.score)]:
        chart = insight.chart
        drawn = chart and (tuple(chart.categories), *(tuple(one.values) for one in chart.series))
        pictures.setdefault(drawn or insight.id, insight)
    return list(pictures.values())


def _choose(items: list[Item], most: int, of_a_kind: int, first: Sequence[Item] = ()) -> list[Item]:
    """Carbonell and Goldstein (1998): the next is the one with the best score less its likeness to
    what was chosen before."""
    left, chosen = items, [*first]
    while len(chosen) < most:
        kinds = Counter(item.kind for item in chosen)
        left = [
            item
            for item in left
            if kinds[item.kind] < of_a_kind and not any(item.repeats(other) for other in chosen)
            if item not in chosen
        ]
        if not left:
            break
        chosen.append(max(left, key=lambda item: (_marginal(item, chosen), -item.place)))
    return chosen


def _marginal(item: Item, chosen: list[Item]) -> float:
    likeness = max((_likeness(item, other) for other in chosen), default=0.0)
    return item.score * (1 - DIVERSITY * likeness)


def _likeness(one: Item, other: Item) -> float:
    parts, others = set(one.subject.split("|")), set(other.subject.split("|"))
    shared = len(parts & others) / len(parts | others)
    return SAME_KIND * (one.kind == other.kind) + SAME_SUBJECT * shared
