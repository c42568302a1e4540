"""The course of a metric: a line over all periods."""

from deckgen.domain.decks import Chart, ChartKind
from deckgen.orchestrator.analyst.analysis import Analysis
from deckgen.orchestrator.analyst.book import FactBook
from deckgen.orchestrator.analyst.series import TimeSeries, series_sql
from deckgen.orchestrator.analyst.timeline import unit_of


def course(analysis: Analysis, book: FactBook, series: TimeSeries, highlight: list[int]) -> Chart:
    """All periods in order; unfinished ones are marked. `highlight` counts those of the series."""
    metric, grain = series.metric, series.grain
    query = f"SELECT period, value FROM ({series_sql(analysis, metric, grain)}) ORDER BY period"
    starts = [row[0] for row in analysis.table.all(query)]
    told = {series.periods[index].start for index in highlight}
    return book.chart(
        ChartKind.LINE,
        f"{metric.subject} by {grain}",
        query,
        (grain.capitalize(), unit_of(grain)),
        [(metric.subject, metric.unit)],
        f"{metric.subject} for each {grain} from the first to the last of the data",
        highlight=[index for index, start in enumerate(starts) if start in told],
        partial=[
            index for index, start in enumerate(starts) if not analysis.time_axis.is_full(start, grain)
        ],
    )
