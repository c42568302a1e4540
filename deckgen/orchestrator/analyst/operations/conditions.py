"""Conditions: how many rows, or customers, lie below or above a number or another column."""

import re

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact, Sign, Text
from deckgen.domain.formatting.display import COUNT
from deckgen.domain.language.languages import ENGLISH
from deckgen.domain.plans import Bound, Condition, Group, Measured, Plan, Relation
from deckgen.domain.table_models import ColumnModel, MeasureKind
from deckgen.orchestrator.analyst.execution import bounded, parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Lacking, Result, Statement, figures_of, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import columns, comparing, slots, thresholds
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.profiling.units import unit_of
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.vocabulary import Words

_COUNTED = re.compile(
    r"\b(?:how many|number of|wie viele)\s+(?:of (?:our|the) )?([^\W\d_]+)", re.IGNORECASE
)
_HOW_FAR = re.compile(r"\bhow far\b|\bwie weit\b", re.IGNORECASE)
COMPARING = (Relation.LESS, Relation.MORE)


def asks(question: Question, table: Table) -> float:
    """How many are below or above something that is a number or a column."""
    others = (Cue.PLANNED, Cue.OVERTIME, Cue.CAUSE, Cue.EXPECT, Cue.RELATION)
    if (
        question.has(*others)
        or _HOW_FAR.search(question.text)
        or thresholds.of(question, table) is None
    ):
        return NOT
    return PHRASE if question.has(Cue.MANY) else WORDS + 0.3 if not question.has(Cue.MOST) else NOT


def plan(question: Question, table: Table) -> Plan | Lacking:
    threshold = thresholds.of(question, table)
    if threshold is None:
        return Lacking(state("lacks.column_can_held_against"))
    counted = columns.row_count(table)
    thing = _thing(question, table)
    if thing is not None and threshold.value is not None and _adds_up(threshold.column):
        return _of_things(question, table, threshold, thing)
    said = _COUNTED.search(question.text)
    if columns.row_noun(table) == "rows" and said:
        named = said[1].lower() if table.language.code == ENGLISH else said[1]
        counted = counted.model_copy(update={"noun": named, "label": named})
    offered = Offered(counted, Concept.COUNT, ())
    return Plan(
        operation="conditions",
        measures=[counted, *_sum_of(table, threshold)],
        groups=slots.groups_of(question, table, offered),
        filters=[threshold.condition, *slots.filters_of(question, table, offered)],
        period=comparing.period_of(question),
    )


def _thing(question: Question, table: Table) -> ColumnModel | None:
    """Returns the column of what is counted, if several rows are about one of them."""
    said = _COUNTED.search(question.text)
    word = said[1] if said else question.text
    named = [
        each
        for each in table.model.columns
        if each.type == "VARCHAR" or each.role == "id"
        if 1 < each.distinct < 0.95 * table.model.rows
        if Words(word).fit(table.words_of(each.name)) > 0
    ]
    return named[0] if named and question.has(Cue.MANY) else None


def _adds_up(column: ColumnModel) -> bool:
    return column.measure is not None and column.measure.kind in (MeasureKind.FLOW, MeasureKind.COUNT)


def _sum_of(table: Table, threshold: thresholds.Threshold) -> list[Measured]:
    """Returns the sum of what is held against a number, where it adds up."""
    adds_up = threshold.value is not None and _adds_up(threshold.column)
    return [columns.total_of(table, threshold.column, unit_of(threshold.column))] if adds_up else []


def _of_things(
    question: Question, table: Table, threshold: thresholds.Threshold, thing: ColumnModel
) -> Plan:
    """Returns the plan in which the sum of each customer is held against a number."""
    assert threshold.value is not None
    total = columns.total_of(table, threshold.column, unit_of(threshold.column))
    offered = Offered(total, Concept.COLUMN, ())
    return Plan(
        operation="conditions",
        measures=[total, columns.different(thing)],
        groups=[Group(column=thing.name)],
        filters=slots.filters_of(question, table, offered),
        period=comparing.period_of(question),
        bound=Bound(relation=threshold.relation, value=threshold.value * threshold.column.scale),
    )


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    if plan.bound is not None:
        return _run_things(plan, execute, plan.bound)
    (counted, *sums), scope = plan.measures, Scope.of(plan)
    condition = next(each for each in plan.filters if each.relation in COMPARING)
    others = tuple(each for each in plan.filters if each is not condition)
    columns_of = [each for each in (condition.column, condition.other) if each]
    known = [Condition(column=each, relation=Relation.KNOWN) for each in columns_of]
    every = execute.value(counted, Scope((*others, *known), plan.period))
    if not every.value:
        return Lacking(state("lacks.rows_value"))
    count = execute.value(counted, scope)
    share = execute.share(count, every, execute.says("label.part_meeting", measure=counted.label))
    head = state(
        f"conditions.{condition.relation}",
        count=count,
        every=every,
        share=share,
        things=counted.noun,
        column=execute.noun(condition.column),
        against=_against(execute, condition),
    )
    statements = [head, *_worth(execute, sums, scope, count)]
    chart, told = _by_group(plan, execute, counted, scope)
    figures = figures_of(
        head, count=counted.noun, every=execute.says("label.in_all"), share=execute.says("label.of_all")
    )
    told = [*statements, *told, *_without_value(execute, plan, counted, others, every)]
    return Result(told, chart, figures, parts.method(counted, execute, scope))


