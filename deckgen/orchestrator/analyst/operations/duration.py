"""Duration: how long something takes, and for whom it takes longest."""

import re

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact
from deckgen.domain.plans import Condition, Group, Measured, Median, Plan, Relation
from deckgen.orchestrator.analyst.execution import differing, parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import (
    Figure,
    Lacking,
    Result,
    Statement,
    figures_of,
    state,
)
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import columns, common_meanings, comparing, elapsed, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

_FAST = re.compile(r"\b(?:fastest|quickest|schnellste)", re.IGNORECASE)
FEWEST = 5  # rows of a group whose mean is told


def asks(question: Question, table: Table) -> float:
    """How long, or which is slowest, in a table with two dates or a column of durations."""
    if not question.has(Cue.LONG, Cue.SLOW) or question.has(
        Cue.LATE, Cue.CAUSE, Cue.EXPECT, Cue.ADVICE, Cue.UP, Cue.RELATION
    ):
        return NOT
    if not question.has(Cue.LONG) and common_meanings.pace_of(table) is not None:
        return NOT  # who is fast needs least for each kilometre
    return (PHRASE if question.has(Cue.LONG) else WORDS + 0.5) if _measured(question, table) else NOT


def _measured(question: Question, table: Table) -> Measured | None:
    """Returns what is meant: a column of durations that is named, two dates, or any such column."""
    named = question.of(Concept.DURATION)
    column = elapsed.column_of(question, table)
    if column is not None and (named is None or len(columns.dates(table)) < 2):
        return column
    dates = elapsed.pair(question, table)
    if dates is None and question.before is not None:
        dates = elapsed.pair(question.before, table)
    return elapsed.between(table, *dates) if dates else column


def plan(question: Question, table: Table) -> Plan | Lacking:
    is_own = _says_dates(question, table) or bool(elapsed.named_in(question, table))
    source = question if is_own or question.before is None else question.before
    measured = _measured(source, table) or _measured(question, table)
    if measured is None:
        return Lacking(state("lacks.two_dates_column_says_how"))
    offered = Offered(measured, Concept.DURATION, ())
    filters = slots.filters_of(question, table, offered)
    if ends := elapsed.ends_of(measured):
        filters.append(elapsed.in_order(*ends))
    by_group = columns.asks_by_group(question, table)
    return Plan(
        operation="duration",
        measures=[measured],
        groups=slots.groups_of(question, table, offered) if by_group else [],
        filters=filters,
        period=comparing.period_of(question),
        order="lowest"
        if question.has(Cue.LEAST, Cue.GOOD) or _FAST.search(question.text)
        else "highest",
    )


def _says_dates(question: Question, table: Table) -> bool:
    return any(question.words.fit(table.words_of(each.name)) for each in columns.dates(table))


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (measured, *_), scope = plan.measures, Scope.of(plan)
    mean = execute.value(measured, scope)
    if mean.value is None:
        return Lacking(state("lacks.rows_both_dates"))
    whole = [_level(execute, measured, scope, mean), *_long(execute, measured, scope)]
    for group in plan.groups[:1]:
        told, chart = _by_group(plan, execute, group)
        if told:
            statements = [*told, *whole, *_without_end(execute, measured)]
            figures = figures_of(
                told[0], mean=execute.says("label.on_average"), median=execute.says("label.median")
            )
            return Result(statements, chart, figures, parts.method(measured, execute, scope), summed=3)
    chart, _ = (
        parts.course(execute, measured, execute.axis.chart_grain(), scope)
        if execute.timeline
        else (None, [])
    )
    figures = [
        Figure(execute.says("label.on_average"), mean),
        Figure(execute.says("label.median"), _median(execute, measured, scope)),
    ]
    statements = [*whole, *_without_end(execute, measured)]
    return Result(statements, chart, figures, parts.method(measured, execute, scope))


def _level(execute: Executor, measured: Measured, scope: Scope, mean: Fact) -> Statement:
    """Returns mean and median: a few that take very long pull the mean far from the middle."""
    median = _median(execute, measured, scope)
    return state("duration.level", measure=measured.noun, mean=mean, median=median)


def _median(execute: Executor, measured: Measured, scope: Scope) -> Fact:
    middle = Median(of=elapsed.row_value(measured))
    own = measured.model_copy(
        update={"measure": middle, "label": execute.says("label.median_of", measure=measured.label)}
    )
    return execute.value(own, scope)


def _long(execute: Executor, measured: Measured, scope: Scope) -> list[Statement]:
    """Returns what one in ten exceeds."""
    number = execute.compiler.row_value(elapsed.row_value(measured))
    fact = execute.book.value(
        execute.says("label.ninth_tenth", measure=measured.label),
        f"quantile_cont({number}, 0.9)",
        measured.unit,
        *execute.conditions(scope),
    )
    return [state("duration.long", things=parts.things(execute), value=fact)]


def _without_end(execute: Executor, measured: Measured) -> list[Statement]:
    """Returns how many rows have not ended yet, as they count for nothing here."""
    ends = elapsed.ends_of(measured)
    if ends is None:
        return []
    blank = Scope((Condition(column=ends[1], relation=Relation.BLANK),))
    if not execute.rows(blank):
        return []
    left = parts.rows(execute, blank)
    return [
        state("duration.open", left=left, things=parts.things(execute), column=execute.noun(ends[1]))
    ]


def _by_group(plan: Plan, execute: Executor, group: Group) -> tuple[list[Statement], Chart | None]:
    """Returns which group takes longest, or that none clearly does."""
    (measured, *_), scope = plan.measures, Scope.of(plan)
    found = execute.groups(measured, group, scope)
    large = [each for each in found if each.rows >= FEWEST]
    if len(large) < 2:
        return [], None
    small = [each.name for each in found if each.rows < FEWEST]
    if small:
        scope = scope.also(Condition(column=group.column, relation=Relation.IS_NOT, values=small))
    lowest = plan.order == "lowest"
    ends = [execute.placed(measured, group, scope, 1, lowest=end) for end in (lowest, not lowest)]
    clear = differing.values_differ(execute, elapsed.row_value(measured), group, scope)
    (first, one), (last, two) = ends
    chart = execute.bars(
        [measured],
        group,
        scope,
        title=execute.says("chart.by", measure=measured.noun, group=execute.noun(group.column)),
        alt=execute.says("chart.by", measure=measured.noun, group=execute.noun(group.column)),
        lowest=lowest,
        highlight=(first.value,) if clear else (),
    )
    if not clear:
        said = state(
            "duration.alike",
            groups=execute.noun(group.column),
            first=first,
            one=one,
            last=last,
            two=two,
        )
        return [said], chart
    median = _median(execute, measured, scope.of_group(group, first.value))
    head = state(f"duration.{plan.order}", name=first, mean=one, median=median)
    return [head, state("duration.other", name=last, mean=two)], chart


OPERATION = Operation(asks, plan, run)
