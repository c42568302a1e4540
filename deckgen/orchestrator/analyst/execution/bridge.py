"""The bridge: from a measure in one period to the next, by the changes of its groups."""

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.facts import Fact
from deckgen.domain.plans import Group, Measured, Span
from deckgen.orchestrator.analyst.execution import grouped, pairs, pointing
from deckgen.orchestrator.analyst.execution.changes import sql_of_groups
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.pairs import Pair
from deckgen.orchestrator.analyst.execution.results import Statement
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.sql import quoting

STEPS = 6


def bridge(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair, change: Fact
) -> Chart:
    """Returns the chart: the earlier value, the largest changes, the rest, the later value, and over
    them the change of the whole.
    """
    moved = sql_of_groups(execute, measured, group, scope, pair)
    changes = (
        "SELECT g, old, new, new - old AS d FROM "
        "(SELECT g, CASE WHEN before IS NULL THEN 0 ELSE before END AS old, "
        f"CASE WHEN after IS NULL THEN 0 ELSE after END AS new FROM ({moved}))"
    )
    title = execute.says(
        "chart.groups_of_change", measure=measured.noun, group=execute.noun(group.column)
    )
    chart = execute.book.chart(
        ChartKind.WATERFALL,
        title,
        _steps(execute, changes, pair),
        (execute.noun(group.column), grouped.unit_of(group)),
        [(measured.noun, measured.unit)],
        title,
    )
    return pointing.over_all(chart, change)


def _label(execute: Executor, span: Span, otherwise: str) -> str:
    """Returns how a total is called on the axis."""
    name = pairs.name(execute, span)
    return execute.says(otherwise) if isinstance(name, Statement) else name.display


def _steps(execute: Executor, changes: str, pair: Pair) -> str:
    ranked = f"SELECT g, d, row_number() OVER (ORDER BY abs(d) DESC, g) AS place FROM ({changes})"
    first = quoting.literal(_label(execute, pair.old, "label.before"))
    last = quoting.literal(_label(execute, pair.new, "label.after"))
    others = quoting.literal(execute.says("label.others"))
    return (
        f"SELECT g, v FROM (SELECT 0 AS k, {first} AS g, sum(old) AS v FROM ({changes}) "
        f"UNION ALL SELECT place, g, d FROM ({ranked}) WHERE place <= {STEPS} "
        f"UNION ALL SELECT {STEPS + 1}, {others}, sum(d) FROM ({ranked}) WHERE place > {STEPS} "
        f"HAVING count(*) > 0 UNION ALL SELECT {STEPS + 2}, {last}, sum(new) "
        f"FROM ({changes})) ORDER BY k, g"
    )