def _against(execute: Executor, condition: Condition) -> Fact | Text:
    """Returns what is held against: the name of the other column, or the number in its unit."""
    if condition.other:
        return execute.noun(condition.other)
    column = next(each for each in execute.source.columns if each.name == condition.column)
    return _limit(execute, float(condition.values[0] or 0) * column.scale, column.name)


def _limit(execute: Executor, value: float, column: str) -> Fact:
    own = next(each for each in execute.source.columns if each.name == column)
    number = int(value) if value.is_integer() else value
    unit = unit_of(own) if own.symbol else COUNT
    return execute.book.query(execute.says("label.asked_limit"), f"SELECT {number!r}", unit)


def _worth(execute: Executor, sums: list[Measured], scope: Scope, count: Fact) -> list[Statement]:
    """Returns what the rows that meet the condition add up to."""
    return [
        state("conditions.sum", value=execute.value(each, scope), measure=each.noun)
        for each in sums
        if count.value
    ]


def _by_group(
    plan: Plan, execute: Executor, counted: Measured, scope: Scope
) -> tuple[Chart | None, list[Statement]]:
    """Returns which group has most of them."""
    for group in plan.groups[:1]:
        found = execute.groups(counted, group, scope)
        if len(found) < 2:
            continue
        name, value = execute.placed(counted, group, scope, 1)
        chart = execute.bars(
            [counted],
            group,
            scope,
            title=execute.says("chart.by", measure=counted.noun, group=execute.noun(group.column)),
            alt=execute.says("chart.by", measure=counted.noun, group=execute.noun(group.column)),
            highlight=(name.value,),
        )
        leads = found[0].value > found[1].value
        return chart, [state("conditions.most", name=name, value=value)] if leads else []
    return None, []


def _without_value(
    execute: Executor, plan: Plan, counted: Measured, others: tuple[Condition, ...], every: Fact
) -> list[Statement]:
    """Returns how many rows have no value to be held against anything."""
    whole = execute.value(counted, Scope(others, plan.period))
    if whole.value == every.value:
        return []
    label = execute.says("label.without_value", measure=counted.label)
    left = execute.difference(counted, whole, every, label, sign=Sign.PLAIN)
    return [state("conditions.blank", left=left, things=counted.noun)]


def _run_things(plan: Plan, execute: Executor, bound: Bound) -> Result | Lacking:
    """Returns how many customers' sums lie above or below the number."""
    (total, people), (group, *_), scope = plan.measures, plan.groups, Scope.of(plan)
    every = execute.value(people, scope)
    if not every.value:
        return Lacking(state("lacks.rows_value"))
    label = execute.says("label.whose_meets", measure=people.label, other=total.label)
    count = bounded.groups_meeting(execute, total, group, scope, bound, label)
    share = execute.share(count, every, execute.says("label.part_of", measure=label))
    head = state(
        f"conditions.{bound.relation}",
        count=count,
        every=every,
        share=share,
        things=people.noun,
        column=total.noun,
        against=_limit(execute, bound.value, total.columns[0]),
    )
    theirs = bounded.sum_of_meeting(
        execute, total, group, scope, bound, execute.says("label.of", measure=total.label, other=label)
    )
    statements = [head, state("conditions.sum", value=theirs, measure=total.noun)]
    chart = execute.bars(
        [total],
        group,
        scope,
        title=execute.says("chart.by", measure=total.noun, group=execute.noun(group.column)),
        alt=execute.says("chart.by", measure=total.noun, group=execute.noun(group.column)),
        lowest=bound.relation is Relation.LESS,
    )
    figures = figures_of(
        head, count=people.noun, every=execute.says("label.in_all"), share=execute.says("label.of_all")
    )
    return Result(statements, chart, figures, parts.method(total, execute, scope))


OPERATION = Operation(asks, plan, run)
