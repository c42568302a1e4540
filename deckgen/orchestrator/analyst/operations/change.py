"""Change: a measure in two periods, and what of it lies in which group."""

from deckgen.domain.charts import Chart
from deckgen.domain.plans import Group, Measured, Plan
from deckgen.orchestrator.analyst.execution import changes, evidence, pairs, parts, stopped, usual
from deckgen.orchestrator.analyst.execution.bridge import bridge
from deckgen.orchestrator.analyst.execution.changes import Change
from deckgen.orchestrator.analyst.execution.evidence import Verdict
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.pairs import Pair
from deckgen.orchestrator.analyst.execution.results import (
    Lacking,
    Result,
    Slot,
    Statement,
    state,
)
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.planning import comparing, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

TOLD = 3  # groups beside the whole


def asks(question: Question, table: Table) -> float:
    """Compared with the year before, last quarter, from the first to the second half."""
    if not comparing.has_time(table) or question.has(Cue.EXPECT, Cue.WHAT_IF):
        return NOT
    if question.has(Cue.COMPARE) and (question.periods or question.has(Cue.PREVIOUS)):
        return PHRASE
    two = len({(each.start, each.grain) for each in question.periods}) > 1
    if question.has(Cue.DIFFER) and (two or question.has(Cue.PREVIOUS)):
        return WORDS + 0.5
    moves = question.has(Cue.UP, Cue.DOWN, Cue.DEVELOP)
    if moves and (two or question.has(Cue.PREVIOUS)):
        return WORDS + 0.5
    return WORDS + 0.25 if moves and question.periods else NOT


def plan(question: Question, table: Table) -> Plan | Lacking:
    measure = slots.measure_of(question, table)
    pair = comparing.pair_of(question, table)
    asked = bool(question.groups) or question.has(Cue.WHICH)
    return Plan(
        operation="change",
        measures=[measure.measured],
        # Groups that were not asked for only show whose values stop.
        groups=slots.groups_of(question, table, measure),
        each_group=asked,
        filters=slots.filters_of(question, table, measure),
        period=pair[0] if pair else None,
        base=pair[1] if pair else None,
        supposed=comparing.supposed(question),
    )


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    measured, group = plan.measures[0], plan.groups[0] if plan.groups else None
    alike = stopped.alike(plan, execute, measured, group, Scope(tuple(plan.filters)))
    if alike is None:
        return Lacking(comparing.DATES)
    pair, missing, kept = alike.pair, alike.missing, alike.scope
    change = changes.between(execute, measured, kept, pair)
    if change is None:
        return Lacking(state("lacks.value_both_periods", measure=measured.label))
    found = evidence.of_change(execute, measured, kept, pair)
    statements = [
        told(execute, stopped.noun(execute, measured, missing), change, pair, found, plan.supposed)
    ]
    statements += stopped.told(execute, measured, missing)
    statements += _groups(plan, execute, measured, kept, pair)
    statements += usual.told(execute, measured, kept, pair, change, found)
    statements += parts.left_out(plan, execute)
    chart = _bridge_of(plan, execute, measured, kept, pair, change)
    if chart is None and (course := usual.around(execute, measured, kept, pair)):
        chart = usual.pointed(execute, course, statements)
    figures = usual.figures(execute, change, pair)
    summed = 2 + len(stopped.told(execute, measured, missing))
    return Result(statements, chart, figures, parts.method(measured, execute, kept), summed=summed)


def told(
    execute: Executor,
    noun: Slot,
    change: Change,
    pair: Pair,
    found: Verdict = Verdict.UNTESTED,
    supposed: str | None = None,
) -> Statement:
    """Returns how the measure moved between the periods, and whether that is no more than usual."""
    if supposed and change.way != "steady" and change.way != supposed:
        return state(
            f"change.{change.way}.after_all", measure=noun, by=change.by, signed=change.signed,
            old=change.old, new=change.new, **pairs.when(execute, pair),
        )  # fmt: skip
    within = ".within" if found is Verdict.UNDECIDED and change.way != "steady" else ""
    return state(
        f"change.{change.way}{within}", measure=noun, by=change.by, signed=change.signed,
        old=change.old, new=change.new, **pairs.when(execute, pair),
    )  # fmt: skip


def _bridge_of(
    plan: Plan, execute: Executor, measured: Measured, scope: Scope, pair: Pair, change: Change
) -> Chart | None:
    adds_up = measured.adds_up and plan.each_group and plan.groups
    if not adds_up:
        return None
    return bridge(execute, measured, plan.groups[0], scope, pair, change.signed)


def _groups(
    plan: Plan, execute: Executor, measured: Measured, scope: Scope, pair: Pair
) -> list[Statement]:
    """Returns the groups that moved most, each with its own values."""
    found = []
    for group in plan.groups[:1] if plan.each_group else []:
        moved = [
            each for each in changes.of_groups(execute, measured, group, scope, pair) if each.known
        ]
        for each in sorted(moved, key=lambda each: -abs(each.difference))[:TOLD]:
            found += _group(execute, measured, group, scope.of_group(group, each.name), pair)
    return found


def _group(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair
) -> list[Statement]:
    change = changes.between(execute, measured, scope, pair)
    if change is None:
        return []
    below_zero = min(change.moved.old or 0, change.moved.new or 0) < 0
    way = "went" if below_zero and change.way != "steady" else change.way
    return [
        state(
            f"change.group.{way}", name=execute.name(group, scope.value), difference=change.difference,
            old=change.old, new=change.new,
        )
    ]  # fmt: skip


OPERATION = Operation(asks, plan, run)
