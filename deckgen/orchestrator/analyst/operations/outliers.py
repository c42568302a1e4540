"""Outliers: which single values are unusual for their group and time, and which rows for the table."""

import datetime
from dataclasses import dataclass, replace

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import Grain
from deckgen.domain.plans import By, Cell, Group, Mean, Measured, Plan, Rows, Total
from deckgen.orchestrator.analyst.execution import neighbours, parts, pointing, series, standing_out
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.neighbours import Neighbours
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
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Offered
from deckgen.orchestrator.analyst.planning import slots
from deckgen.orchestrator.analyst.planning.figures import figure_of
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, Looks, Operation
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension
from deckgen.orchestrator.analyst.profiling.timeline import GRAINS
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.stats import unusual
from deckgen.orchestrator.analyst.stats.tails import beyond_the_tail

FEWEST = 8  # periods of a series
FEW_GROUPS = 12
LEAST_OFF = 0.1  # of what is usual: less is no news, however even a series is
TOLD = 5
MOST_SUMMED = 3
SEVERAL = 1.5  # rows a date, from which a row is not simply its date
ALONE = 1.05  # rows a date, up to which each date has one
ENOUGH = 8  # rows of a group in a period, if their number differs
OFTEN = 3  # days between dates, up to which days are compared and not longer periods


def asks(question: Question, table: Table) -> float:
    """Anything unusual, odd or suspicious; what stands out."""
    return PHRASE if question.has(Cue.UNUSUAL) else NOT


def plan(question: Question, table: Table) -> Plan | Lacking:
    """Returns a look at groups if the question asks which of them stands out, else at single values."""
    measure = figure_of(question, table)
    filters = slots.filters_of(question, table, measure)
    named = question.group
    if question.has(Cue.WHICH, Cue.WHO) and named is not None:
        groups = [table.group(named)]
    else:
        groups = _of_periods(question, table, measure.columns)
    measures = [each.measured for each in (measure, *_also(table, measure))]
    return Plan(operation="outliers", measures=measures, groups=groups, filters=filters)


def _also(table: Table, measure: Offered) -> list[Offered]:
    """Returns the main amount beside a count of rows: orders are unusual by their size as well."""
    main = slots.main_of(table)
    is_count = isinstance(measure.measured.measure, Rows)
    return [main] if is_count and isinstance(main.measured.measure, Total | Mean) else []


def _of_periods(question: Question, table: Table, own: tuple[str, ...]) -> list[Group]:
    """Returns by what single values are looked at: periods, and groups if there are any."""
    usable = [each for each in table.dimensions if _is_usable(each, table, own)]
    named = [each for _, each in question.groups if each in usable]
    chosen = (named or usable)[:1]
    periods = _periods(table, chosen[0].groups if chosen else 1)
    return [*(table.group(each) for each in chosen), *periods] if periods else []


def _is_usable(dimension: Dimension, table: Table, own: tuple[str, ...]) -> bool:
    column = table.model.columns[dimension.index]
    return dimension.groups <= FEW_GROUPS and column.name not in own


def _periods(table: Table, groups: int) -> list[Group]:
    """Returns the periods that are compared: short ones, if they hold enough rows of each group."""
    axis = table.timeline
    if axis is None:
        return []
    grain: Grain = axis.grain if axis.grain != "day" or axis.gap <= OFTEN else axis.chart_grain()
    if not axis.is_panel and axis.rows_per_date > ALONE:
        # Of a day with one to three orders the sum says how many there were, and that is no news.
        longer = GRAINS[GRAINS.index(grain) :]
        rows = table.model.rows / max(groups, 1)
        full = [each for each in longer if rows >= ENOUGH * len(axis.periods(table.data, each))]
        grain = full[0] if full else longer[-1]
    return [Group(column=table.model.columns[axis.column].name, by=By.PERIOD, grain=grain)]


@dataclass(frozen=True)
class Point:
    """A value that is far from what is usual there."""

    neighbours: Neighbours
    place: int
    score: float

    @property
    def series(self) -> Series:
        """The series that it stands out of."""
        return self.neighbours.series

    @property
    def start(self) -> datetime.date:
        """The first day of its period."""
        return self.series.starts[self.place]


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    measured, scope = plan.measures[0], Scope.of(plan)
    groups = [group for group in plan.groups if group.by is By.VALUE]
    periods = [group for group in plan.groups if group.by is By.PERIOD]
    if groups and not periods:
        return standing_out.result(execute, plan, measured, groups[0], scope)
    looked = [
        found for each in plan.measures for found in _series(execute, each, groups, periods, scope)
    ]
    points = _points(looked)
    news = execute.news(_news(points, sum(len(each) for each in looked)))
    rows = [found for each in plan.measures for found in _of_rows(execute, each, scope)]
    statements = [*rows, *_of_points(execute, points), *standing_out.copies(execute)]
    if not statements:
        usual = (
            _nothing(execute, looked[0]) if looked else standing_out.usual_rows(execute, plan, scope)
        )
        if usual is None:
            return Lacking(state("lacks.enough_dates_amounts_know_usual"))
        statements = [usual]
    statements += parts.left_out(plan, execute)
    chart = _chart(execute, points, looked)
    figures, method = _figures(execute, statements[0]), parts.method(measured, execute, scope)
    summed = max(2, min(len(points), MOST_SUMMED))
    return Result(statements, chart, figures, method, summed=summed, news=news)


