"""Segments: which groups of customers are worth most; of numbers alone, a plain split of two."""

from typing import Any

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import COUNT, TEXT
from deckgen.domain.plans import By, Group, Mean, Measured, Plan
from deckgen.domain.table_models import ColumnModel, MeasureKind
from deckgen.orchestrator.analyst.execution import bands, leaders, parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import (
    Lacking,
    Result,
    Slots,
    figures_of,
    state,
)
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.columns import cell_of
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import columns, levers, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension
from deckgen.orchestrator.analyst.profiling.units import unit_of
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting

NAMES = frozenset({
    "segment", "segments", "cluster", "tier", "group", "type", "class", "kundengruppe", "kundensegment",
    "gruppe", "typ",
})  # fmt: skip
TELLING = frozenset({
    "spend", "spending", "spent", "revenue", "sales", "income", "orders", "purchases", "frequency",
    "visits", "amount", "value", "balance", "umsatz", "einkommen", "bestellungen", "ausgaben",
})  # fmt: skip
TRAITS = frozenset({"age", "alter", "year", "height", "weight", "tenure"})  # who people are
SIDES = ("low", "high")  # of a median
OTHERS = (
    Cue.CAUSE, Cue.LEAVERS, Cue.UP, Cue.DOWN, Cue.PLANNED, Cue.LOSE_MONEY, Cue.DIFFER, Cue.COMPARE,
    Cue.DEVELOP, Cue.TEST, Cue.RELATION, Cue.SHARE, Cue.AVERAGE, Cue.EXPECT,
)  # fmt: skip


def asks(question: Question, table: Table) -> float:
    """Which segments there are, or on which to focus; not how one of them did."""
    if not question.has(Cue.SEGMENTS) or question.has(*OTHERS):
        return NOT
    if question.has(Cue.ADVICE):
        return PHRASE + 0.2
    ends = question.has(Cue.MOST, Cue.LEAST, Cue.GOOD, Cue.BAD, Cue.MUCH)
    return NOT if ends and _segments(question, table) else WORDS + 0.4


def _segments(question: Question, table: Table) -> Dimension | None:
    """Returns the column of segments: a named one, or one of such a name."""
    if question.groups:
        return question.groups[0][1]
    named = [each for each in table.dimensions if columns.says(table.model.columns[each.index], NAMES)]
    return named[0] if named else None


def plan(question: Question, table: Table) -> Plan | Lacking:
    segments = _segments(question, table)
    if segments is not None:
        measure = slots.measure_of(question, table)
        if measure.concept is Concept.COUNT:
            measure = slots.main_of(table)
        return Plan(
            operation="segments",
            measures=[measure.measured],
            groups=[table.group(segments)],
            filters=slots.filters_of(question, table, measure),
        )
    chosen = _telling(question, table)
    halves = [half for each in chosen if (half := levers.halves_of(table, each))]
    if len(halves) < 2:
        return Lacking(state("lacks.column_segments_two_numbers_form"))
    means = [_mean(table, each) for each in chosen]
    filters = slots.filters_of(question, table, Offered(means[0], Concept.COLUMN, ()))
    return Plan(operation="segments", measures=means, groups=halves, filters=filters)


def _telling(question: Question, table: Table) -> list[ColumnModel]:
    """Returns the two numbers that say most of what somebody is worth."""
    numbers = [each for each in columns.numbers(table) if each.role == "measure" and each.distinct > 2]
    chosen = sorted(numbers, key=lambda each: -_weight(question, table, each))[:2]
    return sorted(chosen, key=numbers.index)


def _weight(question: Question, table: Table, column: ColumnModel) -> float:
    said = question.words.fit(table.words_of(column.name))
    money = bool(column.symbol) and column.symbol != "%"
    kind = column.measure.kind if column.measure else None
    telling = 2 * columns.says(column, TELLING) - 2 * columns.says(column, TRAITS)
    return 2 * said + money + telling + 0.5 * (kind in (MeasureKind.SCORE, MeasureKind.FLOW))


def _mean(table: Table, column: ColumnModel) -> Measured:
    return Measured(
        measure=Mean(of=cell_of(table.model, column)), label=column.label,
        noun=columns.noun_of(table, column), unit=unit_of(column), columns=[column.name],
        adds_up=False, over_time=False,
    )  # fmt: skip


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    if plan.groups[0].by is By.BAND:
        return _run_split(plan, execute)
    return _run_named(plan, execute)


def _run_named(plan: Plan, execute: Executor) -> Result | Lacking:
    """Returns the segments of a column by what they bring, beside their part of all."""
    (measured, *_), (group, *_), scope = plan.measures, plan.groups, Scope.of(plan)
    found = execute.groups(measured, group, scope)
    if len(found) < 2:
        return Lacking(state("lacks.two_segments_value"))
    order = leaders.Order(execute, measured, group, scope, found, lowest=False)
    tied = found[0].value == found[1].value
    if not tied and len(order.level) == len(found):
        return _none_stands_out(plan, order)
    every, whole = parts.rows(execute, scope), execute.value(measured, scope)
    told = [_segment(execute, measured, group, scope, each.name, every, whole) for each in found[:3]]
    says = "sum" if measured.adds_up and parts.has_shares(execute, measured, scope) else "mean"
    head = state(f"segments.{'tied' if tied else says}", **told[0], second=told[1]["name"])
    others = [state(f"segments.{says}.next", **each) for each in told[1:]]
    chart = _bars(order, found[0].name)
    figures = figures_of(head, share=measured.noun, part=parts.things(execute))
    return Result([head, *others], chart, figures, parts.method(measured, execute, scope), summed=3)


