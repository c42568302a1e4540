"""Leavers: which groups lose most of their people, as leavers over the mean headcount."""

import datetime

from deckgen.domain.facts import Fact, Sign
from deckgen.domain.formatting.display import COUNT, Unit, ValueFormat
from deckgen.domain.plans import Group, Level, Measured, Plan, Rows, Total
from deckgen.domain.table_models import ColumnModel, MeasureKind
from deckgen.orchestrator.analyst.execution import parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.listing import listed
from deckgen.orchestrator.analyst.execution.results import Lacking, Result, Statement, figures_of, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon import employment_words
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.columns import cell_of
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import columns, comparing, employment, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.stats.shares import p_of_rates

RARE = 0.01
SMALL = 5  # people on average, from which on a group's rate is told
TOLD = 3
MEAN = Unit(format=ValueFormat.NUMBER)


def asks(question: Question, table: Table) -> float:
    """Who loses most people, or how many leave, where heads and leavers are in the table."""
    named = question.has(Cue.LEAVERS) or question.words.says(("turnover",))
    if not named or question.has(Cue.CAUSE, Cue.RELATION, Cue.EXPECT):
        return NOT
    return PHRASE if _measures(table) else NOT


def plan(question: Question, table: Table) -> Plan | Lacking:
    measures = _measures(table)
    if not measures:
        return Lacking(state("lacks.left_beside_how_many_were"))
    offered = Offered(measures[0], Concept.RATIO, ())
    by_group = columns.asks_by_group(question, table)
    return Plan(
        operation="leavers",
        measures=measures,
        groups=slots.groups_of(question, table, offered) if by_group else [],
        filters=slots.filters_of(question, table, offered),
        period=comparing.period_of(question),
    )


def _measures(table: Table) -> list[Measured]:
    """Returns the leavers, and one or two headcounts whose mean they are held against."""
    heads = columns.kinds(table, MeasureKind.STOCK)
    left = [each for each in columns.numbers(table) if columns.says(each, employment_words.LEAVERS)]
    if heads and left and table.timeline:
        return [_total(table, left[0]), _level(table, heads[0])]
    dates = employment.dates_of(table)
    if dates is None or dates[1] is None:
        return []
    start, end = dates[0].name, dates[1].name
    last = employment.last_date(table, *dates)
    first = last - datetime.timedelta(days=365)
    noun = columns.row_count(table).noun
    return [
        employment.gone_between(end, first, last, table.language.say("label.leavers")),
        *(employment.there_at(start, end, date, noun) for date in (first, last)),
    ]


def _total(table: Table, column: ColumnModel) -> Measured:
    return Measured(
        measure=Total(of=cell_of(table.model, column)),
        label=column.label,
        noun=table.language.say("label.leavers"),
        unit=COUNT,
        columns=[column.name],
        adds_up=True,
        over_time=True,
        better="lower",
    )


def _level(table: Table, column: ColumnModel) -> Measured:
    return Measured(
        measure=Level(of=cell_of(table.model, column)),
        label=table.language.say("label.mean", measure=column.label),
        noun=table.language.say("label.people"),
        unit=MEAN,
        columns=[column.name],
        adds_up=True,
        over_time=False,
    )


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    scope = Scope.of(plan)
    whole = _rate(plan, execute, scope)
    if whole is None:
        return Lacking(state("lacks.people_could_have_left"))
    level = state("leavers.level", **whole)
    method = parts.method(plan.measures[0], execute, scope)
    told, chart = [], None
    for group in plan.groups[:1]:
        names = [each.name for each in execute.groups(plan.measures[-1], group, scope)]
        rates = {name: _rate(plan, execute, scope.of_group(group, name)) for name in names}
        large = {name: each for name, each in rates.items() if each and _number(each["heads"]) >= SMALL}
        if len(large) > 1:
            told = _by_group(execute, group, large)
            points = [(name, each["rate"]) for name, each in _ranked(large)]
            chart = listed(
                execute,
                points,
                title=execute.says("label.leavers_rate_by", group=execute.noun(group.column)),
                category=execute.noun(group.column),
                series=execute.says("label.leavers_rate"),
            )
    head = told[0] if told else level
    figures = figures_of(
        head,
        left=execute.says("label.leavers"),
        heads=execute.says("label.mean_headcount"),
        rate=execute.says("label.of_mean_headcount"),
    )
    return Result([*told, level, *_window(plan, execute)], chart, figures, method, summed=3)


def _rate(plan: Plan, execute: Executor, scope: Scope) -> dict[str, Fact] | None:
    """Returns leavers, mean headcount and their quotient; None if nobody was there."""
    left, *counts = (execute.value(each, scope) for each in plan.measures)
    heads = _mean(execute, counts) if len(counts) > 1 else counts[0]
    if left.value is None or not heads.value or _number(heads) <= 0:
        return None
    label = (
        execute.says("label.leavers_rate_of", name=scope.value)
        if scope.group
        else execute.says("label.leavers_rate")
    )
    return {"left": left, "heads": heads, "rate": execute.share(left, heads, label)}


def _mean(execute: Executor, counts: list[Fact]) -> Fact:
    first, last = counts
    mean = f"(({first.sql}) + ({last.sql})) / 2"
    return execute.of_two(
        mean, MEAN, execute.says("label.mean_of", measure=first.label), first, last, Sign.PLAIN
    )


def _number(fact: Fact) -> float:
    return float(fact.value or 0)


def _ranked(rates: dict[str, dict[str, Fact]]) -> list[tuple[str, dict[str, Fact]]]:
    return sorted(rates.items(), key=lambda each: (-_number(each[1]["rate"]), each[0]))


def _by_group(execute: Executor, group: Group, rates: dict[str, dict[str, Fact]]) -> list[Statement]:
    """Returns which group loses most of its people, or that chance may give as much."""
    ranked = _ranked(rates)
    p = p_of_rates([(_number(each["left"]), _number(each["heads"])) for _, each in ranked])
    (first, one), (last, two) = ranked[0], ranked[-1]
    if p is None or p >= RARE:
        names = {"first": execute.name(group, first), "last": execute.name(group, last)}
        return [
            state(
                "leavers.alike", groups=execute.noun(group.column), one=one["rate"], two=two["rate"],
                **names,
            )
        ]  # fmt: skip
    told = [state("leavers.most", name=execute.name(group, first), **one)]
    told += [
        state("leavers.next", name=execute.name(group, name), **each) for name, each in ranked[1:TOLD]
    ]
    return told


def _window(plan: Plan, execute: Executor) -> list[Statement]:
    """Returns over which time leavers were counted, where dates say when they left."""
    if len(plan.measures) < 3:
        return []
    left = plan.measures[0].measure
    assert isinstance(left, Rows)
    dates = [condition.values[0] for condition in left.where]
    first, last = (
        execute.book.query(
            execute.says("fact.period.day"), f"SELECT min(DATE '{date}') FROM data", parts.DAY
        )
        for date in dates
    )
    return [state("leavers.window", first=first, last=last)]


OPERATION = Operation(asks, plan, run)
