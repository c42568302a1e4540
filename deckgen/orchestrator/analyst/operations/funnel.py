"""Funnel: how many go on from step to step, and where most are lost."""

import re
from dataclasses import dataclass
from itertools import pairwise

from deckgen.domain.facts import Fact, Sign, Text
from deckgen.domain.formatting.display import COUNT, PERCENT
from deckgen.domain.plans import Condition, Group, Plan, Relation
from deckgen.orchestrator.analyst.execution import parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.listing import stepped
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
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.lexicon.step_words import COURSES
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import comparing, slots, stages
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

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
    if loses and stages.column_of(table) and all(_counts(each) for _, each in question.measures):
        return PHRASE + 0.3
    has_steps = loses and (stages.column_of(table) or len(stages.measures_of(question, table)) > 2)
    return WORDS + 0.6 if has_steps else NOT


def _counts(offered: Offered) -> bool:
    return offered.concept is Concept.COUNT


def plan(question: Question, table: Table) -> Plan | Lacking:
    period = comparing.period_of(question)
    if column := stages.column_of(table):
        measured, reached = stages.counted_at(question, table, column)
        filters = [each for each in question.filters if each.column != column.name]
        return Plan(
            operation="funnel", measures=[measured], groups=[Group(column=column.name)],
            filters=filters, period=period, reached=reached,
        )  # fmt: skip
    measures = stages.measures_of(question, table)
    if len(measures) < 2:
        return Lacking(state("lacks.steps_column_column_each_how"))
    filters = slots.filters_of(question, table, table.offered[0])
    return Plan(operation="funnel", measures=measures, filters=filters, period=period)


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    steps = _in_rows(plan, execute) if plan.groups else _in_columns(plan, execute)
    if isinstance(steps, Lacking):
        return steps
    if len(steps) < 2 or not all(_count(step) for step in steps[:-1]):
        return Lacking(state("lacks.two_steps_somebody_reached"))
    things = plan.measures[0].noun
    statements = [*_losses(execute, steps, things), _whole(execute, steps, things)]
    title = execute.says("chart.by_step", things=things)
    chart = stepped(
        execute,
        [(step.name, step.reached) for step in steps],
        title=title,
        category=execute.says("label.step"),
        series=things,
    )
    figures = [
        *_figures(execute, statements[0]),
        *figures_of(statements[-1], share=execute.says("label.get_through")),
    ]
    return Result(
        [*statements, *parts.left_out(plan, execute)],
        chart,
        figures,
        parts.method(plan.measures[0], execute, Scope.of(plan)),
        summed=3,
    )


def _figures(execute: Executor, head: Statement) -> list[Figure]:
    """Returns the loss that the title tells."""
    return figures_of(
        head,
        lost=execute.says("label.lost_here"),
        share=execute.says("label.of_those_before"),
    )


def _in_rows(plan: Plan, execute: Executor) -> list[Step] | Lacking:
    """Returns the steps of a column in their order."""
    (measured, *_), (group, *_), scope = plan.measures, plan.groups, Scope.of(plan)
    found = execute.groups(measured, group, scope)
    (column,) = (each for each in execute.model.columns if each.name == group.column)
    names: list[str] | None = [
        each for each in stages.requested(column) if each in {f.name for f in found}
    ]
    if not names:
        names = _ordered([(each.name, each.value) for each in found], sized=not plan.reached)
    if names is None:
        return Lacking(state("lacks.order_steps"))
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
        places = [stages.place_of(name, steps) for name in names]
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
    way = execute.says("label.from_to", name=one.name, next=two.name)
    before, after = one.reached, two.reached
    lost = f"({before.sql}) - ({after.sql})"
    share = f"1 - ({after.sql}) / ({before.sql})"
    return {
        "one": one.said,
        "two": two.said,
        "before": before,
        "lost": execute.of_two(
            lost, COUNT, execute.says("label.lost_on", way=way), before, after, Sign.PLAIN
        ),
        "share": execute.of_two(
            share, PERCENT, execute.says("label.lost_in_percent", way=way), before, after, Sign.PLAIN
        ),
    }


def _whole(execute: Executor, steps: list[Step], things: Text) -> Statement:
    """Returns how many of those at the first step reach the last one."""
    first, last = steps[0], steps[-1]
    share = execute.share(
        last.reached, first.reached, execute.says("label.part_through", name=first.name, next=last.name)
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
