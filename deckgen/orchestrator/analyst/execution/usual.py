"""How much a measure usually moves, beside which a change is seen, and the chart around a change."""

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import PERCENT, Grain
from deckgen.domain.plans import Measured
from deckgen.orchestrator.analyst.execution import evidence, pairs, pointing
from deckgen.orchestrator.analyst.execution.changes import Change
from deckgen.orchestrator.analyst.execution.evidence import Verdict
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.pairs import Pair, own_grain
from deckgen.orchestrator.analyst.execution.results import Figure, Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.facts.statements import is_cautious
from deckgen.orchestrator.analyst.profiling.timeline import GRAINS

STEPS = 6  # as few make nothing usual


def told(
    execute: Executor, measured: Measured, scope: Scope, pair: Pair, change: Change, found: Verdict
) -> list[Statement]:
    """Returns the difference, and whether it is more than usual; by a test where there was one."""
    if change.way == "steady":
        return []
    grain, difference = evidence.parts_of(execute, pair), change.difference
    if found is not Verdict.UNTESTED and grain:
        key = "usual.beyond" if found is Verdict.CLEAR else "usual.within"
        return [state(key, difference=difference, grain=execute.grain(grain))]
    usual = _step(execute, measured, scope, pair.new.grain)
    if usual is not None:
        return [
            state("usual.step", difference=difference, grain=execute.grain(pair.new.grain), usual=usual)
        ]
    return [] if change.signed.id == difference.id else [state("usual.alone", difference=difference)]


def _step(execute: Executor, measured: Measured, scope: Scope, grain: Grain) -> Fact | None:
    """Returns the median of the changes from each period to the next."""
    course = execute.course(measured, grain, scope)
    if len(course) <= STEPS or min(value for _, value in course) <= 0:
        return None
    first, last = course[0][0], course[-1][0]
    within = scope.within(first.model_copy(update={"end": last.end}))
    series = execute.by_group([measured.measure], execute.periods(grain), within)
    return execute.book.query(
        execute.says("label.usual_change", measure=measured.label, grain=execute.grain(grain)),
        "SELECT median(abs(v1 / before - 1)) FROM "
        f"(SELECT v1, lag(v1) OVER (ORDER BY g) AS before FROM ({series})) WHERE before > 0",
        PERCENT,
        *execute.conditions(within),
    )


def figures(execute: Executor, change: Change, pair: Pair) -> list[Figure]:
    """Returns both values under the names of their periods, the later one with the change."""
    new, old = pairs.labels(execute, pair)
    return [Figure(old, change.old), Figure(new, change.new, change.signed)]


def around(execute: Executor, measured: Measured, scope: Scope, pair: Pair) -> Chart | None:
    """Returns the course of a measure, at the grain of the periods if there are enough of them."""
    grain = pair.new.grain
    if len(execute.spans(grain, scope)) < 3 and GRAINS.index(own_grain(execute)) < GRAINS.index(grain):
        grain = own_grain(execute)
    if len(execute.course(measured, grain, scope)) < 2:
        return None
    title = execute.says("chart.by", measure=measured.noun, group=execute.grain(grain))
    return execute.line([measured], grain, scope, title=title, alt=title)


def pointed(execute: Executor, chart: Chart, statements: list[Statement]) -> Chart:
    """Returns the course with the change that is told, between its periods; where these are none of
    the chart's own, with the highest and the lowest one.
    """
    for each in statements:
        base, period, signed = (each.slots.get(name) for name in ("base", "period", "signed"))
        if isinstance(base, Fact) and isinstance(period, Fact) and isinstance(signed, Fact):
            series = pointing.series_of(chart, each.slots.get("name"))
            found = pointing.difference(chart, base, period, signed, series)
            if found is not chart and not is_cautious(each):
                return found
    for each in statements:
        if each.says == "courses.extremes":
            ends = [(each.slots["best"], each.slots["high"]), (each.slots["worst"], each.slots["low"])]
            return pointing.named(chart, pointing.said(ends))
    return chart
