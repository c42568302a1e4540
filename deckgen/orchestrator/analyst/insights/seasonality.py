"""Seasonality: what repeats over the months of the year and the days of the week."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.display import MONTH, PERCENT, WEEKDAY
from deckgen.domain.facts import Sign, Statistics, Text
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.analysis import Analysis
from deckgen.orchestrator.analyst.book import FactBook
from deckgen.orchestrator.analyst.insights.candidate import Candidate, Story, impact_of
from deckgen.orchestrator.analyst.insights.kruskal_wallis import compare
from deckgen.orchestrator.analyst.insights.pattern import Pattern
from deckgen.orchestrator.analyst.metrics import Metric
from deckgen.orchestrator.analyst.references import say
from deckgen.orchestrator.analyst.series import series_sql

MIN_EFFECT, MIN_SPREAD = 0.1, 0.1
MIN_SLOTS, MIN_MONTHS = 5, 24
TWO_YEARS, EIGHT_WEEKS = 730, 56  # days
METHOD = (
    "Means of the full periods, compared by a Kruskal-Wallis test with its effect size; significance "
    "was corrected for all tests of the deck."
)


@dataclass(frozen=True)
class Season:
    """A pattern of means; `values` is SQL of what is compared, the slot (g) and the value (v)."""

    pattern: Pattern
    values: str
    name: str  # of a slot on its own


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
        if len(months) >= MIN_MONTHS:
            yield _yearly(analysis, metric, timeline.within(months[0], months[-1]))
    if timeline.grain == "day" and days >= EIGHT_WEEKS:
        yield _weekly(analysis, metric)


def _yearly(analysis: Analysis, metric: Metric, within: str) -> Season:
    series = series_sql(analysis, metric, "month", within)
    query = _means_sql(series, "month(period)")
    pattern = Pattern(metric, "yearly", "month", MONTH, "in", query, (metric.present, within))
    # The level of each year is taken out, so that growth is not mistaken for a season.
    level = "avg(value) OVER (PARTITION BY year(period))"
    return Season(pattern, _values_sql(series, "month(period)", f"value - {level}"), "month")


def _weekly(analysis: Analysis, metric: Metric) -> Season:
    series = series_sql(analysis, metric, "day")
    query = _means_sql(series, "isodow(period)")
    pattern = Pattern(metric, "weekly", "day", WEEKDAY, "on", query, (metric.present,))
    return Season(pattern, _values_sql(series, "isodow(period)", "value"), "weekday")


def _means_sql(series: str, slot: str) -> str:
    return f"SELECT {slot} AS k, avg(value) AS v FROM ({series}) GROUP BY k"


def _values_sql(series: str, slot: str, value: str) -> str:
    return f"SELECT {slot} AS g, {value} AS v FROM ({series}) WHERE value IS NOT NULL"


def _candidate(analysis: Analysis, season: Season, impact: float) -> Candidate | None:
    pattern = season.pattern
    compared, spread = compare(analysis.table, season.values, 2), _spread(analysis, pattern)
    if compared is None or compared.groups < MIN_SLOTS or spread is None:
        return None
    effect = compared.effect
    real = effect >= MIN_EFFECT and (spread >= MIN_SPREAD or not pattern.metric.ratio_scale)
    return Candidate(
        InsightKind.SEASONALITY,
        pattern.key,
        impact=impact,
        strength=min(1.0, 0.2 + 0.8 * effect * min(1.0, spread * 2)) if real else 0.0,
        write=partial(_write, season),
        test=compared.test,
        columns=pattern.metric.columns,
    )


def _spread(analysis: Analysis, pattern: Pattern) -> float | None:
    """From the lowest to the highest slot, as a share of their mean; None if there is no mean."""
    means = [float(mean or 0) for _, mean in analysis.table.all(pattern.sql)]
    level = abs(sum(means) / len(means)) if means else 0.0
    return (max(means) - min(means)) / level if level else None


def _write(season: Season, book: FactBook, statistics: Statistics | None) -> Story:
    pattern, metric = season.pattern, season.pattern.metric
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
    peak = f"{pattern.cycle} high of {metric.noun}"
    return Story(
        f"The {peak} comes {pattern.at} {high}, the low {pattern.at} {low}",
        takeaways,
        METHOD,
        _chart(book, season),
        recommendation=f"Plan for the {peak} {pattern.at} {high} ({above} above the mean)"
        if metric.flow and above
        else "",
        short=f"The {peak} comes {pattern.at} {high}",
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
