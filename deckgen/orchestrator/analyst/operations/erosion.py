"""Erosion: which groups lose a margin or another rate, by their own rate or their part of the whole."""

from deckgen.domain.facts import Fact
from deckgen.domain.plans import (
    Condition,
    Difference,
    Group,
    Measure,
    Measured,
    Plan,
    Ratio,
    Relation,
    Span,
)
from deckgen.orchestrator.analyst.execution import (
    by_series,
    changes,
    mixture,
    moves,
    pairs,
    parts,
    pointing,
)
from deckgen.orchestrator.analyst.execution.changes import Change, Moved
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.growth_chart import chart_of
from deckgen.orchestrator.analyst.execution.pairs import Pair
from deckgen.orchestrator.analyst.execution.results import (
    Figure,
    Lacking,
    Result,
    Slots,
    Statement,
    state,
)
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import comparing, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

OTHERS = (
    Cue.WHAT_IF, Cue.ADVICE, Cue.EXPECT, Cue.FUNNEL, Cue.LEAVERS, Cue.LOSE_THINGS, Cue.LOSE_MONEY,
)  # fmt: skip
LOSING = ("lose", "loses", "losing", "lost", "verlieren", "verliert", "verloren")
RATES = (Concept.MARGIN, Concept.RATIO, Concept.OUTCOME)
ALONE = 0.2  # of the largest fall: others that fell by less hold their rate
NAMED = 3
FEWEST = 2  # complete months after the last year, from which they are told


def asks(question: Question, table: Table) -> float:
    """Where do we lose margin, which products lost conversion."""
    if not comparing.has_time(table) or question.has(*OTHERS):
        return NOT
    asks_which = question.has(Cue.WHERE, Cue.WHICH, Cue.WHO)
    if not asks_which or not question.words.says(LOSING):
        return NOT
    return PHRASE + 1 if _rate(question) else NOT


def _rate(question: Question) -> Offered | None:
    """Returns the rate that is named: one part of an amount over the whole of it."""
    named = question.of(*RATES)
    measure = named.measured.measure if named else None
    better_lower = named is not None and named.measured.better == "lower"
    return named if isinstance(measure, Ratio) and not better_lower else None


def plan(question: Question, table: Table) -> Plan | Lacking:
    measure = _rate(question) or slots.measure_of(question, table, *RATES)
    groups = slots.groups_of(question, table, measure)
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
        return _none(plan, execute, pair, first, whole)
    falling = [each for each in ranked if each.difference < ALONE * ranked[0].difference]
    statements = [
        _head(execute, measured, group, pair, first, alone=len(falling) == 1),
        *_whole(execute, measured, group, scope, pair, first, whole),
        *_parts(execute, measured, group, scope, pair, ranked[0]),
        *_since(execute, measured, scope.of_group(group, ranked[0].name), pair.new),
        *_others(plan, execute, pair, falling[1:NAMED]),
        *parts.left_out(plan, execute),
    ]
    names = [each.name for each in ranked]
    chart = by_series.courses(execute, measured, group, scope, "year", focus=(names[0],)) or chart_of(
        execute, measured, group, scope, pair, names
    )
    for place in chart.focus:
        chart = pointing.difference(chart, pair.old, pair.new, first.signed, place)
    figure = Figure(say(execute.name(group, ranked[0].name)), first.new, first.signed)
    return Result(
        statements, chart, [figure], parts.method(measured, execute, scope), summed=3,
        moves=moves.rate_again(execute, measured, group, scope, pair, first),
    )  # fmt: skip


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


def _parts(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair, fallen: Moved
) -> list[Statement]:
    """Returns whether the fall is of the group's own rate or of its part of the whole; of a margin how
    its cost and its income have grown.
    """
    assert isinstance(measured.measure, Ratio)
    found = mixture.of_group(execute, measured, group, scope, pair, fallen.name)
    if found is None:
        return []
    key = "erosion.own" if abs(found.own) >= abs(found.mix) else "erosion.mix"
    name = execute.name(group, fallen.name)
    over = measured.measure.over
    if key == "erosion.own" and isinstance(over, Difference):
        income, cost = (
            _growth(execute, measured, side, scope.of_group(group, fallen.name), pair)
            for side in (over.of, over.less)
        )
        if income and cost:
            nouns = {"income_noun": execute.noun(measured.columns[0]),
                     "cost_noun": execute.noun(measured.columns[1])}  # fmt: skip
            way = "cost" if float(cost.value or 0) > 0 else "income"
            return [
                state(
                    f"erosion.by_{way}", name=name, cost=cost, income=income, old=found.old_part,
                    new=found.new_part, **nouns,
                )
            ]  # fmt: skip
    return [state(key, name=name, old=found.old_part, new=found.new_part, measure=measured.noun)]


def _growth(
    execute: Executor, measured: Measured, side: Measure, scope: Scope, pair: Pair
) -> Fact | None:
    """Returns how one side of a margin has grown."""
    unit = execute.unit_of(side)
    own = measured.model_copy(
        update={
            "measure": side,
            "label": execute.label_of(side) or execute.says("label.one_side", measure=measured.label),
            "unit": unit,
        }
    )
    new, old = (execute.value(own, scope.within(span)) for span in (pair.new, pair.old))
    if not old.value or float(old.value) <= 0 or new.value is None:
        return None
    return execute.growth(
        new, old, execute.says("label.growth_of_name", measure=own.label, name=scope.value)
    )


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


OPERATION = Operation(asks, plan, run)
