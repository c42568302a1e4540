"""Share: what part of a whole is one group, how the whole is made up, and how that has changed."""

import re

from scipy.stats import mannwhitneyu

from deckgen.domain.decks import Chart
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import PERCENT
from deckgen.domain.plans import Condition, Group, Measured, Plan, Ratio, Relation, Rows, Span, Total
from deckgen.orchestrator.analyst.execution import parts
from deckgen.orchestrator.analyst.execution.executor import Executor, Scope
from deckgen.orchestrator.analyst.execution.results import Figure, Lacking, Result, Statement, state
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.lexicon.question_words import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.profiling.timeline import GRAINS, shift
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

TOLD, SURE, FEW = 3, 0.05, 4
_MIX = re.compile(
    r"\bmix\b|made up of|break ?down|split\b|composition"
    r"|zusammensetz|setzt sich .{1,40} zusammen|aufteilung"
)


def asks(question: Question, table: Table) -> float:
    """What share, how the mix is: not for a rate, which is a measure of its own."""
    mix = _MIX.search(question.text.lower()) is not None
    if not question.has(Cue.SHARE) and not mix:
        return NOT
    if not question.filters and not _named_group(question, table):
        return NOT
    outcome = question.measure is not None and question.measure.concept in (
        Concept.OUTCOME,
        Concept.RATIO,
    )
    if outcome and not mix:
        return NOT
    return PHRASE if mix or question.filters else WORDS + 0.5


def _named_group(question: Question, table: Table) -> bool:
    return any(fit >= slots.SURE for fit, _ in question.groups)


def _whole(question: Question, table: Table) -> Offered:
    """Returns what is shared out: the named measure that adds up, else the main one, else the rows."""
    counted = [each for each in table.offered if isinstance(each.measured.measure, Rows)]
    named = [each for _, each in question.measures if _is_whole(each) or each in counted]
    if named:
        return min(named, key=lambda each: each in counted)
    return max(filter(_is_whole, table.offered), key=lambda each: each.weight, default=counted[0])


def _is_whole(offered: Offered) -> bool:
    return offered.measured.adds_up and isinstance(offered.measured.measure, Total)


def plan(question: Question, table: Table) -> Plan | Lacking:
    whole = _whole(question, table)
    part = next(iter(question.filters), None)
    group = Group(column=part.column) if part else _group(question, table, whole)
    if group is None:
        return Lacking("a column that forms groups")
    others = [each for each in slots.filters_of(question, table, whole) if part is None or each != part]
    periods = _periods(question, table)
    return Plan(
        operation="share",
        measures=[share_of(whole.measured, part) if part else whole.measured],
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
    moved = question.has(Cue.DEVELOP, Cue.UP, Cue.DOWN, Cue.COMPARE)
    if table.timeline is None or not moved:
        return []
    for grain in reversed(GRAINS):  # the longest periods first
        full = [each for each in table.timeline.periods(table.data, grain) if each.full]
        if len(full) > 1:
            season = [each for each in full[:-1] if each.start.month == full[-1].start.month]
            ends = ((season or full)[0], full[-1])
            return [
                Span(start=each.start, end=shift(each.start, grain, 1), grain=grain) for each in ends
            ]
    return []


def share_of(whole: Measured, part: Condition) -> Measured:
    """Returns a part of a measure as a share of the whole."""
    measure = whole.measure
    assert isinstance(measure, Total | Rows), measure
    over = measure.model_copy(update={"where": [*measure.where, part]})
    named = " and ".join(str(value) for value in part.values)
    return Measured(
        measure=Ratio(over=over, per=measure),
        label=f"share of {named} in {whole.label}",
        noun=whole.noun,
        unit=PERCENT,
        columns=[*whole.columns, part.column],
        adds_up=False,
        over_time=False,
    )


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (measured, *_), (group, *_) = plan.measures, plan.groups
    scope = Scope.of(plan)
    if isinstance(measured.measure, Ratio):
        return _of_part(plan, execute, measured, group, scope)
    if plan.base is not None and plan.period is not None:
        return _moved(plan, execute, measured, group)
    return _made_up(plan, execute, measured, group, scope)


def _of_part(
    plan: Plan, execute: Executor, measured: Measured, group: Group, scope: Scope
) -> Result | Lacking:
    """Returns the share of one part, how large it is, and how it has changed."""
    value = execute.value(measured, scope)
    if value.value is None:
        return Lacking("rows with a value of it")
    ratio = measured.measure
    assert isinstance(ratio, Ratio)
    own = parts.of(execute, measured, ratio.over, scope), parts.of(execute, measured, ratio.per, scope)
    name = _part_name(execute, group, ratio)
    statements = [
        state("share.part", name=name, share=value, part=own[0], whole=own[1], measure=measured.noun),
        *_change(plan, execute, measured, name),
        *parts.left_out(plan, execute),
    ]
    whole = Measured(
        measure=ratio.per,
        label=measured.noun,
        noun=measured.noun,
        unit=own[1].unit,
        columns=measured.columns,
        adds_up=True,
        over_time=True,
    )
    chart = execute.bars(
        [whole],
        group,
        scope,
        title=f"{measured.noun} by {execute.noun(group.column)}",
        alt=f"{measured.noun} by {execute.noun(group.column)}",
        highlight=(name[0].value,),
    )
    return Result(
        statements, chart, [Figure(say(name[0]), value)], parts.method(measured, execute, scope)
    )


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
            base=execute.period(plan.base),
            period=execute.period(plan.period),
        )
    ]


