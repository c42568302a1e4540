"""Difference: whether groups differ more than chance would have them differ, and by how much."""

import re

from deckgen.domain.facts import Fact
from deckgen.domain.plans import Condition, Group, Measured, Plan, Relation
from deckgen.orchestrator.analyst.execution import parts, telling
from deckgen.orchestrator.analyst.execution.effects import Effect, effect
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.grouped import GroupValue
from deckgen.orchestrator.analyst.execution.noticeable import noticeable
from deckgen.orchestrator.analyst.execution.results import Lacking, Result, Statement, state
from deckgen.orchestrator.analyst.execution.row_values import (
    is_outcome,
    per_row,
    row_value,
    unit_of_change,
)
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept
from deckgen.orchestrator.analyst.planning import comparing, factors, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting

BESIDE = 0.5  # of a fit: a word for it is said


def asks(question: Question, table: Table) -> float:
    """Is it significant, is one better than the other, do groups differ, does one stand out."""
    if _group(question, table) is None or question.has(Cue.DIFFERENCE_MADE):
        return NOT
    if question.has(Cue.TEST) and _two_filtered(question):
        return PHRASE + 0.2
    named = bool(question.groups) or _two_filtered(question) or _two_values(question, table)
    if question.has(Cue.TEST) and (named or not question.periods):
        return PHRASE
    if question.has(Cue.WHICH) and question.has(Cue.STAND_OUT) and named:
        return PHRASE
    return WORDS + 0.3 if question.has(Cue.DIFFER) and named else NOT


def plan(question: Question, table: Table) -> Plan | Lacking:
    group = _group(question, table)
    asked = question if question.measures or question.before is None else question.before
    measure = factors.explained(asked, table)
    if group is not None and _differs_by(question, group.column):
        measure = next(each for _, each in question.measures if each.concept is Concept.COLUMN)
    if measure is None or group is None:
        return Lacking(state("lacks.measure_groups_could_differ"))
    own = [each for each in slots.filters_of(question, table, measure) if each.column != group.column]
    return Plan(
        operation="difference",
        measures=[measure.measured],
        groups=[group],
        filters=[*own, *_values(question, table, group)],
        period=comparing.period_of(question),
    )


def _group(question: Question, table: Table) -> Group | None:
    """Returns the groups that are compared: those that are named by values or by their column."""
    for condition in question.filters:
        if table.column(condition.column).outcome is not None:
            continue
        return Group(column=condition.column)
    for _, dimension in question.groups:
        column = table.model.columns[dimension.index]
        if column.outcome is None or _differs_by(question, column.name):
            return Group(column=column.name)
    if question.before is not None:
        return _group(question.before, table)
    usable = [each for each in table.dimensions if table.model.columns[each.index].outcome is None]
    return table.group(usable[0]) if question.has(Cue.TEST) and len(usable) == 1 else None


def _differs_by(question: Question, column: str) -> bool:
    """True if a question about one thing being more than another names a measure beside a column."""
    return question.has(Cue.TEST) and any(
        fit >= BESIDE and column not in each.columns and each.concept is Concept.COLUMN
        for fit, each in question.measures
    )


def _two_values(question: Question, table: Table) -> bool:
    """True if a question names two groups of one column."""
    group = _group(question, table)
    return group is not None and len(_said(question, table, group)) > 1


def _two_filtered(question: Question) -> bool:
    """True if two groups of one column are named, by whatever words."""
    return any(len(each.values) == 2 for each in question.filters)


def _values(question: Question, table: Table, group: Group) -> list[Condition]:
    """Returns which groups are compared, if the question names some but not all of them."""
    said = _said(question, table, group)
    if len(said) < 2 or len(said) == table.column(group.column).distinct:
        return []
    return [Condition(column=group.column, relation=Relation.IS, values=said)]


