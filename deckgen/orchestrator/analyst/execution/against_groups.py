"""Groups against their plan: which are on the side that is asked for, and how far."""

import math
from typing import Any

from deckgen.domain.facts import Fact
from deckgen.domain.plans import Group, Measured, Plan
from deckgen.orchestrator.analyst.execution.against import MET, ratio_of, sides
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Slot, Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope

NAMED = 5
EQUALLY = 0.1  # of the distance of the whole: groups that differ less are alike


def told(plan: Plan, execute: Executor, group: Group, scope: Scope) -> list[Statement]:
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
    if len(off) == len(ranked) > 1:
        return _every(plan, execute, group, scope, ranked, side)
    keys = {off[0]: f"{'most' if len(off) > 1 else 'only'}_{side}"}
    keys |= dict.fromkeys(off[1 : NAMED if plan.each_group else 1], f"group_{side}")
    last, ratio = ranked[-1]
    if last not in off and abs(ratio) > MET:
        keys[last] = f"group_{other}"
    found = []
    for name, key in keys.items():
        own = _one(execute, actual, target, group, scope, name)
        spent = ".spent" if key.startswith("group") and _is_below_zero(own["planned"]) else ""
        found.append(state(f"attainment.{key}{spent}", target=target.noun, groups=noun, **own))
    return found


def _every(
    plan: Plan, execute: Executor, group: Group, scope: Scope, ranked: list[tuple[Any, float]],
    side: str,
) -> list[Statement]:  # fmt: skip
    """Returns that all groups stand on one side of their plan: as far as each other, or which is the
    farthest; then both ends.
    """
    actual, target, *_ = plan.measures
    whole = sides(execute, actual, target, scope)
    assert whole is not None
    ends = [_one(execute, actual, target, group, scope, ranked[end][0]) for end in (0, -1)]
    far, near = (each["by"] for each in ends)
    assert isinstance(far, Fact)
    assert isinstance(near, Fact)
    spread = abs(float(far.value or 0) - float(near.value or 0))
    level = whole["by"]
    assert isinstance(level, Fact)
    equally = spread <= EQUALLY * abs(float(level.value or 0))
    said = {"groups": execute.noun(group.column), "target": target.noun, "actual": actual.noun}
    key = "attainment.every_alike" if equally else "attainment.every"
    head = state(f"{key}_{side}", most=ends[0]["name"], farthest=far, **said, **whole)
    if equally:
        return [head]
    ends_of = state("attainment.ends", far=ends[0]["name"], near=ends[1]["name"], most=far, least=near)
    return [head, ends_of]


def _is_below_zero(planned: Slot) -> bool:
    """True of a cost in a statement where what goes out is told below zero: more of it is worse."""
    return isinstance(planned, Fact) and float(planned.value or 0) < 0


def _one(
    execute: Executor, actual: Measured, target: Measured, group: Group, scope: Scope, name: Any
) -> dict[str, Slot]:
    found = sides(execute, actual, target, scope.of_group(group, name))
    assert found is not None, name
    return {"name": execute.name(group, name), **found}


def _ranked(
    execute: Executor, actual: Measured, target: Measured, group: Group, scope: Scope
) -> list[tuple[Any, float]]:
    """Returns each group with its distance from the plan, the farthest above it first. Costs that are
    told below zero are above their plan if less was spent.
    """
    planned = {each.name: each.value for each in execute.groups(target, group, scope)}
    signs = {name: math.copysign(1, value) for name, value in planned.items()}
    ratios = execute.groups(ratio_of(actual, target), group, scope)
    found = [(each.name, (each.value - 1) * signs.get(each.name, 1)) for each in ratios]
    return sorted(found, key=lambda each: -each[1])
