"""Profit: what is left of income after costs, and which groups lose money."""

from typing import Any

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import COUNT
from deckgen.domain.plans import Difference, Group, Measure, Measured, Plan
from deckgen.orchestrator.analyst.execution import parts, yearly
from deckgen.orchestrator.analyst.execution.executor import Executor
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
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import comparing, profits, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Looks, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

NAMED = 5
LOSS_NEWS, PROFIT_NEWS = 0.8, 0.4  # how strong they are
LOSING = ("profit.loses", "profit.only")
OTHERS = (
    Cue.MUCH, Cue.MANY, Cue.DEVELOP, Cue.UP, Cue.COMPARE, Cue.MOST, Cue.LEAST, Cue.GOOD, Cue.BAD,
    Cue.EXPECT, Cue.ADVICE, Cue.WHAT_IF, Cue.CAUSE, Cue.SHARE, Cue.RELATION, Cue.PLANNED,
)  # fmt: skip


def asks(question: Question, table: Table) -> float:
    """Are we profitable, which products lose money, do we spend more than we earn."""
    if question.has(Cue.EXPECT, Cue.ADVICE, Cue.WHAT_IF, Cue.CAUSE) or question.words.per:
        return NOT
    if question.has(Cue.LOSE_MONEY):
        return PHRASE + 0.5
    if question.before is not None and question.has(Cue.NEGATED) and question.has(Cue.WHICH, Cue.WHO):
        return WORDS + 0.5 if asks(question.before, table) > NOT else NOT
    return WORDS + 0.25 if question.has(Cue.PROFIT) and not question.has(*OTHERS) else NOT


def plan(question: Question, table: Table) -> Plan | Lacking:
    found = profits.profit_of(table)
    if found is None:
        return Lacking(state("lacks.costs_beside_income_amounts_sign"))
    profit = Offered(found[0], Concept.PROFIT, ())
    groups = slots.groups_of(question, table, profit)
    asks_which = question.has(Cue.WHICH, Cue.WHO, Cue.WHERE) or bool(question.groups)
    return Plan(
        operation="profit",
        measures=found,
        groups=groups,
        filters=slots.filters_of(question, table, profit),
        period=comparing.period_of(question),
        each_group=bool(groups) and asks_which,
        order="lowest",
    )


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    profit, scope = plan.measures[0], Scope.of(plan)
    value = execute.value(profit, scope)
    if value.value is None:
        return Lacking(state("lacks.value", measure=profit.label))
    whole = _whole(plan, execute, scope, value)
    by_group = [each for group in plan.groups[:1] for each in _groups(plan, execute, group, scope)]
    statements = [*by_group, *whole] if plan.each_group and by_group else [*whole, *by_group]
    of_years = yearly.of_profit(execute, profit, _margin(plan), scope) if plan.period is None else []
    core = None if plan.each_group else yearly.news_of(of_years)
    place = len(by_group) if plan.each_group else 1
    statements[place:place] = of_years
    statements += parts.left_out(plan, execute)
    chart = _over_years(execute, profit, scope) if of_years and not plan.each_group else None
    for group in [] if chart else plan.groups[:1]:
        title = execute.says("chart.by", measure=profit.noun, group=execute.noun(group.column))
        chart = execute.bars([profit], group, scope, title=title, alt=title, lowest=True)
    losing = sum(each.says.startswith(LOSING) for each in by_group)
    return Result(
        statements,
        chart,
        _figures(execute, statements[0], profit, value),
        parts.method(profit, execute, scope),
        summed=max(2, losing) if plan.each_group else 1 if core else 2,
        core=core,
        news=_news(plan, value, losing),
    )


def _over_years(execute: Executor, profit: Measured, scope: Scope) -> Chart:
    """Returns both sides of the profit by year."""
    assert isinstance(profit.measure, Difference)
    sides = [
        profit.model_copy(update={"measure": side, "noun": execute.noun(name)})
        for side, name in zip((profit.measure.of, profit.measure.less), profit.columns, strict=False)
    ]
    title = execute.says(
        "chart.by",
        measure=execute.language.listed([each.noun for each in sides]),
        group=execute.grain("year"),
    )
    return execute.line(sides, "year", scope, title=title, alt=title)


def _news(plan: Plan, value: Fact, losing: int) -> News | None:
    """Returns a loss as strong news, a profit as news; amounts with a sign may be anything."""
    if _is_signed(plan):
        return None
    return News(LOSS_NEWS if losing or float(value.value or 0) < 0 else PROFIT_NEWS)


def _figures(execute: Executor, head: Statement, profit: Measured, value: Fact) -> list[Figure]:
    """Returns the figures of the head: of a group that loses, or of both sides of the whole."""
    found = {key: slot for key, slot in head.slots.items() if isinstance(slot, Fact)}
    if "amount" in found:
        return [
            Figure(say(found["name"]), found["amount"]),
            *(Figure(execute.says("label.margin"), found[key]) for key in ("margin",) if key in found),
        ]
    sides = [
        Figure(execute.says(f"label.{key}"), found[key]) for key in ("income", "costs") if key in found
    ]
    return [*sides, Figure(profit.noun, value)]


def _margin(plan: Plan) -> list[Measured]:
    return plan.measures[1:2] if not _is_signed(plan) else []