def _said(question: Question, table: Table, group: Group) -> list[str]:
    """Returns the groups that a question names. One of a letter is looked for here only: elsewhere it
    may be a word.
    """
    names = [str(name) for (name,) in table.data.all(_distinct(group.column))]
    return [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", question.text)]


def _distinct(column: str) -> str:
    name = quoting.name(column)
    return (
        f"SELECT DISTINCT CAST({name} AS VARCHAR) AS g FROM data WHERE {name} IS NOT NULL "
        "ORDER BY g LIMIT 100"
    )


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (measured, *_), (group, *_) = plan.measures, plan.groups
    scope = Scope.of(plan)
    if row_value(execute.compiler, measured.measure) is None:
        return Lacking(state("lacks.value_each_row", measure=measured.label))
    measured = per_row(measured, execute.language)
    found, compared = (
        effect(execute, measured, group, scope),
        telling.compared(execute, measured, group, scope),
    )
    if found is None or len(compared) < 2:
        return Lacking(state("lacks.two_groups_enough_rows_compare"))
    statements = _told(execute, measured, group, found, compared, scope)
    small = telling.too_small(execute, measured, group, scope)
    statements += [state("relation.small", names=small)] if small else []
    statements += parts.left_out(plan.model_copy(update={"filters": _apart(plan)}), execute)
    method = state(
        "difference.method",
        measure=telling.noun_of(execute, measured),
        column=execute.noun(group.column),
        rows=parts.rows(execute, scope),
        things=parts.things(execute),
    )
    return Result(statements, telling.bars(execute, measured, group, scope), [], method)


def _apart(plan: Plan) -> list[Condition]:
    return [each for each in plan.filters if each.column != plan.groups[0].column]


def _told(
    execute: Executor,
    measured: Measured,
    group: Group,
    found: Effect,
    compared: list[GroupValue],
    scope: Scope,
) -> list[Statement]:
    high, low = compared[0], compared[-1]
    names = [execute.name(group, each.name) for each in (high, low)]
    values = [execute.value(measured, scope.of_group(group, each.name)) for each in (high, low)]
    noun, column = telling.noun_of(execute, measured), execute.noun(group.column)
    sure = "clear" if found.is_clear else "chance"
    kind = "two" if len(compared) == 2 else "many"
    gap = _gap(execute, measured, values, found)
    return [
        state(
            f"difference.{kind}.{sure}",
            measure=noun,
            column=column,
            first=names[0],
            last=names[1],
            high=values[0],
            low=values[1],
        ),
        state(f"difference.p.{sure}", gap=gap, p=f"{{{{q{gap.id.removeprefix('f')}}}}}"),
        *_made_of(execute, measured, group, (high, low), scope),
        *_between(execute, measured, group, compared, scope),
        *noticeable(execute, measured, group, compared, scope, clear=found.is_clear),
    ]


def _gap(execute: Executor, measured: Measured, values: list[Fact], found: Effect) -> Fact:
    """Returns the distance of the highest from the lowest, which carries the test."""
    high, low = values
    unit = unit_of_change(measured)
    where = f"({high.where}) OR ({low.where})"
    return execute.book.query(
        execute.says("label.difference_of_ends", measure=measured.label),
        f"SELECT ({high.sql}) - ({low.sql})",
        unit,
        where,
        statistics=found.statistics,
        groups=(*high.groups, *low.groups),
    )


def _made_of(
    execute: Executor,
    measured: Measured,
    group: Group,
    ends: tuple[GroupValue, GroupValue],
    scope: Scope,
) -> list[Statement]:
    """Returns how many rows a rate is made of."""
    if not is_outcome(measured):
        return []
    measure = measured.measure
    assert measure.kind == "ratio"
    told = [
        (
            execute.name(group, each.name),
            *(
                parts.one_side(execute, measured, part, scope.of_group(group, each.name))
                for part in (measure.over, measure.per)
            ),
        )
        for each in ends
    ]
    (first, high, of_high), (last, low, of_low) = told
    return [
        state(
            "difference.counts",
            first=first,
            high=high,
            of_high=of_high,
            last=last,
            low=low,
            of_low=of_low,
        )
    ]


def _between(
    execute: Executor, measured: Measured, group: Group, compared: list[GroupValue], scope: Scope
) -> list[Statement]:
    """Returns the groups between the ends, as far as a slide has room for them."""
    between = compared[1:-1][: telling.MOST_TOLD]
    if not between:
        return []
    values = execute.language.listed(
        [telling.valued(execute, measured, group, each.name, scope) for each in between]
    )
    return [state("difference.between", values=values)]


OPERATION = Operation(asks, plan, run)
