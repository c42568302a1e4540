"""What a group loses, or what it is worth if it comes to the median of the groups."""

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import COUNT, Unit
from deckgen.domain.plans import By, Group, Measured, Plan, Ratio, Rows
from deckgen.orchestrator.analyst.execution import bands, parts
from deckgen.orchestrator.analyst.execution.apart import Finding
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.listing import listed
from deckgen.orchestrator.analyst.execution.results import Result, Slots, figures_of, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.execution.spreads import spreads
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.facts.statements import sentence
from deckgen.orchestrator.analyst.sql import quoting

MOST_BARS = 12
# Groups that say nothing without the name of their column.
NAMELESS = frozenset({
    "yes", "no", "true", "false", "low", "medium", "high", "very high", "very_high", "very low", "none",
    "other", "unknown", "ja", "nein", "niedrig", "mittel", "hoch", "andere", "sonstige",
})  # fmt: skip


def told_loss(plan: Plan, execute: Executor, value: str, found: Finding) -> Result:
    """Returns the group that loses most, and what is left without it."""
    (measured, *_), scope = plan.measures, Scope.of(plan)
    within = scope.of_group(found.group, found.of.name)
    whole, own = (_sum(execute, measured, value, each) for each in (scope, within))
    rows, unit, label = (
        _rows(execute, value, within),
        own.unit,
        execute.says("label.of_the_group", measure=measured.label),
    )
    loss = execute.of_two(
        f"-({own.sql})", unit, execute.says("label.loss", measure=label), own, own, own.sign
    )
    each = execute.of_two(
        f"({own.sql}) / ({rows.sql})",
        unit,
        execute.says("label.of_each_row", measure=label),
        own,
        rows,
        own.sign,
    )
    left = execute.difference(
        measured, whole, own, execute.says("label.without_group", measure=measured.label), sign=own.sign
    )
    slots_of = _named(execute, found, within) | {
        "rows": rows,
        "things": parts.things(execute),
        "loss": loss,
        "column": execute.noun(found.group.column),
    }
    head = state(f"advice.loss.{found.place}", **slots_of)
    statements = [
        head,
        state("advice.without", left=left, whole=whole, measure=measured.noun),
        state("advice.each", each=each, rows=rows, things=parts.things(execute), measure=measured.noun),
        state("advice.assumed"),
    ]
    figures = figures_of(
        head,
        loss=execute.says("label.lost"),
        rows=parts.things(execute),
        low=execute.noun(found.group.column),
    )
    chart = _chart(plan, execute, value, found.group)
    return Result(statements, chart, figures, parts.method(measured, execute, scope), summed=3)


def told_gap(plan: Plan, execute: Executor, value: str, found: Finding) -> Result:
    """Returns the group that lies below the others, and what the gap to their median is worth."""
    (measured, *_), scope = plan.measures, Scope.of(plan)
    within = scope.of_group(found.group, found.of.name)
    own = _mean(execute, measured, value, within)
    median = _median(execute, measured, value, found.group, scope)
    rows = _rows(execute, value, within)
    gap = f"abs(({median.sql}) - ({own.sql})) * ({rows.sql})"
    unit = COUNT if isinstance(measured.measure, Ratio) else measured.unit
    size = execute.of_two(
        f"round({gap})" if unit == COUNT else gap,
        unit,
        execute.says("label.worth_of_gap", measure=measured.label),
        own,
        rows,
        own.sign,
    )
    slots_of = _named(execute, found, within) | {
        "size": size,
        "own": own,
        "median": median,
        "things": parts.things(execute),
        "measure": measured.noun,
    }
    way = "less" if plan.order == "lowest" else "more"
    cases = ".cases" if isinstance(measured.measure, Ratio) else ""
    head = state(f"advice.gap.{way}{cases}", **slots_of)
    statements = [head, state("advice.gap.each", **slots_of), state("advice.assumed")]
    figures = figures_of(head, size=execute.says("label.gap_is_worth"))
    figures += figures_of(
        statements[1],
        own=execute.says("label.on_average"),
        median=execute.says("label.median_of_groups"),
    )
    chart = _chart(plan, execute, value, found.group)
    return Result(statements, chart, figures, parts.method(measured, execute, scope), summed=3)


def _sum(execute: Executor, measured: Measured, value: str, scope: Scope) -> Fact:
    """Returns what the rows of a scope add up to; of shares, the rows in which it happened."""
    label = execute.label(measured, scope)
    return execute.book.value(
        label, f"sum({value})", _unit(measured), *execute.conditions(scope), groups=_groups(scope)
    )


def _rows(execute: Executor, value: str, scope: Scope) -> Fact:
    """Returns the rows of a scope that add to the measure: others have no part in its mean."""
    label = execute.says("label.number_with_part", things=parts.things(execute))
    return execute.book.value(
        label, f"count({value})", COUNT, *execute.conditions(scope), groups=_groups(scope)
    )


def _unit(measured: Measured) -> Unit:
    return COUNT if isinstance(measured.measure, Ratio | Rows) else measured.unit


def _groups(scope: Scope) -> tuple[str, ...]:
    return (str(scope.value),) if scope.group and scope.group.by is By.VALUE else ()


def _mean(execute: Executor, measured: Measured, value: str, scope: Scope) -> Fact:
    """Returns the mean of a row; of shares, the share."""
    label, where = (
        execute.says("label.mean_of_row", measure=execute.label(measured, scope)),
        execute.conditions(scope),
    )
    return execute.book.value(label, f"avg({value})", measured.unit, *where, groups=_groups(scope))


def _median(execute: Executor, measured: Measured, value: str, group: Group, scope: Scope) -> Fact:
    """Returns the median of the groups' means."""
    conditions = execute.conditions(scope)
    where = quoting.where(*conditions, f"({value}) IS NOT NULL")
    means = (
        f"SELECT {execute.compiler.group(group)} AS g, avg({value}) AS m FROM data{where} GROUP BY g"
    )
    query = f"SELECT median(m) FROM ({means}) WHERE g IS NOT NULL"
    return execute.book.query(
        execute.says("label.median_of_groups_of", measure=measured.label),
        query,
        measured.unit,
        *conditions,
    )


def _named(execute: Executor, found: Finding, within: Scope) -> Slots:
    """Returns the name of a group: a band by its lowest and highest value."""
    if found.group.by is not By.BAND:
        name = execute.name(found.group, found.of.name)
        said = str(found.of.name).lower()
        if not said.replace(".", "").isdigit() and said not in NAMELESS:
            return {"name": name}
        column = execute.noun(found.group.column)
        return {"name": execute.says("group.column_of", group=column, name=say(name))}
    low, high = bands.ends(execute, found.group, within)
    return {
        "low": low,
        "high": high,
        "name": sentence(bands.said(execute, found.group, within), execute.language),
    }


def _chart(plan: Plan, execute: Executor, value: str, group: Group) -> Chart:
    """Returns what each group adds up to, or its share; bands are in their order."""
    (measured, *_), scope = plan.measures, Scope.of(plan)
    made = _sum if measured.adds_up else _mean
    points = []
    for each in spreads(execute, value, group, scope)[:MOST_BARS]:
        within = scope.of_group(group, each.name)
        label = bands.label(execute, group, within) if group.by is By.BAND else str(each.name)
        points.append((label, made(execute, measured, value, within)))
    title = execute.says("chart.by", measure=measured.noun, group=execute.noun(group.column))
    return listed(
        execute, points, title=title, category=execute.noun(group.column), series=measured.noun
    )
