"""Concentration: how few groups make up most of the total, and how little the tail brings."""

from functools import partial
from itertools import accumulate
from typing import NamedTuple

from deckgen.domain.facts import Statistics, Text
from deckgen.domain.formatting.display import COUNT, PERCENT
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import at_start, say
from deckgen.orchestrator.analyst.insights.shared.breakdown import (
    Breakdown,
    are_even,
    bars,
    have_shares,
    of_breakdowns,
    sizes,
)
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate, Story
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.method_notes import left_out
from deckgen.orchestrator.analyst.insights.shared.rank_facts import method, standing

MIN_GROUPS = 8
MOST, HALF = 0.8, 0.5
CONCENTRATED = 0.25


class Part(NamedTuple):
    """So many groups and their share of the total, as references."""

    groups: Text
    share: Text


class Parts(NamedTuple):
    """`total` is the number of all groups, `equal` how many would make up most if all were equal."""

    total: Text
    equal: Text
    most: Part
    half: Part
    tail: Part


def find(analysis: Analysis) -> list[Candidate]:
    return of_breakdowns(analysis, _candidate)


def _candidate(analysis: Analysis, breakdown: Breakdown) -> Candidate | None:
    values = list(sizes(analysis, breakdown).values())
    if len(values) < MIN_GROUPS or not have_shares(values):
        return None
    if are_even(values):
        return None
    degree = _degree(values)
    return Candidate(
        InsightKind.CONCENTRATION,
        breakdown.key,
        impact=breakdown.weight,
        strength=min(1.0, 0.3 + degree),
        write=partial(_write, analysis, breakdown, len(values), degree >= CONCENTRATED),
        columns=breakdown.columns,
    )


def _degree(values: list[float]) -> float:
    """1 if a single group has it all, 0 if it takes as many groups as there are shares."""
    most = MOST * sum(values)
    needed = 1 + sum(running < most for running in accumulate(values))
    return max(0.0, 1 - needed / (MOST * len(values)))


def _write(
    analysis: Analysis,
    breakdown: Breakdown,
    groups: int,
    is_concentrated: bool,
    book: FactBook,
    _: Statistics | None,
) -> Story:
    parts = _parts(book, breakdown, groups)
    claim = _claim(breakdown, parts, is_concentrated)
    return Story(
        f"By {breakdown.dimension.noun}, {claim}",
        [
            f"{parts.most.groups} of {parts.total} together bring {parts.most.share}; were all "
            f"equal, it would take {parts.equal}",
            _largest(book, breakdown),
            *_takeaways(parts, is_concentrated),
            *left_out(analysis, book, *breakdown.columns),
        ],
        f"{method(book, breakdown)} Groups were added up from the largest on until the named share was "
        "reached.",
        bars(book, breakdown, groups),
        recommendation=_advice(breakdown, parts) if analysis.is_business else "",
        short=at_start(claim),
    )


def _parts(book: FactBook, breakdown: Breakdown, groups: int) -> Parts:
    running = _running_shares(breakdown)
    count = book.query(
        f"number of groups of {breakdown.dimension.label}",
        f"SELECT count(*) FROM ({running})",
        COUNT,
        *breakdown.known,
    )
    most = _head(book, breakdown, running, MOST)
    half = _head(book, breakdown, running, HALF)
    equal = book.query(
        f"groups of {breakdown.dimension.label} for a share of {MOST:.0%} if all were equal",
        f"SELECT CAST(ceil({MOST} * count(*)) AS BIGINT) FROM ({running})",
        COUNT,
        *breakdown.known,
    )
    return Parts(say(count), say(equal), most, half, _tail(book, breakdown, running, groups))


def _running_shares(breakdown: Breakdown) -> str:
    """SQL: the groups from the largest on (g, v, place) with the share of all up to each (share)."""
    totals = breakdown.totals()
    return (
        f"SELECT g, v, row_number() OVER w AS place, sum(v) OVER w / (SELECT sum(v) FROM ({totals})) "
        f"AS share FROM ({totals}) WINDOW w AS (ORDER BY v DESC NULLS LAST, g ROWS UNBOUNDED PRECEDING)"
    )


def _head(book: FactBook, breakdown: Breakdown, running: str, target: float) -> Part:
    """The fewest groups that together reach a share."""
    reached = f"FROM ({running}) WHERE share >= {target} - 1e-9"
    label = breakdown.dimension.label
    groups = book.query(
        f"groups of {label} for a share of {target:.0%}",
        f"SELECT min(place) {reached}",
        COUNT,
        *breakdown.known,
    )
    share = book.query(
        f"share of the first groups of {label}",
        f"SELECT min(share) {reached}",
        PERCENT,
        *breakdown.known,
    )
    return Part(say(groups), say(share))


def _tail(book: FactBook, breakdown: Breakdown, running: str, groups: int) -> Part:
    """The weakest quarter of the groups."""
    label = f"weakest quarter of {breakdown.dimension.label}"
    tail = f"SELECT v FROM ({running}) WHERE place > {groups - max(groups // 4, 1)}"
    weakest = book.query(label, f"SELECT count(*) FROM ({tail})", COUNT, *breakdown.known)
    share = book.query(
        f"share of the {label}",
        f"SELECT sum(v) / (SELECT sum(v) FROM ({breakdown.totals()})) FROM ({tail})",
        PERCENT,
        *breakdown.known,
    )
    return Part(say(weakest), say(share))


def _claim(breakdown: Breakdown, parts: Parts, is_concentrated: bool) -> Text:
    groups = f"{parts.most.groups} of {parts.total}"
    share = f"{parts.most.share} of {breakdown.metric.noun}"
    return (
        f"just {groups} make up {share}" if is_concentrated else f"it takes {groups} to reach {share}"
    )


def _largest(book: FactBook, breakdown: Breakdown) -> Text:
    first, second = (standing(book, breakdown, "top", place) for place in (1, 2))
    return f"The largest are {first.said} and {second.said}"


def _takeaways(parts: Parts, is_concentrated: bool) -> list[Text]:
    half = f"{parts.half.groups} of them ({parts.half.share})"
    return [
        f"Half is reached with {half}"
        if is_concentrated
        else f"No single value dominates: half takes {half}",
        f"The weakest {parts.tail.groups} bring only {parts.tail.share}",
    ]


def _advice(breakdown: Breakdown, parts: Parts) -> Text:
    return (
        f"Review the weakest {parts.tail.groups} of {parts.total} by {breakdown.dimension.noun}: "
        f"they bring {parts.tail.share} of {breakdown.metric.noun}"
    )
