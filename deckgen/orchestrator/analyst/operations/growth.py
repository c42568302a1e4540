"""Growth: which group grew or shrank most between two periods, and whether any did."""

from deckgen.domain.facts import Fact
from deckgen.domain.plans import Condition, Group, Measured, Plan, Relation
from deckgen.orchestrator.analyst.execution import changes, evidence, pairs, parts, pointing, stopped
from deckgen.orchestrator.analyst.execution.changes import Change, Moved
from deckgen.orchestrator.analyst.execution.evidence import Verdict
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.growth_chart import chart_of
from deckgen.orchestrator.analyst.execution.pairs import Pair
from deckgen.orchestrator.analyst.execution.results import (
    Figure,
    Lacking,
    Result,
    Slot,
    Statement,
    state,
)
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.planning import comparing, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

ALIKE = 0.002  # a distance of growth rates that is none
NAMED = 5  # groups that are told at most
OTHERS = frozenset({
    Cue.LOSE_THINGS, Cue.LOSE_MONEY, Cue.FUNNEL, Cue.EXPECT, Cue.WHAT_IF, Cue.ADVICE, Cue.YEARLY,
    Cue.CAUSE, Cue.RETURN,
})  # fmt: skip


def asks(question: Question, table: Table) -> float:
    """Which region grew most, is any product shrinking, how did revenue grow by segment."""
    if not comparing.has_time(table) or question.has(*OTHERS):
        return NOT
    if not question.has(Cue.UP, Cue.DOWN):
        return NOT
    if question.has(Cue.WHICH, Cue.WHO, Cue.WHERE):
        return PHRASE + 0.25
    return WORDS + 0.75 if question.groups else NOT


def plan(question: Question, table: Table) -> Plan | Lacking:
    measure = slots.measure_of(question, table)
    groups = slots.groups_of(question, table, measure)
    if not groups:
        return Lacking(state("lacks.column_forms_groups"))
    pair = comparing.pair_of(question, table)
    asks_which = question.has(Cue.WHICH, Cue.WHO, Cue.WHERE, Cue.MOST)
    return Plan(
        operation="growth",
        measures=[measure.measured],
        groups=groups,
        filters=slots.filters_of(question, table, measure),
        period=pair[0] if pair else None,
        base=pair[1] if pair else None,
        compares="last" if asks_which and not comparing.compares_all(question) else "all",
        order="lowest" if _asks_for_falls(question, measure.measured) else "highest",
    )


def _asks_for_falls(question: Question, measured: Measured) -> bool:
    """True if the question is about what falls; of what should fall “improve” means that."""
    improves = question.words.says(("improve", "improved", "better", "verbessert"))
    if improves and measured.better == "lower":
        return True
    return question.has(Cue.DOWN) and not question.has(Cue.UP)


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (measured, *_), (group, *_) = plan.measures, plan.groups
    alike = stopped.alike(plan, execute, measured, group, Scope(tuple(plan.filters)))
    if alike is None:
        return Lacking(comparing.DATES)
    pair, missing, kept = alike.pair, alike.missing, alike.scope
    moved = changes.of_groups(execute, measured, group, kept, pair)
    ranked = _ranked(execute, measured, kept, moved)
    if not ranked:
        return Lacking(state("lacks.groups_value_both_periods", measure=measured.label))
    if plan.order == "lowest":
        ranked = ranked[::-1]
    found = [
        changes.of_group(execute, measured, group, kept, pair, each) for each in _told(ranked, plan)
    ]
    statements = _lead(plan, execute, group, measured, kept, pair, ranked, found)
    statements += stopped.told(execute, measured, missing)
    statements += _without_base(execute, group, [each for each in moved if each not in ranked])
    statements += _whole(execute, measured, group, kept, pair, moved)
    statements += parts.left_out(plan, execute)
    chart = chart_of(execute, measured, group, kept, pair, [each.name for each in ranked])
    for place in chart.focus:
        chart = pointing.difference(chart, pair.old, pair.new, found[0].signed, place)
    return Result(
        statements,
        chart,
        [Figure(say(execute.name(group, found[0].moved.name)), found[0].new, found[0].signed)],
        parts.method(measured, execute, kept),
        summed=max(2, sum(each.moved.way == "fell" for each in found) if plan.order == "lowest" else 2),
    )


def _whole(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair, moved: list[Moved]
) -> list[Statement]:
    """Returns the change over all groups that have a value in both periods."""
    unknown = [each.name for each in moved if not each.known]
    without = Condition(column=group.column, relation=Relation.IS_NOT, values=unknown)
    whole = changes.between(execute, measured, scope.also(without) if unknown else scope, pair)
    key = "growth.whole.known" if unknown else "growth.whole"
    return [_said(key, execute, measured.noun, whole, pair)] if whole else []


def _ranked(execute: Executor, measured: Measured, scope: Scope, moved: list[Moved]) -> list[Moved]:
    """Returns the groups with a value in both periods, the one that grew most first.

    Those without a base are left out where growth is told in percent.
    """
    known = [each for each in moved if each.known]
    if not changes.has_base(execute, measured, scope):
        return sorted(known, key=lambda each: -each.difference)
    return sorted((each for each in known if each.growth is not None), key=lambda each: -_size(each))


