"""Advice: what to do first, out of groups that clearly stand apart, with what that is worth."""

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import COUNT, Unit
from deckgen.domain.plans import By, Cell, Difference, Group, Measured, Plan, Ratio, Rows, Total
from deckgen.orchestrator.analyst.execution import bands, parts
from deckgen.orchestrator.analyst.execution.apart import Finding, behind, losing
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.listing import listed
from deckgen.orchestrator.analyst.execution.results import Lacking, Result, Slots, figures_of, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.execution.spreads import spreads, value_of
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.facts.statements import sentence
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import comparing, levers, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, Operation
from deckgen.orchestrator.analyst.profiling.units import unit_of
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting

MOST_BARS = 12
# Groups that say nothing without the name of their column.
NAMELESS = frozenset({
    "yes", "no", "true", "false", "low", "medium", "high", "very high", "very_high", "very low", "none",
    "other", "unknown", "ja", "nein", "niedrig", "mittel", "hoch", "andere", "sonstige",
})  # fmt: skip


def asks(question: Question, table: Table) -> float:
    """What should we do."""
    if not question.has(Cue.ADVICE) or question.has(Cue.SEGMENTS, Cue.WHAT_IF):
        return NOT
    return PHRASE


def plan(question: Question, table: Table) -> Plan | Lacking:
    measure = _measure(question, table)
    groups = levers.of(table, measure.measured.columns)
    if not groups:
        return Lacking(state("lacks.groups_could_compared"))
    return Plan(
        operation="advice",
        measures=[_added(measure.measured, table)],
        groups=groups,
        filters=slots.filters_of(question, table, measure),
        period=comparing.period_of(question),
        order="lowest" if measure.measured.better == "lower" else "highest",
    )


def _measure(question: Question, table: Table) -> Offered:
    """Returns what is to get better: the named measure, else that of the question before, else an
    outcome, profit, or the main one.
    """
    if question.has(Cue.PROFIT) and (profit := question.of(Concept.PROFIT, Concept.MARGIN)):
        return profit
    asked = question if question.measures or question.before is None else question.before
    named = [each for _, each in asked.measures if each.concept is not Concept.COUNT]
    outcomes = [each for each in table.offered if each.concept is Concept.OUTCOME]
    profits = [each for each in table.offered if each.concept is Concept.PROFIT]
    others = [each for each in table.offered if each.concept is not Concept.COUNT]
    others = sorted(others, key=lambda each: -each.weight)
    likely = [*named, *(outcomes if len(outcomes) == 1 else []), *profits, *others]
    return likely[0] if likely else slots.main_of(table)


def _added(measured: Measured, table: Table) -> Measured:
    """Returns what rows add up to: of a margin, the profit that it is made of."""
    match measured.measure:
        case Ratio(over=Total(of=Cell(column=name)) as over):
            column, place = table.column(name), [each.name for each in table.model.columns].index(name)
            named = {"label": column.label, "noun": f"{{{{c{place}}}}}", "unit": unit_of(column)}
            return measured.model_copy(update={"measure": over, "adds_up": True} | named)
        case Ratio(over=Difference(of=Total(of=Cell(column=name))) as over):
            named = {"label": "profit", "noun": "profit", "unit": unit_of(table.column(name))}
            return measured.model_copy(update={"measure": over, "adds_up": True} | named)
    return measured


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (measured, *_), scope = plan.measures, Scope.of(plan)
    value = value_of(execute, measured.measure)
    if value is None:
        return Lacking(state("lacks.measure_each_row_adds"))
    signed = f"-({value})" if plan.order == "lowest" else value
    found = [(group, spreads(execute, signed, group, scope)) for group in plan.groups]
    looked = sum(len(each) for _, each in found)
    lost = [each for group, own in found for each in losing(group, own, looked)]
    if lost and plan.order == "highest":
        return _told_loss(plan, execute, value, _largest(lost))
    below = [each for group, own in found for each in behind(group, own, looked)]
    if below:
        lacking = _lacking(plan, execute)
        return lacking or _told_gap(plan, execute, value, _largest(below))
    head = state("advice.none", measure=measured.noun, value=execute.value(measured, scope))
    figures = figures_of(head, value=measured.noun)
    return Result(
        [head, state("advice.none.why")], None, figures, parts.method(measured, execute, scope)
    )


def _lacking(plan: Plan, execute: Executor) -> Lacking | None:
    """Returns why a gap between groups is nothing to act on; None if it may be.

    Where rows are amounts of a month or the like, a group that has less of them is but smaller, while
    one that costs more is worth a look. The periods of one course differ for reasons of their time.
    """
    axis = execute.timeline
    if axis is not None and axis.rows_per_date == 1:
        return Lacking(state("lacks.to_act_on.course"))
    is_by_size = axis is not None and axis.is_panel and plan.measures[0].adds_up
    return Lacking(state("lacks.to_act_on.size")) if is_by_size and plan.order == "highest" else None


def _largest(findings: list[Finding]) -> Finding:
    return max(findings, key=lambda each: each.size)


def _told_loss(plan: Plan, execute: Executor, value: str, found: Finding) -> Result:
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


def _told_gap(plan: Plan, execute: Executor, value: str, found: Finding) -> Result:
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


OPERATION = Operation(asks, plan, run)
