"""Seasonality: what repeats over the months of the year and the days of the week."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.facts import Sign, Statistics, Text
from deckgen.domain.formatting.display import COUNT, MONTH, PERCENT, WEEKDAY
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate, Story, impact_of
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.cycle import Pattern
from deckgen.orchestrator.analyst.insights.shared.method_notes import (
    CORRECTED,
    computed,
    left_out,
    rows_behind,
)
from deckgen.orchestrator.analyst.insights.shared.series import series_sql
from deckgen.orchestrator.analyst.profiling.metrics import Metric
from deckgen.orchestrator.analyst.profiling.timeline import Period
from deckgen.orchestrator.analyst.stats.aligned_ranks import cycle_test

MIN_EFFECT, MIN_SPREAD, SEEN = 0.1, 0.1, 0.5
CLEAR = 0.5  # an effect that makes a season worth telling however little it moves a high level
MIN_SLOTS, MIN_MONTHS = 5, 24
TWO_YEARS, EIGHT_WEEKS = 730, 56  # days
METHOD = (
    "Whether they differ was tested on what is left without the course over time, by a Kruskal-Wallis "
    "test of aligned ranks."
)


@dataclass(frozen=True)
class Season:
    """A pattern of means over a cycle of so many periods.

    `values` is SQL of what is compared, in order: time from the start of a cycle (t), slot (k), value.
    """

    pattern: Pattern
    length: int
    values: str
    name: str  # of a slot on its own
    yearly: str = ""  # SQL of the months, where the years can be told apart


def find(analysis: Analysis) -> list[Candidate]:
    return [
        candidate
        for rank, metric in enumerate(analysis.followed)
        for season in _seasons(analysis, metric)
        if (candidate := _candidate(analysis, season, impact_of(rank)))
    ]


def _seasons(analysis: Analysis, metric: Metric) -> Iterator[Season]:
    timeline = analysis.timeline
    if timeline is None:
        return
    days = (timeline.last - timeline.first).days + 1
    if timeline.grain in ("day", "week", "month") and days >= TWO_YEARS:
        months = [period for period in timeline.periods(analysis.table, "month") if period.full]
        if years := _whole_years(months):
            yield _yearly(analysis, metric, years[0], years[-1])
    if timeline.grain == "day" and days >= EIGHT_WEEKS:
        yield _weekly(analysis, metric)


def _whole_years(months: list[Period]) -> list[Period]:
    """The last months that make whole years: else the months of one year more would weigh more."""
    if not months:
        return []
    ago = [_months_between(month.start, months[-1].start) for month in months]
    whole = (ago[0] + 1) // 12 * 12
    kept = [month for month, age in zip(months, ago, strict=True) if age < whole]
    return kept if len(kept) >= MIN_MONTHS else []


def _months_between(start: datetime.date, end: datetime.date) -> int:
    return 12 * (end.year - start.year) + end.month - start.month


def _yearly(analysis: Analysis, metric: Metric, first: Period, last: Period) -> Season:
    within = analysis.time_axis.within(first, last)
    series = series_sql(analysis, metric, "month", within)
    query = _means_sql(series, "month(period)")
    pattern = Pattern(metric, "yearly", "month", MONTH, "in", query, (metric.present, within))
    time = f"datediff('month', DATE '{first.start}', period)"
    return Season(pattern, 12, _values_sql(series, time, "month(period)"), "month", series)


def _weekly(analysis: Analysis, metric: Metric) -> Season:
    timeline = analysis.time_axis
    series = series_sql(analysis, metric, "day")
    query = _means_sql(series, "isodow(period)")
    pattern = Pattern(metric, "weekly", "day", WEEKDAY, "on", query, (metric.present,))
    # Weeks begin on Monday: so many days lie between it and the first date.
    time = f"datediff('day', DATE '{timeline.first}', period) + {timeline.first.weekday()}"
    return Season(pattern, 7, _values_sql(series, time, "isodow(period)"), "weekday")


def _means_sql(series: str, slot: str) -> str:
    return f"SELECT {slot} AS k, avg(value) AS v FROM ({series}) GROUP BY k"


def _values_sql(series: str, time: str, slot: str) -> str:
    return f"SELECT {time} AS t, {slot} AS k, value FROM ({series}) WHERE value IS NOT NULL ORDER BY t"


def _candidate(analysis: Analysis, season: Season, impact: float) -> Candidate | None:
    pattern = season.pattern
    rows = analysis.table.all(season.values)
    found = cycle_test([(time, slot, float(value)) for time, slot, value in rows], season.length)
    means = {slot: float(mean or 0) for slot, mean in analysis.table.all(pattern.sql)}
    spread = _spread(means)
    if found is None or spread is None or len(found.usual) < MIN_SLOTS:
        return None
    wide = spread >= MIN_SPREAD or found.effect >= CLEAR or not pattern.metric.ratio_scale
    real = found.effect >= MIN_EFFECT and wide and _is_seen(means, found.usual)
    return Candidate(
        InsightKind.SEASONALITY,
        pattern.key,
        impact=impact,
        strength=min(1.0, 0.2 + 0.8 * found.effect * min(1.0, spread * 2)) if real else 0.0,
        write=partial(_write, analysis, season),
        test=found.test,
        columns=pattern.metric.columns,
    )


def _is_seen(means: dict[int, float], usual: dict[int, float]) -> bool:
    """Whether the highest and the lowest mean are so by what repeats, and not by the course."""
    high, low = (pick(means, key=lambda slot: means[slot]) for pick in (max, min))
    return usual.get(high, 0.0) >= SEEN * max(usual.values()) and usual.get(low, 0.0) <= SEEN * min(
        usual.values()
    )


def _spread(means: dict[int, float]) -> float | None:
    """From the lowest to the highest slot, as a share of their mean; None if there is no mean."""
    level = abs(sum(means.values()) / len(means)) if means else 0.0
    return (max(means.values()) - min(means.values())) / level if level else None


def _write(analysis: Analysis, season: Season, book: FactBook, statistics: Statistics | None) -> Story:
    pattern, metric = season.pattern, season.pattern.metric
    period = "month" if season.yearly else "day"
    high, highest = pattern.extreme(book, "highest", "DESC", statistics)
    low, lowest = pattern.extreme(book, "lowest", "ASC")
    above = _distance(book, pattern, "highest", "DESC") if metric.ratio_scale else ""
    below = _distance(book, pattern, "lowest", "ASC") if metric.ratio_scale else ""
    each = f"on an average {pattern.slot}" if metric.additive else "on average"
    takeaways = [f"{high} has {highest} {each}, {low} has {lowest}"]
    if above:
        takeaways.append(
            f"The high is {above} above the mean of all {pattern.slot}s, the low {below} below"
        )
    takeaways += [*_recurrence(book, season, high), *left_out(analysis, book, *metric.columns)]
    peak = f"{pattern.cycle} high of {metric.noun}"
    return Story(
        f"The {peak} comes {pattern.at} {high}, the low {pattern.at} {low}",
        takeaways,
        f"{computed(metric)} It was taken for each full {period}, and the mean for each "
        f"{season.name} of these. {METHOD} {CORRECTED} "
        f"{rows_behind(book, *pattern.conditions)}",
        _chart(book, season),
        recommendation=f"Plan for the {peak} {pattern.at} {high} ({above} above the mean)"
        if metric.flow and above
        else "",
        short=f"The {peak} comes {pattern.at} {high}",
    )


def _recurrence(book: FactBook, season: Season, high: Text) -> list[Text]:
    """In how many of the years with all their months the high came in that month."""
    if not season.yearly:
        return []
    pattern = season.pattern
    peaks = (
        "SELECT month(arg_max(period, value)) AS peak "
        f"FROM ({season.yearly}) GROUP BY year(period) HAVING count(*) = 12"
    )
    best = f"SELECT k FROM ({pattern.sql}) ORDER BY v DESC NULLS LAST, k LIMIT 1"
    count = f"SELECT count(*) FROM ({peaks})"
    label = f"years with the highest {pattern.metric.label} in that month"
    there = book.query(label, f"{count} WHERE peak = ({best})", COUNT, *pattern.conditions)
    every = book.query("years with all their months", count, COUNT, *pattern.conditions)
    return (
        [f"In {say(there)} of {say(every)} full years the high came in {high}"] if every.value else []
    )


def _distance(book: FactBook, pattern: Pattern, word: str, direction: str) -> Text:
    """From the highest or lowest slot to the mean of all, as a share of the mean."""
    value = f"SELECT v FROM ({pattern.sql}) ORDER BY v {direction} NULLS LAST, k LIMIT 1"
    distance = book.query(
        f"distance of the {word} {pattern.slot} to the mean",
        f"SELECT ({value}) / (SELECT avg(v) FROM ({pattern.sql})) - 1",
        PERCENT,
        *pattern.conditions,
        sign=Sign.SIZE,
    )
    return say(distance)


def _chart(book: FactBook, season: Season) -> Chart:
    metric, name = season.pattern.metric, season.name
    kind = ChartKind.COLUMN if metric.ratio_scale else ChartKind.LINE
    alt = f"{metric.subject} for each {name}, in the order of the calendar"
    chart = season.pattern.chart(book, kind, f"{metric.subject}, mean by {name}", name, alt)
    values = [value or 0 for value in chart.series[0].values]
    return chart.model_copy(update={"highlight": [values.index(max(values))]})
