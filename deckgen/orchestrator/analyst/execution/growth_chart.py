"""The chart of growth: the groups in both periods."""

from typing import Any

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.plans import Group, Measured
from deckgen.orchestrator.analyst.execution import changes, grouped, pairs
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.pairs import Pair
from deckgen.orchestrator.analyst.execution.scopes import Scope

MOST = 12


def chart_of(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair, names: list[Any]
) -> Chart:
    """Returns the groups in both periods as bars, the one that grew most first."""
    moved = changes.sql_of_groups(execute, measured, group, scope, pair)
    relative = changes.has_base(execute, measured, scope)
    growth = "after / before - 1" if relative else "after - before"
    base = " AND before > 0" if relative else ""
    new, old = (pairs.series(execute, span) for span in (pair.new, pair.old))
    title = execute.says("chart.by", measure=measured.noun, group=execute.noun(group.column))
    chart = execute.book.chart(
        ChartKind.BAR,
        title,
        f"SELECT g, before, after FROM ({moved}) WHERE after IS NOT NULL AND before IS NOT NULL{base} "
        f"ORDER BY {growth} DESC, g LIMIT {MOST}",
        (execute.noun(group.column), grouped.unit_of(group)),
        [(old, measured.unit), (new, measured.unit)],
        title,
    )
    marked = [place for place, name in enumerate(chart.categories) if name == names[0]]
    return chart.model_copy(update={"highlight": marked})
