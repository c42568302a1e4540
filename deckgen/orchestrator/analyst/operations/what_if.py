"""What if: plain arithmetic on a change that is supposed, with the link that the data show."""

from deckgen.domain.facts import Fact, Sign
from deckgen.domain.formatting.display import PERCENT
from deckgen.domain.plans import Difference, Level, Measured, Plan, Total
from deckgen.domain.table_models import MeasureKind
from deckgen.orchestrator.analyst.execution import links, parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.links import Link
from deckgen.orchestrator.analyst.execution.pricing import Pricing, revenue_of
from deckgen.orchestrator.analyst.execution.results import (
    Figure,
    Lacking,
    Result,
    Slot,
    Statement,
    state,
)
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon import assumption_words as of
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.planning import comparing, slots, suppositions
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting


def asks(question: Question, table: Table) -> float:
    """What would happen if something were changed."""
    return PHRASE + 0.3 if question.has(Cue.WHAT_IF) else NOT


def plan(question: Question, table: Table) -> Plan | Lacking:
    """Returns the change of a price with units and revenue, else of a measure and its dependants."""
    changed = suppositions.changed(question, table)
    if changed is None:
        return Lacking(state("lacks.figure_supposed_change"))
    responses = suppositions.of_price(table, changed) if suppositions.is_price(changed, table) else []
    responses = responses or suppositions.depending(question, table, changed)
    if not responses:
        return Lacking(state("lacks.figure_depends"))
    return Plan(
        operation="what_if",
        measures=[changed.measured, *(each.measured for each in responses)],
        groups=suppositions.alike(question, table),
        filters=slots.filters_of(question, table, changed),
        period=comparing.period_of(question),
        assumed=of.assumed_in(question.text),
    )


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    changed, *responses = plan.measures
    assert plan.assumed is not None
    if isinstance(responses[0].measure, Difference):
        found = _of_difference(execute, plan, changed, responses[0])
    elif (
        _kind(execute, changed) is MeasureKind.PRICE
        and _kind(execute, responses[0]) is MeasureKind.COUNT
    ):
        found = _priced(execute, plan)
    else:
        found = _linked(execute, plan, changed, responses[0])
    if isinstance(found, Lacking):
        return found
    beyond = _beyond(execute, plan, changed)
    statements = [*found, *beyond, state("what_if.else"), *parts.left_out(plan, execute)]
    figures = [Figure(text, fact) for text, fact in _figures(execute, found[0], responses)]
    method = parts.method(changed, execute, Scope.of(plan))
    return Result(statements, None, figures, method, summed=3)


def _beyond(execute: Executor, plan: Plan, changed: Measured) -> list[Statement]:
    """Returns that no row has had such a value yet, if so: a link may not hold beyond the data."""
    x = links.number_of(execute, changed)
    if x is None or isinstance(plan.measures[1].measure, Difference):
        return []
    where = quoting.where(*execute.conditions(Scope.of(plan)))
    mean, least, most = execute.table.one(f"SELECT avg({x}), min({x}), max({x}) FROM data{where}")
    if mean is None or least <= mean * (1 + (plan.assumed or 0)) <= most:
        return []
    return [state("what_if.beyond", changed=_column_noun(execute, changed))]


def _figures(execute: Executor, head: Statement, responses: list[Measured]) -> list[tuple[str, Fact]]:
    """Returns the change that is supposed, and the value before and after it."""
    noun = head.slots.get("revenue", responses[-1].noun)
    labels = {
        "assumed": execute.says("label.supposed"),
        "old": execute.says("label.so_far", measure=noun),
        "new": execute.says("label.then", measure=noun),
    }
    found = ((label, head.slots.get(name)) for name, label in labels.items())
    return [(label, fact) for label, fact in found if isinstance(fact, Fact)]


def _kind(execute: Executor, measured: Measured) -> MeasureKind | None:
    columns = [each for each in execute.model.columns if each.name in measured.columns]
    return columns[0].measure.kind if len(columns) == 1 and columns[0].measure else None


def _assumed(execute: Executor, plan: Plan) -> Fact:
    """Returns the change that is supposed: it is the question's, and no value of the table."""
    return execute.book.query(
        execute.says("label.the_supposed"), f"SELECT {plan.assumed!r}", PERCENT, sign=Sign.CHANGE
    )


def _way(change: Fact) -> str:
    assert isinstance(change.value, int | float)
    return "rise" if change.value > 0 else "fall"


