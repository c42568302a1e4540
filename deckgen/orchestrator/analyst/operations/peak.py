"""Peak: in which year or month something was highest or lowest, and what became of it since."""

from deckgen.domain.facts import Fact, Sign
from deckgen.domain.formatting.display import Grain
from deckgen.domain.plans import By, Group, Measured, Plan, Span
from deckgen.orchestrator.analyst.execution import courses, parts, pointing
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Figure, Lacking, Result, Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.planning import balances, comparing, events, order
from deckgen.orchestrator.analyst.planning.figures import figure_of
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, Operation
from deckgen.orchestrator.analyst.profiling.timeline import GRAINS, Timeline
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

MOST_TIED = 4
NAMED: dict[Grain, tuple[str, ...]] = {
    "year": ("year", "jahr"),
    "quarter": ("quarter", "quartal"),
    "week": ("week", "woche"),
}
Course = list[tuple[Span, float]]


def asks(question: Question, table: Table) -> float:
    """In which year, or when, something was at its highest or lowest: a time that is past."""
    ends = question.has(Cue.MOST, Cue.LEAST, Cue.GOOD, Cue.BAD, Cue.OCCUR)
    asked = question.has(Cue.PEAKED) or (question.has(Cue.WHICH_PERIOD) and ends)
    if not asked or question.has(Cue.EXPECT, Cue.NEXT, Cue.SHIFT) or _names_years(question, table):
        return NOT
    return PHRASE + 0.15


def _names_years(question: Question, table: Table) -> bool:
    """True if years are a column of groups, which no axis of time is: years of construction."""
    columns = [table.model.columns[each.index] for _, each in question.groups]
    return any(table.words_of(each.name) & {"year", "jahr"} for each in columns)


def plan(question: Question, table: Table) -> Plan | Lacking:
    grain = _grain(question, table)
    if table.timeline is None or grain is None:
        return Lacking(state("lacks.dates"))
    measured = balances.at_its_end(figure_of(question, table).measured, table)
    axis = table.model.columns[table.timeline.column].name
    return Plan(
        operation="peak",
        measures=[measured],
        groups=[Group(column=axis, by=By.PERIOD, grain=grain)],
        filters=events.filters_of(question, table, measured),
        period=comparing.period_of(question),
        order=order.of(question, measured),
    )


def _grain(question: Question, table: Table) -> Grain | None:
    """Returns the grain of the periods: the one that is named, else the finest that is no noise."""
    axis = table.timeline
    if axis is None:
        return None
    for grain, words in NAMED.items():
        if question.words.says(words):
            return grain if GRAINS.index(grain) >= GRAINS.index(axis.grain) else None
    return axis.grain if _is_series(axis) else axis.chart_grain()


def _is_series(axis: Timeline) -> bool:
    return axis.is_panel or axis.rows_per_date == 1


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (measured, *_), (group, *_), scope = plan.measures, plan.groups, Scope.of(plan)
    assert group.grain is not None
    measured = parts.of_one_row_each(execute, measured, group.grain, scope)
    course = execute.course(measured, group.grain, scope)
    if len({value for _, value in course}) < 2:
        return Lacking(state("lacks.two_periods_different_values"))
    ranked = sorted(course, key=lambda each: each[1], reverse=plan.order != "lowest")
    end, other = ("low", "high") if plan.order == "lowest" else ("high", "low")
    head = _end(execute, measured, scope, ranked, end)
    statements = [head, *_since(execute, measured, scope, ranked[0][0], course)]
    statements += _next(execute, measured, scope, ranked)
    statements += [_end(execute, measured, scope, ranked[::-1], other), *parts.left_out(plan, execute)]
    value = head.slots["value"]
    figures = [Figure(measured.noun, value)] if isinstance(value, Fact) else []
    chart = courses.line(execute, [measured], scope)
    if chart and isinstance(periods := head.slots["period"], list):
        ends = pointing.said([(each, head.slots["value"]) for each in periods])
        chart = pointing.named(chart, ends)
    return Result(statements, chart, figures, parts.method(measured, execute, scope), summed=2)


def _end(execute: Executor, measured: Measured, scope: Scope, ranked: Course, end: str) -> Statement:
    """Returns the first of ranked periods with its value, or those that share it."""
    same = [span for span, value in ranked if value == ranked[0][1]]
    value = execute.value(measured, scope.within(same[0]))
    periods = [execute.period(span) for span in same[:MOST_TIED]]
    tied = ".tied" if len(same) > 1 else ""
    if not tied:
        execute.book.note_end(value.id, "highest" if end == "high" else "lowest")
    return state(f"peak.{end}{tied}", measure=measured.noun, period=periods, value=value)


def _next(execute: Executor, measured: Measured, scope: Scope, ranked: Course) -> list[Statement]:
    """Returns the period that comes second, unless the first ones are level."""
    (_, first), (span, second) = ranked[:2]
    if first == second:
        return []
    value = execute.value(measured, scope.within(span))
    return [state("ranking.next", name=execute.period(span), value=value)]


def _since(
    execute: Executor, measured: Measured, scope: Scope, peak: Span, course: Course
) -> list[Statement]:
    """Returns how far the last complete period lies from the highest or lowest one."""
    last, value = course[-1]
    top = {span.start: each for span, each in course}[peak.start]
    if last.start <= peak.start or min(top, value) <= 0 or top == value:
        return []
    old, new = (execute.value(measured, scope.within(each)) for each in (peak, last))
    by = execute.growth(
        new, old, execute.says("label.change_since", measure=measured.label), sign=Sign.SIZE
    )
    way = "fell" if value < top else "rose"
    return [state(f"peak.since.{way}", by=by, value=new, period=execute.period(last))]


OPERATION = Operation(asks, plan, run)
