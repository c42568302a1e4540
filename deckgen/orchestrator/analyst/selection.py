"""Choosing what to tell: good insights that do not repeat one another (maximal marginal relevance)."""

from collections.abc import Iterable
from typing import TypeVar

from deckgen.domain.facts import Statistics
from deckgen.domain.insights import Insight
from deckgen.orchestrator.analyst.insights import Candidate

SAME_KIND, SAME_SUBJECT = 0.35, 0.65
DIVERSITY = 0.6
OF_A_KIND = 2  # slides of one kind in a deck; a few more are written, for the next step to choose from
T = TypeVar("T")


def diverse(
    ranked: list[tuple[float, Candidate, Statistics | None]], most: int
) -> list[tuple[float, Candidate, Statistics | None]]:
    """The best candidates for writing out; `ranked` is sorted by score, highest first."""
    keyed = [
        (score, candidate.kind.value, candidate.subject, index)
        for index, (score, candidate, _) in enumerate(ranked)
    ]
    return [ranked[index] for index in _choose(keyed, most, 2 * OF_A_KIND)]


def choose(insights: list[Insight], most: int) -> list[Insight]:
    """The insights that get a slide, in the order in which they were chosen."""
    shown = _best_of_each_picture(insights)
    keyed = [
        (insight.score, insight.kind.value, insight.subject, index)
        for index, insight in enumerate(shown)
    ]
    return [shown[index] for index in _choose(keyed, most, OF_A_KIND)]


def _best_of_each_picture(insights: list[Insight]) -> list[Insight]:
    """Two slides with the same values drawn look like the same slide, whatever their titles say."""
    pictures: dict[object, Insight] = {}
    for insight in sorted(insights, key=lambda insight: -insight.score):
        chart = insight.chart
        drawn = chart and (tuple(chart.categories), *(tuple(one.values) for one in chart.series))
        pictures.setdefault(drawn or insight.id, insight)
    return list(pictures.values())


Keyed = tuple[float, str, str, int]


def _choose(items: Iterable[Keyed], most: int, of_a_kind: int) -> list[int]:
    """Carbonell and Goldstein (1998): the next is the one with the best score less its likeness to
    what was chosen before."""
    left, chosen = list(items), list[Keyed]()
    while len(chosen) < most:
        left = [item for item in left if sum(other[1] == item[1] for other in chosen) < of_a_kind]
        if not left:
            break
        best = max(left, key=lambda item: (_marginal(item, chosen), -item[3]))
        left.remove(best)
        chosen.append(best)
    return [item[3] for item in chosen]


def _marginal(item: Keyed, chosen: list[Keyed]) -> float:
    likeness = max((_likeness(item, other) for other in chosen), default=0.0)
    return item[0] * (1 - DIVERSITY * likeness)


def _likeness(one: Keyed, other: Keyed) -> float:
    parts, others = set(one[2].split("|")), set(other[2].split("|"))
    shared = len(parts & others) / len(parts | others)
    return SAME_KIND * (one[1] == other[1]) + SAME_SUBJECT * shared
