"""Charts with a series for each group: courses side by side, from a common start, as parts of all."""

from collections.abc import Sequence
from typing import Any

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.formatting.display import PERCENT, Grain
from deckgen.domain.plans import By, Group, Measured
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.pairs import Pair, own_grain, series
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.profiling import timeline as time
from deckgen.orchestrator.analyst.profiling.timeline import GRAINS

LINES, PARTS, PICTURES, SLOPES = 5, 5, 9, 12
FEWEST = 3  # periods of a course


def courses(
    execute: Executor, measured: Measured, group: Group, scope: Scope, grain: Grain | None = None, *,
    focus: tuple[Any, ...] = (),
) -> Chart | None:  # fmt: skip
    """Returns the courses of groups: as lines of one chart, or if they are many each by itself; two
    periods are joined.
    """
    names = _names(execute, measured, group, scope, PICTURES)
    kind = ChartKind.LINE if len(names) <= LINES or focus else ChartKind.MULTIPLES
    chart = _over_time(execute, measured, group, scope, grain, kind, names, focus)
    is_pair = chart is not None and len(chart.categories) == 2
    return chart.model_copy(update={"kind": ChartKind.SLOPE}) if chart and is_pair else chart


def indexed(
    execute: Executor, measured: Measured, group: Group, scope: Scope, grain: Grain, *,
    focus: tuple[Any, ...],
) -> Chart | None:  # fmt: skip
    """Returns the courses of groups from a common start; None if one begins with nothing."""
    names = _names(execute, measured, group, scope, PICTURES)
    chart = _over_time(execute, measured, group, scope, grain, ChartKind.INDEXED, names, focus)
    if chart is None or len(chart.categories) < FEWEST:
        return None
    return chart if all((each.values[0] or 0) > 0 for each in chart.series) else None


def shares(
    execute: Executor, measured: Measured, group: Group, scope: Scope, grain: Grain, *,
    focus: tuple[Any, ...],
) -> Chart | None:  # fmt: skip
    """Returns the parts of a whole over time, in per cent of it; None of many groups."""
    names = _names(execute, measured, group, scope, PARTS)
    if len(names) < 2 or len(execute.spans(grain, scope)) < 2:
        return None
    columns = [f"s{place}" for place in range(len(names))]
    known = [f"CASE WHEN {each} IS NULL THEN 0 ELSE {each} END" for each in columns]
    shown = ", ".join(f"{value} / ({' + '.join(known)})" for value in known)
    query = (
        f"SELECT g, {shown} FROM ({_query(execute, measured, group, names, scope, grain)}) ORDER BY g"
    )
    part = measured.model_copy(update={"unit": PERCENT})
    return _chart(execute, part, group, grain, ChartKind.SHARES, query, names, focus, scope)


def slope(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair, *,
    focus: tuple[Any, ...],
) -> Chart | None:  # fmt: skip
    """Returns the groups in two periods, a line for each; None of too many."""
    names = _names(execute, measured, group, scope, SLOPES)
    if len(names) < 2:
        return None
    ends = [series(execute, span) for span in (pair.old, pair.new)]
    if any(pair_end.count("{{") > 1 for pair_end in ends):
        return None
    rows = [
        "SELECT "
        + ", ".join(
            [f"{place} AS k", f"({_start(execute, span)}) AS g"]
            + [
                f"({execute.sql(measured.measure, scope.of_group(group, name).within(span))}) AS s{n}"
                for n, name in enumerate(names)
            ]
        )
        for place, span in enumerate((pair.old, pair.new))
    ]
    shown = ", ".join(f"s{place}" for place in range(len(names)))
    query = f"SELECT g, {shown} FROM ({' UNION ALL '.join(rows)}) ORDER BY k"
    return _chart(execute, measured, group, pair.new.grain, ChartKind.SLOPE, query, names, focus, scope)


def _start(execute: Executor, span: Any) -> str:
    return f"SELECT DATE '{span.start}'"


def _names(execute: Executor, measured: Measured, group: Group, scope: Scope, most: int) -> list[Any]:
    """Returns the groups, the largest first; none if they are more than a chart shows."""
    names = [each.name for each in execute.groups(measured, group, scope)]
    return names if group.by is By.VALUE and len(names) <= most else []


def _over_time(
    execute: Executor, measured: Measured, group: Group, scope: Scope, grain: Grain | None,
    kind: ChartKind, names: list[Any], focus: tuple[Any, ...],
) -> Chart | None:  # fmt: skip
    grain = grain or _grain(execute)
    if len(names) < 2 or len(execute.spans(grain, scope)) < 2:
        return None
    columns = ", ".join(f"s{place}" for place in range(len(names)))
    query = _query(execute, measured, group, names, scope, grain)
    query = f"SELECT g, {columns} FROM ({query}) ORDER BY g"
    return _chart(execute, measured, group, grain, kind, query, names, focus, scope)


def _grain(execute: Executor) -> Grain:
    """Returns the grain in which several courses can be told apart."""
    own, readable = own_grain(execute), execute.axis.chart_grain()
    return own if GRAINS.index(own) > GRAINS.index(readable) else readable


def _query(
    execute: Executor, measured: Measured, group: Group, names: Sequence[Any], scope: Scope,
    grain: Grain,
) -> str:  # fmt: skip
    """Returns the query of each period (g) with the value of each group (s0, s1)."""
    periods = execute.periods(grain)
    own = [execute.by_group([measured.measure], periods, scope.of_group(group, name)) for name in names]
    query = f"SELECT g, v1 AS s0 FROM ({own[0]})"
    for place, each in enumerate(own[1:], start=1):
        query = f"SELECT * FROM ({query}) FULL JOIN (SELECT g, v1 AS s{place} FROM ({each})) USING (g)"
    return query


def _chart(
    execute: Executor, measured: Measured, group: Group, grain: Grain, kind: ChartKind, query: str,
    names: Sequence[Any], focus: tuple[Any, ...], scope: Scope,
) -> Chart:  # fmt: skip
    title = execute.says(
        "chart.by_both",
        measure=measured.noun,
        group=execute.noun(group.column),
        grain=execute.grain(grain),
    )
    chart = execute.book.chart(
        kind,
        title,
        query,
        (execute.noun(execute.periods(grain).column), time.unit_of(grain)),
        [(say(execute.name(group, name)), measured.unit) for name in names],
        title,
    )
    full = {str(each.start) for each in execute.spans(grain, scope)}
    partial = [n for n, name in enumerate(chart.categories) if str(name) not in full]
    told = [place for place, name in enumerate(names) if name in focus]
    return chart.model_copy(update={"focus": told, "partial": partial})
