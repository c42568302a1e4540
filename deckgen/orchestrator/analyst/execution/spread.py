"""How a number is spread over rows, and what the largest of many groups bring of a whole."""

import math
from dataclasses import dataclass

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import COUNT, PERCENT
from deckgen.domain.plans import By, Condition, Group, Measured, Relation
from deckgen.orchestrator.analyst.execution import grouped
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.grouped import GroupValue
from deckgen.orchestrator.analyst.execution.row_values import row_value
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.execution.telling import plain_noun
from deckgen.orchestrator.analyst.facts.references import at_start
from deckgen.orchestrator.analyst.sql import quoting

FEWEST, BINS, MOST_BOXES = 5, 10, 12
TOP = 0.2  # the largest fifth
EVEN = 1.5  # times its number that the largest fifth may bring, and still all bring much the same


@dataclass(frozen=True)
class Top:
    """The largest fifth of the groups: how many of how many, and what they bring."""

    part: Fact
    count: Fact
    every: Fact
    share: Fact


def top_of(execute: Executor, measured: Measured, group: Group, scope: Scope) -> Top:
    """Returns what the largest fifth of the groups bring of a measure."""
    conditions = execute.conditions(scope.also(Condition(column=group.column, relation=Relation.KNOWN)))
    measure = execute.compiler.measure(measured.measure)
    rows = f"{execute.compiler.rows(measured.measure)}{quoting.where(*conditions)}"
    values = f"SELECT {execute.compiler.group(group)} AS g, {measure} AS v FROM {rows} GROUP BY ALL"
    ranked = (
        "SELECT v, row_number() OVER (ORDER BY v DESC, g) AS r, count(*) OVER () AS n "
        f"FROM ({values}) WHERE v IS NOT NULL"
    )
    count, label = f"ceil({TOP} * max(n))", execute.column_label(group.column)
    query = execute.book.query
    return Top(
        query(
            execute.says("label.share_of_largest", measure=label),
            f"SELECT {count} / max(n) FROM ({ranked})",
            PERCENT,
            *conditions,
        ),
        query(
            execute.says("label.number_of_largest", measure=label),
            f"SELECT {count} FROM ({ranked})",
            COUNT,
            *conditions,
        ),
        query(
            execute.says("label.number_of", things=label),
            f"SELECT max(n) FROM ({ranked})",
            COUNT,
            *conditions,
        ),
        query(
            execute.says("label.share_they_bring", measure=measured.label),
            f"SELECT sum(v) FILTER (WHERE r <= ceil({TOP} * n)) / sum(v) FROM ({ranked})",
            PERCENT,
            *conditions,
        ),
    )


def is_even(found: list[GroupValue]) -> bool:
    """True if the largest fifth of the groups bring little more than a fifth."""
    count = math.ceil(TOP * len(found))
    largest, whole = sum(each.value for each in found[:count]), sum(each.value for each in found)
    return largest / whole <= EVEN * count / len(found)


@dataclass(frozen=True)
class Quantiles:
    """The middle and the ends of a number over the rows."""

    least: Fact
    quarter: Fact
    median: Fact
    mean: Fact
    three_quarters: Fact
    tenth: Fact  # from which the highest tenth begins
    most: Fact


def quantiles(execute: Executor, measured: Measured, scope: Scope) -> Quantiles | None:
    """Returns the quantiles of a number; None if there are too few rows."""
    value = row_value(execute.compiler, measured.measure)
    known = (f"({value}) IS NOT NULL", *execute.conditions(scope))
    (rows,) = execute.table.one(f"SELECT count(*) FROM data{quoting.where(*known)}")
    if rows < FEWEST:
        return None

    def fact(what: str, expression: str) -> Fact:
        return execute.book.value(
            execute.says("label.what_of", what=what, measure=measured.label),
            expression,
            measured.unit,
            *known,
        )

    return Quantiles(
        fact(execute.says("label.lowest_value"), f"min({value})"),
        fact(execute.says("label.first_quarter"), f"quantile_cont({value}, 0.25)"),
        fact(execute.says("label.median"), f"median({value})"),
        fact(execute.says("label.the_mean"), f"avg({value})"),
        fact(execute.says("label.third_quarter"), f"quantile_cont({value}, 0.75)"),
        fact(execute.says("label.highest_tenth"), f"quantile_cont({value}, 0.9)"),
        fact(execute.says("label.highest_value"), f"max({value})"),
    )


def histogram(execute: Executor, measured: Measured, scope: Scope) -> Chart | None:
    """Returns a chart of how many rows lie in each step; the category is where a step starts."""
    value = row_value(execute.compiler, measured.measure)
    known = (f"({value}) IS NOT NULL", *execute.conditions(scope))
    where = quoting.where(*known)
    least, most = execute.table.one(f"SELECT min({value}), max({value}) FROM data{where}")
    step = _round_step((float(most) - float(least)) / BINS)
    if step <= 0:
        return None
    noun = plain_noun(measured)
    title = execute.says("label.from_value_on", measure=at_start(noun))
    return execute.book.chart(
        ChartKind.COLUMN,
        title,
        f"SELECT floor(({value}) / {step!r}) * {step!r} AS g, count(*) AS n FROM data{where} "
        "GROUP BY ALL ORDER BY g",
        (at_start(noun), measured.unit),
        [(execute.says("label.number_of_rows"), COUNT)],
        execute.says("chart.steps_of", measure=noun),
    )


def boxes(execute: Executor, measured: Measured, group: Group, scope: Scope) -> Chart | None:
    """Returns a chart of the spread within each group, the highest median first; None of one group."""
    value, name = row_value(execute.compiler, measured.measure), execute.compiler.group(group)
    where = quoting.where(f"({value}) IS NOT NULL", f"({name}) IS NOT NULL", *execute.conditions(scope))
    quarters = [f"quantile_cont(v, {part})" for part in (0.25, 0.5, 0.75)]
    columns = ", ".join(
        f"{each} AS s{place}" for place, each in enumerate(["min(v)", *quarters, "max(v)"])
    )
    noun = plain_noun(measured)
    says = execute.says
    title = says("chart.by", measure=at_start(noun), group=execute.noun(group.column))
    keys = ("lowest_value", "first_quarter", "median", "third_quarter", "highest_value")
    chart = execute.book.chart(
        ChartKind.DISTRIBUTION,
        title,
        f"SELECT g, s0, s1, s2, s3, s4 FROM (SELECT g, {columns}, count(*) AS n FROM "
        f"(SELECT {name} AS g, {value} AS v FROM data{where}) GROUP BY g) WHERE n >= {FEWEST} "
        f"ORDER BY s2 DESC, g LIMIT {MOST_BOXES}",
        (execute.noun(group.column), grouped.unit_of(group)),
        [(says(f"label.{key}"), measured.unit) for key in keys],
        title,
    )
    return chart if len(chart.categories) > 1 and group.by is By.VALUE else None


def _round_step(step: float) -> float:
    """Returns the next larger of 1, 2 and 5 times a power of ten."""
    if step <= 0:
        return 0.0
    power: float = 10.0 ** math.floor(math.log10(step))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= step)
