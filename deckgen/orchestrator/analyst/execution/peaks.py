"""What is told of a peak beside its height: its width, whether one date makes it, and the way to it."""

from scipy.stats import spearmanr

from deckgen.domain.facts import Sign
from deckgen.domain.plans import By, Group, Measured, Rows, Total
from deckgen.orchestrator.analyst.execution import shares
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.grouped import GroupValue
from deckgen.orchestrator.analyst.execution.results import Statement, state
from deckgen.orchestrator.analyst.execution.row_values import is_outcome
from deckgen.orchestrator.analyst.execution.scopes import Scope

MAINLY = 0.5  # of a slot's value, on one date alone
RISING = 0.9  # rank correlation of hours and values, from which one rises with the other
FEWEST_HOURS = 6


def window(execute: Executor, measured: Measured, group: Group, scope: Scope) -> list[Statement]:
    """Returns the two neighbouring hours that hold most of what happens, if they do."""
    if not is_outcome(measured) or group.by is not By.HOUR:
        return []
    hits = {name: hit for name, hit, _ in shares.by_group(execute, measured, group, scope)}
    pairs = {hour: hits[hour] + hits.get(hour + 1, 0) for hour in hits if hour + 1 in hits}
    if not pairs:
        return []
    start = max(pairs, key=lambda hour: (pairs[hour], -hour))
    if pairs[start] <= MAINLY * sum(hits.values()):
        return []
    own = shares.hits(execute, measured)
    both = [execute.value(own, scope.of_group(group, hour)) for hour in (start, start + 1)]
    first, second = (execute.name(group, hour) for hour in (start, start + 1))
    expression, label = (
        f"({both[0].sql}) + ({both[1].sql})",
        execute.says("label.in_two_hours", measure=own.label),
    )
    part = execute.of_two(expression, own.unit, label, both[0], both[1], Sign.PLAIN)
    return [
        state("season.window", part=part, whole=execute.value(own, scope), first=first, second=second)
    ]


def one_date(
    execute: Executor, measured: Measured, group: Group, scope: Scope, slot: GroupValue
) -> list[Statement]:
    """Returns the date that alone makes a peak: then it may not come round."""
    own = shares.hits(execute, measured) if is_outcome(measured) else measured
    adds_up = isinstance(own.measure, Rows | Total)
    if not adds_up or execute.timeline is None or group.by is not By.HOUR:
        return []
    within = scope.of_group(group, slot.name)
    days = execute.course(own, "day", within)
    whole = sum(value for _, value in days)
    day, most = max(days, key=lambda each: each[1])
    if most <= MAINLY * whole or len(execute.spans("day", scope)) < 2:
        return []
    part, every = execute.value(own, within.within(day)), execute.value(own, within)
    says = "season.one_date.all" if part.value == every.value else "season.one_date"
    return [
        state(
            says, part=part, whole=every, date=execute.period(day), slot=execute.name(group, slot.name)
        )
    ]


def through_the_day(measured: Measured, group: Group, found: list[GroupValue]) -> list[Statement]:
    """Returns that something rises or falls with the hours, if nearly each has more than the last."""
    if (
        group.by is not By.HOUR
        or len(found) < FEWEST_HOURS
        or isinstance(measured.measure, Rows | Total)
    ):
        return []
    rho = float(spearmanr([(each.name, each.value) for each in found]).statistic)
    if abs(rho) < RISING:
        return []
    return [state(f"season.{'rises' if rho > 0 else 'falls'}", what=measured.noun)]
