"""Evenness: the groups share the total about evenly, so none of them stands out."""

from functools import partial

from deckgen.domain.facts import Statistics
from deckgen.domain.formatting.display import POINTS
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
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
from deckgen.orchestrator.analyst.insights.shared.rank_facts import even_share, method, standing

STRENGTH = 0.25  # that nothing stands out is worth little
MAX_GROUPS = 50


def find(analysis: Analysis) -> list[Candidate]:
    return of_breakdowns(analysis, _candidate)


def _candidate(analysis: Analysis, breakdown: Breakdown) -> Candidate | None:
    values = list(sizes(analysis, breakdown).values())
    if not 2 <= len(values) <= MAX_GROUPS or not have_shares(values) or not are_even(values):
        return None
    if not breakdown.metric.value and values[0] == values[-1]:
        return None  # as many rows for each group: the table was made so
    return Candidate(
        InsightKind.EVENNESS,
        breakdown.key,
        impact=breakdown.weight,
        strength=STRENGTH,
        write=partial(_write, analysis, breakdown, values),
        columns=breakdown.columns,
    )


def _write(
    analysis: Analysis,
    breakdown: Breakdown,
    values: list[float],
    book: FactBook,
    _: Statistics | None,
) -> Story:
    first, last = (standing(book, breakdown, end, 1) for end in ("top", "bottom"))
    by, noun = breakdown.dimension.noun, breakdown.metric.noun
    even = f"An equal split would give each {by} {say(even_share(book, breakdown))}"
    title = f"By {by}, the split of {noun} is even"
    if values[0] == values[-1]:
        ends = [f"Every {by} has the same, {say(first.value)}"]
    else:
        gap = book.query(
            f"from the last to the first group of {breakdown.dimension.label}",
            f"SELECT ({first.share.sql}) - ({last.share.sql})",
            POINTS,
            *breakdown.known,
        )
        ends = [
            f"{say(first.name)} has most with {say(first.share)}, {say(last.name)} least with "
            f"{say(last.share)}",
            f"From first to last there are only {say(gap)}, so no {by} stands out",
        ]
    return Story(
        title,
        [even, *ends, *left_out(analysis, book, *breakdown.columns)],
        method(book, breakdown),
        bars(book, breakdown, len(values)),
        short="The groups have about even shares",
    )
