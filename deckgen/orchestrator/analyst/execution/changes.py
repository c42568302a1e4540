"""Changes of a measure between two periods: of the whole, and of each group."""

from dataclasses import dataclass
from typing import Any, Literal

from deckgen.domain.facts import Fact, Sign
from deckgen.domain.formatting.display import ValueFormat
from deckgen.domain.plans import Difference, Group, Measured
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.pairs import Pair
from deckgen.orchestrator.analyst.execution.row_values import row_value
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.sql import quoting

STEADY = 0.005  # a relative change that is none for a reader
Way = Literal["rose", "fell", "steady"]


@dataclass(frozen=True)
class Moved:
    """The values of one group, or of all, that decide; None is unknown, not zero."""

    name: Any
    old: float | None
    new: float | None

    @property
    def known(self) -> bool:
        """Both values are there."""
        return self.old is not None and self.new is not None

    @property
    def difference(self) -> float:
        """The value after less the one before."""
        assert self.old is not None
        assert self.new is not None
        return self.new - self.old

    @property
    def growth(self) -> float | None:
        """The change as a share of what was before; None without a base that is above zero."""
        return self.difference / self.old if self.known and self.old and self.old > 0 else None

    @property
    def way(self) -> Way:
        """Up, down, or steady where the change is none for a reader."""
        size = STEADY * max(abs(self.old or 0), abs(self.new or 0))
        if abs(self.difference) <= size:
            return "steady"
        return "rose" if self.difference > 0 else "fell"


@dataclass(frozen=True)
class Change:
    """A change as facts. `by` is its size without a sign, in percent where there is a base for it."""

    moved: Moved
    new: Fact
    old: Fact
    difference: Fact
    by: Fact
    signed: Fact  # the size with its sign

    @property
    def way(self) -> Way:
        """Up, down or steady."""
        return self.moved.way


def has_base(execute: Executor, measured: Measured, scope: Scope) -> bool:
    """True if a change of the measure is told in percent: it is no share, and no net of signs."""
    is_share = measured.unit.format is ValueFormat.PERCENT or "%" in measured.label
    return not is_share and not is_net(execute, measured, scope)


def is_net(execute: Executor, measured: Measured, scope: Scope) -> bool:
    """True if amounts with either sign make up the measure, so that nothing is a share of it."""
    if isinstance(measured.measure, Difference):
        return True
    value = getattr(measured.measure, "of", None)
    if value is None or isinstance(value, Difference):
        return False
    below = f"({row_value(execute.compiler, measured.measure)}) < 0"
    # Most tables have no amount below zero, and that is known once for all scopes.
    return _any(execute, below) and _any(execute, below, *execute.conditions(scope))


def _any(execute: Executor, *conditions: str) -> bool:
    return bool(execute.table.one(f"SELECT count(*) FROM data{quoting.where(*conditions)}")[0])


def between(execute: Executor, measured: Measured, scope: Scope, pair: Pair) -> Change | None:
    """Returns the change of a measure over the rows of a scope; None if a period has no value."""
    new, old = (execute.value(measured, scope.within(span)) for span in (pair.new, pair.old))
    if new.value is None or old.value is None:
        return None
    moved = Moved(scope.value, float(old.value), float(new.value))
    label = execute.says("label.change", measure=execute.label(measured, scope))
    difference = execute.difference(measured, new, old, label)
    if moved.growth is not None and has_base(execute, measured, scope):
        signed = execute.growth(new, old, label)
        by = execute.growth(new, old, label, sign=Sign.SIZE)
    else:
        signed = difference
        by = execute.difference(measured, new, old, label, sign=Sign.SIZE)
    return Change(moved, new, old, difference, by, signed)


def of_group(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair, moved: Moved
) -> Change:
    """Returns the change of a group whose values are known."""
    change = between(execute, measured, scope.of_group(group, moved.name), pair)
    assert change is not None, moved
    return change


def of_groups(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair
) -> list[Moved]:
    """Returns the values of each group in both periods, in the order of their names."""
    query = sql_of_groups(execute, measured, group, scope, pair)
    rows = execute.table.all(f"SELECT g, before, after FROM ({query}) ORDER BY g")
    return [
        Moved(name, None if old is None else float(old), None if new is None else float(new))
        for name, old, new in rows
    ]


def sql_of_groups(execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair) -> str:
    """Returns the query of each group's values in both periods (g, before, after)."""
    before, after = (
        execute.by_group([measured.measure], group, scope.within(span)) for span in (pair.old, pair.new)
    )
    return (
        f"SELECT g, before, after FROM (SELECT g, v1 AS before FROM ({before})) "
        f"FULL JOIN (SELECT g, v1 AS after FROM ({after})) USING (g)"
    )
