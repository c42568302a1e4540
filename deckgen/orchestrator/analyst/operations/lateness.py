"""Lateness: how much comes later than due, by how much, and for whom most."""

import re

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact
from deckgen.domain.plans import (
    Condition,
    Group,
    Plan,
    Ratio,
    Relation,
)
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
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import columns, comparing, elapsed, punctuality, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

OTHERS = (Cue.WHEN, Cue.CAUSE, Cue.RELATION, Cue.OPEN_MONEY, Cue.ADVICE)
FEWEST = 5  # rows of a group that is told
TOLD = 3
_IN_TIME = re.compile(
    r"\b(?:punctual|on[- ]time|in time|(?:pünktlich|termintreu)(sten?\b)?)", re.IGNORECASE
)


def asks(question: Question, table: Table) -> float:
    """What is late or in time, in a table that says so; then also who lets us down. Where none says it,
    only a question that names no other measure lacks that.
    """
    if question.has(*OTHERS):
        return NOT
    counts_only = all(each.concept is Concept.COUNT for _, each in question.measures)
    if not punctuality.is_told(table):
        is_lacking = question.has(Cue.LATE) and counts_only and not question.has(Cue.TIME_OF_DAY)
        return PHRASE if is_lacking else NOT
    if question.has(Cue.LATE):
        return PHRASE
    before = question.before
    follows = question.has(Cue.BAD, Cue.GOOD, Cue.MOST, Cue.LEAST) and question.has(
        Cue.WHICH, Cue.WHO, Cue.WHERE
    )
    is_after = before is not None and before.has(Cue.LATE) and follows and counts_only
    return WORDS + 0.5 if is_after else NOT


def plan(question: Question, table: Table) -> Plan | Lacking:
    measures = punctuality.measures_of(table)
    if not measures:
        return Lacking(state("lacks.date_was_promised_beside_came"))
    offered = Offered(measures[0], Concept.OUTCOME, ())
    by_group = columns.asks_by_group(question, table)
    return Plan(
        operation="lateness",
        measures=measures,
        groups=slots.groups_of(question, table, offered) if by_group else [],
        filters=slots.filters_of(question, table, offered),
        period=comparing.period_of(question),
        order="lowest" if _asks_for_best(question) else "highest",
    )


def _asks_for_best(question: Question) -> bool:
    """True if who is late least is asked for: the best, the least late, the most punctual."""
    in_time = _IN_TIME.search(question.text)
    if in_time and (in_time[1] or question.has(Cue.MOST, Cue.LEAST)):
        return not question.has(Cue.LEAST)
    return question.has(Cue.LEAST, Cue.GOOD)


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
