"""Trend: a direction that holds over all full periods, or one that turned at a peak or a trough."""

from functools import partial

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.facts import Statistics, Text
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst import wording
from deckgen.orchestrator.analyst.analysis import Analysis
from deckgen.orchestrator.analyst.book import FactBook
from deckgen.orchestrator.analyst.insights.candidate import Candidate, Story, Test, Write
from deckgen.orchestrator.analyst.mann_kendall import Trend, trend_of
from deckgen.orchestrator.analyst.references import say
from deckgen.orchestrator.analyst.series import TimeSeries, series_of, series_sql
from deckgen.orchestrator.analyst.timeline import Period, unit_of
from deckgen.orchestrator.analyst.turning import MIN_TAU, Turn, turning_point

MIN_CHANGE = 0.05
METHOD = (
    "Mann-Kendall test over all full periods, with the slope after Theil and Sen; what repeats by "
    "month or quarter was taken out first. A series that wanders was tested by its steps. "
    "Significance was corrected for all tests of the deck."
)
TURN_METHOD = (
    "The turning point is the highest or lowest full period; a Mann-Kendall test on either side of it, "
    "or one of the steps where the series wanders, holds after correction for all tests of the deck."
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
    test = Test("Mann-Kendall on both sides", turn.tau, turn.p_value, len(series))
    write = partial(_write_turn, analysis, series, turn)
    return _candidate(series, impact, min(1.0, 0.5 + abs(turn.after)), write, test)


def _steady(analysis: Analysis, series: TimeSeries, impact: float) -> Candidate | None:
    trend = trend_of(series.adjusted)
    if trend is None:
        return None
    enough = abs(trend.tau) >= MIN_TAU and abs(trend.change) >= MIN_CHANGE
    ends = series.values[-1] - series.values[0]
    # A slope that the first and last value contradict can't be told with these two numbers.
    told = enough and ends * trend.slope > 0
    strength = min(1.0, abs(trend.tau) * (0.5 + abs(trend.change))) if told else 0.0
    test = Test("Mann-Kendall", trend.tau, trend.p_value, len(series))
    return _candidate(series, impact, strength, partial(_write_steady, analysis, series, trend), test)


def _candidate(
    series: TimeSeries, impact: float, strength: float, write: Write, test: Test
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
    first, last = series.periods[0], series.periods[-1]
    change = _change(analysis, book, series, last, first, statistics)
    old, new = wording.say_periods(analysis, book, first, last)
    trended = f"{series.metric.subject} trended {'upwards' if trend.slope > 0 else 'downwards'}"
    return Story(
        f"{trended}, from {say(change.earlier)} in {old} to {say(change.later)} in {new}",
        [
            f"That is {say(change.signed)} between the first and the last full {series.grain}",
            _extremes(analysis, book, series),
        ],
        METHOD,
        _chart(analysis, book, series, []),
        short=f"{trended} from {old} to {new}",
    )


def _write_turn(
    analysis: Analysis, series: TimeSeries, turn: Turn, book: FactBook, statistics: Statistics | None
) -> Story:
    start, top, last = series.periods[turn.start], series.periods[turn.index], series.periods[-1]
    after = _change(analysis, book, series, last, top, statistics)
    before = _change(analysis, book, series, top, start)
    first, when, now = wording.say_periods(analysis, book, start, top, last)
    turned = f"{series.metric.subject} {'peaked' if turn.is_peak else 'bottomed out'} in {when}"
    moved = "fallen" if turn.is_peak else "recovered"
    way = "rise" if turn.is_peak else "fall"
    return Story(
        f"{turned} and has {moved} by {say(after.size)} since",
        [
            f"From {say(after.earlier)} in {when} to {say(after.later)} in {now} ({say(after.signed)})",
            f"The {way} before began at {say(before.earlier)} in {first} ({say(before.signed)})",
            _standing(analysis, book, series, turn),
        ],
        TURN_METHOD,
        _chart(analysis, book, series, [turn.index]),
        short=f"{turned}, {say(after.signed)} since",
    )


def _change(
    analysis: Analysis,
    book: FactBook,
    series: TimeSeries,
    later: Period,
    earlier: Period,
    statistics: Statistics | None = None,
) -> wording.Change:
    """Between two periods of the series, so that there are values in both."""
    change = wording.change(analysis, book, series.metric, later, earlier, statistics=statistics)
    assert change is not None
    return change


def _standing(analysis: Analysis, book: FactBook, series: TimeSeries, turn: Turn) -> Text:
    """Where the last period stands against the one in which it all began."""
    start, last = series.periods[turn.start], series.periods[-1]
    beyond = _change(analysis, book, series, last, start)
    first, *_ = wording.say_periods(analysis, book, start)
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


def _chart(analysis: Analysis, book: FactBook, series: TimeSeries, highlight: list[int]) -> Chart:
    """A line over all periods; unfinished ones are marked. `highlight` counts the full ones."""
    metric, grain = series.metric, series.grain
    query = f"SELECT period, value FROM ({series_sql(analysis, metric, grain)}) ORDER BY period"
    starts = [row[0] for row in analysis.table.all(query)]
    full = [analysis.time_axis.is_full(start, grain) for start in starts]
    offset = full.index(True) if True in full else 0
    return book.chart(
        ChartKind.LINE,
        f"{metric.subject} by {grain}",
        query,
        (grain.capitalize(), unit_of(grain)),
        [(metric.subject, metric.unit)],
        f"{metric.subject} for each {grain} from the first to the last of the data",
        highlight=[index + offset for index in highlight],
        partial=[index for index, is_full in enumerate(full) if not is_full],
    )