def _of_difference(
    execute: Executor, plan: Plan, changed: Measured, depending: Measured
) -> list[Statement] | Lacking:
    """Returns what a profit comes to if one side of it changes and the other stays as it is."""
    assert isinstance(depending.measure, Difference)
    scope = Scope.of(plan)
    old, part = execute.value(depending, scope), execute.value(changed, scope)
    sign = "+" if suppositions.sign_of(depending.measure, changed.measure) > 0 else "-"
    new = execute.of_two(
        f"({old.sql}) {sign} {plan.assumed!r} * ({part.sql})", depending.unit,
        execute.says("label.after_change", measure=depending.label), old, part, Sign.PLAIN,
    )  # fmt: skip
    change = execute.difference(
        depending, new, old, execute.says("label.change", measure=depending.label), sign=Sign.SIZE
    )
    slots: dict[str, Slot] = {
        "assumed": _assumed(execute, plan), "changed": changed.noun, "measure": depending.noun,
        "change": change, "old": old, "new": new,
    }  # fmt: skip
    way = _way(change)
    return [state(f"what_if.made.{way}", **slots), state(f"what_if.by.{way}", **slots)]


def _priced(execute: Executor, plan: Plan) -> list[Statement] | Lacking:
    """Returns what units and revenue come to at another price."""
    price, units, *others = plan.measures
    assert plan.assumed is not None
    revenue = others[0] if others else revenue_of(price, units, execute.language)
    pricing = Pricing(execute, price, units, revenue, plan.groups, Scope.of(plan), plan.assumed)
    if pricing.p is None or pricing.u is None:
        return Lacking(state("lacks.prices_units_same_rows"))
    link, old = pricing.reaction(), execute.value(revenue, pricing.scope)
    new = pricing.new_revenue(link, old)
    growth = execute.growth(
        new, old, execute.says("label.change", measure=revenue.label), sign=Sign.SIZE
    )
    slots: dict[str, Slot] = {
        "assumed": _assumed(execute, plan), "price": _column_noun(execute, price), "units": units.noun,
        "revenue": revenue.noun, "old": old, "new": new, "growth": growth,
    }  # fmt: skip
    way = _way(growth)
    if link is None:
        return [state(f"what_if.price.alone.{way}", **slots), state("what_if.price.open", **slots)]
    sold = execute.value(units, pricing.scope)
    left = pricing.new_units(link, sold)
    slots["share"] = execute.growth(
        left, sold, execute.says("label.change", measure=units.label), sign=Sign.SIZE
    )
    lost = execute.difference(
        units, left, sold, execute.says("label.change", measure=units.label), sign=Sign.SIZE
    )
    return [
        state(f"what_if.price.{_way(lost)}.{way}", **slots),
        state(
            f"what_if.units.{_way(lost)}",
            old=sold,
            new=left,
            lost=lost,
            units=units.noun,
            share=slots["share"],
        ),
        state(f"what_if.revenue.{way}", **slots),
        state("what_if.slope", slope=pricing.slope(link), **slots),
    ]


def _column_noun(execute: Executor, measured: Measured) -> str:
    return execute.noun(measured.columns[0]) if len(measured.columns) == 1 else measured.noun


def _linked(
    execute: Executor, plan: Plan, changed: Measured, depending: Measured
) -> list[Statement] | Lacking:
    """Returns what another measure comes to if the link of the past holds, or that there is none."""
    scope = Scope.of(plan)
    x, y = links.number_of(execute, changed), links.number_of(execute, depending)
    if x is None or y is None:
        return Lacking(state("lacks.both_figures_same_rows"))
    link = links.of(execute, x, y, plan.groups, scope)
    old = execute.value(depending, scope)
    slots: dict[str, Slot] = {
        "assumed": _assumed(execute, plan), "changed": _column_noun(execute, changed),
        "measure": depending.noun, "old": old,
    }  # fmt: skip
    if link is None or not link.is_clear:
        return [state("what_if.no_link", **slots)]
    new = _after(execute, plan, link, x, depending, old)
    growth = execute.growth(
        new, old, execute.says("label.change", measure=depending.label), sign=Sign.SIZE
    )
    return [
        state(f"what_if.linked.{_way(growth)}", new=new, growth=growth, **slots),
        state(f"what_if.linked.to.{_way(growth)}", new=new, growth=growth, **slots),
        state("what_if.no_proof", **slots),
    ]


def _after(execute: Executor, plan: Plan, link: Link, x: str, depending: Measured, old: Fact) -> Fact:
    """Returns a total or a mean after each row has moved along the line of the link."""
    where = quoting.where(*execute.conditions(Scope.of(plan)))
    match depending.measure:
        case Total():
            level = f"sum({x})"
        case Level():
            level = f"sum({x}) / count(DISTINCT {execute.axis.sql})"
        case _:
            level = f"avg({x})"
    moved = f"(SELECT {level} FROM data{where}) * {plan.assumed!r} * ({link.slope_sql})"
    label = execute.says("label.after_change", measure=depending.label)
    return execute.of_two(f"({old.sql}) + {moved}", depending.unit, label, old, old, Sign.PLAIN)


OPERATION = Operation(asks, plan, run)