def _is_signed(plan: Plan) -> bool:
    """True if income and costs stand in one column, and the plan has both sides of it."""
    return len(plan.measures) > 2


def _whole(plan: Plan, execute: Executor, scope: Scope, value: Fact) -> list[Statement]:
    """Returns the profit with the two sides that it is made of, where the table has them."""
    profit = plan.measures[0]
    way = "loss" if float(value.value or 0) < 0 else "profit"
    size = _size(execute, value)
    margin = [state("profit.margin", margin=execute.value(each, scope)) for each in _margin(plan)]
    if _is_signed(plan):
        if execute.model.ledger is not None:
            return [_of_ledger(plan, execute, scope, size, way)]
        income, costs = (_size(execute, execute.value(each, scope)) for each in plan.measures[1:3])
        return [state(f"profit.signed.{way}", size=size, income=income, costs=costs)]
    if not isinstance(profit.measure, Difference):
        return [state(f"profit.column.{way}", measure=profit.noun, value=value, size=size)]
    income, costs = (
        _side(execute, profit, each, scope) for each in (profit.measure.of, profit.measure.less)
    )
    first, second = (execute.noun(name) for name in profit.columns[:2])
    head = state(
        f"profit.made.{way}", size=size, income=income, costs=costs, income_noun=first,
        costs_noun=second,
    )  # fmt: skip
    return [head, *margin]


def _of_ledger(plan: Plan, execute: Executor, scope: Scope, size: Fact, way: str) -> Statement:
    """Returns the profit with what the accounts of revenue and of costs hold."""
    _, income, costs = plan.measures
    return state(
        f"profit.made.{way}", size=size, income=execute.value(income, scope),
        costs=execute.value(costs, scope), income_noun=income.noun, costs_noun=costs.noun,
    )  # fmt: skip


def _size(execute: Executor, value: Fact) -> Fact:
    """Returns an amount below zero without its sign: what was lost, or went out."""
    if float(value.value or 0) >= 0:
        return value
    label = execute.says("label.amount", measure=value.label)
    return execute.book.query(
        label, f"SELECT -({value.sql})", value.unit, value.where, groups=tuple(value.groups)
    )


def _side(execute: Executor, profit: Measured, measure: Measure, scope: Scope) -> Fact:
    """Returns income or costs by themselves."""
    label = execute.label_of(measure) or execute.says("label.one_side", measure=profit.label)
    return execute.value(profit.model_copy(update={"measure": measure, "label": label}), scope)


def _groups(plan: Plan, execute: Executor, group: Group, scope: Scope) -> list[Statement]:
    """Returns each group that loses money, the largest loss first, or that none does."""
    profit, beside = plan.measures[0], _margin(plan)
    if _is_signed(plan) and not plan.each_group:
        return _largest(execute, profit, group, scope)
    found = execute.groups(profit, group, scope)[::-1]
    losing = [each.name for each in found if each.value < 0]
    noun = execute.noun(group.column)
    if len(found) < 2:
        return []
    if not losing:
        name, value = execute.placed(profit, group, scope, 1, lowest=True)
        return [state("profit.none_loses", groups=noun, name=name, value=value, measure=profit.noun)]
    told = []
    for place, name in enumerate(losing[:NAMED]):
        key = (
            "profit.only" if len(losing) == 1 else "profit.loses_most" if place == 0 else "profit.loses"
        )
        told.append(_loses(key, execute, profit, beside, group, scope, name))
    if len(losing) > NAMED:
        told.append(_count(execute, profit, group, scope))
    return told


def _loses(
    key: str, execute: Executor, profit: Measured, beside: list[Measured], group: Group, scope: Scope,
    name: Any,
) -> Statement:  # fmt: skip
    own = scope.of_group(group, name)
    amount = _size(execute, execute.value(profit, own))
    found: dict[str, Slot] = {"name": execute.name(group, name), "amount": amount}
    found["groups"] = execute.noun(group.column)
    if not beside:
        return state(key, **found)
    return state(f"{key}.margin", margin=execute.value(beside[0], own), **found)


def _largest(execute: Executor, profit: Measured, group: Group, scope: Scope) -> list[Statement]:
    """Returns where most comes in, and where most goes out."""
    if len(execute.groups(profit, group, scope)) < 2:
        return []
    high, low = (execute.placed(profit, group, scope, 1, lowest=end) for end in (False, True))
    return [state("profit.ends", high=high[0], most=high[1], low=low[0], least=low[1])]


def _count(execute: Executor, profit: Measured, group: Group, scope: Scope) -> Statement:
    """Returns how many groups lose money, of all."""
    query = execute.by_group([profit.measure], group, scope)
    where = execute.conditions(scope)
    label = execute.column_label(group.column)
    losing = execute.book.query(
        execute.says("label.that_lose", group=label),
        f"SELECT count(*) FROM ({query}) WHERE v1 < 0",
        COUNT,
        *where,
    )
    every = execute.book.query(
        execute.says("label.measure_in_all", measure=label),
        f"SELECT count(*) FROM ({query})",
        COUNT,
        *where,
    )
    return state("profit.count", losing=losing, every=every, groups=execute.noun(group.column))


OPERATION = Operation(asks, plan, run, Looks.ONCE)
