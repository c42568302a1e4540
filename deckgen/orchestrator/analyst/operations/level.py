"""Level: how much something is, in all or in the last period."""

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact
from deckgen.domain.plans import Distinct, Group, Level, Mean, Measured, Median, Plan, Ratio, Rows
from deckgen.orchestrator.analyst.execution import pairs, parts, trees
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Figure, Lacking, Result, Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Offered
from deckgen.orchestrator.analyst.planning import comparing, slots
from deckgen.orchestrator.analyst.planning.operation import FORM, NOT, Operation
from deckgen.orchestrator.analyst.profiling.timeline import Timeline
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

MAX_CURRENCIES = 3


def asks(question: Question, table: Table) -> float:
    """How much, how many, how long: any question for a figure. What each of something brings or costs
    is one only where an amount is told for each of it.
    """
    measures = [*(each for _, each in question.measures), slots.measure_of(question, table)]
    if question.words.costs_each and not any(map(_is_ratio, measures)):
        return NOT
    return FORM if question.has(Cue.MUCH, Cue.MANY, Cue.LONG, Cue.AVERAGE, Cue.SHARE) else NOT


def _is_ratio(offered: Offered) -> bool:
    return isinstance(offered.measured.measure, Ratio | Mean)


def plan(question: Question, table: Table) -> Plan | Lacking:
    measure = slots.measure_of(question, table)
    if (
        question.has(Cue.MUCH)
        and not question.has(Cue.MANY)
        and slots.is_only_for_each(question, measure)
    ):
        return Lacking(state("lacks.amount_for_each"))
    return Plan(
        operation="level",
        measures=[measure.measured],
        groups=slots.groups_of(question, table, measure),
        filters=slots.filters_of(question, table, measure),
        period=comparing.period_of(question),
    )


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (measured, *_), scope = plan.measures, Scope.of(plan)
    if isinstance(measured.measure, Level) and plan.period is None:
        scope = scope.within(execute.spans(execute.axis.grain, scope)[-1])
    value = execute.value(measured, scope)
    if value.value is None:
        return Lacking(state("lacks.rows_value"))
    sides = parts.sides(execute, measured, scope)
    head = _level(execute, measured, scope, value, sides)
    statements = [head, *_median(execute, measured, scope)]
    statements += [*parts.left_out(plan, execute), *_currencies(plan, execute, measured)]
    figures = [Figure(measured.noun, value), *sides]
    figures += [
        Figure(parts.things(execute), each)
        for each in (head.slots.get("rows"),)
        if isinstance(each, Fact)
    ]
    chart, told = _exhibit(plan, execute, measured, scope)
    return Result(
        [*statements, *told],
        chart,
        figures,
        parts.method(measured, execute, scope),
    )


def _level(
    execute: Executor, measured: Measured, scope: Scope, value: Fact, sides: list[Figure]
) -> Statement:
    """Returns the value with what it is made of, or the rows or the time that it is about."""
    if sides:
        part, whole = sides
        says = "level.share.alike" if part.label == whole.label else "level.share"
        return state(
            says, measure=measured.noun, value=value, part=part.value, part_of=part.label,
            whole=whole.value, whole_of=whole.label,
        )  # fmt: skip
    if isinstance(measured.measure, Distinct):
        return state("level.distinct", measure=measured.noun, value=value)
    if scope.period:
        says = "level.period.total" if measured.over_time else "level.period"
        when = pairs.within(execute, scope.period)
        return state(says, measure=measured.noun, value=value, when=when)
    if measured.measure == Rows() and not scope.filters:
        return state("level.count", measure=measured.noun, value=value)
    adds_up = measured.adds_up or measured.over_time
    if isinstance(measured.measure, Rows) or not execute.timeline:
        says = "level.rows" if adds_up else "level.mean_rows"
        rows, things = parts.rows(execute, scope), parts.things(execute)
        return state(says, measure=measured.noun, value=value, rows=rows, things=things)
    first, last = parts.ends(execute, scope)
    says = "level.time" if adds_up else "level.mean"
    return state(says, measure=measured.noun, value=value, first=first, last=last)


def _currencies(plan: Plan, execute: Executor, measured: Measured) -> list[Statement]:
    """Returns the value in each other currency, where amounts in several are not added up."""
    currencies = execute.model.currencies
    own = [each for each in plan.filters if currencies and each.column == currencies.column]
    if currencies is None or not own:
        return []
    others = [code for code in currencies.codes if code not in own[0].values][:MAX_CURRENCIES]
    group = Group(column=currencies.column)
    kept = Scope(tuple(each for each in plan.filters if each not in own), plan.period)
    return [
        state(
            "level.currency",
            name=execute.name(group, code),
            value=execute.value(measured, kept.of_group(group, code)),
        )
        for code in others
    ]


def _median(execute: Executor, measured: Measured, scope: Scope) -> list[Statement]:
    """Returns the median of what a few rows can pull far from the middle: a duration."""
    if not isinstance(measured.measure, Mean) or measured.measure.of.kind != "elapsed":
        return []
    middle = measured.model_copy(
        update={
            "measure": Median(of=measured.measure.of),
            "label": execute.says("label.median_of", measure=measured.label),
        }
    )
    return [state("level.median", value=execute.value(middle, scope))]


def _is_even(timeline: Timeline) -> bool:
    """True if each date has one row, or as many as the next: their number is no news."""
    return timeline.is_panel or timeline.rows_per_date == 1


def _exhibit(
    plan: Plan, execute: Executor, measured: Measured, scope: Scope
) -> tuple[Chart | None, list[Statement]]:
    """Returns the course over time where there is one, else the groups."""
    whole = Scope.of(plan)
    if execute.timeline and not (isinstance(measured.measure, Rows) and _is_even(execute.timeline)):
        grain = execute.timeline.chart_grain()
        if len(execute.spans(grain, whole)) > 2:
            course, told = parts.course(execute, measured, grain, whole)
            return trees.tree(execute, measured, grain, whole) or course, told
    for group in plan.groups[:1]:
        return parts.breakdown(execute, measured, group, scope)
    return None, []


OPERATION = Operation(asks, plan, run)
