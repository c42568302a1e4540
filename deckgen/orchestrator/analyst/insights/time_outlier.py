"""Time outlier: a full period that lies far off what its trend and its season let expect."""

from functools import partial
from typing import NamedTuple

from deckgen.domain.facts import Fact, Sign, Statistics, Text
from deckgen.domain.formatting.display import TEXT, Grain
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared import phrases
from deckgen.orchestrator.analyst.insights.shared.breakdown import Breakdown, considered
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate, Story
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.line_over_time import course
from deckgen.orchestrator.analyst.insights.shared.method_notes import (
    CORRECTED,
    computed,
    left_out,
    rows_behind,
)
from deckgen.orchestrator.analyst.insights.shared.outliers import (
    Outlier,
    expected_sql,
    outlier_of,
    season_of,
)
from deckgen.orchestrator.analyst.insights.shared.series import TimeSeries, series_of
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension
from deckgen.orchestrator.analyst.profiling.metrics import Metric
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.stats.result import TestResult

MAX_Z = 3.5  # Iglewicz and Hoaglin (1993)
MIN_OFF = 0.1  # of what was expected
DOMINATES, MAX_GROUPS = 0.6, 50
MAX_DAYS, AROUND = 1_500, 30  # days that are compared, and shown on either side of one
METHOD = (
    "What to expect of a period comes from the others: the slope after Theil and Sen and the median "
    "level{season}. A period stands out if it is more than three and a half robust standard deviations "
    "off; the test of Grubbs, generalised by Rosner, allows for all periods having been looked at, and "
    "that of Pisarenko and Sornette for others that are often far off as well. The weaker one counts."
)


class Driver(NamedTuple):
    """A group with most of a deviation, and the share of the deviation that it has."""

    breakdown: Breakdown
    group: str
    share: float


class Look(NamedTuple):
    """What is furthest off in a series; `strength` is 0 if that is not far."""

    series: TimeSeries
    outlier: Outlier
    strength: float


def find(analysis: Analysis) -> list[Candidate]:
    if analysis.timeline is None:
        return []
    candidates = (_candidate(analysis, metric, rank) for rank, metric in enumerate(analysis.followed))
    return [candidate for candidate in candidates if candidate]


def _candidate(analysis: Analysis, metric: Metric, rank: int) -> Candidate | None:
    """Of several grains the one in which the outlier is furthest off, and surest; each was a test."""
    looks = [look for grain in _grains(analysis) if (look := _look(analysis, metric, grain))]
    if not looks:
        return None
    series, outlier, strength = max(looks, key=lambda look: (look.strength, -look.outlier.p_value))
    p_value = min(1.0, outlier.p_value * len(looks))
    return Candidate(
        InsightKind.TIME_OUTLIER,
        f"{metric.key}|time|outlier",
        impact=1.0 if rank == 0 else 0.7,
        strength=strength,
        write=partial(_write, analysis, series, outlier),
        test=TestResult(outlier.test, outlier.statistic, p_value, len(series)),
        columns=metric.columns,
    )


def _grains(analysis: Analysis) -> list[Grain]:
    """That of the chart, and days: what happens on one day is lost in the sum of a month."""
    timeline = analysis.time_axis
    chart, days = timeline.chart_grain(), (timeline.last - timeline.first).days + 1
    finer = chart != "day" and timeline.grain == "day" and days <= MAX_DAYS
    return [chart, "day"] if finer else [chart]


def _look(analysis: Analysis, metric: Metric, grain: Grain) -> Look | None:
    series = series_of(analysis, metric, grain)
    outlier = outlier_of(analysis, series)
    if outlier is None:
        return None
    scale = sum(abs(value) for value in series.values) / len(series)
    relative = abs(outlier.off) / scale if scale else 0.0
    real = outlier.z > MAX_Z and relative >= MIN_OFF
    return Look(series, outlier, min(1.0, 0.3 + relative) if real else 0.0)


