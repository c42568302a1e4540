"""Development: how a measure went over time, whether that is a trend, and its growth a year."""

from dataclasses import replace
from typing import NamedTuple

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact, Sign
from deckgen.domain.formatting.display import PERCENT
from deckgen.domain.plans import Group, Level, Measured, Plan
from deckgen.orchestrator.analyst.execution import (
    by_series,
    changes,
    courses,
    evidence,
    newsworthy,
    pairs,
    parts,
    stopped,
    turns,
    usual,
)
from deckgen.orchestrator.analyst.execution.changes import Change
from deckgen.orchestrator.analyst.execution.evidence import Verdict
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.pairs import Pair
from deckgen.orchestrator.analyst.execution.results import (
    Figure,
    Lacking,
    News,
    Result,
    Slot,
    Statement,
    state,
)
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.planning import balances, comparing, several, slots
from deckgen.orchestrator.analyst.planning.operation import (
    FORM,
    NOT,
    PHRASE,
    WORDS,
    Looks,
    Operation,
)
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

SERIES = 4  # groups that are told each by itself
OTHERS = (Cue.EXPECT, Cue.WHAT_IF, Cue.ADVICE, Cue.CAUSE, Cue.LOSE_MONEY, Cue.LOSE_THINGS, Cue.FUNNEL)


def asks(question: Question, table: Table) -> float:
    """How did something develop, is it getting better, how fast do we grow a year."""
    if question.has(*OTHERS):
        return NOT
    moves = question.has(Cue.UP, Cue.DOWN, Cue.DEVELOP)
    if question.has(Cue.YEARLY) and moves:
        return PHRASE
    if question.has(Cue.DEVELOP):
        return WORDS + 0.1
    return FORM + 0.5 if question.has(Cue.UP, Cue.DOWN) else NOT


def plan(question: Question, table: Table) -> Plan | Lacking:
    if not comparing.has_time(table):
        return Lacking(state("lacks.column_dates"))
    measures = several.measures_of(question, table)
    measured = [balances.at_its_end(each.measured, table) for each in measures]
    # Groups that were not asked for only show whose values stop.
    groups = slots.groups_of(question, table, measures[0])
    pair = comparing.pair_of(question, table)
    return Plan(
        operation="development",
        measures=measured,
        groups=groups,
        filters=slots.filters_of(question, table, measures[0]),
        period=pair[0] if pair else None,
        base=pair[1] if pair else None,
        compares="all",
        each_group=bool(question.groups),
        yearly=question.has(Cue.YEARLY) and question.has(Cue.UP, Cue.DOWN),
    )


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    scope, first = Scope(tuple(plan.filters)), plan.measures[0]
    statements: list[Statement] = []
    figures: list[Figure] = []
    news: list[News] = []
    for measured in plan.measures:
        told = _measure(plan, execute, measured, scope)
        if isinstance(told, Lacking):
            return told
        statements += told.statements
        figures += told.figures
        news += [told.news] if told.news else []
    first_news = execute.news(next(iter(news), None))
    summed = max(2, min(len(statements), SERIES))
    statements += parts.left_out(plan, execute)
    chart = _chart(plan, execute, scope, statements)
    return Result(
        statements, chart, figures[:4], parts.method(first, execute, scope), summed=summed,
        news=first_news,
    )  # fmt: skip


class Told(NamedTuple):
    """What is told of one measure."""

    statements: list[Statement]
    figures: list[Figure]
    news: News | None = None


def _measure(plan: Plan, execute: Executor, measured: Measured, scope: Scope) -> Told | Lacking:
    """Returns what is told of one measure: of each group, of a usual year, or of all."""
    group = plan.groups[0] if plan.groups else None
    alike = stopped.alike(plan, execute, measured, group, scope)
    if alike is None:
        return Lacking(comparing.DATES)
    pair, missing, kept = alike.pair, alike.missing, alike.scope
    if plan.each_group and group and (groups := _each_group(execute, measured, group, kept, pair)):
        beside = stopped.told(execute, measured, missing)
        return groups._replace(statements=[*groups.statements, *beside])
    change = changes.between(execute, measured, kept, pair)
    if change is None:
        return Lacking(state("lacks.value_both_periods", measure=measured.label))
    noun = stopped.noun(execute, measured, missing)
    if plan.yearly:
        return _yearly(execute, measured, noun, kept, pair, change)
    beside = stopped.told(execute, measured, missing)
    turned = turns.find(execute, measured, kept) if _is_whole(plan) else None
    if turned and (told := turns.told(execute, measured, noun, kept, turned)):
        return Told([*told[0], *beside], told[1], turned.news)
    news = newsworthy.of_trend(execute, measured, kept, change) if _is_whole(plan) else None
    if len(plan.measures) == 1:
        execute.news(news)
    found = evidence.of_course(execute, measured, kept, pair, rose=change.way == "rose")
    statements = [_told(execute, noun, change, pair, found)]
    statements += [*beside, *_beside(execute, measured, kept, change, found)]
    return Told(statements, usual.figures(execute, change, pair), news)