def _figures(execute: Executor, head: Statement) -> list[Figure]:
    """Returns what is unusual beside what is usual."""
    where = [head.slots.get(name) for name in ("name", "date")]
    named = ", ".join(say(each) for each in where if isinstance(each, Fact))
    labels = {
        "value": named or execute.says("label.the_largest"),
        "usual": execute.says("label.usual"),
        "low": execute.says("label.lowest"),
        "high": execute.says("label.highest"),
    }
    found = ((label, head.slots.get(name)) for name, label in labels.items())
    return [Figure(label, fact) for label, fact in found if isinstance(fact, Fact)]


def _series(
    execute: Executor, measured: Measured, groups: list[Group], periods: list[Group], scope: Scope
) -> list[Series]:
    """Returns the series that are long enough: of all rows, and of each group."""
    found: list[Series] = []
    for period in periods:
        assert period.grain is not None
        found.append(series.of(execute, measured, period.grain, scope))
        for group in groups:
            found += series.of_groups(execute, measured, group, period.grain, scope)
    return [each for each in found if len(each) >= FEWEST and len(set(each.values)) > 1]


def _points(looked: list[Series]) -> list[Point]:
    """Returns the unusual values, the most unusual first; a group's value explains that of all rows."""
    every = sum(len(each) for each in looked)
    found = [point for each in looked for point in _of_series(each, every)]
    of_groups = {each.start for each in found if each.series.scope.group}
    kept = [each for each in found if each.series.scope.group or each.start not in of_groups]
    return sorted(kept, key=lambda each: (-abs(each.score), each.start, str(each.series.group)))


def _news(points: list[Point], looked_at: int) -> News | None:
    """Returns the most unusual value as news, by the test in which it stands out least: among all that
    were looked at, and beside the tail of its own series.
    """
    if not points or _is_stretch(points):
        return None
    first, around = points[0], points[0].neighbours
    pairs = zip(around.series.values, around.expected(), strict=True)
    tail = beyond_the_tail([value - usual for value, usual in pairs])
    p_value = max(tail.p_value, unusual.p_value(first.score, looked_at, len(around.series)))
    return News(strength("outlier", 0.0), replace(tail, p_value=p_value))


def _is_stretch(points: list[Point]) -> bool:
    """True if the most unusual value has another one beside it: that is a move, and no outlier."""
    first = points[0]
    return any(
        each.series is first.series and abs(each.place - first.place) == 1 for each in points[1:]
    )


def _of_series(own: Series, looked_at: int) -> list[Point]:
    around = neighbours.of(own)
    expected = around.expected()
    limit = unusual.limit(looked_at, len(own))
    return [
        Point(around, place, score)
        for place, score in enumerate(unusual.scores(own.values, expected))
        if abs(score) > limit
        and abs(own.values[place] - expected[place]) >= LEAST_OFF * abs(expected[place])
    ]


def _of_points(execute: Executor, points: list[Point]) -> list[Statement]:
    """Returns the unusual values, the most unusual one as the headline."""
    told = [(_key(each), _slots(execute, each)) for each in points[:TOLD]]
    says = "most" if len(points) > 1 else "only"
    head = [state(f"outliers.{says}.{key}", **slots) for key, slots in told[:1]]
    return [*head, *(state(f"outliers.point.{key}", **slots) for key, slots in told[1:])]


def _key(point: Point) -> str:
    own = point.series
    return f"{'group' if own.scope.group else 'all'}.{parts.when(own.grain)}"


def _slots(execute: Executor, point: Point) -> dict[str, Slot]:
    own = point.series
    span = own.spans[point.place]
    found: dict[str, Slot] = {
        "measure": own.measured.noun,
        "date": execute.period(span),
        "value": execute.value(own.measured, own.scope.within(span)),
        "usual": point.neighbours.usual(execute, span.start),
    }
    if own.scope.group:
        found["name"] = execute.name(own.scope.group, own.scope.value)
    return found


def _of_rows(execute: Executor, measured: Measured, scope: Scope) -> list[Statement]:
    """Returns rows of an unusual size, where a date has several rows."""
    match measured.measure:
        case Total(of=Cell() as cell) | Mean(of=Cell() as cell):
            pass
        case _:
            return []
    found = standing_out.large_rows(execute, measured, cell, scope)
    return found if execute.timeline is None or execute.axis.rows_per_date > SEVERAL else []


def _nothing(execute: Executor, own: Series) -> Statement:
    """Returns that all values are usual, with the lowest and the highest of them."""
    low, high = (
        execute.book.query(
            execute.says(
                f"label.{end}_of_period", measure=own.measured.label, grain=execute.grain(own.grain)
            ),
            f"SELECT {function}(value) FROM ({own.query})",
            own.measured.unit,
            *execute.conditions(own.scope),
        )
        for end, function in (("lowest", "min"), ("highest", "max"))
    )
    return state(
        "outliers.none", measure=own.measured.noun, low=low, high=high, grain=execute.grain(own.grain)
    )


def _chart(execute: Executor, points: list[Point], looked: list[Series]) -> Chart | None:
    """Returns the series with the most unusual value, with its unusual values marked."""
    if not looked:
        return None
    own = points[0].series if points else looked[0]
    title = execute.says("chart.by", measure=own.measured.noun, group=execute.grain(own.grain))
    chart = execute.line([own.measured], own.grain, own.scope, title=title, alt=title)
    marked = {str(each.start) for each in points if each.series is own}
    places = [place for place, name in enumerate(chart.categories) if str(name) in marked]
    chart = chart.model_copy(update={"highlight": places})
    told = [_slots(execute, each) for each in points[:TOLD] if each.series is own]
    return pointing.named(chart, pointing.said([(each["date"], each["value"]) for each in told]))


OPERATION = Operation(asks, plan, run, Looks.MEASURES)
