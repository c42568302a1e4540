"""Parts that several operations share: what is said of rows, periods and groups, and their charts."""

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import COUNT, Grain, ValueFormat
from deckgen.domain.language.languages import AVERAGE, without
from deckgen.domain.plans import (
    Booked,
    Cell,
    Condition,
    Group,
    Mean,
    Measure,
    Measured,
    Plan,
    Ratio,
    Relation,
    Rows,
    Span,
    Total,
)
from deckgen.orchestrator.analyst.execution import pairs, pointing
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Figure, Slot, Slots, Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.profiling import timeline as time
from deckgen.orchestrator.analyst.sql import quoting

DAY = time.unit_of("day")


def is_share(measured: Measured) -> bool:
    """True if it is a part over its whole, in percent."""
    return measured.unit.format is ValueFormat.PERCENT and isinstance(measured.measure, Ratio)


def sides(execute: Executor, measured: Measured, scope: Scope) -> list[Figure]:
    """Returns both sides of a share, with what they count; nothing of other measures."""
    measure = measured.measure
    if not is_share(measured) or not isinstance(measure, Ratio):
        return []
    if not all(isinstance(side, Rows | Total) for side in (measure.over, measure.per)):
        return []
    return [
        Figure(_side_noun(execute, side), one_side(execute, measured, side, scope))
        for side in (measure.over, measure.per)
    ]


def _side_noun(execute: Executor, side: Measure) -> str:
    if isinstance(side, Total) and isinstance(side.of, Cell):
        return execute.noun(side.of.column)
    return things(execute)


def one_side(execute: Executor, measured: Measured, part: Measure, scope: Scope) -> Fact:
    """Returns one side of a ratio as a fact."""
    own = Measured(
        measure=part,
        label=_side_label(execute, measured, part),
        noun="",
        unit=COUNT if isinstance(part, Rows) else execute.unit_of(part),
        columns=measured.columns,
        adds_up=True,
        over_time=True,
    )
    return execute.value(own, scope)


def _side_label(execute: Executor, measured: Measured, part: Measure) -> str:
    """Returns the name of one side: of the column or the rows that it is the total of, and of which."""
    labels = {each.name: each.label for each in execute.source.columns}
    other = ", ".join(labels[name] for name in measured.columns if name in labels)
    if isinstance(part, Rows):
        counted = execute.says("label.number_of", things=things(execute))
        is_whole = isinstance(measured.measure, Ratio) and part == measured.measure.per
        return f"{counted} ({other if is_whole else measured.label})" if part.where else counted
    return execute.label_of(part) or execute.says("label.side_of", measure=measured.label, other=other)


def rows(execute: Executor, scope: Scope) -> Fact:
    """Returns the number of rows of a scope."""
    counted = Measured(
        measure=Rows(),
        label=execute.says("label.number_of", things=things(execute)),
        noun=things(execute),
        unit=COUNT,
        columns=[],
        adds_up=True,
        over_time=True,
    )
    return execute.value(counted, scope)


def things(execute: Executor) -> str:
    """Returns what rows are called; rows of a day or a month are just rows."""
    noun = execute.model.grain.noun if execute.model.grain else "rows"
    said = "rows" if noun in time.PLURALS.values() else noun
    return execute.language.nouns.of(said)


def ends(execute: Executor, scope: Scope) -> tuple[Fact, Fact]:
    """Returns the first and the last date of a scope, at a grain that suits their distance."""
    axis = execute.axis
    grain: Grain = axis.grain
    if grain in ("day", "week") and (axis.last - axis.first).days > 62:
        grain = "month"
    bucket, unit, where = axis.bucket(grain), time.unit_of(grain), execute.conditions(scope)
    return (
        execute.book.value(execute.says("label.start_of_data"), f"min({bucket})", unit, *where),
        execute.book.value(execute.says("label.end_of_data"), f"max({bucket})", unit, *where),
    )


def left_out(plan: Plan, execute: Executor) -> list[Statement]:
    """Returns what the plan's filters say: which rows count, or which do not, in its period if it is
    about one.
    """
    period = None if plan.base else plan.period
    every = rows(execute, Scope(period=period)).value
    return [
        _scope_of(execute, condition, period)
        for condition in plan.filters
        if rows(execute, Scope((condition,), period)).value != every
    ]


def of_one_row(measured: Measured) -> Measured:
    """Returns a mean under the name of its column: of one row there is no average to speak of."""
    if not isinstance(measured.measure, Mean):
        return measured
    names = {name: without(getattr(measured, name), AVERAGE) for name in ("label", "noun")}
    return measured.model_copy(update=names)


def of_one_row_each(execute: Executor, measured: Measured, grain: Grain, scope: Scope) -> Measured:
    """Returns a mean under the name of its column where each period has one row."""
    bucket = execute.axis.bucket(grain)
    where = quoting.where(*execute.conditions(scope))
    (most,) = execute.table.one(
        f"SELECT max(n) FROM (SELECT count(*) AS n FROM data{where} GROUP BY {bucket})"
    )
    return of_one_row(measured) if most == 1 else measured


