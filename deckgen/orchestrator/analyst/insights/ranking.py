"""Ranking: which group leads, which trails, by share of what may be summed."""

from functools import partial
from typing import NamedTuple

from deckgen.domain.display import PERCENT, TEXT
from deckgen.domain.facts import Fact, Statistics, Text
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.analysis import Analysis
from deckgen.orchestrator.analyst.book import FactBook
from deckgen.orchestrator.analyst.insights.breakdown import (
    MAX_BARS,
    MIN_CONTRAST,
    Breakdown,
    additive_breakdowns,
    bars,
    have_shares,
)
from deckgen.orchestrator.analyst.insights.candidate import Candidate, Story
from deckgen.orchestrator.analyst.references import say

EVEN = 0.6  # from which ratio of last to first groups are called even
MIN_LEAD = 0.15
METHOD = "Each group's share of the total over all rows; of many groups only the largest are drawn."


class Standing(NamedTuple):
    """A group's name and its share of the total."""

    name: Fact
    share: Fact


def find(analysis: Analysis) -> list[Candidate]:
    return [
        candidate
        for breakdown in additive_breakdowns(analysis)
        if (candidate := _candidate(analysis, breakdown))
    ]


def _candidate(analysis: Analysis, breakdown: Breakdown) -> Candidate | None:
    rows = analysis.table.all(f"SELECT g, v FROM ({breakdown.totals()}) ORDER BY v DESC NULLS LAST, g")
    values = [float(value or 0) for _, value in rows]
    if len(values) < 2 or not have_shares(values):
        return None
    share, contrast = values[0] / sum(values), 1 - values[-1] / values[0]
    # Groups that are all alike, or the first of many and hardly ahead of them.
    if contrast < MIN_CONTRAST or (len(values) > MAX_BARS and share < MIN_LEAD):
        return None
    return Candidate(
        InsightKind.RANKING,
        breakdown.key,
        impact=breakdown.weight * _prominence(len(values), contrast),
        strength=_strength(share, 1 / len(values), contrast),
        write=partial(_write, breakdown, values, analysis.is_business),
        columns=breakdown.columns,
        values=tuple(str(group) for group, _ in rows[:MAX_BARS]),
    )


def _prominence(groups: int, contrast: float) -> float:
    if groups > MAX_BARS:
        return 0.8
    return 0.5 if contrast < 1 - EVEN else 1.0  # that nothing stands out is worth less


def _strength(share: float, even: float, contrast: float) -> float:
    dominance = (share - even) / (1 - even)
    return min(1.0, 0.3 + 0.5 * dominance + 0.2 * contrast)


def _write(
    breakdown: Breakdown, values: list[float], is_business: bool, book: FactBook, _: Statistics | None
) -> Story:
    first = _standing(book, breakdown, "top", 1)
    second = _standing(book, breakdown, "top", 2)
    last = _standing(book, breakdown, "bottom", 1)
    placings = _placings(first, second, last, len(values))
    return Story(
        _headline(breakdown, first, values),
        [*placings, _even_share(book, breakdown)],
        METHOD,
        bars(book, breakdown, len(values)),
        recommendation=_advice(breakdown, first) if is_business else "",
        short=f"By {breakdown.dimension.noun}, {say(first.name)} leads ({say(first.share)})",
    )


def _standing(book: FactBook, breakdown: Breakdown, end: str, place: int) -> Standing:
    """The group at a place (from 1), counted from the top or from the bottom."""
    metric, dimension = breakdown.metric, breakdown.dimension
    direction = "DESC" if end == "top" else "ASC"
    order = f"ORDER BY v {direction} NULLS LAST, g LIMIT 1 OFFSET {place - 1}"
    totals = breakdown.totals()
    name = book.query(
        f"{dimension.label} at {end} place {place} by {metric.label}",
        f"SELECT g FROM ({totals}) {order}",
        TEXT,
        *breakdown.known,
    )
    share = book.query(
        f"share of {name.display} in {metric.label}",
        f"SELECT v / (SELECT sum(v) FROM ({totals})) FROM ({totals}) {order}",
        PERCENT,
        *breakdown.known,
        dimension.equals(name.value),
    )
    return Standing(name, share)


def _headline(breakdown: Breakdown, first: Standing, values: list[float]) -> Text:
    by, of = f"By {breakdown.dimension.noun}", f"of {breakdown.metric.noun}"
    if len(values) <= MAX_BARS and values[-1] > EVEN * values[0]:
        return f"{by}, the split {of} is even: {say(first.name)} leads with {say(first.share)}"
    return f"{by}, {say(first.name)} leads with {say(first.share)} {of}"


def _placings(first: Standing, second: Standing, last: Standing, groups: int) -> list[Text]:
    lead = f"{say(first.name)} has {say(first.share)}"
    if groups == 2:
        return [f"{lead}, {say(last.name)} has {say(last.share)}"]
    return [
        f"{lead}, next comes {say(second.name)} with {say(second.share)}",
        f"Last is {say(last.name)} with {say(last.share)}",
    ]


def _even_share(book: FactBook, breakdown: Breakdown) -> Text:
    dimension = breakdown.dimension
    even = book.query(
        f"even share of a group of {dimension.label}",
        f"SELECT 1 / count(*) FROM ({breakdown.totals()})",
        PERCENT,
        dimension.known(),
    )
    return f"If all groups were equal, each would have {say(even)}"


def _advice(breakdown: Breakdown, first: Standing) -> Text:
    if float(first.share.value or 0) <= 0.5:
        return ""
    return (
        f"Protect {say(first.name)} first: {say(first.share)} of {breakdown.metric.noun} depend on it"
    )
