"""Contribution: which groups made a change between two periods."""

from deckgen.domain.facts import Fact
from deckgen.domain.plans import Group, Measured, Plan
from deckgen.orchestrator.analyst.execution import changes, evidence, newsworthy, parts, stopped, usual
from deckgen.orchestrator.analyst.execution.bridge import bridge
from deckgen.orchestrator.analyst.execution.changes import Change, Moved
from deckgen.orchestrator.analyst.execution.evidence import Verdict
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.growth_chart import chart_of
from deckgen.orchestrator.analyst.execution.pairs import Pair
from deckgen.orchestrator.analyst.execution.results import Figure, Lacking, Result, Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.operations import change as changing
from deckgen.orchestrator.analyst.planning import comparing, slots
from deckgen.orchestrator.analyst.planning.operation import FORM, NOT, PHRASE, Looks, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

ALIKE = 0.01  # of the largest: contributions that are as near are a tie
MOSTLY = 0.5  # of the whole change
TOLD = 3


def asks(question: Question, table: Table) -> float:
    """What made the difference, who drives it, what lies behind the fall."""
    if not comparing.has_time(table) or question.has(Cue.EXPECT, Cue.WHAT_IF):
        return NOT
    if question.has(Cue.DIFFERENCE_MADE):
        return PHRASE + 0.5
    moves = question.has(Cue.UP, Cue.DOWN) and not question.has(Cue.LOSE_THINGS)
    if moves and question.has(Cue.CONTRIBUTE):
        return PHRASE + 0.5
    if not comparing.asks_why_it_moved(question):
        return NOT
    return FORM + 0.75 if moves else PHRASE


def plan(question: Question, table: Table) -> Plan | Lacking:
    if not comparing.has_time(table):
        return Lacking(comparing.DATES)
    measure = slots.measure_of(question, table)
    groups = slots.groups_of(question, table, measure)
    if not groups:
        return Lacking(state("lacks.column_forms_groups"))
    pair = comparing.pair_of(question, table)
    return Plan(
        operation="contribution",
        measures=[measure.measured],
        groups=groups,
        filters=slots.filters_of(question, table, measure),
        period=pair[0] if pair else None,
        base=pair[1] if pair else None,
        supposed=comparing.supposed(question),
        compares="all" if comparing.compares_all(question) else "last",
    )


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (measured, *_), (group, *_) = plan.measures, plan.groups
    alike = stopped.alike(plan, execute, measured, group, Scope(tuple(plan.filters)))
    if alike is None:
        return Lacking(comparing.DATES)
    pair, missing, kept = alike.pair, alike.missing, alike.scope
    whole = changes.between(execute, measured, kept, pair)
    if whole is None:
        return Lacking(state("lacks.value_both_periods", measure=measured.label))
    news = execute.news(newsworthy.of_change(execute, measured, kept, pair, whole))
    moved = [each for each in changes.of_groups(execute, measured, group, kept, pair) if each.known]
    if not moved:
        return Lacking(state("lacks.value_both_periods", measure=measured.label))
    lead = _lead(execute, measured, group, kept, pair, whole, moved)
    if lead[0].says in ("contribution.unclear", "contribution.none"):
        news = execute.news(None)
    statements = [*lead]
    statements += stopped.told(execute, measured, missing)
    noun = stopped.noun(execute, measured, missing)
    found = evidence.of_change(execute, measured, kept, pair)
    moved_so = changing.told(execute, noun, whole, pair, found, plan.supposed)
    # What the question takes for granted is set right first.
    statements.insert(0 if moved_so.says.endswith("after_all") else len(statements), moved_so)
    statements += parts.left_out(plan, execute)
    names = [each.name for each in _ranked(moved, whole)]
    chart = (
        bridge(execute, measured, group, kept, pair, whole.signed)
        if measured.adds_up
        else chart_of(execute, measured, group, kept, pair, names)
    )
    return Result(
        statements, chart, _figures(execute, lead[0], measured, pair, whole),
        parts.method(measured, execute, kept),
        summed=2 + len(stopped.told(execute, measured, missing)),
        news=news,
    )  # fmt: skip


def _figures(
    execute: Executor, head: Statement, measured: Measured, pair: Pair, whole: Change
) -> list[Figure]:
    """Returns the whole change, or both values of a rate, and what the head says of the first group."""
    label = execute.says("label.change", measure=measured.noun)
    figures = [Figure(label, whole.difference)]
    if not measured.adds_up:
        figures = usual.figures(execute, whole, pair)
    name, own, share = (head.slots.get(key) for key in ("name", "own", "share"))
    if isinstance(name, Fact) and isinstance(own, Fact):
        figures.append(Figure(say(name), own))
    if isinstance(share, Fact):
        figures.append(Figure(execute.says("label.of_the_change"), share))
    return figures