def _none_stands_out(plan: Plan, order: leaders.Order) -> Result:
    """Returns that chance may have put the first segment before the others."""
    method = parts.method(order.measured, order.execute, order.scope)
    left_out = parts.left_out(plan, order.execute)
    return Result([*leaders.told(order), *left_out], _bars(order), [], method)


def _bars(order: leaders.Order, *marked: Any) -> Chart:
    title = order.execute.says(
        "chart.by", measure=order.measured.noun, group=order.execute.noun(order.group.column)
    )
    return order.execute.bars(
        [order.measured], order.group, order.scope, title=title, alt=title, highlight=marked
    )


def _segment(
    execute: Executor,
    measured: Measured,
    group: Group,
    scope: Scope,
    name: str,
    every: Fact,
    whole: Fact,
) -> Slots:
    """Returns a segment's name, value and size, each also as a part of all."""
    within = scope.of_group(group, name)
    value, rows = execute.value(measured, within), parts.rows(execute, within)
    return {
        "name": execute.name(group, name),
        "value": value,
        "rows": rows,
        "part": execute.share(
            rows, every, execute.says("label.part_of_all", things=parts.things(execute), name=name)
        ),
        "share": execute.share(
            value, whole, execute.says("label.part_of_name", measure=measured.label, name=name)
        ),
        "measure": measured.noun,
        "things": parts.things(execute),
    }


def _run_split(plan: Plan, execute: Executor) -> Result | Lacking:
    """Returns the four segments that the medians of two numbers form."""
    scope = Scope.of(plan)
    cells = {
        (high, other): _cell(plan, execute, scope, (high, other)) for high in (1, 0) for other in (1, 0)
    }
    best = cells[1, 1]
    if best is None:
        return Lacking(state("lacks.rows_high_both_numbers"))
    edges = [bands.ends(execute, group, scope.of_group(group, 1))[0] for group in plan.groups]
    head = state("segments.best", **best)
    bounds = state("segments.edges", a=best["a"], b=best["b"], low=edges[0], other=edges[1])
    others = [
        state(f"segments.{'high' if high else 'low'}.{'high' if other else 'low'}", **cell)
        for (high, other), cell in cells.items()
        if cell is not None and not (high and other)
    ]
    figures = figures_of(
        head, rows=parts.things(execute), mean=plan.measures[0].noun, second=plan.measures[1].noun
    )
    statements = [head, bounds, *others, state("segments.split", things=parts.things(execute))]
    chart = _chart(plan, execute, scope)
    method = parts.method(plan.measures[0], execute, scope)
    return Result(statements, chart, figures, method, summed=2)


def _cell(plan: Plan, execute: Executor, scope: Scope, cell: tuple[int, int]) -> Slots | None:
    """Returns the size and the means of the rows in a band of each number; None if there are none."""
    conditions = tuple(
        execute.one_group(group, place) for group, place in zip(plan.groups, cell, strict=True)
    )
    where = (*execute.conditions(scope), *conditions)
    ends = [execute.says("cut.high" if place else "cut.low") for place in cell]
    says = execute.language.listed(ends)
    rows = execute.book.value(f"{parts.things(execute)}, {says}", "count(*)", COUNT, *where)
    if not rows.value:
        return None
    means = [
        execute.book.value(
            execute.says("label.mean_of_group", measure=each.label, group=says),
            execute.compiler.measure(each.measure),
            each.unit,
            *where,
        )
        for each in plan.measures
    ]
    return {
        "rows": rows, "mean": means[0], "second": means[1], "a": plan.measures[0].noun,
        "b": plan.measures[1].noun, "things": parts.things(execute),
    }  # fmt: skip


def _chart(plan: Plan, execute: Executor, scope: Scope) -> Chart:
    """Returns how many are in each of the four segments."""
    one, two = (execute.compiler.group(group) for group in plan.groups)
    first, second = (execute.column_label(group.column) for group in plan.groups)
    names = " ".join(
        f"WHEN a = {a} AND b = {b} THEN "
        + quoting.literal(execute.says(f"label.{SIDES[a]}_{SIDES[b]}", first=first, second=second))
        for a in (1, 0)
        for b in (1, 0)
    )
    rows = f"SELECT {one} AS a, {two} AS b FROM data{quoting.where(*execute.conditions(scope))}"
    query = f"SELECT CASE {names} END AS g, count(*) AS n FROM ({rows}) GROUP BY g"
    title = execute.says("chart.by_segment", things=parts.things(execute))
    return execute.book.chart(
        ChartKind.BAR,
        title,
        f"SELECT g, n FROM ({query}) WHERE g IS NOT NULL ORDER BY n DESC, g",
        (execute.says("label.segment"), TEXT),
        [(parts.things(execute), COUNT)],
        title,
    )


OPERATION = Operation(asks, plan, run)