def _made_up(
    plan: Plan, execute: Executor, measured: Measured, group: Group, scope: Scope
) -> Result | Lacking:
    """Returns the shares of the largest groups."""
    found = execute.groups(measured, group, scope)
    if len(found) < 2 or found[-1].value < 0 or found[0].value <= 0:
        return Lacking("two groups that are parts of one whole")
    whole = execute.value(measured, scope)
    told = [
        execute.placed(measured, group, scope, place) for place in range(1, min(TOLD, len(found)) + 1)
    ]
    shares = [
        (name, execute.share(value, whole, f"share of {measured.label}, {name.display}"))
        for name, value in told
    ]
    said = [f"{say(name)} ({say(share)})" for name, share in shares]
    names = ", ".join(said[:-1]) + f" and {said[-1]}"
    statements = [
        state(
            "share.mix" if len(found) > len(told) else "share.all", measure=measured.noun, parts=names
        ),
        state("ranking.whole", value=whole, measure=measured.noun),
        *parts.left_out(plan, execute),
    ]
    return Result(
        statements, _bars(execute, measured, group, scope), [], parts.method(measured, execute, scope)
    )


def _bars(execute: Executor, measured: Measured, group: Group, scope: Scope) -> Chart:
    title = f"{measured.noun} by {execute.noun(group.column)}"
    return execute.bars([measured], group, scope, title=title, alt=title)


def _moved(plan: Plan, execute: Executor, measured: Measured, group: Group) -> Result | Lacking:
    """Returns whose share rose and fell most between two periods."""
    assert plan.base is not None
    assert plan.period is not None
    whole = Scope(tuple(plan.filters))
    found = execute.groups(measured, group, whole)[:MOST_GROUPS]
    shares = [
        (
            each.name,
            share_of(
                measured, Condition(column=group.column, relation=Relation.IS, values=[each.name])
            ),
        )
        for each in found
    ]
    moved = [
        (_at(execute, share, whole, plan.period) - _at(execute, share, whole, plan.base), name, share)
        for name, share in shares
    ]
    moved = [each for each in moved if each[0] != 0]
    if not moved:
        return Lacking("groups whose share has changed between these periods")
    moved.sort(key=lambda each: (-each[0], each[1]))
    (_, up, rising), (_, down, falling) = moved[0], moved[-1]
    beyond = _beyond_usual(plan, execute, rising, whole)
    statements = [
        _one_moved(plan, execute, group, up, rising, "share.rose" if beyond else "share.steady"),
        *([_one_moved(plan, execute, group, down, falling, "share.fell")] if down != up else []),
        *parts.left_out(plan, execute),
    ]
    scope = Scope.of(plan)
    return Result(
        statements, _bars(execute, measured, group, scope), [], parts.method(measured, execute, scope)
    )


MOST_GROUPS = 30


def _at(execute: Executor, share: Measured, whole: Scope, period: Span) -> float:
    """Returns a share in a period; a group without rows has none of the whole."""
    return execute.number(share, whole.within(period)) or 0.0


def _one_moved(
    plan: Plan, execute: Executor, group: Group, name: object, share: Measured, says: str
) -> Statement:
    whole = Scope(tuple(plan.filters))
    assert plan.base is not None
    assert plan.period is not None
    old, new = (execute.value(share, whole.within(each)) for each in (plan.base, plan.period))
    if old.value is None or new.value is None:
        says = "share.new" if old.value is None else "share.gone"
    return state(
        says, name=execute.name(group, name), old=old, new=new, measure=share.noun,
        base=execute.period(plan.base), period=execute.period(plan.period),
    )  # fmt: skip


def _beyond_usual(plan: Plan, execute: Executor, share: Measured, whole: Scope) -> bool:
    """Returns whether the share of the periods' months (or weeks) differs by more than chance.

    True as well where the periods have too few parts to say.
    """
    assert plan.base is not None
    assert plan.period is not None
    finer = [grain for grain in GRAINS if GRAINS.index(grain) < GRAINS.index(plan.period.grain)]
    finer = [grain for grain in finer if GRAINS.index(grain) >= GRAINS.index(execute.axis.grain)]
    for grain in reversed(finer):
        old, new = (
            [value for _, value in execute.course(share, grain, whole.within(each))]
            for each in (plan.base, plan.period)
        )
        if min(len(old), len(new)) >= FEW:
            return float(mannwhitneyu(old, new).pvalue) <= SURE
    return True


OPERATION = Operation(asks, plan, run)
