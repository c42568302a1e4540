"""Attainment: what became of a plan, a target or a forecast, in all and by groups."""

from deckgen.domain.charts import Chart, ChartKind, SeriesRole
from deckgen.domain.facts import Fact, Sign
from deckgen.domain.formatting.display import PERCENT
from deckgen.domain.plans import Measured, Plan, Ratio, Span
from deckgen.orchestrator.analyst.execution import against_groups, breaks, courses, moves, parts
from deckgen.orchestrator.analyst.execution.against import ratio_of, side_of, sides
from deckgen.orchestrator.analyst.execution.breaks import Break
from deckgen.orchestrator.analyst.execution.dated import with_period
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import (
    Figure,
    Lacking,
    Move,
    News,
    Result,
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

TURNED = 0.01  # of the plan: a last year that differs more from all of the time is told by itself
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
        return Lacking(state("lacks.plan_beside_became"))
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
        measures=[actual, target, *_margin(actual, table)],
        groups=groups,
        filters=[*filters, *scenarios.known(table, found)],
        period=comparing.period_of(question),
        each_group=bool(groups) and question.has(Cue.WHERE, Cue.WHICH, Cue.WHO),
        order=_side(question, actual),
    )


def _margin(actual: Measured, table: Table) -> list[Measured]:
    """Returns the margin on what is held against the plan, by which a gap is worth less than itself."""
    return [
        each.measured
        for each in table.offered
        if each.concept is Concept.MARGIN
        and isinstance(each.measured.measure, Ratio)
        and each.measured.measure.per == actual.measure
    ][:1]


def _side(question: Question, actual: Measured) -> str:
    """Returns whether groups above or below the plan are asked for; else those that do not meet it."""
    if question.words.says(
        ("miss", "missed", "short", "under", "below", "behind", "verfehlt", "unter", "hinter")
    ):
        return "lowest"
    if question.has(Cue.OVER) or question.words.says(
        ("exceed", "beat", "overspend", "overspent", "überschritten", "übertroffen")
    ):
        return "highest"
    return "highest" if actual.better == "lower" else "lowest"


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    actual, target, *_ = plan.measures
    every, both = Scope.of(plan), ratio_of(actual, target)
    whole = _whole(execute, actual, target, every)
    if whole is None:
        return Lacking(state("lacks.values_same_rows", measure=actual.label, other=target.label))
    last = _turned(execute, both, every) if plan.period is None else None
    scope = every.within(last or plan.period)
    recent = _whole(execute, actual, target, scope) if last else None
    told = [against_groups.told(plan, execute, group, scope) for group in plan.groups[:1]]
    by_group = told[0] if told else []
    head = recent or whole
    statements = [*by_group, head] if plan.each_group and by_group else [head, *by_group]
    broken = _broken(plan, execute, actual, every)
    since = [breaks.told(each, execute, actual) for each in broken]
    since += _since(execute, actual, target, every)
    summed = len(by_group) if plan.each_group else 1
    statements[summed:summed] = since
    in_summary = summed + max(1, len(since))
    statements += [state("attainment.ever", said=whole)] if recent else []
    statements += parts.left_out(plan, execute)
    result = Result(
        statements, _chart(plan, execute, scope), _figures(execute, statements[0], actual, target),
        parts.method(actual, execute, scope), summed=min(against_groups.NAMED, in_summary),
        news=_news(recent or whole, broken), moves=_moves(plan, execute, broken, every),
    )  # fmt: skip
    return with_period(result, plan.model_copy(update={"period": last}), execute) if last else result


def _turned(execute: Executor, both: Measured, scope: Scope) -> Span | None:
    """Returns the last complete year, if it stands otherwise to its plan than all of the time does: a
    sum over years hides when they missed it.
    """
    years = execute.course(both, "year", scope) if execute.timeline else []
    whole = execute.number(both, scope)
    if len(years) < 2 or whole is None or abs(years[-1][1] - whole) < TURNED:
        return None
    return years[-1][0]


