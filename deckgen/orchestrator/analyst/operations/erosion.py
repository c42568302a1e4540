"""Erosion: which groups lose a margin or another rate, by their own rate or their part of the whole."""

from dataclasses import replace

from deckgen.domain.plans import (
    Condition,
    Group,
    Measured,
    Plan,
    Ratio,
    Relation,
    Span,
)
from deckgen.orchestrator.analyst.execution import (
    by_series,
    changes,
    evidence,
    moves,
    own_or_mix,
    pairs,
    parts,
    pointing,
    usual,
)
from deckgen.orchestrator.analyst.execution.changes import Change, Moved
from deckgen.orchestrator.analyst.execution.evidence import Verdict
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.growth_chart import chart_of
from deckgen.orchestrator.analyst.execution.pairs import Pair
from deckgen.orchestrator.analyst.execution.results import (
    Figure,
    Lacking,
    News,
    Result,
    Slots,
    Statement,
    state,
)
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.execution.strength import strength
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.operations import change as changing
from deckgen.orchestrator.analyst.planning import comparing, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, Looks, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

OTHERS = (
    Cue.WHAT_IF, Cue.ADVICE, Cue.EXPECT, Cue.FUNNEL, Cue.LEAVERS, Cue.LOSE_THINGS, Cue.LOSE_MONEY,
)  # fmt: skip
LOSING = ("lose", "loses", "losing", "lost", "verlieren", "verliert", "verloren")
RATES = (Concept.MARGIN, Concept.RATIO, Concept.OUTCOME)
ALONE = 0.2  # of the largest fall: what counts as one too, where no test can tell
NAMED = 3
FEWEST = 2  # complete months after the last year, from which they are told


def asks(question: Question, table: Table) -> float:
    """Where do we lose margin, which products lost conversion, why did it fall."""
    if not comparing.has_time(table) or question.has(*OTHERS):
        return NOT
    asks_which = question.has(Cue.WHERE, Cue.WHICH, Cue.WHO) and question.words.says(LOSING)
    asks_why = comparing.asks_why_it_moved(question) and comparing.supposed(question) == "fell"
    rate = _rate(question)
    asks_why = asks_why and question.measure is rate
    return PHRASE + 1 if rate and (asks_which or asks_why) else NOT


def _rate(question: Question) -> Offered | None:
    """Returns the rate that is named: one part of an amount over the whole of it."""
    named = question.of(*RATES)
    measure = named.measured.measure if named else None
    better_lower = named is not None and named.measured.better == "lower"
    return named if isinstance(measure, Ratio) and not better_lower else None


def _margin(table: Table) -> Offered | None:
    """Returns the margin of a table, which nobody has to ask for."""
    return next((each for each in table.offered if each.concept is Concept.MARGIN), None)


def plan(question: Question, table: Table) -> Plan | Lacking:
    measure = _rate(question) or _margin(table)
    if measure is None or not comparing.has_time(table):
        return Lacking(state("lacks.rate_could_fall"))
    groups = slots.groups_of(question, table, measure, widest_apart=True)
    if not groups:
        return Lacking(state("lacks.column_forms_groups"))
    pair = comparing.pair_of(question, table)
    return Plan(
        operation="erosion",
        measures=[measure.measured],
        groups=groups,
        filters=slots.filters_of(question, table, measure),
        period=pair[0] if pair else None,
        base=pair[1] if pair else None,
        supposed=comparing.supposed(question),
        compares="all",
        order="lowest",
    )


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (measured, *_), (group, *_), scope = plan.measures, plan.groups, Scope(tuple(plan.filters))
    pair = pairs.of(plan, execute, measured, scope)
    if pair is None:
        return Lacking(comparing.DATES)
    moved = [each for each in changes.of_groups(execute, measured, group, scope, pair) if each.known]
    whole = changes.between(execute, measured, scope, pair)
    if not moved or whole is None:
        return Lacking(state("lacks.groups_value_both_periods", measure=measured.label))
    ranked = sorted(moved, key=lambda each: each.difference)
    first = changes.of_group(execute, measured, group, scope, pair, ranked[0])
    if first.way != "fell":
        execute.news(None)
        return _none(plan, execute, pair, first, whole)
    news = execute.news(_news(execute, measured, scope.of_group(group, ranked[0].name), pair, ranked))
    falling = [each for each in ranked if _lost(execute, measured, group, scope, pair, each, ranked)]
    names = [each.name for each in ranked]
    if not falling:
        execute.news(None)
        told, worth = [_unclear(execute, measured, group, first)], []
    else:
        told = [
            _head(execute, measured, group, pair, first, alone=len(falling) == 1),
            *_whole(execute, measured, group, scope, pair, first, whole),
            *own_or_mix.told(execute, measured, group, scope, pair, ranked[0]),
            *_since(execute, measured, scope.of_group(group, ranked[0].name), pair.new),
            *_others(plan, execute, pair, falling[1:NAMED]),
        ]
        worth = moves.rate_again(execute, measured, group, scope, pair, first)
    if plan.supposed and whole.way != plan.supposed:  # is set right first
        told.insert(0, changing.told(execute, measured.noun, whole, pair, supposed=plan.supposed))
    chart = by_series.courses(execute, measured, group, scope, "year", focus=(names[0],)) or chart_of(
        execute, measured, group, scope, pair, names
    )
    for place in chart.focus:
        chart = pointing.difference(chart, pair.old, pair.new, first.signed, place)
    figures = [
        Figure(say(execute.name(group, names[0])), first.new, first.signed),
        Figure(pairs.labels(execute, pair)[1], first.old),
    ]
    if told[0].says.endswith("after_all"):
        figures = usual.figures(execute, whole, pair)
    return Result(
        [*told, *parts.left_out(plan, execute)], chart, figures,
        parts.method(measured, execute, scope), summed=3, moves=worth, news=news,
    )  # fmt: skip


