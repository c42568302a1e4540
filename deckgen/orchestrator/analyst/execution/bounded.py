"""Groups whose values meet a bound: how many they are, and what they add up to."""

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.facts import Fact, Sign
from deckgen.domain.formatting.display import COUNT, Unit, ValueFormat
from deckgen.domain.plans import Bound, Group, Measured
from deckgen.orchestrator.analyst.execution.compiling import COMPARED
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.scopes import Scope

MOST_COUNTS = 12  # different numbers of visits that a chart shows


def meets(bound: Bound) -> str:
    """Returns the SQL condition that a group's value meets a bound."""
    return f"v1 {COMPARED[bound.relation]} {bound.value!r}"


def groups_meeting(
    execute: Executor, measured: Measured, group: Group, scope: Scope, bound: Bound, label: str
) -> Fact:
    """Returns the number of groups that meet the bound."""
    query = execute.by_group([measured.measure], group, scope)
    counted = f"SELECT count(*) FROM ({query}) WHERE {meets(bound)}"
    return execute.book.query(label, counted, COUNT, *execute.conditions(scope))


def sum_of_meeting(
    execute: Executor, measured: Measured, group: Group, scope: Scope, bound: Bound, label: str
) -> Fact:
    """Returns the sum of the values that meet the bound."""
    query = execute.by_group([measured.measure], group, scope)
    added = f"SELECT CAST(coalesce(sum(v1), 0) AS BIGINT) FROM ({query}) WHERE {meets(bound)}"
    return execute.book.query(label, added, measured.unit, *execute.conditions(scope))


def quotient(execute: Executor, over: Fact, per: Fact, label: str) -> Fact:
    """Returns one number over another, with decimals."""
    unit = Unit(format=ValueFormat.NUMBER)
    return execute.of_two(f"({over.sql}) / ({per.sql})", unit, label, over, per, Sign.PLAIN)


def chart_of_counts(
    execute: Executor, often: Measured, people: Measured, group: Group, scope: Scope
) -> Chart:
    """Returns a chart of how many groups have a value of one, of two, and so on."""
    query = execute.by_group([often.measure], group, scope)
    return execute.book.chart(
        ChartKind.BAR,
        execute.says("chart.by_number", measure=people.noun, other=often.noun),
        f"SELECT v1, count(*) AS n FROM ({query}) GROUP BY v1 ORDER BY v1 LIMIT {MOST_COUNTS}",
        (often.noun, COUNT),
        [(people.noun, COUNT)],
        execute.says("chart.by_number", measure=people.noun, other=often.noun),
    )
