"""Lateness: how much comes later than due, by how much, and for whom most."""

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import PERCENT, Unit, ValueFormat
from deckgen.domain.plans import Condition, Elapsed, Group, Mean, Measured, Plan, Ratio, Relation, Rows
from deckgen.domain.table_models import ColumnModel
from deckgen.orchestrator.analyst.execution import differing, parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import (
    Lacking,
    Result,
    Slot,
    Slots,
    Statement,
    figures_of,
    state,
)
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon import due_words
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.derived import share_of
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import columns, comparing, elapsed, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

OTHERS = (Cue.WHEN, Cue.CAUSE, Cue.RELATION, Cue.OPEN_MONEY, Cue.ADVICE)
FEWEST = 5  # rows of a group that is told
TOLD = 3


def asks(question: Question, table: Table) -> float:
    """What is late or in time, in a table that says so; then also who lets us down."""
    if question.has(*OTHERS) or not _is_told(table):
        return NOT
    if question.has(Cue.LATE):
        return PHRASE
    before = question.before
    follows = question.has(Cue.BAD, Cue.GOOD, Cue.MOST, Cue.LEAST) and question.has(
        Cue.WHICH, Cue.WHO, Cue.WHERE
    )
    counts_only = all(each.concept is Concept.COUNT for _, each in question.measures)
    is_after = before is not None and before.has(Cue.LATE) and follows and counts_only
    return WORDS + 0.5 if is_after else NOT


def _is_told(table: Table) -> bool:
    return elapsed.due_pair(table) is not None or _outcome(table) is not None


def _outcome(table: Table) -> ColumnModel | None:
    """Returns the column that says of each row whether it was in time or late."""
    for column in table.model.columns:
        outcome = column.outcome
        named = columns.says(column, due_words.IN_TIME)
        valued = outcome is not None and set(outcome.counts.lower().split()) & due_words.IN_TIME
        if outcome is not None and outcome.counts != "(a date)" and (named or valued):
            return column
    return None


def plan(question: Question, table: Table) -> Plan | Lacking:
    outcome, dates = _outcome(table), elapsed.due_pair(table)
    if outcome is not None:
        measures = [_share(table, outcome)]
    elif dates is not None:
        measures = [_late(table, *dates), _days(table, *dates)]
    else:
        return Lacking(state("lacks.date_was_promised_beside_came"))
    offered = Offered(measures[0], Concept.OUTCOME, ())
    by_group = columns.asks_by_group(question, table)
    return Plan(
        operation="lateness",
        measures=measures,
        groups=slots.groups_of(question, table, offered) if by_group else [],
        filters=slots.filters_of(question, table, offered),
        period=comparing.period_of(question),
        order="lowest" if question.has(Cue.LEAST, Cue.GOOD) else "highest",
    )


def _share(table: Table, column: ColumnModel) -> Measured:
    """Returns the share of rows that are late, or in time: whichever the outcome says."""
    assert column.outcome is not None
    flag = columns.noun_of(table, column)
    says = columns.words(column) & due_words.IN_TIME
    noun = flag if says else column.outcome.counts
    return Measured(
        measure=share_of(column.name, column.outcome),
        label=table.language.say("label.share_of_column", column=column.label),
        noun=noun,
        unit=PERCENT,
        columns=[column.name],
        adds_up=False,
        over_time=False,
        better="lower" if _is_bad(column) else "higher",
    )


def _is_bad(column: ColumnModel) -> bool:
    """True if the outcome that counts is that something is late."""
    assert column.outcome is not None
    told = columns.words(column) | set(column.outcome.counts.lower().split())
    return column.outcome.good is False or bool(told & {"late", "delayed", "overdue", "verspatet"})


def _late(table: Table, due: ColumnModel, came: ColumnModel) -> Measured:
    """Returns the share that came later than due, of those that came."""
    known = [Condition(column=each.name, relation=Relation.KNOWN) for each in (due, came)]
    later = Condition(column=came.name, relation=Relation.MORE, other=due.name)
    return Measured(
        measure=Ratio(over=Rows(where=[later]), per=Rows(where=known)),
        label=table.language.say("label.share_late"), noun=table.language.say("label.late"),
        unit=PERCENT, columns=[due.name, came.name], adds_up=False, over_time=False, better="lower",
    )  # fmt: skip


def _days(table: Table, due: ColumnModel, came: ColumnModel) -> Measured:
    """Returns the mean time from when something was due to when it came, below 0 if early."""
    unit = elapsed.between(table, due, came).unit.symbol
    measure = Mean(of=Elapsed.model_validate({"start": due.name, "end": came.name, "unit": unit}))
    named = table.language.say("label.due_after")
    return Measured(
        measure=measure, label=named, noun=named,
        unit=Unit(format=ValueFormat.NUMBER, symbol=unit), columns=[due.name, came.name],
        adds_up=False, over_time=False, better="lower",
    )  # fmt: skip


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    share, scope = plan.measures[0], Scope.of(plan)
    level = _level(plan, execute, scope)
    if level is None:
        return Lacking(state("lacks.rows_both_dates"))
    whole = [level, *_not_yet(plan, execute, scope)]
    for group in plan.groups[:1]:
        told, chart = _by_group(plan, execute, group)
        if told:
            figures = figures_of(told[0], mean=execute.says("label.after_due"), share=share.noun)
            return Result(
                [*told, *whole], chart, figures, parts.method(share, execute, scope), summed=3
            )
    chart, _ = (
        parts.course(execute, share, execute.axis.chart_grain(), scope)
        if execute.timeline
        else (None, [])
    )
    figures = figures_of(
        level, share=execute.says("label.share"), part=share.noun, whole=parts.things(execute)
    )
    return Result(whole, chart, figures, parts.method(share, execute, scope))


