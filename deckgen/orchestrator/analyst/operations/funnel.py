"""Funnel: how many go on from step to step, and where most are lost."""

import re
from dataclasses import dataclass
from itertools import pairwise

from deckgen.domain.facts import Fact, Sign, Text
from deckgen.domain.formatting.display import COUNT, PERCENT
from deckgen.domain.plans import Condition, Group, Measured, Plan, Relation, Rows, Total
from deckgen.domain.table_models import ColumnModel, MeasureKind
from deckgen.orchestrator.analyst.execution import parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.listing import listed
from deckgen.orchestrator.analyst.execution.results import (
    Figure,
    Lacking,
    Result,
    Slots,
    Statement,
    figures_of,
    state,
)
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.lexicon.step_words import COURSES, STEP_NAMES
from deckgen.orchestrator.analyst.measures.columns import cell_of
from deckgen.orchestrator.analyst.planning import columns, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

MOST_STEPS = 20
COUNTED = (MeasureKind.COUNT, MeasureKind.STOCK, MeasureKind.FLOW)
_NUMBERED = re.compile(r"\s*(\d+)")


@dataclass(frozen=True)
class Step:
    """A step with those who reached it; `said` is its name in texts."""

    name: str
    said: Fact | Text
    reached: Fact


def asks(question: Question, table: Table) -> float:
    """Where people are lost on their way, in a table of steps."""
    if question.has(Cue.FUNNEL):
        return PHRASE + 0.2
    loses = question.has(Cue.DOWN, Cue.BAD, Cue.LEAVERS) and question.has(Cue.WHERE, Cue.WHICH)
    has_steps = loses and (_step_column(table) or len(_columns(question, table)) > 2)
    return WORDS + 0.6 if has_steps else NOT


def plan(question: Question, table: Table) -> Plan | Lacking:
    period = question.periods[-1] if question.periods else None
    if column := _step_column(table):
        measured, reached = _of_steps(question, table, column)
        filters = [each for each in question.filters if each.column != column.name]
        return Plan(
            operation="funnel", measures=[measured], groups=[Group(column=column.name)],
            filters=filters, period=period, reached=reached,
        )  # fmt: skip
    measures = _columns(question, table)
    if len(measures) < 2:
        return Lacking("steps: a column of them, or a column for each with how many reach it")
    filters = slots.filters_of(question, table, table.offered[0])
    return Plan(operation="funnel", measures=measures, filters=filters, period=period)


def _step_column(table: Table) -> ColumnModel | None:
    """Returns the column of steps: the request orders them, its name says so, or they are numbered."""
    if asked := next((each for each in table.model.columns if _requested(each)), None):
        return asked
    for column in table.model.columns:
        is_text = column.type == "VARCHAR" and 3 <= column.distinct <= MOST_STEPS
        if is_text and columns.says(column, STEP_NAMES):
            return column
    ordered = (each for each in table.model.columns if each.order and each.order.scale == "numbered")
    return next((each for each in ordered if 3 <= each.distinct <= MOST_STEPS), None)


def _requested(column: ColumnModel) -> list[str]:
    """Returns the order that the request gives to a column's values; empty if it gives none."""
    return column.order.values if column.order and column.order.scale == "requested" else []


def _of_steps(question: Question, table: Table, steps: ColumnModel) -> tuple[Measured, bool]:
    """Returns how many are at a step, and whether they went through the steps before it as well."""
    counted = columns.kinds(table, *COUNTED) or _whole_numbers(table)
    person = columns.who(question, table)
    if counted and person is None:
        named = [each for each in counted if question.words.fit(table.words_of(each.name))]
        return _total(table, (named or counted)[0]), False
    if person is not None and person is not steps and person.distinct < 0.95 * table.model.rows:
        return columns.different(person), False
    return columns.row_count(table), True


def _whole_numbers(table: Table) -> list[ColumnModel]:
    return [each for each in columns.numbers(table) if each.type == "BIGINT" and not each.symbol]


def _total(table: Table, column: ColumnModel) -> Measured:
    noun = f"{{{{c{table.model.columns.index(column)}}}}}"
    return Measured(
        measure=Total(of=cell_of(table.model, column)), label=column.label, noun=noun, unit=COUNT,
        columns=[column.name], adds_up=True, over_time=True,
    )  # fmt: skip


def _columns(question: Question, table: Table) -> list[Measured]:
    """Returns the steps that are columns: of numbers, or of yes and no for each row."""
    counted = _whole_numbers(table)
    course = max((_of_course(counted, steps) for steps in COURSES), key=len)
    named = [each for each in counted if question.words.fit(table.words_of(each.name))]
    chosen = course if len(course) > 1 else named if len(named) > 2 else []
    if chosen:
        return [_total(table, column) for column in chosen]
    flags = [each for each in table.model.columns if each.outcome and each.outcome.counts != "(a date)"]
    if len(flags) < 2:
        return []
    return [columns.row_count(table), *(_flag(table, each) for each in flags)]


def _of_course(counted: list[ColumnModel], steps: tuple[frozenset[str], ...]) -> list[ColumnModel]:
    """Returns the columns that are steps of a usual course, in its order."""
    found = [(place, each) for each in counted if (place := _place(each.name, steps)) is not None]
    return [each for _, each in sorted(found, key=lambda step: step[0])]


def _place(name: str, steps: tuple[frozenset[str], ...]) -> int | None:
    own = set(read_name(name).words)
    return max((place for place, step in enumerate(steps) if own & step), default=None)


