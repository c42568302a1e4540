"""Ranking: which group leads, which trails, by share of what may be summed."""

from functools import partial

from deckgen.domain.facts import Fact, Statistics, Text
from deckgen.domain.formatting.display import POINTS
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared.breakdown import (
    MAX_BARS,
    Breakdown,
    are_even,
    bars,
    has_majority,
    have_shares,
    of_breakdowns,
    sizes,
)
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate, Story
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.method_notes import left_out
from deckgen.orchestrator.analyst.insights.shared.rank_facts import (
    Standing,
    even_share,
    is_small,
    method,
    standing,
)

STANDS_OUT = 0.4  # how far the last group lies behind the first for this to be worth telling
MIN_SHARE = 0.15


def find(analysis: Analysis) -> list[Candidate]:
    return of_breakdowns(analysis, _candidate)


def _candidate(analysis: Analysis, breakdown: Breakdown) -> Candidate | None:
    groups = sizes(analysis, breakdown)
    values = list(groups.values())
    if len(values) < 2 or not have_shares(values):
        return None
    share, contrast = values[0] / sum(values), 1 - values[-1] / values[0]
    if are_even(values) or has_majority(values) or (len(values) > MAX_BARS and share < MIN_SHARE):
        return None
    return Candidate(
        InsightKind.RANKING,
        breakdown.key,
        impact=breakdown.weight * _prominence(len(values), contrast),
        strength=_strength(share, 1 / len(values), contrast),
        write=partial(_write, analysis, breakdown, len(values)),
        columns=breakdown.columns,
        values=tuple(groups)[:MAX_BARS],
    )


def _prominence(groups: int, contrast: float) -> float:
    if groups > MAX_BARS:
        return 0.8
    return 0.5 if contrast < STANDS_OUT else 1.0


def _strength(share: float, even: float, contrast: float) -> float:
    dominance = (share - even) / (1 - even)
    return min(1.0, 0.3 + 0.5 * dominance + 0.2 * contrast)


def _write(
    analysis: Analysis, breakdown: Breakdown, groups: int, book: FactBook, _: Statistics | None
) -> Story:
    first, second = (standing(book, breakdown, "top", place) for place in (1, 2))
    last = standing(book, breakdown, "bottom", 1)
    by = f"By {breakdown.dimension.noun}"
    even = say(even_share(book, breakdown))
    return Story(
        f"{by}, {say(first.name)} leads with {say(first.share)} of {breakdown.metric.noun}",
        [
            f"{say(first.name)} has {say(first.value)} ({say(first.share)}), where an equal split "
            f"would give {even}",
            *_placings(book, breakdown, second, last, groups),
            *is_small(book, breakdown, last, groups),
            *left_out(analysis, book, *breakdown.columns),
        ],
        method(book, breakdown),
        bars(book, breakdown, groups),
        short=f"{by}, {say(first.name)} leads ({say(first.share)})",
    )


def _placings(
    book: FactBook, breakdown: Breakdown, second: Standing, last: Standing, groups: int
) -> list[Text]:
    """Who follows, by how much, and who comes last."""
    behind = say(_distance(book, breakdown))
    if groups == 2:
        return [f"{say(second.name)} has {say(second.share)}, {behind} behind"]
    return [
        f"{say(second.name)} follows with {say(second.share)}, {behind} behind",
        f"Last is {say(last.name)} with {say(last.share)}",
    ]


def _distance(book: FactBook, breakdown: Breakdown) -> Fact:
    """From the second to the first, in points of the total."""
    ranked = f"SELECT v FROM ({breakdown.totals()}) ORDER BY v DESC NULLS LAST, g LIMIT 2"
    return book.query(
        f"from the second to the first group of {breakdown.dimension.label}",
        f"SELECT (max(v) - min(v)) / (SELECT sum(v) FROM ({breakdown.totals()})) FROM ({ranked})",
        POINTS,
        *breakdown.known,
    )
