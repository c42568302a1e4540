"""The course of a metric: a line over all periods."""

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.facts import Fact
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.insights.shared import phrases
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.series import TimeSeries, series_sql
from deckgen.orchestrator.analyst.profiling.timeline import Period, unit_of


def course(
    analysis: Analysis,
    book: FactBook,
    series: TimeSeries,
    highlight: list[int],
    around: int | None = None,
) -> Chart:
    """All periods in order, or so many on either side of the first of `highlight` (which counts those
    of the series); unfinished ones are marked.
    """
    metric, grain = series.metric, series.grain
    shown, said = series_sql(analysis, metric, grain), "from the first to the last of the data"
    if around is not None and len(series) > 2 * around + 1:
        part = series.periods[max(0, highlight[0] - around) : highlight[0] + around + 1]
        within = analysis.time_axis.within(part[0], part[-1])
        shown, said = series_sql(analysis, metric, grain, within), "around the one that is told of"
    query = f"SELECT period, value FROM ({shown}) ORDER BY period"
    starts = [row[0] for row in analysis.table.all(query)]
    told = {series.periods[index].start for index in highlight}
    return book.chart(
        ChartKind.LINE,
        f"{metric.subject} by {grain}",
        query,
        (grain.capitalize(), unit_of(grain)),
        [(metric.subject, metric.unit)],
        f"{metric.subject} for each {grain} {said}",
        highlight=[index for index, start in enumerate(starts) if start in told],
        partial=[
            index for index, start in enumerate(starts) if not analysis.time_axis.is_full(start, grain)
        ],
    )


def mean_of(analysis: Analysis, book: FactBook, series: TimeSeries, periods: list[Period]) -> Fact:
    """The mean of some periods in a row."""
    within = analysis.time_axis.within(periods[0], periods[-1])
    first, last = (
        phrases.period_fact(analysis, book, end).display for end in (periods[0], periods[-1])
    )
    return book.query(
        f"mean of {series.metric.label} by {series.grain}, {first} to {last}",
        f"SELECT avg(value) FROM ({series_sql(analysis, series.metric, series.grain, within)})",
        series.metric.unit,
        series.metric.present,
        within,
    )
