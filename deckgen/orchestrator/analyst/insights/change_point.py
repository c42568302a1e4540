"""Change point: the level of a metric shifted at one time and stayed where it went."""

from functools import partial
from statistics import fmean

from deckgen.domain.facts import Statistics, Text
from deckgen.domain.formatting.display import COUNT
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared import phrases
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate, Story
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.line_over_time import course, mean_of
from deckgen.orchestrator.analyst.insights.shared.method_notes import (
    CORRECTED,
    computed,
    left_out,
    rows_behind,
)
from deckgen.orchestrator.analyst.insights.shared.series import TimeSeries, series_of, series_sql
from deckgen.orchestrator.analyst.insights.shared.turning_points import turning_point
from deckgen.orchestrator.analyst.profiling.timeline import Period
from deckgen.orchestrator.analyst.stats.pettitt import LevelShift, level_shift_of
from deckgen.orchestrator.analyst.stats.result import TestResult

MIN_CHANGE, MIN_SIDE = 0.05, 3
METHOD = (
    "The rank test of Pettitt looked for the time at which the level shifted; its significance allows "
    "for neighbouring periods that are alike. A step explains the course better than a straight line "
    "does, and neither side drifts by itself."
)


def find(analysis: Analysis) -> list[Candidate]:
    if analysis.timeline is None:
        return []
    grain = analysis.timeline.chart_grain()
    return [
        candidate
        for rank, metric in enumerate(analysis.followed)
        if (candidate := _candidate(analysis, series_of(analysis, metric, grain), rank))
    ]


def _candidate(analysis: Analysis, series: TimeSeries, rank: int) -> Candidate | None:
    step = level_shift_of(series.adjusted)
    if step is None:
        return None
    return Candidate(
        InsightKind.CHANGE_POINT,
        f"{series.metric.key}|time",
        impact=1.0 if rank == 0 else 0.7,
        strength=_strength(series, step),
        write=partial(_write, analysis, series, step),
        test=TestResult("Pettitt", step.statistic, step.p_value, len(series)),
        columns=series.metric.columns,
    )


def _strength(series: TimeSeries, step: LevelShift) -> float:
    """0 for what is no step, one too near to an end, or one that is hardly to be seen."""
    scale = sum(abs(value) for value in series.values) / len(series)
    relative = abs(step.size) / scale if scale else 0.0
    near = min(step.index, len(series) - step.index) < MIN_SIDE
    means = fmean(series.values[step.index :]) - fmean(series.values[: step.index])
    # What is told are plain means: the season must not turn them around.
    told = means * step.size > 0 and abs(means) >= abs(step.size) / 2
    if near or not told or not step.is_clear or relative < MIN_CHANGE or turning_point(series):
        return 0.0
    return min(1.0, 0.6 + relative)


def _write(
    analysis: Analysis,
    series: TimeSeries,
    step: LevelShift,
    book: FactBook,
    statistics: Statistics | None,
) -> Story:
    metric, grain = series.metric, series.grain
    sides = series.periods[: step.index], series.periods[step.index :]
    before, after = (mean_of(analysis, book, series, side) for side in sides)
    within = analysis.time_axis.within(series.periods[0], series.periods[-1])
    known = metric.present, within
    label = f"change of the mean of {metric.label} by {grain}"
    change = phrases.change_of(book, metric, (after, before), label, *known, statistics=statistics)
    when, until = phrases.say_periods(analysis, book, sides[1][0], sides[0][-1])
    first, last = phrases.say_periods(analysis, book, series.periods[0], series.periods[-1])
    moved = f"The level of {metric.noun} {change.verb}"
    return Story(
        f"{moved} by {say(change.size)} in {when} and stayed there",
        [
            f"An average {grain} has {say(after)} from {when} on, against {say(before)} until {until} "
            f"({say(change.signed)})",
            f"It has held for {_count(analysis, book, series, sides[1])} full {grain}s, after "
            f"{_count(analysis, book, series, sides[0])} before the shift",
            "A single step fits the course better than a steady trend",
            *left_out(analysis, book, *metric.columns),
        ],
        f"{computed(metric)} It was taken for each full {grain} from {first} to {last}. {METHOD} "
        f"{CORRECTED} {rows_behind(book, *known)}",
        course(analysis, book, series, [step.index - 1, step.index]),
        recommendation=f"Find out what was new in {when}: since then an average {grain} has "
        f"{say(after)} against {say(before)}",
        short=f"The level {change.verb} in {when} and stayed there",
    )


def _count(analysis: Analysis, book: FactBook, series: TimeSeries, side: list[Period]) -> Text:
    """How many periods one side has."""
    within = analysis.time_axis.within(side[0], side[-1])
    count = book.query(
        f"number of {series.grain}s on one side of the shift",
        f"SELECT count(*) FROM ({series_sql(analysis, series.metric, series.grain, within)})",
        COUNT,
        series.metric.present,
        within,
    )
    return say(count)