def _since(execute: Executor, actual: Measured, target: Measured, scope: Scope) -> list[Statement]:
    """Returns since when the whole stands otherwise to its plan than before."""
    found = breaks.last_of(execute, ratio_of(actual, target), scope) if execute.timeline else None
    if found is None:
        return []
    by, before = (
        execute.of_two(
            f"abs(({fact.sql}) - 1)",
            PERCENT,
            execute.says("label.distance", measure=target.label),
            fact,
            fact,
            Sign.PLAIN,
        )
        for fact in (found.new, found.old)
    )
    ways = ["below" if float(fact.value or 0) < 1 else "above" for fact in (found.new, found.old)]
    return [
        state(
            f"attainment.since.{ways[0]}.{ways[1]}", actual=actual.noun, target=target.noun, by=by,
            before=before, since=found.since,
        )
    ]  # fmt: skip


def _broken(plan: Plan, execute: Executor, actual: Measured, scope: Scope) -> list[Break]:
    """Returns the group that went furthest to another level by itself, if one did."""
    if execute.timeline is None or not actual.adds_up:
        return []
    return [
        each for group in plan.groups[:1] for each in breaks.of_groups(execute, actual, group, scope)
    ][:1]


def _moves(plan: Plan, execute: Executor, broken: list[Break], scope: Scope) -> list[Move]:
    """Returns what it would bring if a group came back to the level before its fall."""
    actual, _, *margin = plan.measures
    return [
        move
        for each in broken
        if each.group and each.size < 0 and actual.better == "higher"
        for move in moves.level_again(
            execute, actual, margin[0] if margin else None, each.group, scope, each.name, each.since
        )
    ]


def _news(whole: Statement, broken: list[Break]) -> News | None:
    """Returns how far the whole is from its plan, of late if told so, or a group from its level."""
    by = whole.slots.get("by")
    off = abs(float(by.value)) if isinstance(by, Fact) and isinstance(by.value, int | float) else 0.0
    if broken:
        return News(max(strength("plan", off), strength("shift", abs(broken[0].size))), moves=True)
    return News(strength("plan", off)) if off >= NOTICED else None


def _whole(execute: Executor, actual: Measured, target: Measured, scope: Scope) -> Statement | None:
    found = sides(execute, actual, target, scope)
    if found is None:
        return None
    key = f"attainment.{actual.better}.{side_of(found)}"
    return state(key, actual=actual.noun, target=target.noun, **found)


def _figures(execute: Executor, head: Statement, actual: Measured, target: Measured) -> list[Figure]:
    """Returns both sides of what the head is about, and their difference."""
    found = {key: slot for key, slot in head.slots.items() if isinstance(slot, Fact)}
    first = say(found["name"]) if "name" in found else actual.noun
    return [
        Figure(first, found["was"], found["signed"]),
        Figure(target.noun, found["planned"]),
        Figure(execute.says("label.difference"), found["gap"]),
    ]


def _chart(plan: Plan, execute: Executor, scope: Scope) -> Chart | None:
    for group in plan.groups[:1]:
        title = execute.says(
            "chart.both_by",
            measure=plan.measures[0].noun,
            other=plan.measures[1].noun,
            group=execute.noun(group.column),
        )
        chart = execute.bars(plan.measures[:2], group, scope, title=title, alt=title)
        return _as_variance(chart.model_copy(update={"kind": ChartKind.VARIANCE}))
    course = courses.line(execute, plan.measures[:2], scope) if execute.timeline else None
    return _as_variance(course) if course else None


def _as_variance(chart: Chart) -> Chart:
    """Returns a chart whose second series is what the first is held against."""
    actual, target = chart.series
    return chart.model_copy(
        update={"series": [actual, target.model_copy(update={"role": SeriesRole.PLAN})]}
    )


OPERATION = Operation(asks, plan, run, Looks.ONCE)