def _size(moved: Moved) -> float:
    return moved.growth if moved.growth is not None else moved.difference


def _told(ranked: list[Moved], plan: Plan) -> list[Moved]:
    """Returns the groups that are told: all that shrink if the question is about these, else the
    first ones and the last.
    """
    if plan.order == "lowest":
        return [each for each in ranked if each.way == "fell"][:NAMED] or ranked[:1]
    if len(ranked) <= NAMED:
        return ranked
    return [*ranked[:3], ranked[-1]]


def _said(key: str, execute: Executor, name: Slot, change: Change, pair: Pair) -> Statement:
    return state(
        key, name=name, signed=change.signed, by=change.by, old=change.old, new=change.new,
        **pairs.when(execute, pair),
    )  # fmt: skip


def _lead(
    plan: Plan, execute: Executor, group: Group, measured: Measured, scope: Scope, pair: Pair,
    ranked: list[Moved], found: list[Change],
) -> list[Statement]:  # fmt: skip
    names = [each.name for each in ranked]
    verdict = evidence.of_groups(execute, measured, group, scope, pair, names)
    if verdict is Verdict.UNTESTED and plan.order != "lowest":  # of falls each is tested
        first = scope.of_group(group, names[0])
        verdict = evidence.of_group(execute, measured, first, pair, rose=True, among=len(names))
    unclear = verdict is Verdict.UNDECIDED
    tied = [each for each in ranked if abs(_size(each) - _size(ranked[0])) <= ALIKE * _scale(ranked)]
    if len(tied) > 1:
        head = _tied(execute, group, measured, found[0], tied, pair, every=len(tied) == len(ranked))
        return [head, *_others(execute, group, found[len(tied) :], pair)]
    if plan.order == "lowest":
        told = _falls(execute, group, measured, scope, pair, found, len(names), unclear=unclear)
        every = found[0].way != "fell" or ranked[-1].way == "fell"
        return told if every else [*told, state("growth.no_other", groups=execute.noun(group.column))]
    name = execute.name(group, found[0].moved.name)
    way = "grew" if found[0].way == "rose" else "none_grew"
    key = f"growth.{way}{'.unclear' if unclear and way == 'grew' else ''}"
    head = state(
        key, name=name, signed=found[0].signed, old=found[0].old, new=found[0].new,
        groups=execute.noun(group.column), **pairs.when(execute, pair),
    )  # fmt: skip
    return [head, *_others(execute, group, found[1:], pair)]


def _scale(ranked: list[Moved]) -> float:
    """Returns what a distance is small against: one for growth rates, else the largest change."""
    if all(each.growth is not None for each in ranked):
        return 1.0
    return max(abs(each.difference) for each in ranked)


def _falls(
    execute: Executor, group: Group, measured: Measured, scope: Scope, pair: Pair,
    found: list[Change], among: int, *, unclear: bool,
) -> list[Statement]:  # fmt: skip
    """Returns each group that shrank, or that none did; a fall no larger than usual is said so."""
    when, noun = pairs.when(execute, pair), execute.noun(group.column)
    if found[0].way != "fell":
        slots_ = {"name": execute.name(group, found[0].moved.name), "signed": found[0].signed}
        return [state("growth.none_shrank", groups=noun, measure=measured.noun, **slots_, **when)]
    told = []
    for change in found:
        own = scope.of_group(group, change.moved.name)
        verdict = evidence.of_group(execute, measured, own, pair, rose=False, among=among)
        usual = verdict is Verdict.UNDECIDED
        key = "growth.shrank.within" if usual or unclear else "growth.shrank"
        told.append(_said(key, execute, execute.name(group, change.moved.name), change, pair))
    return told


def _tied(
    execute: Executor, group: Group, measured: Measured, change: Change, tied: list[Moved], pair: Pair,
    *, every: bool,
) -> Statement:  # fmt: skip
    names: list[Fact] = [execute.name(group, each.name) for each in tied[:4]]
    key = "growth.all_tied" if every else f"growth.tied.{change.way}"
    return state(
        key, names=names, signed=change.signed, measure=measured.noun, **pairs.when(execute, pair)
    )  # fmt: skip


def _others(execute: Executor, group: Group, found: list[Change], pair: Pair) -> list[Statement]:
    return [
        _said(f"growth.next.{each.way}", execute, execute.name(group, each.moved.name), each, pair)
        for each in found
    ]


def _without_base(execute: Executor, group: Group, moved: list[Moved]) -> list[Statement]:
    """Returns the groups that are left out: without a value, or without a base above zero."""
    unknown = [each for each in moved if not each.known]
    no_base = [each for each in moved if each.known]
    found = []
    for key, left in (("growth.unknown", unknown), ("growth.no_base", no_base)):
        if left:
            names = [execute.name(group, each.name) for each in left[:4]]
            found.append(state(key, names=names))
    return found


OPERATION = Operation(asks, plan, run)
