"""Attainment: what became of a plan, a target or a forecast, in all and by groups."""

from typing import Any

from deckgen.domain.decks import Chart
from deckgen.domain.facts import Fact, Sign
from deckgen.domain.formatting.display import PERCENT, ValueFormat
from deckgen.domain.plans import Group, Measured, Plan, Ratio
from deckgen.orchestrator.analyst.execution import courses, parts
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
from deckgen.orchestrator.analyst.execution.strength import strength
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept
from deckgen.orchestrator.analyst.planning import comparing, scenarios, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, Looks, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

MET = 0.0005  # as near is on the plan
NAMED = 5
NOTICED = 0.02  # a distance that is news


def asks(question: Question, table: Table) -> float:
    """Did we stay within budget, which region missed its plan; only of tables that have a plan."""
    if scenarios.scenario_of(question, table) is None or question.has(Cue.WHAT_IF):
        return NOT
    if question.has(Cue.PLANNED):
        return PHRASE + 0.75
    before = question.before
    if before is not None and asks(before, table) > NOT and _asks_where(question):
        return PHRASE + 0.5
    compares = question.has(Cue.COMPARE) and question.words.says(("forecast", "prognose"))
    return PHRASE + 0.5 if compares or _only_prior(question, table) else NOT


def _asks_where(question: Question) -> bool:
    named = question.measure is not None and question.measure.concept is not Concept.COUNT
    return question.has(Cue.WHERE, Cue.WHICH, Cue.WHO) and not named


def _only_prior(question: Question, table: Table) -> bool:
    """True if the year before is a column of the table, and asked for."""
    found = scenarios.scenario_of(question, table)
    return question.has(Cue.PREVIOUS) and found is not None and found[2].kind == "prior"


def plan(question: Question, table: Table) -> Plan | Lacking:
    found = scenarios.scenario_of(question, table)
    if found is None:
        return Lacking("a plan beside what became of it")
    actual, target = scenarios.sides_of(question, table, found)
    measure = slots.measure_of(question, table)
    groups = [
        each for each in slots.groups_of(question, table, measure) if each.column != found[0].column
    ]
    filters = [
        each for each in slots.filters_of(question, table, measure) if each.column != found[0].column
    ]
    return Plan(
        operation="attainment",
        measures=[actual, target],
        groups=groups,
        filters=[*filters, *scenarios.known(table, found)],
        period=comparing.period_of(question),
        each_group=bool(groups) and question.has(Cue.WHERE, Cue.WHICH, Cue.WHO),
        order=_side(question, actual),
    )


def _side(question: Question, actual: Measured) -> str:
    """Returns whether groups above or below the plan are asked for; else those that do not meet it."""
    if question.words.says(("miss", "missed", "short", "under", "below", "verfehlt", "unter")):
        return "lowest"
    if question.has(Cue.OVER) or question.words.says(
        ("exceed", "beat", "overspend", "overspent", "überschritten", "übertroffen")
    ):
        return "highest"
    return "highest" if actual.better == "lower" else "lowest"


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    actual, target, *_ = plan.measures
    scope = Scope.of(plan)
    whole = _whole(execute, actual, target, scope)
    if whole is None:
        return Lacking(f"values of {actual.label} and {target.label} for the same rows")
    told = [_groups(plan, execute, group, scope) for group in plan.groups[:1]]
    by_group = told[0] if told else []
    statements = [*by_group, whole] if plan.each_group and by_group else [whole, *by_group]
    statements += parts.left_out(plan, execute)
    summed = min(len(statements), NAMED) if plan.each_group else 2
    return Result(
        statements, _chart(plan, execute, scope), _figures(statements[0], actual, target),
        parts.method(actual, execute, scope), summed=summed, news=_news(whole),
    )  # fmt: skip


def _news(whole: Statement) -> News | None:
    """Returns how far the whole is from its plan."""
    by = whole.slots.get("by")
    off = abs(float(by.value)) if isinstance(by, Fact) and isinstance(by.value, int | float) else 0.0
    return News(strength("plan", off)) if off >= NOTICED else None


def _slots(
    execute: Executor, actual: Measured, target: Measured, scope: Scope
) -> dict[str, Slot] | None:
    """Returns both sides of a scope and their distance as facts; None if a side has no value."""
    was, planned = execute.value(actual, scope), execute.value(target, scope)
    if was.value is None or not planned.value:
        return None
    label = f"{execute.label(actual, scope)} against {target.label}"
    found: dict[str, Slot] = {"was": was, "planned": planned}
    found["gap"] = execute.difference(actual, was, planned, label)
    found["signed"] = _distance(execute, actual, was, planned, label, Sign.CHANGE)
    # What is missing is told as an amount that is missing, which has no sign.
    above = float(was.value) >= float(planned.value)
    first, second = (was, planned) if above else (planned, was)
    found["by"] = _distance(execute, actual, first, second, label, Sign.PLAIN, base=planned)
    return found