def _is_whole(plan: Plan) -> bool:
    """True if a plan is about the whole course and not about periods that were named."""
    return plan.compares == "all" and plan.period is None and plan.base is None


def _told(
    execute: Executor, noun: Slot, change: Change, pair: Pair, found: Verdict, name: Slot = ""
) -> Statement:
    unclear = ".unclear" if found is Verdict.UNDECIDED and change.way != "steady" else ""
    of_group = ".of" if name else ""
    return state(
        f"development{of_group}.{change.way}{unclear}", measure=noun, by=change.by, old=change.old,
        new=change.new, **pairs.when(execute, pair), name=name, signed=change.signed,
    )  # fmt: skip


def _beside(
    execute: Executor, measured: Measured, scope: Scope, change: Change, found: Verdict
) -> list[Statement]:
    """Returns whether the direction is good, and the highest and the lowest period."""
    told = []
    if found is Verdict.UNDECIDED and change.way != "steady":
        told.append(state("development.usual", signed=change.signed))
    elif measured.better == "lower" and change.way != "steady":
        told.append(state(f"development.lower.{'good' if change.way == 'fell' else 'bad'}"))
    return [*told, *courses.extremes(execute, measured, scope)]


def _each_group(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair
) -> Told | None:
    """Returns the change of each group, if there are few, with both values of the one that leads."""
    moved = [each for each in changes.of_groups(execute, measured, group, scope, pair) if each.known]
    if not 1 < len(moved) <= SERIES:
        return None
    told = Told([], [])
    for each in sorted(moved, key=lambda each: -(each.new or 0)):
        own = scope.of_group(group, each.name)
        change = changes.between(execute, measured, own, pair)
        assert change is not None
        told_as = evidence.of_course(execute, measured, own, pair, rose=change.way == "rose")
        name = execute.name(group, each.name)
        told.statements.append(_told(execute, measured.noun, change, pair, told_as, name))
        if not told.figures:
            both = usual.figures(execute, change, pair)
            told.figures.extend(replace(one, label=f"{say(name)}, {one.label}") for one in both)
    return told


def _yearly(
    execute: Executor, measured: Measured, noun: Slot, scope: Scope, pair: Pair, change: Change
) -> Told | Lacking:
    """Returns the average growth of a year: the root of the growth over all years."""
    years = pair.new.start.year - pair.old.start.year
    whole = pair.new.grain == "year" or isinstance(measured.measure, Level)
    if years < 1 or not whole or pair.new.start.month != pair.old.start.month:
        return Lacking(state("lacks.two_complete_years"))
    if change.moved.growth is None or not change.moved.new or change.moved.new < 0:
        return Lacking(state("lacks.value_above_zero_first_last", measure=measured.label))
    rate, signed = (
        _rate(execute, measured, change, years, sign=sign) for sign in (Sign.SIZE, Sign.CHANGE)
    )
    way = "steady" if change.way == "steady" else change.way
    head = state(
        f"development.yearly.{way}", measure=noun, rate=rate, signed=signed, old=change.old,
        new=change.new, **pairs.when(execute, pair),
    )  # fmt: skip
    new, old = pairs.labels(execute, pair)
    figures = [
        Figure(old, change.old), Figure(new, change.new, change.signed),
        Figure(execute.says("label.yearly_growth"), signed),
    ]  # fmt: skip
    in_all = state("development.in_all", signed=change.signed)
    return Told([head, in_all, *courses.best_years(execute, measured, scope)], figures)


def _rate(execute: Executor, measured: Measured, change: Change, years: int, *, sign: Sign) -> Fact:
    return execute.of_two(
        f"pow(({change.new.sql}) / ({change.old.sql}), 1.0 / {years}) - 1",
        PERCENT,
        execute.says("label.yearly_growth_of", measure=measured.label),
        change.new,
        change.old,
        sign,
    )


def _chart(plan: Plan, execute: Executor, scope: Scope, statements: list[Statement]) -> Chart | None:
    """Returns the course of the first measure; a line for each group if groups are told."""
    first = plan.measures[0]
    stops = any(each.says == "stopped.after" for each in statements)
    if plan.groups and (plan.each_group or stops):
        told = [each for each in statements if isinstance(each.slots.get("name"), Fact)]
        chart = by_series.courses(execute, first, plan.groups[0], scope) if told else None
        if chart:
            return usual.pointed(execute, chart, told)
    alike = [each for each in plan.measures if each.unit == first.unit]
    chart = courses.line(execute, alike, scope)
    return usual.pointed(execute, chart, statements) if chart and len(alike) == 1 else chart


OPERATION = Operation(asks, plan, run, Looks.MEASURES)
