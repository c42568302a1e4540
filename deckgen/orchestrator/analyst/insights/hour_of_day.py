"""Hours: which hours of the day bring most of what is added up."""

from functools import partial

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.facts import Statistics, Text
from deckgen.domain.formatting.display import COUNT, HOUR, PERCENT
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared.breakdown import have_shares
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate, Story, impact_of
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.cycle import Pattern
from deckgen.orchestrator.analyst.insights.shared.method_notes import computed, rows_behind
from deckgen.orchestrator.analyst.profiling.metrics import Metric
from deckgen.orchestrator.analyst.sql import quoting

MIN_HOURS, MIN_ROWS, MIN_UNEVEN = 6, 200, 0.1


def find(analysis: Analysis) -> list[Candidate]:
    if analysis.timeline is None or analysis.source.rows < MIN_ROWS:
        return []
    daytime = analysis.timeline.daytime
    return [
        candidate
        for rank, metric in enumerate(analysis.followed)
        if daytime and metric.additive and metric.flow
        if (candidate := _candidate(analysis, _pattern(metric, daytime), impact_of(rank)))
    ]


def _pattern(metric: Metric, daytime: str) -> Pattern:
    hour, known = f"hour({daytime})", f"{daytime} IS NOT NULL"
    where = quoting.where(metric.present, known)
    query = f"SELECT {hour} AS k, {metric.sql} AS v FROM data{where} GROUP BY ALL"
    return Pattern(metric, "daily", "hour", HOUR, "at", query, (metric.present, known))


def _candidate(analysis: Analysis, pattern: Pattern, impact: float) -> Candidate | None:
    """A description of all rows, so nothing is tested."""
    values = [float(value or 0) for _, value in analysis.table.all(pattern.sql)]
    if len(values) < MIN_HOURS or not have_shares(values):
        return None
    uneven = sum(abs(value / sum(values) - 1 / len(values)) for value in values) / 2
    return Candidate(
        InsightKind.SEASONALITY,
        pattern.key,
        impact=impact,
        strength=min(1.0, 0.2 + 1.5 * uneven) if uneven >= MIN_UNEVEN else 0.0,
        write=partial(_write, pattern),
        columns=pattern.metric.columns,
    )


def _write(pattern: Pattern, book: FactBook, _: Statistics | None) -> Story:
    noun = pattern.metric.noun
    first, value = pattern.extreme(book, "highest", "DESC")
    second, third = _busy(book, pattern, 2), _busy(book, pattern, 3)
    one, three = _share(book, pattern, 1), _share(book, pattern, 3)
    hours, even = (
        say(book.query(label, f"SELECT {value} FROM ({pattern.sql})", unit, *pattern.conditions))
        for label, value, unit in (
            ("hours with data", "count(*)", COUNT),
            ("even share of an hour", "1 / count(*)", PERCENT),
        )
    )
    return Story(
        f"The hour from {first} brings {one} of {noun}, more than any other",
        [
            f"{value} come in the hour from {first}, which is {one}",
            f"Together with the hours from {second} and {third} that makes {three}",
            f"Spread evenly, each of {hours} hours with data would have {even}",
        ],
        f"{computed(pattern.metric)} It was taken for each hour of the day, over all days together, "
        f"and each share is that of the total. {rows_behind(book, *pattern.conditions)} It describes "
        "the table as it is, so nothing was tested.",
        _chart(book, pattern),
        recommendation=f"Staff and stock for the hours from {first}, {second} and {third}: "
        f"they bring {three} of {noun}",
    )


def _busy(book: FactBook, pattern: Pattern, place: int) -> Text:
    """The hour at a place, from the busiest on."""
    hour = book.query(
        f"busy hour of {pattern.metric.label}",
        f"SELECT k FROM ({pattern.sql}) ORDER BY v DESC, k LIMIT 1 OFFSET {place - 1}",
        HOUR,
        *pattern.conditions,
    )
    return say(hour)


def _share(book: FactBook, pattern: Pattern, hours: int) -> Text:
    """What share of the total the busiest hours bring."""
    busiest = f"SELECT v FROM ({pattern.sql}) ORDER BY v DESC, k LIMIT {hours}"
    share = book.query(
        f"share of the busiest hours in {pattern.metric.label}",
        f"SELECT sum(v) / (SELECT sum(v) FROM ({pattern.sql})) FROM ({busiest})",
        PERCENT,
        *pattern.conditions,
    )
    return say(share)


def _chart(book: FactBook, pattern: Pattern) -> Chart:
    subject = pattern.metric.subject
    title, alt = f"{subject} by hour of the day", f"{subject} for each hour of the day"
    chart = pattern.chart(book, ChartKind.COLUMN, title, "hour", alt)
    values = chart.series[0].values
    most = max(value or 0 for value in values)
    busiest = [index for index, value in enumerate(values) if value == most]
    return chart.model_copy(update={"highlight": busiest})
