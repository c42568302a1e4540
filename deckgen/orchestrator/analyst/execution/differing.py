"""Whether groups differ by more than chance gives. A test only decides: it is not told."""

from deckgen.domain.plans import Condition as Having
from deckgen.domain.plans import Group, Measured, Ratio, Relation, RowValue
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.stats import kruskal_wallis
from deckgen.orchestrator.analyst.stats.shares import p_of_shares

ENOUGH = 5  # rows of a group that takes part in a test
RARE = 0.01  # a difference that is told comes by chance in fewer cases


def values_differ(execute: Executor, value: RowValue, group: Group, scope: Scope) -> bool:
    """True if the groups' values of single rows differ (Kruskal-Wallis)."""
    known = Having(column=group.column, relation=Relation.KNOWN)
    number = execute.compiler.row_value(value)
    where = quoting.where(*execute.conditions(scope.also(known)), f"({number}) IS NOT NULL")
    rows = f"SELECT {execute.compiler.group(group)} AS g, {number} AS v FROM data{where}"
    found = kruskal_wallis.compare(execute.table, rows, ENOUGH)
    return found is not None and found.test.p_value < RARE


def shares_differ(execute: Executor, measured: Measured, group: Group, scope: Scope) -> bool:
    """True if the groups' shares of rows differ (chi-square)."""
    assert isinstance(measured.measure, Ratio)
    over, per = (
        {
            each.name: each.value
            for each in execute.groups(measured.model_copy(update={"measure": part}), group, scope)
        }
        for part in (measured.measure.over, measured.measure.per)
    )
    sizes = [(over.get(name, 0.0), size) for name, size in per.items() if size >= ENOUGH]
    p = p_of_shares(sizes)
    return p is not None and p < RARE
