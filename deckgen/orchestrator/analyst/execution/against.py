"""What was and what it is held against, as facts: both sides of a scope and their distance."""

from deckgen.domain.facts import Fact, Sign
from deckgen.domain.formatting.display import PERCENT, ValueFormat
from deckgen.domain.plans import Measured, Ratio
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Slot
from deckgen.orchestrator.analyst.execution.scopes import Scope

MET = 0.0005  # as near is on the plan


def sides(
    execute: Executor, actual: Measured, target: Measured, scope: Scope
) -> dict[str, Slot] | None:
    """Returns both sides of a scope and their distance as facts; None if a side has no value."""
    was, planned = execute.value(actual, scope), execute.value(target, scope)
    if was.value is None or not planned.value:
        return None
    label = execute.says("label.against", measure=execute.label(actual, scope), other=target.label)
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


def side_of(found: dict[str, Slot]) -> str:
    first, second = found["was"], found["planned"]
    assert isinstance(first, Fact)
    assert isinstance(second, Fact)
    was, planned = float(first.value or 0), float(second.value or 0)
    if abs(was - planned) <= MET * abs(planned):
        return "met"
    return "above" if was > planned else "below"


def ratio_of(actual: Measured, target: Measured) -> Measured:
    """Returns what was as a share of what was planned."""
    both = Ratio(over=actual.measure, per=target.measure)
    return actual.model_copy(update={"measure": both, "adds_up": False, "over_time": False})
