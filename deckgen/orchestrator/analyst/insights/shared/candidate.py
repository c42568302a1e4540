"""What every insight module yields: candidates, cheap to find, written out only if they are chosen."""

from collections.abc import Callable
from dataclasses import dataclass, field

from deckgen.domain.decks import Chart, Kpi
from deckgen.domain.facts import Statistics, Text
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.stats.result import TestResult


@dataclass(frozen=True)
class Story:
    """The text of an insight, all numbers in it as references."""

    headline: Text
    takeaways: list[Text]
    method: Text
    chart: Chart | None = None
    kpis: list[Kpi] = field(default_factory=list)
    meaning: Text = ""
    recommendation: Text = ""
    short: Text = ""  # the headline where long labels make it too long


Write = Callable[[FactBook, Statistics | None], Story]


@dataclass(frozen=True)
class Candidate:
    """`impact` (0 to 1) is the share of the whole that is concerned, `strength` (0 to 1) the effect.

    `columns` are what it is about, `values` the groups that it names: both matter for relevance.
    """

    kind: InsightKind
    subject: str
    impact: float
    strength: float
    write: Write
    test: TestResult | None = None
    columns: tuple[int, ...] = ()
    values: tuple[str, ...] = ()


def impact_of(rank: int) -> float:
    """The impact of a metric by its rank (from 0): the main one concerns more than the others."""
    return 1.0 if rank == 0 else 0.6


Find = Callable[[Analysis], list[Candidate]]
