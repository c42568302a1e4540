"""A measure along a number: correlation, slope, and what it is where the number is low and high."""

from dataclasses import dataclass

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.facts import Fact, Sign, Statistics, Text
from deckgen.domain.formatting.display import COEFFICIENT, TEXT, ValueFormat
from deckgen.domain.plans import Group, Measured
from deckgen.orchestrator.analyst.execution.effects import Effect, changes
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Figure, Statement, state
from deckgen.orchestrator.analyst.execution.row_values import (
    is_outcome,
    per_point,
    row_value,
    unit_of_change,
)
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.execution.telling import noun_of, plain_noun
from deckgen.orchestrator.analyst.facts.references import at_start
from deckgen.orchestrator.analyst.sql import quoting

MOST_POINTS = 250


@dataclass(frozen=True)
class Line:
    """A measure along a number: correlation, slope for each unit, and its mean at both ends."""

    correlation: Fact
    slope: Fact
    low: Fact
    high: Fact
    ends: tuple[Fact, Fact]  # where the low end stops and the high end starts
    way: str  # how the ends are told: "thirds", "above" or "below"

    @property
    def rises(self) -> bool:
        """True if the measure is higher where the number is."""
        return float(self.correlation.value or 0) >= 0


@dataclass(frozen=True)
class Cuts:
    """The SQL of the low and the high third of a number; of many equal values what is beside them."""

    low: str
    high: str
    first: str  # the query of the value at which the low end stops
    second: str
    way: str


def cuts_of(execute: Executor, x: str, known: tuple[str, ...]) -> Cuts:
    """Returns where a number is low and high; `known` are the conditions of the rows."""
    where = quoting.where(*known)
    first, second = (
        f"SELECT quantile_disc({x}, {share!r}) FROM data{where}" for share in (0.3333, 0.6667)
    )
    start, end, most = execute.table.one(f"SELECT ({first}), ({second}), max({x}) FROM data{where}")
    if start < end:
        return Cuts(f"({x}) <= ({first})", f"({x}) >= ({second})", first, second, "thirds")
    if start < most:
        return Cuts(f"({x}) <= ({first})", f"({x}) > ({first})", first, first, "above")
    return Cuts(f"({x}) < ({first})", f"({x}) >= ({first})", first, first, "below")


def line(
    execute: Executor,
    measured: Measured,
    number: Measured,
    scope: Scope,
    statistics: Statistics | None = None,
) -> Line:
    """Returns a measure along a number, over the rows that have both."""
    y, x, known = _both(execute, measured, number, scope)
    label, value = (
        execute.says("label.both", measure=measured.label, other=number.label),
        execute.book.value,
    )
    cuts, mean, unit = cuts_of(execute, x, known), f"avg({y})", measured.unit
    return Line(
        value(
            execute.says("label.correlation_of", measure=label),
            f"corr({y}, {x})",
            COEFFICIENT,
            *known,
            statistics=statistics,
        ),
        value(
            execute.says("label.slope", measure=label),
            f"regr_slope({y}, {x}){per_point(number)}",
            unit_of_change(measured),
            *known,
            sign=Sign.CHANGE,
        ),
        value(
            execute.says("label.mean_where_low", measure=measured.label, other=number.label),
            mean,
            unit,
            *known,
            cuts.low,
        ),
        value(
            execute.says("label.mean_where_high", measure=measured.label, other=number.label),
            mean,
            unit,
            *known,
            cuts.high,
        ),
        (
            execute.book.query(
                execute.says("label.end_of_low", measure=number.label), cuts.first, number.unit, *known
            ),
            execute.book.query(
                execute.says("label.start_of_high", measure=number.label),
                cuts.second,
                number.unit,
                *known,
            ),
        ),
        cuts.way,
    )


def _both(
    execute: Executor, measured: Measured, number: Measured, scope: Scope
) -> tuple[str, str, tuple[str, ...]]:
    """Returns SQL of a measure's and a number's value in a row, and conditions of rows with both."""
    y, x = (row_value(execute.compiler, each.measure) for each in (measured, number))
    assert y is not None
    assert x is not None
    return y, x, (f"({y}) IS NOT NULL", f"({x}) IS NOT NULL", *execute.conditions(scope))


