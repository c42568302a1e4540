"""Moves: what a group's own former rate or level would be worth again, by the last complete period."""

from typing import Any

from deckgen.domain.facts import Fact, Sign
from deckgen.domain.formatting.display import ValueFormat
from deckgen.domain.plans import Difference, Group, Measured, Ratio
from deckgen.orchestrator.analyst.execution import pairs
from deckgen.orchestrator.analyst.execution.changes import Change
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.pairs import Pair
from deckgen.orchestrator.analyst.execution.results import Move, state
from deckgen.orchestrator.analyst.execution.scopes import Scope

PROFIT = "profit"


def rate_again(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair, fallen: Change
) -> list[Move]:
    """Returns what a group's rate of the earlier period would bring on its base of the later one, where
    that is an amount of money.
    """
    measure = measured.measure
    if (
        not isinstance(measure, Ratio)
        or execute.unit_of(measure.per).format is not ValueFormat.CURRENCY
    ):
        return []
    own = scope.of_group(group, fallen.moved.name)
    base = _amount(execute, measured, own.within(pair.new))
    size = execute.of_two(
        f"(({fallen.old.sql}) - ({fallen.new.sql})) * ({base.sql})",
        base.unit,
        execute.says("label.worth_of_before", measure=measured.label, name=fallen.moved.name),
        base,
        fallen.old,
        Sign.PLAIN,
        relation=None,
    )
    is_margin = isinstance(measure.over, Difference)
    name = execute.name(group, fallen.moved.name)
    cost = execute.noun(measured.columns[1]) if is_margin else measured.noun
    said = {
        "name": name, "measure": measured.noun, "old": fallen.old, "new": fallen.new, "cost": cost,
        **pairs.when(execute, pair),
    }  # fmt: skip
    first = "advice.first.cost" if is_margin else "advice.first.rate"
    worth = execute.language.nouns.of(PROFIT) if is_margin else measured.label
    says, evidence = (state(key, **said) for key in ("advice.rate_again", "advice.evidence.rate"))
    return [Move(says, evidence, state(first, **said), name, size, worth)]


def _amount(execute: Executor, measured: Measured, scope: Scope) -> Fact:
    """Returns what a rate is of, as an amount."""
    assert isinstance(measured.measure, Ratio)
    per = measured.measure.per
    own = measured.model_copy(
        update={
            "measure": per,
            "label": execute.label_of(per) or execute.says("label.base_of", measure=measured.label),
            "unit": execute.unit_of(per),
        }
    )
    return execute.value(own, scope)


def level_again(
    execute: Executor, measured: Measured, margin: Measured | None, group: Group, scope: Scope,
    name: Any, since: Fact,
) -> list[Move]:  # fmt: skip
    """Returns what a group's level of the year before would bring in the last complete year; at the
    margin of all where there is one. Nothing if it has not fallen from year to year.
    """
    own = scope.of_group(group, name)
    years = [span for span, _ in execute.course(measured, "year", own)]
    if len(years) < 2:
        return []
    pair = Pair(years[-1], years[-2])
    new, old = (execute.value(measured, own.within(span)) for span in (pair.new, pair.old))
    if float(old.value or 0) <= float(new.value or 0):
        return []
    label = execute.says("label.worth_of_year_before", measure=measured.label, name=name)
    lost = f"({old.sql}) - ({new.sql})"
    rate = execute.value(margin, scope.within(pair.new)) if margin else None
    if rate is not None:
        lost = f"({lost}) * ({rate.sql})"
    size = execute.of_two(lost, new.unit, label, old, new, Sign.PLAIN, relation=None)
    said = {
        "name": execute.name(group, name), "measure": measured.noun, "old": old, "new": new,
        "since": since, **pairs.when(execute, pair),
    }  # fmt: skip
    worth = measured.label if rate is None else execute.language.nouns.of(PROFIT)
    says, evidence, first = (
        state(key, **said)
        for key in ("advice.level_again", "advice.evidence.level", "advice.first.break")
    )
    return [Move(says, evidence, first, execute.name(group, name), size, worth)]
