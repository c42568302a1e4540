"""The chart of growth: the courses of the groups, or their values in both periods."""

from typing import Any

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.plans import Group, Measured
from deckgen.orchestrator.analyst.execution import by_series, changes, grouped, pairs
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.pairs import Pair
from deckgen.orchestrator.analyst.execution.scopes import Scope

MOST = 12


def chart_of(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair, names: list[Any]
) -> Chart:
    """Returns how the groups moved, with the one that the slide is about: from a common start where
    growth is told of several years, else from one period to the other.
    """
    return _courses(execute, measured, group, scope, pair, names[:1]) or _bars(
        execute, measured, group, scope, pair, names
    )


def _courses(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair, names: list[Any]
) -> Chart | None:
    grain, focus = pair.new.grain, tuple(names)
    between = [span for span in execute.spans(grain, scope) if pair.old.start <= span.start]
    if changes.has_base(execute, measured, scope) and len(between) >= by_series.FEWEST:
        span = pair.old.model_copy(update={"end": pair.new.end})
        own = scope.within(span)
        if found := by_series.indexed(execute, measured, group, own, grain, focus=focus):
            return found
    return by_series.slope(execute, measured, group, scope, pair, focus=focus)


def _bars(
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
