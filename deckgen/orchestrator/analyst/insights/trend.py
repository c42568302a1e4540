"""Trend: a direction that holds over all full periods, or one that turned at a peak or a trough."""

from functools import partial
from statistics import fmean

from deckgen.domain.facts import Statistics, Text
from deckgen.domain.formatting.display import COUNT
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared import phrases
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate, Story, Write
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.line_over_time import course, mean_of
from deckgen.orchestrator.analyst.insights.shared.method_notes import (
    CORRECTED,
    computed,
    left_out,
    rows_behind,
)
from deckgen.orchestrator.analyst.insights.shared.series import CYCLE, TimeSeries, series_of, series_sql
from deckgen.orchestrator.analyst.insights.shared.turning_points import MIN_TAU, Turn, turning_point
from deckgen.orchestrator.analyst.profiling.timeline import Period, unit_of
from deckgen.orchestrator.analyst.stats.mann_kendall import Trend, trend_of
from deckgen.orchestrator.analyst.stats.result import TestResult

MIN_CHANGE = 0.05
METHOD = (
    "The test of Mann and Kendall looked for a direction; its slope is that after Theil and Sen. A "
    "series that wanders was tested by its steps."
)
SEASON = " What repeats each year was taken out first."
TURN_METHOD = (
    "The turning point is the highest or lowest of them; the test of Mann and Kendall found a "
    "direction on either side of it, or one in the steps where the series wanders."
)


def find(analysis: Analysis) -> list[Candidate]:
    if analysis.timeline is None:
        return []
    found = []
    for rank, metric in enumerate(analysis.followed):
        series = series_of(analysis, metric, analysis.timeline.chart_grain())
        impact = 1.0 if rank == 0 else 0.7
        candidate = _turn(analysis, series, impact) or _steady(analysis, series, impact)
        found += [candidate] if candidate else []
    return found


def _turn(analysis: Analysis, series: TimeSeries, impact: float) -> Candidate | None:
    turn = turning_point(series)
    if turn is None:
        return None
    test = TestResult("Mann-Kendall on both sides", turn.tau, turn.p_value, len(series))
    write = partial(_write_turn, analysis, series, turn)
    return _candidate(series, impact, min(1.0, 0.5 + abs(turn.after)), write, test)


def _steady(analysis: Analysis, series: TimeSeries, impact: float) -> Candidate | None:
    trend = trend_of(series.adjusted)
    if trend is None:
        return None
    enough = abs(trend.tau) >= MIN_TAU and abs(trend.change) >= MIN_CHANGE
    ends = _end(series, -1) - _end(series, 0)
    # A slope that the two ends contradict can't be told with them.
    told = enough and ends * trend.slope > 0
    strength = min(1.0, abs(trend.tau) * (0.5 + abs(trend.change))) if told else 0.0
    test = TestResult("Mann-Kendall", trend.tau, trend.p_value, len(series))
    return _candidate(series, impact, strength, partial(_write_steady, analysis, series, trend), test)


def _end(series: TimeSeries, end: int) -> float:
    """The level at the start (0) or at the end (-1): with a season, the mean of a whole cycle."""
    if not series.is_adjusted:
        return series.values[end]
    cycle = CYCLE[series.grain]
    return fmean(series.values[:cycle] if end == 0 else series.values[-cycle:])


def _candidate(
    series: TimeSeries, impact: float, strength: float, write: Write, test: TestResult
) -> Candidate:
    return Candidate(
        InsightKind.TREND,
        f"{series.metric.key}|time",
        impact=impact,
        strength=strength,
        write=write,
        test=test,
        columns=series.metric.columns,
    )


def _write_steady(
    analysis: Analysis, series: TimeSeries, trend: Trend, book: FactBook, statistics: Statistics | None
) -> Story:
    if series.is_adjusted:
        return _write_seasonal(analysis, book, series, trend, statistics)
    first, last = series.periods[0], series.periods[-1]
    change = _change(analysis, book, series, last, first, statistics)
    old, new = phrases.say_periods(analysis, book, first, last)
    trended = f"{series.metric.subject} trended {'upwards' if trend.slope > 0 else 'downwards'}"
    return Story(
        f"{trended}, from {say(change.earlier)} in {old} to {say(change.later)} in {new}",
        [
            f"That is {say(change.signed)} between the first and the last full {series.grain}",
            _steps(analysis, book, series, trend),
            _extremes(analysis, book, series),
            *left_out(analysis, book, *series.metric.columns),
        ],
        _method(analysis, book, series, METHOD),
        course(analysis, book, series, []),
        short=f"{trended} from {old} to {new}",
    )


