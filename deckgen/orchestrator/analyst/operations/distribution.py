"""Distribution: how a number is spread over its rows, and how much the largest of many bring."""

import re

from deckgen.domain.charts import Chart
from deckgen.domain.datasets import Role
from deckgen.domain.facts import Text
from deckgen.domain.plans import Group, Measured, Plan
from deckgen.orchestrator.analyst.execution import paretos, parts, spread, telling
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Figure, Lacking, Result, state
from deckgen.orchestrator.analyst.execution.row_values import is_outcome, row_value
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.questions import Cue, cues_of
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import columns, comparing, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

FEWEST = 5  # rows or groups, below which nothing is spread
_FEW = re.compile(
    r"(?:depend\w{0,20}|rel(?:y|ies)) (?:\w{1,40} ){0,3}on (?:a )?few"
    r"|(?:a )?few (?:\w{1,40} ){0,2}(?:bring|make|account|generate|responsible|behind)"
    r"|pareto|concentrat\w*|konzentr(?:ation|iert)\w*|(?:von )?wenige[nr]? \w{1,40} (?:abhängig|ab\b)"
)


def asks(question: Question, table: Table) -> float:
    """How something is spread, or whether a few bring most of it."""
    if question.has(Cue.DISTRIBUTION) and _is_a_name(question, table):
        return NOT
    if _FEW.search(question.text.lower()):
        return PHRASE + 0.5
    return WORDS + 0.3 if question.has(Cue.DISTRIBUTION) else NOT


def _is_a_name(question: Question, table: Table) -> bool:
    """True if the word for a spread is that of a column: the concentration of CO2."""
    said = cues_of(question.text[question.cues[Cue.DISTRIBUTION] :].split()[0])
    names = (word for each in table.model.columns for word in columns.words(each))
    return Cue.DISTRIBUTION in said and any(Cue.DISTRIBUTION in cues_of(name) for name in names)


def plan(question: Question, table: Table) -> Plan | Lacking:
    named = [each for _, each in question.measures if each.concept is not Concept.COUNT]
    measure = named[0] if named else slots.main_of(table)
    things = _things(question, table, measure.columns)
    few = _FEW.search(question.text.lower()) is not None
    if few and not _adds_up(measure):
        measure = next((each for each in table.offered if _adds_up(each)), measure)
    if few and things is None:
        return Lacking(state("lacks.column_those_may_bring_most"))
    if few and not _adds_up(measure):
        return Lacking(state("lacks.measure_adds_up_does_not", measure=measure.measured.label))
    return Plan(
        operation="distribution",
        measures=[measure.measured],
        groups=_groups(question, table, measure, things),
        filters=slots.filters_of(question, table, measure),
        period=comparing.period_of(question),
    )


def _groups(question: Question, table: Table, measure: Offered, things: Group | None) -> list[Group]:
    """Returns whose parts of a sum are told; of a number of rows the groups that are asked for."""
    if measure.measured.adds_up:
        return [things] if things else []
    return slots.groups_of(question, table, measure)[:1] if question.groups else []


def _adds_up(offered: Offered) -> bool:
    return offered.measured.adds_up and offered.concept is not Concept.COUNT


def _things(question: Question, table: Table, own: tuple[str, ...]) -> Group | None:
    """Returns the column that tells apart who is named: customers, products; also an id."""
    fits = [
        (question.words.fit(table.words_of(column.name)), column.name)
        for column in table.model.columns
        if column.role in (Role.ID, Role.DIMENSION, Role.GEOGRAPHY, Role.TEXT)
        and column.name not in own
        and column.distinct >= FEWEST
    ]
    best = max(fits, key=lambda each: each[0], default=(0.0, ""))
    return Group(column=best[1]) if best[0] > 0 else None


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    measured, scope = plan.measures[0], Scope.of(plan)
    if plan.groups and measured.adds_up:
        return _concentrated(plan, execute, measured, plan.groups[0], scope)
    if row_value(execute.compiler, measured.measure) is None or is_outcome(measured):
        return Lacking(state("lacks.number_each_row", measure=measured.label))
    return _spread(plan, execute, measured, scope)


def _concentrated(
    plan: Plan, execute: Executor, measured: Measured, group: Group, scope: Scope
) -> Result | Lacking:
    """Returns what the largest fifth of the groups bring, and the largest one."""
    found = execute.groups(measured, group, scope)
    if len(found) < FEWEST or found[-1].value < 0 or found[0].value <= 0:
        return Lacking(state("lacks.enough_groups_parts_whole"))
    top = spread.top_of(execute, measured, group, scope)
    noun, column = measured.noun, execute.noun(group.column)
    name, value = execute.placed(measured, group, scope, 1)
    share = execute.share(
        value,
        execute.value(measured, scope),
        execute.says("label.share_of_name", measure=measured.label, name=name.display),
    )
    even = spread.is_even(found)
    statements = [
        state(
            "spread.even" if even else "spread.top",
            part=top.part,
            share=top.share,
            measure=noun,
            column=column,
            count=top.count,
            every=top.every,
        ),
        state("ranking.share", name=name, share=share, measure=noun, value=value),
        *parts.left_out(plan, execute),
    ]
    chart = paretos.pareto(execute, measured, group, scope, highlight=(name.value,))
    return Result(
        statements, chart, _figures(execute, column, top), parts.method(measured, execute, scope)
    )


def _figures(execute: Executor, column: Text, top: spread.Top) -> list[Figure]:
    """Returns what the largest bring, and how many they are."""
    return [
        Figure(column, top.share),
        Figure(execute.says("label.largest_part", part=top.part), top.count),
        Figure(execute.says("label.in_all"), top.every),
    ]


def _spread(plan: Plan, execute: Executor, measured: Measured, scope: Scope) -> Result | Lacking:
    """Returns the median, the middle half, and the ends of a number."""
    told = spread.quantiles(execute, measured, scope)
    if told is None:
        return Lacking(state("lacks.enough_rows_value"))
    noun = telling.plain_noun(measured)
    statements = [
        state("spread.half", measure=noun, low=told.quarter, high=told.three_quarters),
        state("spread.median", measure=noun, median=told.median, mean=told.mean),
        state("spread.ends", least=told.least, most=told.most, tenth=told.tenth),
        *parts.left_out(plan, execute),
    ]
    return Result(
        statements,
        _drawn(plan, execute, measured, scope),
        [
            Figure(execute.says("label.quarter_below"), told.quarter),
            Figure(execute.says("label.quarter_above"), told.three_quarters),
        ],
        parts.method(measured, execute, scope),
    )


def _drawn(plan: Plan, execute: Executor, measured: Measured, scope: Scope) -> Chart | None:
    """Returns the spread within each group that is asked for, else that of all rows."""
    by_group = [spread.boxes(execute, measured, group, scope) for group in plan.groups]
    return next(iter(by_group), None) or spread.histogram(execute, measured, scope)


OPERATION = Operation(asks, plan, run)
