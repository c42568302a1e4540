"""Advice: what to do first, out of groups that clearly stand apart, with what that is worth."""

from deckgen.domain.plans import Cell, Difference, Measured, Plan, Ratio, Total
from deckgen.domain.table_models import MeasureKind
from deckgen.orchestrator.analyst.execution import gaps, parts
from deckgen.orchestrator.analyst.execution.apart import Finding, behind, losing
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Lacking, Result, figures_of, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.execution.spreads import spreads, value_of
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import comparing, levers, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, Operation
from deckgen.orchestrator.analyst.profiling.units import unit_of
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table


def asks(question: Question, table: Table) -> float:
    """What should we do."""
    if not question.has(Cue.ADVICE) or question.has(Cue.SEGMENTS, Cue.WHAT_IF):
        return NOT
    return PHRASE


def plan(question: Question, table: Table) -> Plan | Lacking:
    measure = _measure(question, table)
    if _is_price(measure, table):
        return Lacking(state("lacks.result_could_improve", measure=measure.measured.label))
    if measure.concept is Concept.OUTCOME and measure.measured.better is None:
        return Lacking(state("lacks.which_way_is_good", measure=measure.measured.label))
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
    profits = [each for each in table.offered if each.concept is Concept.PROFIT]
    if profits and asked is not question and named and named[0].concept is Concept.COLUMN:
        return profits[0]  # what an amount that was asked about before is for
    outcomes = [each for each in table.offered if each.concept is Concept.OUTCOME]
    others = [each for each in table.offered if each.concept is not Concept.COUNT]
    others = sorted(others, key=lambda each: -each.weight)
    likely = [*named, *(outcomes if len(outcomes) == 1 else []), *profits, *others]
    return likely[0] if likely else slots.main_of(table)


def _is_price(measure: Offered, table: Table) -> bool:
    """True of what is set, and no result: that a small pizza costs less is no gap."""
    if measure.concept is not Concept.COLUMN:
        return False
    known = table.column(measure.columns[0]).measure
    return known is not None and known.kind is MeasureKind.PRICE


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
        return gaps.told_loss(plan, execute, value, _largest(lost))
    below = [each for group, own in found for each in behind(group, own, looked)]
    if below:
        lacking = _lacking(plan, execute)
        return lacking or gaps.told_gap(plan, execute, value, _largest(below))
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


OPERATION = Operation(asks, plan, run)