def _flag(table: Table, column: ColumnModel) -> Measured:
    assert column.outcome is not None
    only = Condition(column=column.name, relation=Relation.IS, values=[column.outcome.counts])
    return Measured(
        measure=Rows(where=[only]), label=column.label,
        noun=f"{{{{c{table.model.columns.index(column)}}}}}", unit=COUNT, columns=[column.name],
        adds_up=True, over_time=True,
    )  # fmt: skip


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    steps = _in_rows(plan, execute) if plan.groups else _in_columns(plan, execute)
    if isinstance(steps, Lacking):
        return steps
    if len(steps) < 2 or not all(_count(step) for step in steps[:-1]):
        return Lacking("two steps that somebody reached")
    things = plan.measures[0].noun
    statements = [*_losses(execute, steps, things), _whole(execute, steps, things)]
    title = f"{things} by step"
    chart = listed(
        execute,
        [(step.name, step.reached) for step in steps],
        title=title,
        category="step",
        series=things,
    )
    figures = [*_figures(statements[0]), *figures_of(statements[-1], share="get through")]
    return Result(
        [*statements, *parts.left_out(plan, execute)],
        chart,
        figures,
        parts.method(plan.measures[0], execute, Scope.of(plan)),
        summed=3,
    )


def _figures(head: Statement) -> list[Figure]:
    """Returns the loss that the title tells."""
    return figures_of(head, lost="lost at this step", share="of those before it")


def _in_rows(plan: Plan, execute: Executor) -> list[Step] | Lacking:
    """Returns the steps of a column in their order."""
    (measured, *_), (group, *_), scope = plan.measures, plan.groups, Scope.of(plan)
    found = execute.groups(measured, group, scope)
    (column,) = (each for each in execute.model.columns if each.name == group.column)
    names: list[str] | None = [each for each in _requested(column) if each in {f.name for f in found}]
    if not names:
        names = _ordered([(each.name, each.value) for each in found], sized=not plan.reached)
    if names is None:
        return Lacking("the order of its steps")
    steps = []
    for place, name in enumerate(names):
        after = Condition(column=group.column, relation=Relation.IS, values=list(names[place:]))
        within = scope.also(after) if plan.reached else scope.of_group(group, name)
        steps.append(Step(name, execute.name(group, name), execute.value(measured, within)))
    return steps


def _ordered(sizes: list[tuple[str, float]], *, sized: bool) -> list[str] | None:
    """Returns steps in order: by their numbers, by what is usual, or by how many reach them."""
    names = [name for name, _ in sizes]
    if all(_NUMBERED.match(name) for name in names):
        return sorted(names, key=lambda name: (int(_NUMBERED.match(name)[1]), name))  # type: ignore[index]
    for steps in COURSES:
        places = [_place(name, steps) for name in names]
        known = [place for place in places if place is not None]
        if not sized and len(set(known)) == len(names):
            return [name for _, name in sorted(zip(known, names, strict=True))]
    return names if sized else None  # `sizes` come the largest first


def _in_columns(plan: Plan, execute: Executor) -> list[Step]:
    """Returns the steps that are measures, those that most reach first."""
    scope = Scope.of(plan)
    steps = [Step(each.label, each.noun, execute.value(each, scope)) for each in plan.measures]
    return sorted(steps, key=lambda step: -_count(step))


def _count(step: Step) -> float:
    return float(step.reached.value or 0)


def _losses(execute: Executor, steps: list[Step], things: Text) -> list[Statement]:
    """Returns where most are lost, in number and in percent, which need not be the same step."""
    pairs = list(pairwise(steps))
    by_number = max(pairs, key=lambda pair: _count(pair[0]) - _count(pair[1]))
    by_share = max(pairs, key=lambda pair: 1 - _count(pair[1]) / _count(pair[0]))
    if _count(by_number[0]) <= _count(by_number[1]):
        return [state("funnel.none", things=things)]
    said = _loss(execute, by_number) | {"things": things}
    if by_number == by_share:
        return [state("funnel.both", **said), *_second(execute, pairs, by_number, things)]
    return [state("funnel.number", **said), state("funnel.share", **_loss(execute, by_share))]


def _second(
    execute: Executor, pairs: list[tuple[Step, Step]], first: tuple[Step, Step], things: Text
) -> list[Statement]:
    """Returns the step that loses most after the first."""
    others = [pair for pair in pairs if pair != first and _count(pair[0]) > _count(pair[1])]
    if not others:
        return []
    next_pair = max(others, key=lambda pair: _count(pair[0]) - _count(pair[1]))
    return [state("funnel.next", **_loss(execute, next_pair), things=things)]


def _loss(execute: Executor, pair: tuple[Step, Step]) -> Slots:
    one, two = pair
    way = f"from {one.name} to {two.name}"
    before, after = one.reached, two.reached
    lost = f"({before.sql}) - ({after.sql})"
    share = f"1 - ({after.sql}) / ({before.sql})"
    return {
        "one": one.said,
        "two": two.said,
        "before": before,
        "lost": execute.of_two(lost, COUNT, f"lost {way}", before, after, Sign.PLAIN),
        "share": execute.of_two(share, PERCENT, f"lost in percent {way}", before, after, Sign.PLAIN),
    }


def _whole(execute: Executor, steps: list[Step], things: Text) -> Statement:
    """Returns how many of those at the first step reach the last one."""
    first, last = steps[0], steps[-1]
    share = execute.share(
        last.reached, first.reached, f"part that gets from {first.name} to {last.name}"
    )
    return state(
        "funnel.whole",
        first=first.reached,
        last=last.reached,
        one=first.said,
        step=last.said,
        share=share,
        things=things,
    )


OPERATION = Operation(asks, plan, run)
