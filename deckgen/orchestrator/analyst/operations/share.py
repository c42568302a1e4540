"""Share: what part of a whole is one group, how the whole is made up, and how that has changed."""

import re
from typing import Any

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact
from deckgen.domain.plans import Group, Measured, Plan, Ratio, Relation, Rows, Span, Total
from deckgen.orchestrator.analyst.execution import by_series, mixes, pairs, parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Figure, Lacking, Result, Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import columns, comparing, shared_out, shares, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.profiling.timeline import GRAINS, shift
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

TOLD = 3
SHARES = frozenset({"share", "shares", "percent", "percentage", "pct", "perc", "anteil", "prozent"})
_MIX = re.compile(
    r"\bmix\b|made up of|break ?down|split\b|composition"
    r"|zusammensetz|setzt sich .{1,40} zusammen|aufteilung"
)


def asks(question: Question, table: Table) -> float:
    """What share, how the mix is: not for a rate, which is a measure of its own."""
    mix = _MIX.search(question.text.lower()) is not None
    if not question.has(Cue.SHARE) and not mix:
        return NOT
    if not mix and not question.filters and not _named_group(question, table):
        return NOT
    outcome = question.measure is not None and question.measure.concept in (
        Concept.OUTCOME,
        Concept.RATIO,
    )
    if (outcome or _is_share(question, table)) and not mix:
        return NOT
    if mix:  # a mix that shifts is one all the same
        return PHRASE + 0.2
    return PHRASE if question.filters else WORDS + 0.5


def _is_share(question: Question, table: Table) -> bool:
    """True if a column that holds shares is asked for: they are compared, and not shared out again."""
    measure = question.measure
    if measure is None or question.filters or measure.concept is not Concept.COLUMN:
        return False
    return any(columns.says(table.column(name), SHARES) for name in measure.columns)


def _named_group(question: Question, table: Table) -> bool:
    return any(fit >= shares.SURE for fit, _ in question.groups)


def plan(question: Question, table: Table) -> Plan | Lacking:
    whole = shared_out.whole_of(question, table)
    part = next(iter(question.filters), None)
    group = Group(column=part.column) if part else _group(question, table, whole)
    if group is None:
        return Lacking(state("lacks.column_forms_groups"))
    if not shared_out.can_share(whole, group, table):
        return Lacking(state("lacks.amount_could_shared_out"))
    others = [each for each in slots.filters_of(question, table, whole) if part is None or each != part]
    periods = _periods(question, table)
    return Plan(
        operation="share",
        measures=[mixes.share_of(table.language, whole.measured, part) if part else whole.measured],
        groups=[group],
        filters=others,
        period=periods[-1] if periods else None,
        base=periods[0] if len(periods) > 1 else None,
    )


def _group(question: Question, table: Table, whole: Offered) -> Group | None:
    dimension = slots.group_of(question, table, whole)
    return table.group(dimension) if dimension else None


def _periods(question: Question, table: Table) -> list[Span]:
    """Returns the named periods; for a change without any the first and the last year or so."""
    if question.periods:
        return (
            [question.periods[0], question.periods[-1]]
            if len(question.periods) > 1
            else question.periods
        )
    moved = question.has(Cue.DEVELOP, Cue.UP, Cue.DOWN, Cue.COMPARE, Cue.SHIFT)
    if table.timeline is None or not moved:
        before = comparing.period_of(question)
        return [before] if before else []
    for grain in reversed(GRAINS):  # the longest periods first
        full = [each for each in table.timeline.periods(table.data, grain) if each.full]
        if len(full) > 1:
            season = [each for each in full[:-1] if each.start.month == full[-1].start.month]
            ends = ((season or full)[0], full[-1])
            return [
                Span(start=each.start, end=shift(each.start, grain, 1), grain=grain) for each in ends
            ]
    return []


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (measured, *_), (group, *_) = plan.measures, plan.groups
    scope = Scope.of(plan)
    if isinstance(measured.measure, Ratio):
        return _of_part(plan, execute, measured, group, scope)
    if plan.base is not None and plan.period is not None:
        return _moved(plan, execute, measured, group, scope)
    return _made_up(plan, execute, measured, group, scope)


