"""Groups of a sum, largest first, with the share that they reach together."""

from typing import Any

from deckgen.domain.charts import Chart, ChartKind, SeriesRole
from deckgen.domain.formatting.display import PERCENT
from deckgen.domain.plans import By, Group, Measured
from deckgen.orchestrator.analyst.execution import grouped
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.grouped import GroupValue
from deckgen.orchestrator.analyst.execution.scopes import Scope

FEWEST, MOST = 4, 12


def suits(measured: Measured, group: Group, found: list[GroupValue]) -> bool:
    """True if groups are parts of a whole, and enough to say that few make most of it."""
    is_whole = measured.adds_up and group.by is By.VALUE and len(found) >= FEWEST
    return is_whole and found[0].value > 0 and found[-1].value >= 0


def pareto(
    execute: Executor, measured: Measured, group: Group, scope: Scope, *, highlight: tuple[Any, ...]
) -> Chart:
    """Returns the chart of the largest groups; the share is of all of them."""
    query = execute.by_group([measured.measure], group, scope)
    reached = "sum(v1) OVER (ORDER BY v1 DESC, g) / sum(v1) OVER ()"
    title = execute.says("chart.by", measure=measured.noun, group=execute.noun(group.column))
    chart = execute.book.chart(
        ChartKind.PARETO,
        title,
        f"SELECT g, v1, reached FROM (SELECT g, v1, {reached} AS reached FROM ({query}) "
        f"WHERE v1 IS NOT NULL) ORDER BY v1 DESC, g LIMIT {MOST}",
        (execute.noun(group.column), grouped.unit_of(group)),
        [(measured.noun, measured.unit), (execute.says("chart.reached"), PERCENT)],
        title,
    )
    values, together = chart.series
    marked = [n for n, name in enumerate(chart.categories) if name in highlight]
    roles = [values, together.model_copy(update={"role": SeriesRole.REACHED})]
    return chart.model_copy(update={"series": roles, "highlight": marked})
