"""Trend: a direction that holds over all full periods, or one that turned at a peak or a trough."""

from dataclasses import dataclass
from functools import partial

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.facts import Fact, Statistics, Text
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst import wording
from deckgen.orchestrator.analyst.analysis import Analysis
from deckgen.orchestrator.analyst.book import FactBook
from deckgen.orchestrator.analyst.insights.candidate import Candidate, Story, Test
from deckgen.orchestrator.analyst.metrics import Metric
from deckgen.orchestrator.analyst.references import say
from deckgen.orchestrator.analyst.series import TimeSeries, Trend, series_of, series_sql, trend_of
from deckgen.orchestrator.analyst.timeline import unit_of

MIN_TAU, MIN_CHANGE = 0.3, 0.05
MIN_SIDE, MIN_TURN, MAX_TURN_P = 6, 0.05, 0.01
METHOD = (
    "Mann-Kendall test over all full periods, with the slope after Theil "
    "and Sen; what repeats by month or "
    "quarter was taken out first. Significance was corrected for all tests of the deck."
)
TURN_METHOD = (
    "The turning point is the highest or lowest full period; a Mann-Kendall "
    "test on either side of it holds "
    "after correction for all tests of the deck."
)


def find(analysis: Analysis) -> list[Candidate]:
    if analysis.timeline is None:
        return []
    found = []
    for rank, metric in enumerate(analysis.followed):
        series = series_of(analysis, metric, analysis.timeline.chart_grain())
        candidate = _turn(analysis, series, rank) or _steady(analysis, series, rank)
        found += [candidate] if candidate else []
    return found


def _steady(analysis: Analysis, series: TimeSeries, rank: int) -> Candidate | None:
    trend = trend_of(series.adjusted)
    if trend is None:
        return None
    enough = abs(trend.tau) >= MIN_TAU and abs(trend.change) >= MIN_CHANGE
    ends = series.values[-1] - series.values[0]
    # A slope that the first and last value contradict can't be told with these two numbers.
    told = enough and ends * trend.slope > 0
    return Candidate(
        InsightKind.TREND,
        f"{series.metric.key}|time",
        impact=1.0 if rank == 0 else 0.7,
        strength=min(1.0, abs(trend.tau) * (0.5 + abs(trend.change))) if told else 0.0,
        write=partial(_write_steady, analysis, series, trend),
        test=Test("Mann-Kendall", trend.tau, trend.p_value, len(series)),
        columns=series.metric.columns,
    )


def _write_steady(
    analysis: Analysis, series: TimeSeries, trend: Trend, book: FactBook, statistics: Statistics | None
) -> Story:
    metric, first, last = series.metric, series.periods[0], series.periods[-1]
    change = wording.change(analysis, book, metric, last, first, statistics=statistics)
    assert change is not None
    old, new = (say(wording.period_fact(analysis, book, period)) for period in (first, last))
    way = "upwards" if trend.slope > 0 else "downwards"
    headline = (
        f"{metric.subject} trended {way}, from {say(change.earlier)} in {old} to "
        f"{say(change.later)} in {new}"
    )
    points = [f"That is {say(change.signed)} between the first and the last full {series.grain}"]
    points.append(_extremes(analysis, book, series))
    short = f"{metric.subject} trended {way} from {old} to {new}"
    return Story(headline, points, METHOD, chart(analysis, book, metric, []), short=short)


@dataclass(frozen=True)
class Turn:
    """Where a series turned, and how far it went on either side, as shares of the larger level."""

    start: int
    index: int
    is_peak: bool
    tau: float
    p_value: float
    before: float
    after: float


def turning_point(series: TimeSeries) -> Turn | None:
    """The peak or trough after which the series went the other way, if it clearly did."""
    turns = [turn for is_peak in (True, False) if (turn := _turn_at(series, is_peak))]
    held = [turn for turn in turns if turn.p_value < MAX_TURN_P]
    return max(held, key=lambda item: min(abs(item.before), abs(item.after)), default=None)


def _turn(analysis: Analysis, series: TimeSeries, rank: int) -> Candidate | None:
    turn = turning_point(series)
    if turn is None:
        return None
    return Candidate(
        InsightKind.TREND,
        f"{series.metric.key}|time",
        impact=1.0 if rank == 0 else 0.7,
        strength=min(1.0, 0.5 + abs(turn.after)),
        write=partial(_write_turn, analysis, series, turn),
        test=Test("Mann-Kendall on both sides", turn.tau, turn.p_value, len(series)),
        columns=series.metric.columns,
    )


