"""Majority: one group has more than half of the total, and clearly more than the next one."""

from functools import partial

from deckgen.domain.facts import Statistics, Text
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared.breakdown import (
    Breakdown,
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
    others_share,
    standing,
)


def find(analysis: Analysis) -> list[Candidate]:
    return of_breakdowns(analysis, _candidate)


def _candidate(analysis: Analysis, breakdown: Breakdown) -> Candidate | None:
    groups = sizes(analysis, breakdown)
    values = list(groups.values())
    if len(values) < 2 or not have_shares(values) or not has_majority(values):
        return None
    share = values[0] / sum(values)
    return Candidate(
        InsightKind.MAJORITY,
        breakdown.key,
        impact=breakdown.weight,
        strength=min(1.0, 0.4 + 0.6 * share),
        write=partial(_write, analysis, breakdown, len(values)),
        columns=breakdown.columns,
        values=(next(iter(groups)),),
    )


def _write(
    analysis: Analysis, breakdown: Breakdown, groups: int, book: FactBook, _: Statistics | None
) -> Story:
    first, second = (standing(book, breakdown, "top", place) for place in (1, 2))
    noun, by = breakdown.metric.noun, breakdown.dimension.noun
    share = f"{say(first.share)} of {noun}"
    return Story(
        f"By {by}, {say(first.name)} alone has {share}, more than all others together"
        if groups > 2
        else f"By {by}, {say(first.name)} has {share}",
        [
            _lead(first, second),
            *_others(book, breakdown, groups),
            f"An equal split would give each {by} {say(even_share(book, breakdown))}",
            *is_small(book, breakdown, first, groups),
            *left_out(analysis, book, *breakdown.columns),
        ],
        method(book, breakdown),
        bars(book, breakdown, groups),
        recommendation=f"Protect {say(first.name)} first: {share} depend on it"
        if analysis.is_business
        else "",
        short=f"{say(first.name)} has more than half",
    )


def _lead(first: Standing, second: Standing) -> Text:
    lead = f"{say(first.name)} has {say(first.value)}"
    return f"{lead} ({say(first.share)}), next comes {say(second.name)} with {say(second.share)}"


def _others(book: FactBook, breakdown: Breakdown, groups: int) -> list[Text]:
    """What is left for the others, where there are several."""
    if groups == 2:
        return []
    return [f"All others together have {say(others_share(book, breakdown, 1))}"]