def _lost(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair, moved: Moved,
    looked: list[Moved],
) -> bool:  # fmt: skip
    """True if a group fell beyond chance; where no test can tell, if it fell much of the most."""
    if moved.way != "fell":
        return False
    own = scope.of_group(group, moved.name)
    found = evidence.of_group(execute, measured, own, pair, rose=False, among=len(looked))
    if found is Verdict.UNTESTED:
        return moved.difference < ALONE * looked[0].difference
    return found is Verdict.CLEAR


def _unclear(execute: Executor, measured: Measured, group: Group, first: Change) -> Statement:
    return state(
        "erosion.unclear", name=execute.name(group, first.moved.name), measure=measured.noun,
        groups=execute.noun(group.column), old=first.old, new=first.new,
    )  # fmt: skip


def _news(
    execute: Executor, measured: Measured, scope: Scope, pair: Pair, looked: list[Moved]
) -> News | None:
    """Returns how large the largest fall is, with its test for all the groups that were looked at."""
    test = evidence.test_of_change(execute, measured, scope, pair)
    if test is None:
        return None
    among = replace(test, p_value=min(1.0, test.p_value * len(looked)))
    size = abs(looked[0].difference / (looked[0].old or 1.0))
    return News(strength("shift", size), among, moves=True)


def _head(
    execute: Executor, measured: Measured, group: Group, pair: Pair, first: Change, *, alone: bool
) -> Statement:
    return state(
        "erosion.only" if alone else "erosion.most", name=execute.name(group, first.moved.name),
        measure=measured.noun, old=first.old, new=first.new, by=first.by, signed=first.signed,
        groups=execute.noun(group.column), **pairs.when(execute, pair),
    )  # fmt: skip


def _none(plan: Plan, execute: Executor, pair: Pair, first: Change, whole: Change) -> Result:
    """Returns that no group fell, with the one that came nearest to it."""
    (measured, *_), (group, *_), scope = plan.measures, plan.groups, Scope(tuple(plan.filters))
    head = state(
        "erosion.none", name=execute.name(group, first.moved.name), measure=measured.noun,
        groups=execute.noun(group.column), old=first.old, new=first.new, **pairs.when(execute, pair),
    )  # fmt: skip
    told = state(
        "erosion.whole", measure=measured.noun, old=whole.old, new=whole.new,
        **pairs.when(execute, pair),
    )  # fmt: skip
    names = [first.moved.name]
    return Result(
        [head, told], chart_of(execute, measured, group, scope, pair, names),
        [Figure(say(execute.name(group, first.moved.name)), first.new, first.signed)],
        parts.method(measured, execute, scope),
    )  # fmt: skip


def _whole(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair, first: Change,
    whole: Change,
) -> list[Statement]:  # fmt: skip
    """Returns what became of the whole, and what would have without the group that fell most."""
    others = Condition(column=group.column, relation=Relation.IS_NOT, values=[first.moved.name])
    rest = changes.between(execute, measured, scope.also(others), pair)
    if rest is None:
        return []
    said: Slots = {
        "measure": measured.noun, "name": execute.name(group, first.moved.name),
        "change": whole.difference, "rest": rest.difference,
    }  # fmt: skip
    return [state("erosion.without", **said)]


def _since(execute: Executor, measured: Measured, scope: Scope, last: Span) -> list[Statement]:
    """Returns what the rate is in the complete months after the last period."""
    months = [
        span
        for span, _ in execute.course(measured, "month", scope)
        if last.end and span.start >= last.end
    ]
    if len(months) < FEWEST:
        return []
    after = Span(start=months[0].start, end=months[-1].end, grain="month")
    value = execute.value(measured, scope.within(after))
    return [
        state("erosion.since", when=pairs.within(execute, after), value=value, measure=measured.noun)
    ]


def _others(plan: Plan, execute: Executor, pair: Pair, falling: list[Moved]) -> list[Statement]:
    (measured, *_), (group, *_), scope = plan.measures, plan.groups, Scope(tuple(plan.filters))
    found = [changes.of_group(execute, measured, group, scope, pair, each) for each in falling]
    return [
        state("erosion.also", name=execute.name(group, each.moved.name), old=each.old, new=each.new)
        for each in found
    ]


OPERATION = Operation(asks, plan, run, Looks.ONCE)
