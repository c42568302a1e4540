"""Change points: when a measure went to another level or took another course, perhaps several times."""

import statistics
from dataclasses import dataclass
from itertools import pairwise

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact
from deckgen.domain.plans import By, Group, Plan
from deckgen.orchestrator.analyst.execution import pairs, parts, pointing, series
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import (
    Figure,
    Lacking,
    News,
    Result,
    Slot,
    Statement,
    state,
)
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.execution.series import Series
from deckgen.orchestrator.analyst.execution.strength import strength
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.planning import slots
from deckgen.orchestrator.analyst.planning.figures import figure_of
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Looks, Operation
from deckgen.orchestrator.analyst.profiling import timeline as time
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.stats.breaks import breaks_in
from deckgen.orchestrator.analyst.stats.mann_kendall import trend_of
from deckgen.orchestrator.analyst.stats.result import TestResult
from deckgen.orchestrator.analyst.stats.seasons import without_season

FEWEST = 8  # periods
ENOUGH = 16  # periods of the coarser grain, from which it shows a shift
CLEAR = 0.05
TOLD = 5
SEVERAL = 3  # shifts of a series that are told together
MOST_DRIFT = 0.5  # of a step: the movement of either side by itself


def asks(question: Question, table: Table) -> float:
    """When did something change, jump or start to fall; a turning point or a break."""
    if question.has(Cue.CAUSE, Cue.EXPECT, Cue.NEXT, Cue.WHAT_IF, Cue.MUCH):
        return NOT
    if question.has(Cue.SHIFT):
        return PHRASE + 0.1
    return (
        WORDS + 0.5 if question.has(Cue.WHEN) and question.has(Cue.UP, Cue.DOWN, Cue.DEVELOP) else NOT
    )


def plan(question: Question, table: Table) -> Plan | Lacking:
    axis = table.timeline
    if axis is None:
        return Lacking(state("lacks.column_dates"))
    measure = figure_of(question, table)
    grain = axis.chart_grain()
    if len(axis.periods(table.data, grain)) < ENOUGH:
        grain = axis.grain
    period = Group(column=table.model.columns[axis.column].name, by=By.PERIOD, grain=grain)
    return Plan(
        operation="change_points",
        measures=[measure.measured],
        groups=[period, *(table.group(each) for _, each in question.groups[:1])],
        filters=slots.filters_of(question, table, measure),
    )


@dataclass(frozen=True)
class Shift:
    """A shift of a series from one stretch of periods to the next."""

    series: Series
    before: tuple[int, int]
    after: tuple[int, int]
    size: float  # of the change, as a share of the larger level
    p_value: float  # for all series and places that were looked at
    is_step: bool  # both stretches keep their level


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (measured, *_), scope = plan.measures, Scope.of(plan)
    (period, *groups) = plan.groups
    assert period.grain is not None
    looked = [series.of(execute, measured, period.grain, scope)]
    for group in groups:
        looked += series.of_groups(execute, measured, group, period.grain, scope)
    enough = [each for each in looked if len(each) >= FEWEST]
    if not enough:
        return Lacking(state("lacks.enough_periods_see_change_level"))
    shifts = [shift for each in enough for shift in _shifts(each, len(enough))]
    news = execute.news(_news(_largest(shifts)) if shifts else None)
    statements = _told(execute, shifts) if shifts else _none(execute, enough[0])
    statements += parts.left_out(plan, execute)
    own = _largest(shifts).series if shifts else enough[0]
    figures = _figures(statements[0])
    chart = _chart(execute, own, shifts)
    method = parts.method(measured, execute, scope)
    return Result(statements, chart, figures, method, summed=3, news=news)


def _figures(head: Statement) -> list[Figure]:
    """Returns the level before and after, or the one that was kept."""
    labels = {"old": "before", "new": "after", "level": "level"}
    found = ((label, head.slots.get(name)) for name, label in labels.items())
    return [Figure(label, fact) for label, fact in found if isinstance(fact, Fact)]


def _shifts(own: Series, looked_at: int) -> list[Shift]:
    """Returns the shifts of a series in their order, found in it less its season."""
    values = without_season(own.values, time.CYCLES.get(own.grain, 1))
    found = breaks_in(values, looked_at)
    stretches = list(pairwise([0, *(each.place for each in found), len(values)]))
    return [
        Shift(
            own, before, after, _size(own, before, after), each.p_value, _is_step(values, before, after)
        )
        for each, (before, after) in zip(found, pairwise(stretches), strict=True)
    ]


def _size(own: Series, *stretches: tuple[int, int]) -> float:
    old, new = (statistics.fmean(own.values[start:end]) for start, end in stretches)
    return abs(new - old) / (max(abs(old), abs(new)) or 1.0)


def _is_step(values: list[float], *stretches: tuple[int, int]) -> bool:
    """True if both stretches move less by themselves than from one to the other."""
    old, new = (statistics.fmean(values[start:end]) for start, end in stretches)
    drifts = (_drift(values[start:end]) for start, end in stretches)
    return max(drifts) <= MOST_DRIFT * abs(new - old)


def _drift(values: list[float]) -> float:
    slope = statistics.linear_regression(range(len(values)), values).slope
    return abs(slope) * (len(values) - 1)


def _news(shift: Shift) -> News:
    test = TestResult("F of breaks", 0.0, shift.p_value, len(shift.series))
    return News(strength("shift", shift.size), test, moves=True)