def _distance(
    execute: Executor, measured: Measured, first: Fact, second: Fact, label: str, sign: Sign, *,
    base: Fact | None = None,
) -> Fact:  # fmt: skip
    """Returns one side less the other: of amounts as a share of what was planned."""
    if measured.unit.format is ValueFormat.PERCENT:
        return execute.difference(measured, first, second, label, sign=sign)
    gap, whole = f"(({first.sql}) - ({second.sql}))", f"({(base or second).sql})"
    return execute.of_two(f"{gap} / abs({whole})", PERCENT, label, first, second, sign)


def _side_of(found: dict[str, Slot]) -> str:
    first, second = found["was"], found["planned"]
    assert isinstance(first, Fact)
    assert isinstance(second, Fact)
    was, planned = float(first.value or 0), float(second.value or 0)
    if abs(was - planned) <= MET * abs(planned):
        return "met"
    return "above" if was > planned else "below"


def _whole(execute: Executor, actual: Measured, target: Measured, scope: Scope) -> Statement | None:
    found = _slots(execute, actual, target, scope)
    if found is None:
        return None
    key = f"attainment.{actual.better}.{_side_of(found)}"
    return state(key, actual=actual.noun, target=target.noun, **found)


def _groups(plan: Plan, execute: Executor, group: Group, scope: Scope) -> list[Statement]:
    """Returns the groups on the side that is asked for, the farthest first, or that there are none;
    then the farthest on the other side.
    """
    actual, target, *_ = plan.measures
    ranked = _ranked(execute, actual, target, group, scope)
    if plan.order == "lowest":
        ranked = ranked[::-1]
    off = [name for name, ratio in ranked if (ratio > MET if plan.order == "highest" else ratio < -MET)]
    side, other = ("above", "below") if plan.order == "highest" else ("below", "above")
    noun = execute.noun(group.column)
    if not ranked:
        return []
    if not off:
        nearest = _one(execute, actual, target, group, scope, ranked[0][0])
        return [state(f"attainment.none_{side}", groups=noun, target=target.noun, **nearest)]
    told = {off[0]: f"{'most' if len(off) > 1 else 'only'}_{side}"}
    told |= dict.fromkeys(off[1 : NAMED if plan.each_group else 1], f"group_{side}")
    last, ratio = ranked[-1]
    if last not in off and abs(ratio) > MET:
        told[last] = f"group_{other}"
    found = []
    for name, key in told.items():
        own = _one(execute, actual, target, group, scope, name)
        found.append(state(f"attainment.{key}", target=target.noun, groups=noun, **own))
    return found


def _one(
    execute: Executor, actual: Measured, target: Measured, group: Group, scope: Scope, name: Any
) -> dict[str, Slot]:
    found = _slots(execute, actual, target, scope.of_group(group, name))
    assert found is not None, name
    return {"name": execute.name(group, name), **found}


def _ranked(
    execute: Executor, actual: Measured, target: Measured, group: Group, scope: Scope
) -> list[tuple[Any, float]]:
    """Returns each group with its distance from the plan, the farthest above it first."""
    both = actual.model_copy(update={"measure": Ratio(over=actual.measure, per=target.measure)})
    return [(each.name, each.value - 1) for each in execute.groups(both, group, scope)]


def _figures(head: Statement, actual: Measured, target: Measured) -> list[Figure]:
    """Returns both sides of what the head is about, and their difference."""
    found = {key: slot for key, slot in head.slots.items() if isinstance(slot, Fact)}
    first = say(found["name"]) if "name" in found else actual.noun
    return [
        Figure(first, found["was"], found["signed"]),
        Figure(target.noun, found["planned"]),
        Figure("difference", found["gap"]),
    ]


def _chart(plan: Plan, execute: Executor, scope: Scope) -> Chart | None:
    for group in plan.groups[:1]:
        title = f"{plan.measures[0].noun} and {plan.measures[1].noun} by {execute.noun(group.column)}"
        return execute.bars(plan.measures[:2], group, scope, title=title, alt=title)
    return courses.line(execute, plan.measures[:2], scope) if execute.timeline else None


OPERATION = Operation(asks, plan, run, Looks.ONCE)
