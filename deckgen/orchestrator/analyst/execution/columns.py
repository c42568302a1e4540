"""Columns compared with each other: their chart, their names, and the pairs of a row."""

from typing import Any

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.facts import Text
from deckgen.domain.formatting.display import TEXT
from deckgen.domain.plans import Measured, Total
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.sql import quoting

MOST_BARS = 12


def noun(execute: Executor, measured: Measured) -> Text:
    """Returns the name of the column that a measure is made of."""
    return execute.noun(measured.columns[0])


def bars(execute: Executor, ranked: list[Measured], scope: Scope) -> Chart:
    """Returns a chart with a bar for each column, in their order."""
    told = ranked[:MOST_BARS]
    each = " UNION ALL ".join(
        f"SELECT {place} AS k, {quoting.literal(execute.column_label(one.columns[0]))} AS g, "
        f"({execute.sql(one.measure, scope)}) AS v"
        for place, one in enumerate(told)
    )
    what = (
        "column.total" if isinstance(told[0].measure, Total) and told[0].adds_up else "column.average"
    )
    what = execute.says(what)
    return execute.book.chart(
        ChartKind.BAR,
        execute.says("chart.each_column", what=what),
        f"SELECT g, v FROM ({each}) ORDER BY k",
        (execute.says("appendix.column"), TEXT),
        [(what, told[0].unit)],
        execute.says("chart.each_column_in_order", what=what),
        highlight=[0],
    )


def pairs(execute: Executor, values: list[str], scope: Scope) -> list[tuple[Any, ...]]:
    """Returns the values of the rows that have all of them."""
    listed = ", ".join(f"{value} AS v{place}" for place, value in enumerate(values))
    known = [f"({value}) IS NOT NULL" for value in values]
    where = quoting.where(*execute.conditions(scope), *known)
    return execute.table.all(f"SELECT {listed} FROM data{where} LIMIT {MOST_PAIRS}")


MOST_PAIRS = 50_000