def ends(along: Line, noun: Text, number: Text) -> Statement:
    """Returns what a measure is where a number is low, and where it is high."""
    return state(
        f"telling.{along.way}", measure=noun, number=number, low=along.low, high=along.high,
        up_to=along.ends[0], start=along.ends[1],
    )  # fmt: skip


def unit_word(execute: Executor, number: Measured) -> Text:
    """Returns what a slope is for one of: a km, a point of a share, a unit."""
    if number.unit.format is ValueFormat.PERCENT:
        return execute.says("unit.one_point")
    symbol = number.unit.symbol
    if not symbol or any(each.isdigit() for each in symbol):
        return execute.says("unit.one")
    return execute.language.known(f"unit.{symbol}", symbol)


def figures(execute: Executor, along: Line, measured: Measured, number: Measured) -> list[Figure]:
    """Returns slope and correlation as figures that stand large on a slide."""
    slope = execute.says(
        "label.per_unit",
        measure=plain_noun(measured),
        unit=unit_word(execute, number),
        other=plain_noun(number),
    )
    return [
        Figure(slope, along.slope),
        Figure(execute.says("label.correlation"), along.correlation),
    ]


def clear_figures(execute: Executor, measured: Measured, found: Effect, scope: Scope) -> list[Figure]:
    """Returns slope and correlation of two numbers, where they clearly go together."""
    if isinstance(found.factor, Group) or is_outcome(measured) or not found.is_clear:
        return []
    along = line(execute, measured, found.factor, scope, found.statistics)
    return figures(execute, along, measured, found.factor)


def cuts_told(along: Line, number: Text) -> Statement:
    """Returns which values of a number are low, and which are high."""
    return state(f"cuts.{along.way}", number=number, up_to=along.ends[0], start=along.ends[1])


def slope_of_changes(execute: Executor, measured: Measured, number: Measured, scope: Scope) -> Fact:
    """Returns by how much a series changes where another one changes by one."""
    moved = changes(execute, measured, number, scope)
    return execute.book.query(
        execute.says("label.slope_of_changes", measure=measured.label, other=number.label),
        f"SELECT regr_slope(y, x){per_point(number)} FROM ({moved})",
        measured.unit, *execute.conditions(scope), sign=Sign.CHANGE,
    )  # fmt: skip


def scatter(execute: Executor, measured: Measured, number: Measured, scope: Scope) -> Chart:
    """Returns a chart of the rows as points; of too many, one in so many."""
    y, x, conditions = _both(execute, measured, number, scope)
    known = quoting.where(*conditions)
    (rows,) = execute.table.one(f"SELECT count(*) FROM data{known}")
    step = max(1, -(-int(rows) // MOST_POINTS))
    numbered = f"SELECT {x} AS x, {y} AS y, row_number() OVER () AS n FROM data{known}"
    first, second = at_start(plain_noun(number)), at_start(plain_noun(measured))
    return execute.book.chart(
        ChartKind.SCATTER,
        execute.says("label.both", measure=first, other=plain_noun(measured)),
        f"SELECT x, y FROM ({numbered}) WHERE n % {step} = 0 ORDER BY n",
        (first, number.unit),
        [(second, measured.unit)],
        execute.says("chart.points", measure=plain_noun(number), other=plain_noun(measured)),
    )


def thirds(execute: Executor, measured: Measured, number: Measured, scope: Scope) -> Chart:
    """Returns a chart of a measure where a number is low, between, and high."""
    y, x, known = _both(execute, measured, number, scope)
    cuts, where = cuts_of(execute, x, known), quoting.where(*known)
    place = f"CASE WHEN {cuts.low} THEN 1 WHEN {cuts.high} THEN 3 ELSE 2 END"
    low, between, high = (
        quoting.literal(execute.says(f"cut.{each}")) for each in ("low", "between", "high")
    )
    named = f"CASE t WHEN 1 THEN {low} WHEN 2 THEN {between} ELSE {high} END"
    values = f"SELECT {place} AS t, avg({y}) AS v FROM data{where} GROUP BY ALL"
    title = execute.says(
        "chart.by", measure=at_start(noun_of(execute, measured)), group=plain_noun(number)
    )
    return execute.book.chart(
        ChartKind.COLUMN,
        title,
        f"SELECT {named} AS g, v FROM ({values}) ORDER BY t",
        (at_start(plain_noun(number)), TEXT),
        [(at_start(noun_of(execute, measured)), measured.unit)],
        title,
    )
