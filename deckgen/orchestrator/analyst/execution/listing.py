"""Charts whose points are computed one by one: the steps of a funnel, the parts of a sum."""

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.facts import Fact, Text
from deckgen.domain.formatting.display import TEXT
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.sql import quoting


def listed(
    execute: Executor, points: list[tuple[str, Fact]], *, title: Text, category: Text, series: Text
) -> Chart:
    """Returns a chart of facts under their names, in the order in which they are given."""
    rows = " UNION ALL ".join(
        f"SELECT {place} AS o, {quoting.literal(name)} AS g, ({fact.sql}) AS v"
        for place, (name, fact) in enumerate(points)
    )
    return execute.book.chart(
        ChartKind.BAR,
        title,
        f"SELECT g, v FROM ({rows}) ORDER BY o",
        (category, TEXT),
        [(series, points[0][1].unit)],
        title,
    )