def _turn_at(series: TimeSeries, is_peak: bool) -> Turn | None:
    """The side before begins at the opposite extreme: a low is measured from the high before it."""
    values = series.adjusted
    if series.adjusted is not series.values or len(values) < 2 * MIN_SIDE:
        return None
    sign = 1 if is_peak else -1
    index = max(range(len(values)), key=lambda place: sign * values[place])
    if index == 0:
        return None
    start = min(range(index), key=lambda place: sign * values[place])
    if index - start < MIN_SIDE - 1 or len(values) - index < MIN_SIDE:
        return None
    before, after = trend_of(values[start : index + 1]), trend_of(values[index:])
    if before is None or after is None or before.tau * sign < MIN_TAU or after.tau * -sign < MIN_TAU:
        return None
    level = max(abs(value) for value in values)
    rise, fall = (values[index] - values[start]) / level, (values[-1] - values[index]) / level
    if min(abs(rise), abs(fall)) < MIN_TURN:
        return None
    p_value = max(before.p_value, after.p_value)
    return Turn(start, index, is_peak, after.tau, p_value, rise, fall)


def _write_turn(
    analysis: Analysis, series: TimeSeries, turn: Turn, book: FactBook, statistics: Statistics | None
) -> Story:
    metric, top, last = series.metric, series.periods[turn.index], series.periods[-1]
    after = wording.change(analysis, book, metric, last, top, statistics=statistics)
    start = series.periods[turn.start]
    before = wording.change(analysis, book, metric, top, start)
    assert after is not None
    assert before is not None
    first, when, now = (
        say(wording.period_fact(analysis, book, period)) for period in (start, top, last)
    )
    peaked, moved = ("peaked", "fallen") if turn.is_peak else ("bottomed out", "recovered")
    size = f"by {say(after.size)} since"
    headline = f"{metric.subject} {peaked} in {when} and has {moved} {size}"
    points = [
        f"From {say(after.earlier)} in {when} to {say(after.later)} in {now} ({say(after.signed)})",
        (
            f"The {'rise' if turn.is_peak else 'fall'} before began at "
            f"{say(before.earlier)} in {first} ({say(before.signed)})"
        ),
    ]
    if beyond := wording.change(analysis, book, metric, last, start):
        side = "above" if beyond.relative > 0 else "below"
        begun = "where the rise began" if turn.is_peak else "the high before"
        points.append(f"It now stands {say(beyond.size)} {side} {first}, {begun}")
    short = f"{metric.subject} {peaked} in {when}, {say(after.signed)} since"
    return Story(
        headline, points, TURN_METHOD, chart(analysis, book, metric, [turn.index]), short=short
    )


def _extremes(analysis: Analysis, book: FactBook, series: TimeSeries) -> Text:
    timeline = analysis.time_axis
    within = timeline.within(series.periods[0], series.periods[-1])
    query = series_sql(analysis, series.metric, series.grain, within)
    said = []
    for word, order in (("highest", "DESC"), ("lowest", "ASC")):
        value, when = extreme(book, series.metric, series.grain, query, word, order, within)
        said.append(f"{word} value is {say(value)} ({say(when)})")
    return f"The {said[0]}, the {said[1]}"


def extreme(
    book: FactBook, metric: Metric, grain: str, query: str, word: str, order: str, within: str
) -> tuple[Fact, Fact]:
    """The highest or lowest value of a series and its period."""
    end = f"ORDER BY value {order}, period LIMIT 1"
    return (
        book.query(
            f"{word} {metric.label} of a {grain}",
            f"SELECT value FROM ({query}) {end}",
            metric.unit,
            metric.present,
            within,
        ),
        book.query(
            f"{grain} with the {word} {metric.label}",
            f"SELECT period FROM ({query}) {end}",
            unit_of(grain),  # type: ignore[arg-type]
            metric.present,
            within,
        ),
    )


def chart(analysis: Analysis, book: FactBook, metric: Metric, highlight: list[int]) -> Chart:
    """A line over all periods; unfinished ones are marked."""
    timeline = analysis.time_axis
    grain = timeline.chart_grain()
    query = f"{series_sql(analysis, metric, grain)} ORDER BY period"
    starts = [row[0] for row in analysis.table.all(query)]
    full = [timeline.is_full(start, grain) for start in starts]
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