def _lead(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair, whole: Change,
    moved: list[Moved],
) -> list[Statement]:  # fmt: skip
    """Returns who moved the measure most, in its direction, and who moved against it."""
    up, ranked = whole.moved.difference > 0, _ranked(moved, whole)
    own = [changes.of_group(execute, measured, group, scope, pair, each) for each in ranked[:TOLD]]
    if len(moved) == 1:
        return [_said("contribution.only", execute, group, own[0], whole)]
    if whole.way == "steady":
        return _steady(execute, measured, group, scope, pair, moved)
    tied = [each for each in ranked if _alike(each.difference, ranked[0].difference)]
    if len(tied) > 1:
        names = [execute.name(group, each.name) for each in tied[:4]]
        key = "contribution.all_tied" if len(tied) == len(ranked) else "contribution.tied"
        head = state(f"{key}.{whole.way}", names=names, own=own[0].difference, measure=measured.noun)
    else:
        head = _first(execute, measured, group, scope, pair, whole, own[0])
    after = [
        _said(f"contribution.next.{each.way}", execute, group, each, whole)
        for each in own[len(tied) :]
        if (each.moved.difference > 0) == up and each.way != "steady"
    ]
    return [head, *after, *_against(execute, measured, group, scope, pair, ranked[-1], up=up)]


def _ranked(moved: list[Moved], whole: Change) -> list[Moved]:
    """Returns the groups, the one first that moved most in the direction of the whole."""
    up = whole.moved.difference > 0
    return sorted(moved, key=lambda each: -each.difference if up else each.difference)


def _alike(one: float, first: float) -> bool:
    return abs(one - first) <= ALIKE * abs(first)


def _said(key: str, execute: Executor, group: Group, own: Change, whole: Change) -> Statement:
    return state(
        key, name=execute.name(group, own.moved.name), own=own.difference, old=own.old, new=own.new,
        by=own.by, whole=whole.difference, groups=execute.noun(group.column),
    )  # fmt: skip


def _first(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair, whole: Change,
    own: Change,
) -> Statement:  # fmt: skip
    """Returns who moved it most: with its part of the whole if parts of it can be told."""
    found = evidence.of_change(execute, measured, scope.of_group(group, own.moved.name), pair)
    if found is Verdict.UNDECIDED:
        return _said("contribution.unclear", execute, group, own, whole)
    if not measured.adds_up:
        return _said(f"contribution.rate.{own.way}", execute, group, own, whole)
    part = own.moved.difference / whole.moved.difference
    if part > 1:
        return _said(f"contribution.more.{whole.way}", execute, group, own, whole)
    if part < MOSTLY or changes.is_net(execute, measured, scope):
        return _said(f"contribution.most.{whole.way}", execute, group, own, whole)
    share = execute.share(
        own.difference, whole.difference, execute.says("label.share_of_change", name=own.moved.name)
    )
    name = execute.name(group, own.moved.name)
    return state(
        f"contribution.share.{whole.way}", name=name, share=share, own=own.difference,
        whole=whole.difference,
    )  # fmt: skip


def _against(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair, last: Moved, *,
    up: bool,
) -> list[Statement]:  # fmt: skip
    """Returns the group that moved most in the other direction, if one did."""
    if last.way == "steady" or (last.difference > 0) == up:
        return []
    own = changes.of_group(execute, measured, group, scope, pair, last)
    return [_said("contribution.against", execute, group, own, own)]


def _steady(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair, moved: list[Moved]
) -> list[Statement]:
    """Returns the largest moves, which cancel each other where the whole held steady."""
    ranked = sorted(moved, key=lambda each: -abs(each.difference))
    own = [changes.of_group(execute, measured, group, scope, pair, each) for each in ranked[:2]]
    if own[0].way == "steady":
        return [state("contribution.none", measure=measured.noun, groups=execute.noun(group.column))]
    return [
        _said("contribution.balanced", execute, group, own[0], own[0]),
        *(_said(f"contribution.next.{each.way}", execute, group, each, each) for each in own[1:]
          if each.way != "steady"),
    ]  # fmt: skip


OPERATION = Operation(asks, plan, run, Looks.GROUPS)
