"""Charts whose points are computed one by one: the steps of a funnel, the parts of a sum."""

from itertools import pairwise

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.facts import Fact, Text
from deckgen.domain.formatting.display import PERCENT, TEXT
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.sql import quoting


def listed(
    execute: Executor, points: list[tuple[str, Fact]], *, title: Text, category: Text, series: Text
) -> Chart:
    """Returns a chart of facts under their names, in the order in which they are given."""
    return execute.book.chart(
        ChartKind.BAR,
        title,
        f"SELECT g, v FROM ({_rows(points)}) ORDER BY o",
        (category, TEXT),
        [(series, points[0][1].unit)],
        title,
    )


def stepped(
    execute: Executor, points: list[tuple[str, Fact]], *, title: Text, category: Text, series: Text
) -> Chart:
    """Returns a chart of steps, each with what it keeps of the one before; the step that loses most is
    marked. Steps that grow are no funnel, and are listed.
    """
    counts = [float(fact.value or 0) for _, fact in points]
    if counts != sorted(counts, reverse=True) or min(counts) < 0 or not min(counts[:-1]):
        return listed(execute, points, title=title, category=category, series=series)
    chart = execute.book.chart(
        ChartKind.FUNNEL,
        title,
        f"SELECT g, v, kept FROM (SELECT o, g, v, v / lag(v) OVER (ORDER BY o) AS kept "
        f"FROM ({_rows(points)})) ORDER BY o",
        (category, TEXT),
        [(series, points[0][1].unit), (execute.says("chart.kept"), PERCENT)],
        title,
    )
    lost = [before - after for before, after in pairwise(counts)]
    return chart.model_copy(update={"highlight": [1 + lost.index(max(lost))]})


def _rows(points: list[tuple[str, Fact]]) -> str:
    return " UNION ALL ".join(
        f"SELECT {place} AS o, {quoting.literal(name)} AS g, ({fact.sql}) AS v"
        for place, (name, fact) in enumerate(points)
    )