def _write(
    analysis: Analysis, series: TimeSeries, outlier: Outlier, book: FactBook, stats: Statistics | None
) -> Story:
    metric, grain = series.metric, series.grain
    period = series.periods[outlier.index]
    when, first, last = phrases.say_periods(
        analysis, book, period, series.periods[0], series.periods[-1]
    )
    value = phrases.metric_fact(analysis, book, metric, analysis.time_axis.within(period))
    expected = _expected(analysis, book, series, outlier)
    label = f"distance of {metric.label} to what was expected"
    within = analysis.time_axis.within(series.periods[0], series.periods[-1])
    known = metric.present, within
    off = phrases.change_of(book, metric, (value, expected), label, *known, statistics=stats)
    side, at = "above" if off.relative > 0 else "below", "on" if grain == "day" else "in"
    season = " of the same season" if season_of(series) != "0" else ""
    return Story(
        f"{metric.subject} {at} {when} lay {say(off.size)} {side} what was to be expected",
        [
            f"{say(value)} {at} {when}, where trend and season let expect {say(expected)} "
            f"({say(off.signed)})",
            *_driver(analysis, book, series, outlier),
            f"No other {grain} of {first} to {last} is further off",
            "It may be an event or an error of the data: check it before relying on it",
            *left_out(analysis, book, *metric.columns),
        ],
        f"{computed(metric)} It was taken for each full {grain} from {first} to {last}. "
        f"{METHOD.format(season=season)} {CORRECTED} {rows_behind(book, *known)}",
        course(analysis, book, series, [outlier.index], around=AROUND if grain == "day" else None),
        recommendation=f"Check {metric.noun} of {when} ({say(off.signed)} against what was to be "
        "expected) before relying on it",
        short=f"The value of {when} lay far {side} what was to be expected",
    )


def _expected(analysis: Analysis, book: FactBook, series: TimeSeries, outlier: Outlier) -> Fact:
    start = series.periods[outlier.index].start
    return book.query(
        f"{series.metric.label} to be expected by trend and season",
        f"SELECT expected FROM ({expected_sql(analysis, series)}) WHERE period = DATE '{start}'",
        series.metric.unit,
        series.metric.present,
        analysis.time_axis.within(series.periods[0], series.periods[-1]),
    )


def _driver(analysis: Analysis, book: FactBook, series: TimeSeries, outlier: Outlier) -> list[Text]:
    """The group that most of the deviation lies in, if there is one."""
    if not series.metric.additive:
        return []
    found = [
        driver
        for dimension in considered(analysis)
        if dimension.groups <= MAX_GROUPS
        if (driver := _dominant(analysis, series, outlier, dimension))
    ]
    if not found:
        return []
    lead = max(found, key=lambda driver: driver.share)
    own = f"FROM ({_groups(analysis, series, outlier, lead.breakdown)})"
    own += f" WHERE g = {quoting.literal(lead.group)}"
    known = (*lead.breakdown.known, lead.breakdown.dimension.equals(lead.group))
    name = book.query("group with most of the deviation", f"SELECT g {own}", TEXT, *known)
    usual, value = (
        book.query(
            f"{series.metric.label} of {name.display}, {word}",
            f"SELECT {column} {own}",
            series.metric.unit,
            *known,
            groups=(lead.group,),
        )
        for word, column in (("on average in the other periods", "usual"), ("in the period", "own"))
    )
    off = book.query(
        f"deviation of {name.display}",
        f"SELECT own - usual {own}",
        series.metric.unit,
        *known,
        sign=Sign.CHANGE,
        groups=(lead.group,),
    )
    return [
        f"Most of it lies in {say(name)}: {say(value)}, {say(usual)} in an average other "
        f"{series.grain} ({say(off)})"
    ]


def _dominant(
    analysis: Analysis, series: TimeSeries, outlier: Outlier, dimension: Dimension
) -> Driver | None:
    """The group of a dimension in which most of the deviation lies."""
    breakdown = Breakdown(series.metric, dimension)
    rows = analysis.table.all(
        f"SELECT g, own - usual FROM ({_groups(analysis, series, outlier, breakdown)}) ORDER BY g"
    )
    off = {str(group): float(distance or 0) for group, distance in rows}
    moved = sum(abs(distance) for distance in off.values())
    lead = max(off, key=lambda group: off[group] * outlier.off, default=None)
    if lead is None or not moved or off[lead] * outlier.off <= 0:
        return None
    share = abs(off[lead]) / moved
    return Driver(breakdown, lead, share) if share >= DOMINATES else None


def _groups(analysis: Analysis, series: TimeSeries, outlier: Outlier, breakdown: Breakdown) -> str:
    """SQL: each group in the period (own) and on average in the other full ones (usual)."""
    timeline = analysis.time_axis
    period = timeline.within(series.periods[outlier.index])
    others = f"{timeline.within(series.periods[0], series.periods[-1])} AND NOT ({period})"
    here, there = breakdown.totals(period, name="here"), breakdown.totals(others, name="there")
    # What adds up over time is shared out to the periods; a level is averaged as it is.
    periods = len(series) - 1 if series.metric.flow else 1
    return (
        f"SELECT g, coalesce(here, 0) AS own, coalesce(there, 0) / {periods} AS usual "
        f"FROM ({here}) FULL JOIN ({there}) USING (g)"
    )
