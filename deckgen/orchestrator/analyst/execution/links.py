"""How one number of the rows moves with another: the slope within groups, and whether it is one."""

import math
from dataclasses import dataclass

from scipy.stats import t as student

from deckgen.domain.plans import Cell, Group, Level, Mean, Measured, Total
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.sql import quoting

FEWEST = 8  # rows


@dataclass(frozen=True)
class Link:
    """The query of the slope of y over x, and the chance of such a slope if they have no link."""

    slope_sql: str
    slope: float
    p_value: float
    level: float  # what it has to be below

    @property
    def is_clear(self) -> bool:
        """True if it would hardly come by chance."""
        return self.p_value < self.level


def number_of(execute: Executor, measured: Measured) -> str | None:
    """Returns SQL for the number of a row that a measure is made of; None if it is made of several."""
    match measured.measure:
        case Total(of=Cell() as cell) | Mean(of=Cell() as cell) | Level(of=Cell() as cell):
            return execute.compiler.row_value(cell)
    return None


def of(execute: Executor, x: str, y: str, groups: list[Group], scope: Scope) -> Link | None:
    """Returns the link of two numbers of rows, each less its mean in the row's group.

    Dear products may sell less than cheap ones, whatever a change of price does: so products are
    compared with themselves only. None for too few rows, or numbers that do not move.
    """
    where = quoting.where(*execute.conditions(scope), f"({x}) IS NOT NULL", f"({y}) IS NOT NULL")
    rows = f"SELECT {x} AS x, {y} AS y FROM data{where}"
    if groups:
        by = f"OVER (PARTITION BY {execute.compiler.group(groups[0])})"
        rows = f"SELECT {x} - avg({x}) {by} AS x, {y} - avg({y}) {by} AS y FROM data{where}"
    slope_sql = f"SELECT regr_slope(y, x) FROM ({rows})"
    count, r, slope = execute.table.one(f"SELECT count(*), corr(y, x), regr_slope(y, x) FROM ({rows})")
    free = count - 2
    if groups:
        group = execute.compiler.group(groups[0])
        free -= execute.table.one(f"SELECT count(DISTINCT {group}) FROM data{where}")[0] - 1
    if count < FEWEST or free < 3 or r is None or slope is None or not math.isfinite(r):
        return None
    rest = 1 - min(r * r, 1.0)
    statistic = abs(r) * math.sqrt(free / rest) if rest > 1e-12 else math.inf
    return Link(slope_sql, float(slope), float(2 * student.sf(statistic, free)), execute.level)