def _of_part(
    plan: Plan, execute: Executor, measured: Measured, group: Group, scope: Scope
) -> Result | Lacking:
    """Returns the share of one part, how large it is, and how it has changed."""
    value = execute.value(measured, scope)
    if value.value is None:
        return Lacking(state("lacks.rows_value"))
    ratio = measured.measure
    assert isinstance(ratio, Ratio)
    own = (
        parts.one_side(execute, measured, ratio.over, scope),
        parts.one_side(execute, measured, ratio.per, scope),
    )
    name = _part_name(execute, group, ratio)
    statements = [
        state("share.part", name=name, share=value, part=own[0], whole=own[1], measure=measured.noun),
        *_change(plan, execute, measured, name),
        *parts.left_out(plan, execute),
    ]
    whole = Measured(
        measure=ratio.per, label=measured.noun, noun=measured.noun, unit=own[1].unit,
        columns=measured.columns, adds_up=True, over_time=True,
    )  # fmt: skip
    chart = execute.bars(
        [whole],
        group,
        scope,
        title=execute.says("chart.by", measure=measured.noun, group=execute.noun(group.column)),
        alt=execute.says("chart.by", measure=measured.noun, group=execute.noun(group.column)),
        highlight=(name[0].value,),
    )
    figures = [Figure(say(name[0]), value), Figure(measured.noun, own[1])]
    return Result(statements, chart, figures, parts.method(measured, execute, scope))


def _part_name(execute: Executor, group: Group, ratio: Ratio) -> list[Fact]:
    assert isinstance(ratio.over, Total | Rows)
    values = [each.values for each in ratio.over.where if each.relation is Relation.IS][-1]
    return [execute.name(group, value) for value in values[:4]]


def _change(plan: Plan, execute: Executor, measured: Measured, name: list[Fact]) -> list[Statement]:
    """Returns how the share has changed between two periods."""
    if plan.base is None or plan.period is None:
        return []
    whole = Scope(tuple(plan.filters))
    old, new = (execute.value(measured, whole.within(each)) for each in (plan.base, plan.period))
    return [
        state(
            "share.was",
            name=name,
            old=old,
            new=new,
            base=pairs.name(execute, plan.base),
            period=pairs.name(execute, plan.period),
        )
    ]


def _made_up(
    plan: Plan, execute: Executor, measured: Measured, group: Group, scope: Scope
) -> Result | Lacking:
    """Returns the shares of the largest groups."""
    found = execute.groups(measured, group, scope)
    if len(found) < 2 or found[-1].value < 0 or found[0].value <= 0:
        return Lacking(state("lacks.two_groups_parts_whole"))
    whole = execute.value(measured, scope)
    told = [
        execute.placed(measured, group, scope, place) for place in range(1, min(TOLD, len(found)) + 1)
    ]
    shares = [
        (
            name,
            execute.share(
                value,
                whole,
                execute.says("label.share_of_name", measure=measured.label, name=name.display),
            ),
        )
        for name, value in told
    ]
    said = [f"{say(name)} ({say(share)})" for name, share in shares]
    (name, share), listed = shares[0], execute.language.listed
    statements = [
        state(
            "share.mix" if len(found) > len(told) else "share.all", measure=measured.noun,
            parts=listed(said), name=name, share=share, others=listed(said[1:]),
        ),
        state("ranking.whole", value=whole, measure=measured.noun),
        *parts.left_out(plan, execute),
    ]  # fmt: skip
    chart = mixes.bars(execute, measured, group, scope, name)
    return Result(statements, chart, [], parts.method(measured, execute, scope))


def _bars(execute: Executor, measured: Measured, group: Group, scope: Scope) -> Chart:
    title = execute.says("chart.by", measure=measured.noun, group=execute.noun(group.column))
    return execute.bars([measured], group, scope, title=title, alt=title)


def _moved(
    plan: Plan, execute: Executor, measured: Measured, group: Group, scope: Scope
) -> Result | Lacking:
    """Returns whose share rose and fell most between two periods."""
    found = mixes.moved(plan, execute, measured, group)
    if not found:
        return Lacking(state("lacks.groups_whose_share_has_changed"))
    rising, falling = found[0], found[-1]
    beyond = mixes.is_beyond_usual(plan, execute, rising)
    statements = [
        mixes.told(plan, execute, group, rising, "share.rose" if beyond else "share.steady"),
        *([mixes.told(plan, execute, group, falling, "share.fell")] if falling is not rising else []),
        *parts.left_out(plan, execute),
    ]
    chart = _mix(plan, execute, measured, group, rising.name) or _bars(execute, measured, group, scope)
    return Result(statements, chart, [], parts.method(measured, execute, scope))


def _mix(plan: Plan, execute: Executor, measured: Measured, group: Group, rising: Any) -> Chart | None:
    """Returns the parts of the whole over time, at the grain of the periods that are compared."""
    assert plan.period is not None
    scope = Scope(tuple(plan.filters))
    return by_series.shares(execute, measured, group, scope, plan.period.grain, focus=(rising,))


OPERATION = Operation(asks, plan, run)
