"""Effects: which of several columns a measure goes with; the tests are corrected for their number."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scipy.stats import false_discovery_control

from deckgen.domain.facts import Statistics
from deckgen.domain.plans import Group, Measured
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.row_values import row_value
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.stats import association
from deckgen.orchestrator.analyst.stats.association import Association

MOST_ROWS = 10_000  # that are tested; of a longer table an even choice of them
SAME = 0.999  # of the variation: the column tells the measure itself in other words
NOTICED = 0.002  # a share of the variation that is worth telling
KIN = 0.8  # of the variation of one column goes with the other: both tell much the same

Factor = Group | Measured


@dataclass(frozen=True)
class Effect:
    """A column that a measure may go with: how strongly, and whether that could be chance."""

    factor: Factor
    association: Association
    q_value: float
    level: float  # what it has to be below

    @property
    def is_clear(self) -> bool:
        """True if it is neither chance nor too weak to be worth telling."""
        return self.q_value < self.level and self.association.effect >= NOTICED

    @property
    def statistics(self) -> Statistics:
        """The test of the effect, as a fact carries it."""
        test = self.association.test
        return Statistics(
            test=test.name,
            statistic=test.statistic,
            p_value=test.p_value,
            q_value=self.q_value,
            n=test.n,
        )


def effects(
    execute: Executor, measured: Measured, factors: Sequence[Factor], scope: Scope
) -> list[Effect]:
    """Returns the effect of each factor that can be tested, the strongest first.

    A factor that tells the measure itself (its reason, its date, its other unit) is none.
    """
    rows = _rows(execute, measured, factors, scope)
    found = [(each, _association(rows, place, each)) for place, each in enumerate(factors, 1)]
    tested = [
        (each, _beside_time(execute, measured, each, one, scope))
        for each, one in found
        if one is not None and one.effect < SAME
    ]
    if not tested:
        return []
    q_values = false_discovery_control([one.test.p_value for _, one in tested])
    made = [
        Effect(each, one, float(q), execute.level)
        for (each, one), q in zip(tested, q_values, strict=True)
    ]
    return sorted(made, key=lambda each: (not each.is_clear, -each.association.effect))


def _beside_time(
    execute: Executor, measured: Measured, factor: Factor, found: Association, scope: Scope
) -> Association:
    """Returns an association that also holds for the changes, where rows are periods.

    Two series that only grow over time go together, and prove nothing.
    """
    if isinstance(factor, Group):
        return found
    moved = effect_of_changes(execute, measured, factor, scope)
    if moved is None or moved.association.test.p_value <= found.test.p_value:
        return found
    return found._replace(test=replace(found.test, p_value=moved.association.test.p_value))


def kin(
    execute: Executor, measured: Measured, factors: Sequence[Factor], found: Sequence[Effect],
    scope: Scope,
) -> list[Effect]:  # fmt: skip
    """Returns those of the effects of factors whose columns tell much the same as the first one."""
    rows = _rows(execute, measured, factors, scope)
    first, *others = found
    own, *places = (1 + factors.index(each.factor) for each in found)
    return [
        each
        for place, each in zip(places, others, strict=True)
        if _shared(rows, own, place, first, each) >= KIN
    ]


def _shared(rows: list[tuple[Any, ...]], own: int, place: int, first: Effect, other: Effect) -> float:
    """Returns the share of the variation of one factor that goes with the other."""
    pairs = [(row[own], row[place]) for row in rows if row[own] is not None and row[place] is not None]
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    match isinstance(first.factor, Group), isinstance(other.factor, Group):
        case True, True:
            return association.of_categories(xs, ys) if pairs else 0.0
        case True, False:
            found = association.of_groups(xs, [float(y) for y in ys])
        case False, True:
            found = association.of_groups(ys, [float(x) for x in xs])
        case _:
            found = association.of_numbers([float(x) for x in xs], [float(y) for y in ys])
    return found.effect if found else 0.0


def effect(
    execute: Executor,
    measured: Measured,
    factor: Factor,
    scope: Scope,
    names: Collection[Any] | None = None,
) -> Effect | None:
    """Returns the effect of one factor, perhaps of some of its groups only; None without a test."""
    rows = _rows(execute, measured, [factor], scope)
    kept = rows if names is None else [row for row in rows if row[1] in names]
    found = _association(kept, 1, factor)
    return Effect(factor, found, found.test.p_value, execute.level) if found else None


def factor_value(execute: Executor, factor: Factor) -> str | None:
    """Returns SQL for what a factor is in a row: a group's name or a number."""
    if isinstance(factor, Group):
        return execute.compiler.group(factor)
    return row_value(execute.compiler, factor.measure)


def _rows(
    execute: Executor, measured: Measured, factors: Sequence[Factor], scope: Scope
) -> list[tuple[Any, ...]]:
    """Returns the measure's value and that of each factor of the rows, or of an even choice of them."""
    value = row_value(execute.compiler, measured.measure)
    assert value is not None, measured
    return _fetched(
        execute, [value, *(factor_value(execute, each) or "NULL" for each in factors)], scope
    )


def _fetched(execute: Executor, columns: list[str], scope: Scope) -> list[tuple[Any, ...]]:
    """Returns values of the rows that have the first of them; of many rows an even choice."""
    listed = ", ".join(f"{column} AS v{place}" for place, column in enumerate(columns))
    where = quoting.where(*execute.conditions(scope))
    step = -(-execute.rows(scope) // MOST_ROWS)
    numbered = f"SELECT {listed}, row_number() OVER () AS n FROM data{where}"
    told = ", ".join(f"v{place}" for place in range(len(columns)))
    return execute.table.all(
        f"SELECT {told} FROM ({numbered}) WHERE v0 IS NOT NULL AND n % {max(step, 1)} = 0 ORDER BY n"
    )


def _association(rows: list[tuple[Any, ...]], place: int, factor: Factor) -> Association | None:
    pairs = [(row[place], float(row[0])) for row in rows if row[place] is not None]
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    if isinstance(factor, Group):
        return association.of_groups(xs, ys)
    if {*ys} <= {0.0, 1.0}:
        return association.of_groups(ys, [float(x) for x in xs])
    return association.of_numbers([float(x) for x in xs], ys)


def effect_of_changes(
    execute: Executor, measured: Measured, number: Measured, scope: Scope
) -> Effect | None:
    """Returns the effect of the changes of two series whose rows are periods; None for others."""
    if execute.timeline is None or execute.timeline.rows_per_date != 1:
        return None
    rows = execute.table.all(
        f"SELECT x, y FROM ({changes(execute, measured, number, scope)}) ORDER BY t"
    )
    found = association.of_numbers([float(x) for x, _ in rows], [float(y) for _, y in rows])
    return Effect(number, found, found.test.p_value, execute.level) if found else None


def changes(execute: Executor, measured: Measured, number: Measured, scope: Scope) -> str:
    """Returns the query of the changes of two series from one period to the next (x, y, t)."""
    y, x = (row_value(execute.compiler, each.measure) for each in (measured, number))
    time = execute.axis.sql
    where = quoting.where(*execute.conditions(scope), f"({y}) IS NOT NULL", f"({x}) IS NOT NULL")
    moved = ", ".join(
        f"({each}) - lag({each}) OVER (ORDER BY {time}) AS {name}"
        for each, name in ((x, "x"), (y, "y"))
    )
    return f"SELECT x, y, t FROM (SELECT {moved}, {time} AS t FROM data{where}) WHERE x IS NOT NULL"
