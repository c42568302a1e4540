"""Concentration: how few groups make up most of the total, and how little the tail brings."""

from functools import partial

from deckgen.domain.display import COUNT, PERCENT
from deckgen.domain.facts import Statistics
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.analysis import Analysis, Dimension
from deckgen.orchestrator.analyst.book import FactBook
from deckgen.orchestrator.analyst.insights.candidate import Candidate, Story
from deckgen.orchestrator.analyst.insights.ranking import MIN_CONTRAST, additive_metrics, bars, totals
from deckgen.orchestrator.analyst.metrics import Metric
from deckgen.orchestrator.analyst.references import say

MIN_GROUPS = 8
MOST = 0.8
CONCENTRATED = 0.25
METHOD = (
    "Groups are sorted by their total and added up from the largest until the named share is reached."
)


def find(analysis: Analysis) -> list[Candidate]:
    return [
        candidate
        for rank, metric in enumerate(additive_metrics(analysis))
        for dimension in analysis.dimensions
        if (candidate := _candidate(analysis, metric, dimension, 1.0 if rank == 0 else 0.6))
    ]


def _candidate(
    analysis: Analysis, metric: Metric, dimension: Dimension, weight: float
) -> Candidate | None:
    rows = analysis.table.all(f"SELECT v FROM ({totals(metric, dimension)}) ORDER BY v DESC NULLS LAST")
    values = [float(value or 0) for (value,) in rows]
    if (
        len(values) < MIN_GROUPS
        or min(values) < 0
        or sum(values) <= 0
        or values[-1] > (1 - MIN_CONTRAST) * values[0]
    ):
        return None
    running, needed = 0.0, 0
    while running < MOST * sum(values):
        running += values[needed]
        needed += 1
    # 1 if a single group has it all, 0 if it takes as many groups as there are shares.
    concentrated = max(0.0, 1 - needed / (MOST * len(values)))
    return Candidate(
        InsightKind.CONCENTRATION,
        f"{metric.key}|{dimension.index}",
        impact=weight,
        strength=min(1.0, 0.3 + concentrated),
        write=partial(_write, metric, dimension, len(values), concentrated, analysis.is_business),
        columns=(dimension.index, *metric.columns),
    )


def _write(
    metric: Metric,
    dimension: Dimension,
    groups: int,
    concentrated: float,
    business: bool,
    book: FactBook,
    _: Statistics | None,
) -> Story:
    known = (metric.present, dimension.known())
    running = (
        "SELECT g, v, row_number() OVER w AS place, sum(v) OVER w / (SELECT "
        f"sum(v) FROM ({totals(metric, dimension)})) AS share "
        f"FROM ({totals(metric, dimension)}) WINDOW w AS (ORDER BY v DESC NULLS "
        "LAST, g ROWS UNBOUNDED PRECEDING)"
    )
    count = say(
        book.query(
            f"number of groups of {dimension.label}", f"SELECT count(*) FROM ({running})", COUNT, *known
        )
    )

    def reach(target: float) -> tuple[str, str]:
        query = f"FROM ({running}) WHERE share >= {target} - 1e-9"
        needed = book.query(
            f"groups of {dimension.label} for a share of {target:.0%}",
            f"SELECT min(place) {query}",
            COUNT,
            *known,
        )
        share = book.query(
            f"share of the first groups of {dimension.label}",
            f"SELECT min(share) {query}",
            PERCENT,
            *known,
        )
        return say(needed), say(share)

    most, most_share = reach(MOST)
    half, half_share = reach(0.5)
    tail_size = max(groups // 4, 1)
    tail = f"SELECT v FROM ({running}) WHERE place > {groups - tail_size}"
    weakest = say(
        book.query(
            f"weakest quarter of {dimension.label}", f"SELECT count(*) FROM ({tail})", COUNT, *known
        )
    )
    brings = book.query(
        f"share of the weakest quarter of {dimension.label}",
        f"SELECT sum(v) / (SELECT sum(v) FROM ({totals(metric, dimension)})) FROM ({tail})",
        PERCENT,
        *known,
    )
    if concentrated >= CONCENTRATED:
        headline = (
            f"Just {most} of {count} values of {dimension.noun} make up {most_share} of {metric.noun}"
        )
        points = [f"Half is reached with {half} of them ({half_share})"]
    else:
        headline = (
            f"It takes {most} of {count} values of {dimension.noun} to reach "
            f"{most_share} of {metric.noun}"
        )
        points = [f"No single value dominates: half takes {half} of them ({half_share})"]
    points.insert(0, f"{most} of {count} together bring {most_share}")
    points.append(f"The weakest {weakest} bring only {say(brings)}")
    advice = (
        ""
        if not business
        else (
            f"Review the weakest {weakest} of {count} by {dimension.noun}: they "
            f"bring {say(brings)} of {metric.noun}"
        )
    )
    short = f"Just {most} of {count} values make up {most_share} of {metric.noun}"
    if concentrated < CONCENTRATED:
        short = f"It takes {most} of {count} values to reach {most_share} of {metric.noun}"
    chart = bars(book, metric, dimension, groups)
    return Story(headline, points, METHOD, chart, recommendation=advice, short=short)
