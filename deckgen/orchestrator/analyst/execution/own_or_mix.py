"""Why the rate of a group moved: by its own value or by its part of the whole, by cost or by income."""

from deckgen.domain.facts import Fact
from deckgen.domain.plans import Difference, Group, Measure, Measured, Ratio
from deckgen.orchestrator.analyst.execution import mixture
from deckgen.orchestrator.analyst.execution.changes import Moved
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.pairs import Pair
from deckgen.orchestrator.analyst.execution.results import Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope


def told(
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