def _write_seasonal(
    analysis: Analysis,
    book: FactBook,
    series: TimeSeries,
    trend: Trend,
    statistics: Statistics | None,
) -> Story:
    """Under a season the first and the last period can't be compared, but whole cycles can."""
    cycle = CYCLE[series.grain]
    old, new = (
        mean_of(analysis, book, series, periods)
        for periods in (series.periods[:cycle], series.periods[-cycle:])
    )
    metric, (first, last) = series.metric, (series.periods[0], series.periods[-1])
    known = metric.present, analysis.time_axis.within(first, last)
    label = f"change of the mean of {metric.label}, first to last year"
    change = phrases.change_of(book, metric, (new, old), label, *known, statistics=statistics)
    start, end = phrases.say_periods(analysis, book, first, last)
    trended = f"{metric.subject} trended {'upwards' if trend.slope > 0 else 'downwards'}"
    return Story(
        f"{trended}, from {say(old)} to {say(new)} in an average {series.grain}",
        [
            f"An average {series.grain} of the first year had {say(old)}, one of the last {say(new)} "
            f"({say(change.signed)})",
            f"The first full {series.grain} is {start}, the last {end}",
            _extremes(analysis, book, series),
            *left_out(analysis, book, *metric.columns),
        ],
        _method(analysis, book, series, METHOD + SEASON),
        course(analysis, book, series, []),
        short=f"{trended} from {start} to {end}",
    )


def _steps(analysis: Analysis, book: FactBook, series: TimeSeries, trend: Trend) -> Text:
    """How many of the steps from one period to the next went the way of the trend."""
    within = analysis.time_axis.within(series.periods[0], series.periods[-1])
    values = series_sql(analysis, series.metric, series.grain, within)
    steps = f"SELECT value - lag(value) OVER (ORDER BY period) AS step FROM ({values})"
    known = series.metric.present, within
    way, sign = ("rose", ">") if trend.slope > 0 else ("fell", "<")
    label = f"steps in which {series.metric.label} {way}"
    query = f"SELECT count(*) FROM ({steps}) WHERE step"
    went = book.query(label, f"{query} {sign} 0", COUNT, *known)
    every = book.query("steps from one period to the next", f"{query} IS NOT NULL", COUNT, *known)
    return f"It {way} in {say(went)} of {say(every)} steps from one {series.grain} to the next"


def _method(analysis: Analysis, book: FactBook, series: TimeSeries, how: Text) -> Text:
    first, last = phrases.say_periods(analysis, book, series.periods[0], series.periods[-1])
    within = analysis.time_axis.within(series.periods[0], series.periods[-1])
    return (
        f"{computed(series.metric)} It was taken for each full {series.grain} from {first} to {last}. "
        f"{how} {CORRECTED} {rows_behind(book, series.metric.present, within)}"
    )


def _write_turn(
    analysis: Analysis, series: TimeSeries, turn: Turn, book: FactBook, statistics: Statistics | None
) -> Story:
    start, top, last = series.periods[turn.start], series.periods[turn.index], series.periods[-1]
    after = _change(analysis, book, series, last, top, statistics)
    before = _change(analysis, book, series, top, start)
    first, when, now = phrases.say_periods(analysis, book, start, top, last)
    turned = f"{series.metric.subject} {'peaked' if turn.is_peak else 'bottomed out'} in {when}"
    moved = "fallen" if turn.is_peak else "recovered"
    way = "rise" if turn.is_peak else "fall"
    return Story(
        f"{turned} and has {moved} by {say(after.size)} since",
        [
            f"From {say(after.earlier)} in {when} to {say(after.later)} in {now} ({say(after.signed)})",
            f"The {way} before began at {say(before.earlier)} in {first} ({say(before.signed)})",
            _standing(analysis, book, series, turn),
            *left_out(analysis, book, *series.metric.columns),
        ],
        _method(analysis, book, series, TURN_METHOD),
        course(analysis, book, series, [turn.index]),
        short=f"{turned}, {say(after.signed)} since",
    )


def _change(
    analysis: Analysis,
    book: FactBook,
    series: TimeSeries,
    later: Period,
    earlier: Period,
    statistics: Statistics | None = None,
) -> phrases.Change:
    """Between two periods of the series, so that there are values in both."""
    change = phrases.change(analysis, book, series.metric, later, earlier, statistics=statistics)
    assert change is not None
    return change


def _standing(analysis: Analysis, book: FactBook, series: TimeSeries, turn: Turn) -> Text:
    """Where the last period stands against the one in which it all began."""
    start, last = series.periods[turn.start], series.periods[-1]
    beyond = _change(analysis, book, series, last, start)
    first, *_ = phrases.say_periods(analysis, book, start)
    side = "above" if beyond.relative > 0 else "below"
    begun = "where the rise began" if turn.is_peak else "the high before"
    return f"It now stands {say(beyond.size)} {side} {first}, {begun}"


def _extremes(analysis: Analysis, book: FactBook, series: TimeSeries) -> Text:
    within = analysis.time_axis.within(series.periods[0], series.periods[-1])
    query = series_sql(analysis, series.metric, series.grain, within)
    highest = _extreme(book, series, query, within, ("highest", "DESC"))
    lowest = _extreme(book, series, query, within, ("lowest", "ASC"))
    return f"The {highest}, the {lowest}"


def _extreme(book: FactBook, series: TimeSeries, query: str, within: str, end: tuple[str, str]) -> Text:
    """The highest or lowest value of a series and its period."""
    metric, grain = series.metric, series.grain
    word, direction = end
    found = f"FROM ({query}) ORDER BY value {direction}, period LIMIT 1"
    known = (metric.present, within)
    value = book.query(
        f"{word} {metric.label} of a {grain}", f"SELECT value {found}", metric.unit, *known
    )
    when = book.query(
        f"{grain} with the {word} {metric.label}", f"SELECT period {found}", unit_of(grain), *known
    )
    return f"{word} value is {say(value)} ({say(when)})"
