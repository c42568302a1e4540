"""Seasonality: what repeats over the months of the year, the days of the week, the hours of the day."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from scipy.stats import kruskal

from deckgen.domain.decks import ChartKind
from deckgen.domain.display import PERCENT, TEXT
from deckgen.domain.facts import Statistics, Text
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst import sql
from deckgen.orchestrator.analyst.analysis import Analysis
from deckgen.orchestrator.analyst.book import FactBook
from deckgen.orchestrator.analyst.insights.candidate import Candidate, Story, Test, impact_of
from deckgen.orchestrator.analyst.metrics import Metric
from deckgen.orchestrator.analyst.references import say
from deckgen.orchestrator.analyst.series import series_sql

MIN_EFFECT, MIN_SPREAD = 0.1, 0.1
MIN_HOURS, MIN_ROWS = 6, 200
YEARS_DAYS, WEEKS_DAYS = 730, 56
METHOD = (
    "Means of the full periods, compared by a Kruskal-Wallis test with its "
    "effect size; significance was "
    "corrected for all tests of the deck."
)


@dataclass(frozen=True)
class Pattern:
    """`sql` yields a row per slot (k to sort by, g its name, v its mean); `slot` is said with `at`."""

    metric: Metric
    cycle: str
    slot: str
    at: str
    sql: str
    conditions: tuple[str, ...]


def find(analysis: Analysis) -> list[Candidate]:
    found = []
    for rank, metric in enumerate(analysis.followed):
        weight = impact_of(rank)
        for pattern, inner in _patterns(analysis, metric):
            found.append(_tested(analysis, pattern, inner, weight))
        if metric.additive and metric.flow:
            found.append(_hours(analysis, metric, weight))
    return [candidate for candidate in found if candidate]


def _patterns(analysis: Analysis, metric: Metric) -> Iterator[tuple[Pattern, str]]:
    timeline = analysis.timeline
    if timeline is None:
        return
    days = (timeline.last - timeline.first).days + 1
    if timeline.grain in ("day", "week", "month") and days >= YEARS_DAYS:
        full = [period for period in timeline.periods(analysis.table, "month") if period.full]
        if len(full) >= 24:
            within = timeline.within(full[0], full[-1])
            inner = series_sql(analysis, metric, "month", within)
            yield _pattern(metric, ("yearly", "month", "in"), inner, ("month", "%B"), within), inner
    if timeline.grain == "day" and days >= WEEKS_DAYS:
        inner = series_sql(analysis, metric, "day")
        yield _pattern(metric, ("weekly", "day", "on"), inner, ("isodow", "%A"), ""), inner


def _pattern(
    metric: Metric, words: tuple[str, str, str], inner: str, slot: tuple[str, str], within: str
) -> Pattern:
    query = (
        f"SELECT {slot[0]}(period) AS k, strftime(period, '{slot[1]}') AS g, avg(value) AS v "
        f"FROM ({inner}) GROUP BY k, g"
    )
    return Pattern(metric, *words, query, (metric.present, within))


def _tested(analysis: Analysis, pattern: Pattern, inner: str, weight: float) -> Candidate | None:
    slot = "month(period)" if pattern.slot == "month" else "isodow(period)"
    # The level of each year is taken out, so that growth is not mistaken for a season.
    level = "avg(value) OVER (PARTITION BY year(period))" if pattern.slot == "month" else "0"
    rows = analysis.table.all(
        f"SELECT {slot}, value - {level} FROM ({inner}) WHERE value IS NOT NULL ORDER BY period"
    )
    groups: dict[int, list[float]] = {}
    for key, value in rows:
        groups.setdefault(key, []).append(float(value))
    samples = [group for group in groups.values() if len(group) >= 2]
    means = [float(row[2] or 0) for row in analysis.table.all(pattern.sql)]
    level_of_all = abs(sum(means) / len(means)) if means else 0.0
    n = sum(len(sample) for sample in samples)
    if (
        len(samples) < 5
        or len({value for sample in samples for value in sample}) < 2
        or not level_of_all
    ):
        return None
    statistic, p_value = kruskal(*samples)
    effect = (float(statistic) - len(samples) + 1) / (n - len(samples))
    spread = (max(means) - min(means)) / level_of_all
    real = effect >= MIN_EFFECT and (spread >= MIN_SPREAD or not pattern.metric.ratio_scale)
    return Candidate(
        InsightKind.SEASONALITY,
        f"{pattern.metric.key}|{pattern.cycle}",
        impact=weight,
        strength=min(1.0, 0.2 + 0.8 * effect * min(1.0, spread * 2)) if real else 0.0,
        write=partial(_write, pattern),
        test=Test("Kruskal-Wallis", float(statistic), float(p_value), n),
        columns=pattern.metric.columns,
    )


def _hours(analysis: Analysis, metric: Metric, weight: float) -> Candidate | None:
    """Shares of the hours of the day: a description of all rows, so nothing is tested."""
    timeline = analysis.timeline
    if timeline is None or timeline.daytime is None or analysis.source.rows < MIN_ROWS:
        return None
    hour, known = f"hour({timeline.daytime})", f"{timeline.daytime} IS NOT NULL"
    query = (
        f"SELECT {hour} AS k, printf('%02d:00', {hour}) AS g, {metric.sql} AS v "
        f"FROM data{sql.where(metric.present, known)} GROUP BY ALL"
    )
    values = [float(row[2] or 0) for row in analysis.table.all(query)]
    if len(values) < MIN_HOURS or min(values) < 0 or sum(values) <= 0:
        return None
    uneven = sum(abs(value / sum(values) - 1 / len(values)) for value in values) / 2
    pattern = Pattern(metric, "daily", "hour", "at", query, (metric.present, known))
    return Candidate(
        InsightKind.SEASONALITY,
        f"{metric.key}|daily",
        impact=weight,
        strength=min(1.0, 0.2 + 1.5 * uneven) if uneven >= MIN_EFFECT else 0.0,
        write=partial(_write_hours, pattern),
        columns=metric.columns,
    )


def _write_hours(pattern: Pattern, book: FactBook, _: Statistics | None) -> Story:
    metric, query = pattern.metric, pattern.sql
    order = "ORDER BY v DESC, k"
    high, value = _slot(book, pattern, "highest", "DESC", None)
    second, third = (
        say(
            book.query(
                f"busy hour of {metric.label}",
                f"SELECT g FROM ({query}) {order} LIMIT 1 OFFSET {place}",
                TEXT,
                *pattern.conditions,
            )
        )
        for place in (1, 2)
    )

    def share(most: int) -> Text:
        fact = book.query(
            f"share of the busiest hours in {metric.label}",
            (
                f"SELECT sum(v) / (SELECT sum(v) FROM ({query})) FROM (SELECT v FROM "
                f"({query}) {order} LIMIT {most})"
            ),
            PERCENT,
            *pattern.conditions,
        )
        return say(fact)

    chart = book.chart(
        ChartKind.COLUMN,
        f"{metric.subject} by hour of the day",
        f"SELECT g, v FROM ({query}) ORDER BY k, g",
        ("Hour", TEXT),
        [(metric.subject, metric.unit)],
        f"{metric.subject} for each hour of the day",
    )
    top = [
        index
        for index, v in enumerate(chart.series[0].values)
        if v == max(x or 0 for x in chart.series[0].values)
    ]
    return Story(
        f"The hour from {high} brings {share(1)} of {metric.noun}, more than any other",
        [
            f"{value} come in the hour from {high}, which is {share(1)}",
            f"Together with the hours from {second} and {third} that makes {share(3)}",
        ],
        "Totals of all rows by the hour of the day.",
        chart.model_copy(update={"highlight": top}),
        recommendation=(
            f"Staff and stock for the hours from {high}, {second} and {third}: they "
            f"bring {share(3)} of {metric.noun}"
        ),
    )


def _write(pattern: Pattern, book: FactBook, statistics: Statistics | None) -> Story:
    metric, at = pattern.metric, pattern.at
    high, high_value = _slot(book, pattern, "highest", "DESC", statistics)
    low, low_value = _slot(book, pattern, "lowest", "ASC", None)
    headline = f"The {pattern.cycle} high of {metric.noun} comes {at} {high}, the low {at} {low}"
    each = f"on an average {pattern.slot}" if metric.additive else "on average"
    points = [f"{high} has {high_value} {each}, {low} has {low_value}"]
    above = ""
    if metric.ratio_scale:
        above = _against_mean(book, pattern, "DESC")
        points.append(
            f"The high is {above} above the mean of all {pattern.slot}s, the low "
            f"{_against_mean(book, pattern, 'ASC')} below"
        )
    chart = book.chart(
        ChartKind.COLUMN if metric.ratio_scale else ChartKind.LINE,
        f"{metric.subject}, mean by {_slot_name(pattern)}",
        f"SELECT g, v FROM ({pattern.sql}) ORDER BY k, g",
        (_slot_name(pattern).capitalize(), TEXT),
        [(metric.subject, metric.unit)],
        f"{metric.subject} for each {_slot_name(pattern)}, in the order of the calendar",
    )
    names = [str(value) for value in chart.categories]
    top = max(range(len(names)), key=lambda index: (chart.series[0].values[index] or 0, -index))
    advice = ""
    if metric.flow and above:
        advice = (
            f"Plan for the {pattern.cycle} high of {metric.noun} {at} {high} ({above} above the mean)"
        )
    return Story(
        headline,
        points,
        METHOD,
        chart.model_copy(update={"highlight": [top]}),
        recommendation=advice,
        short=f"The {pattern.cycle} high of {metric.noun} comes {at} {high}",
    )


def _slot_name(pattern: Pattern) -> str:
    return {"month": "month", "day": "weekday"}[pattern.slot]


def _slot(
    book: FactBook, pattern: Pattern, word: str, order: str, statistics: Statistics | None
) -> tuple[Text, Text]:
    end = f"ORDER BY v {order} NULLS LAST, k LIMIT 1"
    name = book.query(
        f"{pattern.slot} with the {word} {pattern.metric.label}",
        f"SELECT g FROM ({pattern.sql}) {end}",
        TEXT,
        *pattern.conditions,
        statistics=statistics,
    )
    value = book.query(
        f"{word} {pattern.metric.label} of a {pattern.slot}",
        f"SELECT v FROM ({pattern.sql}) {end}",
        pattern.metric.unit,
        *pattern.conditions,
    )
    return say(name), say(value)


def _against_mean(book: FactBook, pattern: Pattern, order: str) -> Text:
    value = f"SELECT v FROM ({pattern.sql}) ORDER BY v {order} NULLS LAST, k LIMIT 1"
    fact = book.query(
        f"distance of the {'highest' if order == 'DESC' else 'lowest'} {pattern.slot} to the mean",
        f"SELECT abs(({value}) / (SELECT avg(v) FROM ({pattern.sql})) - 1)",
        PERCENT,
        *pattern.conditions,
    )
    return say(fact)
