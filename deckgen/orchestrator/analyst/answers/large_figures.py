"""The large figures of an answer: what they are, whether their change is good, and their course."""

from deckgen.domain.blocks import Kpi, Tone, Trend
from deckgen.domain.facts import About, Fact, FactRelation
from deckgen.domain.plans import By, Measured, Plan
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Figure, Result
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.facts.statements import label

FEWEST, MOST = 4, 60  # periods of a course


def of(result: Result, plan: Plan, execute: Executor) -> list[Kpi]:
    """Returns the figures of a result; those with a course of their own only where no chart has it."""
    is_over_time = result.chart is not None and result.chart.category_unit.is_time
    return [
        Kpi(
            label=label(each.label, execute.language),
            value=say(each.value),
            change=say(each.change) if each.change else "",
            tone=_tone(each, plan),
            trend=None if is_over_time else _trend(each.value, plan, execute),
        )
        for each in result.figures
    ]


def _tone(figure: Figure, plan: Plan) -> Tone:
    """Returns what a change means for the reader, if the measure of the figure has a good direction."""
    change, measured = figure.change.value if figure.change else None, _measured(figure.value, plan)
    if not isinstance(change, int | float) or not change or measured is None or not measured.better:
        return "plain"
    return "good" if (change > 0) == (measured.better == "higher") else "bad"


def _measured(fact: Fact, plan: Plan) -> Measured | None:
    """Returns the measure of a plan that a figure is of; that of a plan with one in any case."""
    if len(plan.measures) == 1:
        return plan.measures[0]
    name = fact.about.measure if fact.about else None
    return next((each for each in plan.measures if each.label == name), None)


def _trend(fact: Fact, plan: Plan, execute: Executor) -> Trend | None:
    """Returns the complete periods of what a figure is of: of a measure, or of one group by it."""
    measured = plan.measures[0]
    if execute.timeline is None or fact.about is None or not _is_level(fact.about, measured):
        return None
    scope = _scope(fact.about, plan)
    grain = execute.timeline.chart_grain()
    spans = execute.spans(grain, scope) if scope else []
    if scope is None or not FEWEST <= len(spans) <= MOST:
        return None
    whole = scope.within(spans[0].model_copy(update={"end": spans[-1].end}))
    periods = execute.periods(grain)
    own = execute.by_group([measured.measure], periods, whole)
    sql = f"SELECT v1 FROM ({own}) ORDER BY g"
    if fact.about.relation is FactRelation.SHARE:
        every = execute.by_group([measured.measure], periods, whole.of_all())
        sql = (
            f"SELECT v1 / every FROM ({own}) JOIN (SELECT g, v1 AS every FROM ({every})) USING (g) "
            "ORDER BY g"
        )
    return Trend(sql=sql, values=execute.book.column(sql))


def _is_level(about: About, measured: Measured) -> bool:
    levels = (FactRelation.VALUE, FactRelation.RANK)
    is_share = about.relation is FactRelation.SHARE and bool(about.groups)
    return about.measure == measured.label and (about.relation in levels or is_share)


def _scope(about: About, plan: Plan) -> Scope | None:
    """Returns the rows of a figure, whatever its period; None of a group that is no value."""
    scope = Scope(tuple(about.filters))
    if not about.groups:
        return scope
    group = next((each for each in plan.groups if each.column in about.groups), None)
    if group is None or group.by is not By.VALUE or len(about.groups) > 1:
        return None
    return scope.of_group(group, about.groups[group.column])