def _largest(shifts: list[Shift]) -> Shift:
    """Returns the largest shift, of all rows if these have any."""
    return max(shifts, key=lambda each: (each.series.scope.group is None, each.size))


def _told(execute: Executor, shifts: list[Shift]) -> list[Statement]:
    first = _largest(shifts)
    others = [each for each in shifts if each is not first]
    own = [each for each in others if each.series is first.series]
    rest = sorted(
        (each for each in others if each.series is not first.series), key=lambda each: -each.size
    )
    if len(own) + 1 < SEVERAL or not all(each.is_step for each in (first, *own)):
        return [_statement(execute, each) for each in [first, *own, *rest][:TOLD]]
    in_order = [each for each in shifts if each.series is first.series]
    path = [_statement(execute, first), _path(execute, in_order)]
    return [*path, *(_statement(execute, each) for each in rest[: TOLD - len(path)])]


def _path(execute: Executor, shifts: list[Shift]) -> Statement:
    """Returns all levels of a series in their order, each with when it began."""
    own = shifts[0].series
    path = state("change_points.path", level=_level(execute, own, *shifts[0].before))
    for each in shifts:
        level, date = _level(execute, own, *each.after), execute.period(own.spans[each.after[0]])
        path = state("change_points.path.next", before=path, level=level, date=date)
    return path


def _statement(execute: Executor, shift: Shift) -> Statement:
    """Returns a shift: from which level to which, and when the new one began."""
    own = shift.series
    if not shift.is_step:
        return _bend(execute, shift)
    old, new = (_level(execute, own, *stretch) for stretch in (shift.before, shift.after))
    assert isinstance(old.value, int | float)
    assert isinstance(new.value, int | float)
    way = "rose" if new.value > old.value else "fell"
    slots: dict[str, Slot] = {
        "measure": own.measured.noun, "grain": execute.grain(own.grain), "old": old, "new": new,
        "date": execute.period(own.spans[shift.after[0]]),
    }  # fmt: skip
    when = parts.when(own.grain)
    if own.scope.group is None:
        return state(f"change_points.{way}.{when}", **slots)
    slots["name"] = execute.name(own.scope.group, own.scope.value)
    return state(f"change_points.{way}.group.{when}", **slots)


def _bend(execute: Executor, shift: Shift) -> Statement:
    """Returns where a series took another course: its values at the ends and at the turn."""
    own, group = shift.series, shift.series.scope.group
    places = shift.before[0], shift.after[0], shift.after[1] - 1
    old, turn, new = (execute.value(own.measured, own.scope.within(own.spans[n])) for n in places)
    slots: dict[str, Slot] = {
        "measure": own.measured.noun, "old": old, "turn": turn, "new": new,
        "when": pairs.within(execute, own.spans[places[1]]),
    }  # fmt: skip
    if group is None:
        return state("change_points.bend", **slots)
    return state("change_points.bend.group", name=execute.name(group, own.scope.value), **slots)


def _level(execute: Executor, own: Series, start: int, end: int) -> Fact:
    """Returns the mean of a stretch of periods."""
    first, last = own.spans[start], own.spans[end - 1]
    query = (
        f"SELECT avg(value) FROM ({own.query}) WHERE period BETWEEN DATE '{first.start}' "
        f"AND DATE '{last.start}'"
    )
    name = execute.says(
        "label.mean_of_period",
        measure=execute.label(own.measured, own.scope),
        grain=execute.grain(own.grain),
    )
    label = execute.says("label.name_from_to", name=name, start=str(first.start), end=str(last.start))
    return execute.book.query(
        label, query, own.measured.unit, *execute.conditions(own.scope),
        groups=(str(own.group),) if own.scope.group else (),
    )  # fmt: skip


def _none(execute: Executor, own: Series) -> list[Statement]:
    """Returns that there was no shift: a steady movement, or the level that it kept."""
    ends: dict[str, Slot] = {
        "first": execute.period(own.spans[0]), "last": execute.period(own.spans[-1]),
        "measure": own.measured.noun, "grain": execute.grain(own.grain),
    }  # fmt: skip
    trend = trend_of(without_season(own.values, time.CYCLES.get(own.grain, 1)))
    if trend is not None and trend.p_value < CLEAR:
        old, new = (execute.value(own.measured, own.scope.within(own.spans[n])) for n in (0, -1))
        return [state("change_points.steady", old=old, new=new, **ends)]
    level = _level(execute, own, 0, len(own))
    return [state("change_points.none", level=level, **ends), state("change_points.ends", **ends)]


def _chart(execute: Executor, own: Series, shifts: list[Shift]) -> Chart:
    title = execute.says("chart.by", measure=own.measured.noun, group=execute.grain(own.grain))
    chart = execute.line([own.measured], own.grain, own.scope, title=title, alt=title)
    marked = {str(own.starts[each.after[0]]) for each in shifts if each.series is own}
    places = [place for place, name in enumerate(chart.categories) if str(name) in marked]
    chart = chart.model_copy(update={"highlight": places})
    starts = [execute.period(own.spans[each.after[0]]) for each in shifts if each.series is own]
    return pointing.named(chart, pointing.said([(each, each) for each in starts]), "event")


OPERATION = Operation(asks, plan, run, Looks.MEASURES)
