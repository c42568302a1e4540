"""How the rows of each group spread around their mean, and which groups clearly stand apart."""

import math
from dataclasses import dataclass
from typing import Any

from scipy.special import stdtr

from deckgen.domain.plans import (
    Condition,
    Difference,
    Group,
    Mean,
    Measure,
    Ratio,
    Relation,
    Rows,
    Total,
)
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.row_values import row_value
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.sql import quoting

ENOUGH = 5  # rows of a group that may stand apart


@dataclass(frozen=True)
class Spread:
    """One group's rows: their number, sum, mean, and sum of squares."""

    name: Any
    rows: int
    total: float
    squares: float

    @property
    def mean(self) -> float:
        """The mean of the rows."""
        return self.total / self.rows

    @property
    def variance(self) -> float:
        """The variance of the rows around their mean."""
        if self.rows < 2:
            return 0.0
        return max(0.0, (self.squares - self.total**2 / self.rows) / (self.rows - 1))

    def without(self, other: "Spread") -> "Spread":
        """Returns the rows that are left without those of a group."""
        rows = self.rows - other.rows
        return Spread(None, rows, self.total - other.total, self.squares - other.squares)


def value_of(execute: Executor, measure: Measure) -> str | None:
    """Returns SQL of what one row adds to a measure; None if it is none of single rows."""
    match measure:
        case Total() | Mean():
            return row_value(execute.compiler, measure)
        case Difference(of=Total(where=[]) as first, less=Total(where=[]) as second):
            one, two = (execute.compiler.row_value(each.of) for each in (first, second))
            return f"({one}) - ({two})"
        case Ratio(over=Rows(where=hits), per=Rows(where=among)):
            hit, known = (execute.compiler.every(each) for each in (hits, among))
            return f"CASE WHEN {hit} THEN 1.0 WHEN {known} THEN 0.0 END"
        case Ratio(over=over):
            return value_of(execute, over)
    return None


def spreads(execute: Executor, value: str, group: Group, scope: Scope) -> list[Spread]:
    """Returns how the values of each group's rows spread, in the order of the groups."""
    known = Condition(column=group.column, relation=Relation.KNOWN)
    where = quoting.where(*execute.conditions(scope.also(known)), f"({value}) IS NOT NULL")
    rows = execute.table.all(
        f"SELECT {execute.compiler.group(group)} AS g, count(*), CAST(sum({value}) AS DOUBLE), "
        f"CAST(sum(({value}) * ({value})) AS DOUBLE) FROM data{where} GROUP BY g ORDER BY g"
    )
    return [Spread(*row) for row in rows]


def whole_of(groups: list[Spread]) -> Spread:
    """Returns the rows of all groups together."""
    sums = (sum(each.rows for each in groups), math.fsum(each.total for each in groups))
    return Spread(None, *sums, math.fsum(each.squares for each in groups))


def p_below_zero(group: Spread) -> float:
    """Returns how likely a mean as low would be if the true one were 0 (one-sided t-test)."""
    if group.rows < ENOUGH or group.mean >= 0:
        return 1.0
    if group.variance == 0:
        return 0.0
    return float(stdtr(group.rows - 1, group.mean / math.sqrt(group.variance / group.rows)))


def p_below(group: Spread, rest: Spread) -> float:
    """Returns how likely a mean as far below the rest would be by chance (one-sided, Welch)."""
    if min(group.rows, rest.rows) < ENOUGH or group.mean >= rest.mean:
        return 1.0
    one, two = group.variance / group.rows, rest.variance / rest.rows
    if one + two == 0:
        return 0.0
    freedom = (one + two) ** 2 / (one**2 / (group.rows - 1) + two**2 / (rest.rows - 1))
    return float(stdtr(freedom, (group.mean - rest.mean) / math.sqrt(one + two)))