def _level(plan: Plan, execute: Executor, scope: Scope) -> Statement | None:
    """Returns how many are late, or in time, of all of which it is known."""
    share = plan.measures[0]
    assert isinstance(share.measure, Ratio)
    part, whole = (
        parts.one_side(execute, share, each, scope) for each in (share.measure.over, share.measure.per)
    )
    if not whole.value:
        return None
    value, things = execute.value(share, scope), parts.things(execute)
    return state(
        "lateness.level", part=part, whole=whole, share=value, things=things, outcome=share.noun
    )


def _not_yet(plan: Plan, execute: Executor, scope: Scope) -> list[Statement]:
    """Returns how many have not come yet: they are neither late nor in time here."""
    if len(plan.measures) < 2:
        return []
    came = plan.measures[1].columns[1]
    blank = scope.also(Condition(column=came, relation=Relation.BLANK))
    if not execute.rows(blank):
        return []
    left, things = parts.rows(execute, blank), parts.things(execute)
    return [state("lateness.open", left=left, things=things, column=execute.noun(came))]


def _by_group(plan: Plan, execute: Executor, group: Group) -> tuple[list[Statement], Chart | None]:
    """Returns which group is late most, by how much and how often, or that none clearly is."""
    share, measured, scope = plan.measures[0], plan.measures[-1], Scope.of(plan)
    sizes = execute.groups(share, group, scope)
    small = [each.name for each in sizes if each.rows < FEWEST]
    if len(sizes) - len(small) < 2:
        return [], None
    if small:
        scope = scope.also(Condition(column=group.column, relation=Relation.IS_NOT, values=small))
    lowest = (share.better == "higher" and measured is share) == (plan.order == "highest")
    ranked = execute.groups(measured, group, scope)
    names = [each.name for each in (ranked[::-1] if lowest else ranked)]
    clear = _differ(plan, execute, group, scope)
    chart = execute.bars(
        [measured],
        group,
        scope,
        title=execute.says("chart.by", measure=measured.noun, group=execute.noun(group.column)),
        alt=execute.says("chart.by", measure=measured.noun, group=execute.noun(group.column)),
        lowest=lowest,
        highlight=(names[0],) if clear else (),
    )
    if not clear:
        ends = [_values(plan, execute, group, scope, name) for name in (names[0], names[-1])]
        first, last = ends
        said = state(
            "lateness.alike",
            groups=execute.noun(group.column),
            first=first["name"],
            one=first["share"],
            last=last["name"],
            two=last["share"],
            outcome=share.noun,
        )
        return [said], chart
    return list(_ranked(plan, execute, group, scope, names)), chart


def _differ(plan: Plan, execute: Executor, group: Group, scope: Scope) -> bool:
    if len(plan.measures) > 1:
        return differing.values_differ(execute, elapsed.row_value(plan.measures[1]), group, scope)
    return differing.shares_differ(execute, plan.measures[0], group, scope)


def _values(plan: Plan, execute: Executor, group: Group, scope: Scope, name: str) -> Slots:
    """Returns the name of a group with its share and, where there are two dates, its mean delay."""
    within = scope.of_group(group, name)
    values = [execute.value(each, within) for each in plan.measures]
    slots_of: Slots = {
        "name": execute.name(group, name), "share": values[0], "outcome": plan.measures[0].noun,
        "things": parts.things(execute),
    }  # fmt: skip
    return slots_of | ({"mean": values[1]} if len(values) > 1 else {})


def _ranked(
    plan: Plan, execute: Executor, group: Group, scope: Scope, names: list[str]
) -> list[Statement]:
    """Returns the groups from the one that is late most; those that are early on average as one."""
    said = [_values(plan, execute, group, scope, name) for name in names]
    if len(plan.measures) < 2:
        end = "worst" if plan.order == "highest" else "best"
        first = state(f"lateness.{end}", **said[0])
        return [first, *(state("lateness.share", **each) for each in said[1:TOLD])]
    late = [each for each in said if _above_zero(each["mean"])]
    if not late or plan.order == "lowest":
        return [state("lateness.early", **said[0]), state("lateness.last", **said[-1])]
    if isinstance(latest := late[0]["mean"], Fact):
        execute.book.note_end(latest.id, "highest")
    told = [state("lateness.latest", **late[0])]
    told += [state("lateness.also", **each) for each in late[1:TOLD]]
    if len(late) < len(said):
        told.append(state("lateness.others", groups=execute.noun(group.column)))
    return told


def _above_zero(mean: Slot) -> bool:
    return isinstance(mean, Fact) and isinstance(mean.value, int | float) and mean.value > 0


OPERATION = Operation(asks, plan, run)