def counted_once(plan: Plan, execute: Executor, head: Statement) -> list[Statement]:
    """Returns that rows which stand in the file several times count once, with what that comes to: so
    that a sum over the file can be understood.
    """
    grain, measured, scope = execute.model.grain, plan.measures[0], Scope(tuple(plan.filters))
    if grain is None or grain.copies is None:
        return []
    copies = grain.copies
    often = "twice" if copies.left_out == copies.repeated else "often"
    said: dict[str, Slot] = {
        "counted": state(f"scope.once.{'one' if copies.left_out == 1 else often}"),
        "rows": rows(execute, scope),
        "things": things(execute),
    }
    if not (measured.adds_up and measured.over_time):
        return [state("scope.once", **said)]
    total = execute.value(measured, scope)
    if total in head.slots.values():
        return [state("scope.once", **said)]
    return [state("scope.once.total", measure=measured.noun, total=total, **said)]


def turned(plan: Plan, execute: Executor) -> list[Statement]:
    """Returns that revenue is told above zero, where the books have it below."""
    ledger = execute.model.ledger
    if ledger is None or ledger.way != "credit" or not any(map(_is_turned, plan.measures)):
        return []
    return [state("scope.turned")]


def _is_turned(measured: Measured) -> bool:
    """True if amounts of one column have another sign in a measure than in the table."""
    measure = measured.measure
    return isinstance(measure, Total) and isinstance(measure.of, Booked) and measure.of.plus is None


def _scope_of(execute: Executor, condition: Condition, period: Span | None) -> Statement:
    kept = rows(execute, Scope((condition,), period))
    group = Group(column=condition.column)
    names = [execute.name(group, value) for value in condition.values[:3]]
    column, currencies = execute.noun(condition.column), execute.model.currencies
    said: Slots = {
        "names": names,
        "things": things(execute),
        "column": column,
        "when": state("periods.none"),
    }
    if period:
        said["when"] = state("periods.after", when=pairs.within(execute, period))
    if condition.relation is Relation.IS_NOT:
        others = condition.model_copy(update={"relation": Relation.IS})
        return state("scope.apart", left=rows(execute, Scope((others,), period)), **said)
    if currencies is not None and condition.column == currencies.column:
        return state("scope.currency", kept=kept, **said)
    outcomes = {each.name for each in execute.model.columns if each.outcome is not None}
    if condition.column in outcomes:
        return state("scope.happened", kept=kept, every=rows(execute, Scope(period=period)), **said)
    if condition.relation is Relation.IS:
        return state("scope.only", kept=kept, **said)
    return state("scope.filtered", kept=kept, every=rows(execute, Scope(period=period)), **said)


def method(measured: Measured, execute: Executor, scope: Scope) -> Statement:
    """Returns how a measure was computed, for the notes."""
    return state("method", measure=measured.noun, rows=rows(execute, scope), things=things(execute))


def course(
    execute: Executor, measured: Measured, grain: Grain, scope: Scope
) -> tuple[Chart | None, list[Statement]]:
    """Returns a measure over time, with its first and its last complete period."""
    periods = execute.course(measured, grain, scope)
    if len(periods) < 2:
        return None, []
    chart = execute.line(
        [measured],
        grain,
        scope,
        title=execute.says("chart.by", measure=measured.noun, group=execute.grain(grain)),
        alt=execute.says("chart.by", measure=measured.noun, group=execute.grain(grain)),
    )
    (first, _), (last, _) = periods[0], periods[-1]
    old, new = (execute.value(measured, scope.within(each)) for each in (first, last))
    told = state(
        "course.ends", measure=measured.noun, old=old, new=new,
        first=pairs.within(execute, first), last=pairs.within(execute, last),
    )  # fmt: skip
    return chart, [told]


def breakdown(
    execute: Executor, measured: Measured, group: Group, scope: Scope
) -> tuple[Chart | None, list[Statement]]:
    """Returns a measure by groups, with the highest and the lowest."""
    found = execute.groups(measured, group, scope)
    if len(found) < 2:
        return None, []
    high, low = (execute.placed(measured, group, scope, 1, lowest=end) for end in (False, True))
    chart = execute.bars(
        [measured],
        group,
        scope,
        title=execute.says("chart.by", measure=measured.noun, group=execute.noun(group.column)),
        alt=execute.says("chart.by", measure=measured.noun, group=execute.noun(group.column)),
        highlight=(high[0].value,),
    )
    told = state(
        "breakdown.ends", high=high[0], high_value=high[1], low=low[0], low_value=low[1],
        measure=measured.noun,
    )  # fmt: skip
    chart = pointing.beside_all(chart, execute, measured, scope)
    return chart, [told] if high[1].display != low[1].display else []


def has_shares(execute: Executor, measured: Measured, scope: Scope) -> bool:
    """True if parts of the whole are shares of it: nothing is below zero."""
    value = execute.number(measured, scope)
    return value is not None and value > 0


def when(grain: Grain) -> str:
    """Returns which words lead to a period: on a day, in the week of a day, in a longer one."""
    return grain if grain in ("day", "week") else "other"
