"""What is left of a factor where another one is held alike: means and slopes of what that one leaves.

Of a category the mean of each of its groups is taken out, of a number its line. What stays is told at
the level of all rows, so that it reads like the measure itself.
"""

from dataclasses import dataclass
from typing import Any

from deckgen.domain.facts import Fact, Sign
from deckgen.domain.plans import Group, Measured
from deckgen.orchestrator.analyst.execution.effects import Factor, factor_value
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.row_values import per_point, row_value, unit_of_change
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.stats import association
from deckgen.orchestrator.analyst.stats.association import ENOUGH, Association

FIRST_ROWS = 20_000  # that are tested
DIGITS = 9  # to which values are rounded that are ranked: what is equal is to stay equal


@dataclass(frozen=True)
class Held:
    """A measure by one factor, with another factor held alike."""

    execute: Executor
    measured: Measured
    first: Factor  # which is held
    other: Factor
    scope: Scope

    @property
    def _known(self) -> tuple[str, ...]:
        return (
            *(f"({each}) IS NOT NULL" for each in self._parts),
            *self.execute.conditions(self.scope),
        )

    @property
    def _parts(self) -> tuple[str, str, str]:
        y = row_value(self.execute.compiler, self.measured.measure)
        f, g = (factor_value(self.execute, each) for each in (self.first, self.other))
        assert y is not None
        assert f is not None
        assert g is not None
        return y, f, g

    @property
    def rows(self) -> str:
        """The query of what is left of the measure (v) and of the factor (g) in each row."""
        y, f, g = self._parts
        listed = f"{y} AS y, {f} AS f, {g} AS g, row_number() OVER () AS n"
        rows = f"SELECT {listed} FROM data{quoting.where(*self._known)}"
        g = "g" if isinstance(self.other, Group) else self._left("g", rows)
        return f"SELECT {self._left('y', rows)} AS v, {g} AS g, n FROM ({rows})"

    def _left(self, value: str, rows: str) -> str:
        if isinstance(self.first, Group):
            return f"{value} - avg({value}) OVER (PARTITION BY f) + avg({value}) OVER ()"
        slope = f"(SELECT regr_slope({value}, f) FROM ({rows}))"
        return f"{value} - {slope} * (f - (SELECT avg(f) FROM ({rows})))"

    def association(self) -> Association | None:
        """Returns how much of the measure still goes with the factor, in the first rows."""
        is_group = isinstance(self.other, Group)
        g = "g" if is_group else f"round(g, {DIGITS})"
        pairs = self.execute.table.all(f"SELECT {g}, round(v, {DIGITS}) FROM ({self.first_rows})")
        names, values = [name for name, _ in pairs], [value for _, value in pairs]
        if is_group:
            return association.of_groups(names, values)
        return association.of_numbers(names, values)

    @property
    def first_rows(self) -> str:
        """The query of what is left in the first rows, in their order.

        The means of groups are computed beside them, as a window would keep all rows of a long table.
        """
        if not isinstance(self.first, Group):
            return f"{self.rows} ORDER BY n LIMIT {FIRST_ROWS}"
        y, f, g = self._parts
        rows = f"SELECT {y} AS y, {f} AS f, {g} AS g FROM data{quoting.where(*self._known)}"
        is_group = isinstance(self.other, Group)
        means = "avg(y) AS y" if is_group else "avg(y) AS y, avg(g) AS g"
        return (
            f"WITH usual AS (SELECT f, {means} FROM ({rows}) GROUP BY f), "
            f"whole AS (SELECT {means} FROM ({rows})), "
            f"first AS (SELECT *, row_number() OVER () AS n FROM ({rows} LIMIT {FIRST_ROWS})) "
            f"SELECT {'first.g' if is_group else 'first.g - usual.g + whole.g'} AS g, "
            "first.y - usual.y + whole.y AS v FROM first JOIN usual USING (f), whole ORDER BY n"
        )

    def groups(self) -> list[tuple[Any, Fact]]:
        """Returns the groups of the factor with the means of what is left, the highest first."""
        query = f"SELECT g, avg(v) AS v FROM ({self.rows}) GROUP BY g HAVING count(*) >= {ENOUGH}"
        names = self.execute.table.all(f"SELECT g FROM ({query}) ORDER BY v DESC, g")
        return [(name, self._mean(name)) for (name,) in names]

    def _mean(self, name: Any) -> Fact:
        held = self.execute.says("label.other_held")
        return self.execute.book.query(
            f"{self.measured.label}, {name}, {held}",
            f"SELECT avg(v) FROM ({self.rows}) WHERE g = {quoting.literal(name)}",
            self.measured.unit,
            *self._known,
            groups=(str(name),),
        )

    def are_possible(self, means: list[Fact]) -> bool:
        """True if means lie among the values of the measure: what a line leaves may be below zero."""
        y, _, _ = self._parts
        least, most = self.execute.table.one(
            f"SELECT min({y}), max({y}) FROM data{quoting.where(*self._known)}"
        )
        return all(least <= float(each.value or 0) <= most for each in means)

    def slope(self) -> Fact:
        """Returns the slope of what is left."""
        assert isinstance(self.other, Measured)
        return self.execute.book.query(
            self.execute.says("label.slope_held", measure=self.measured.label),
            f"SELECT regr_slope(v, g){per_point(self.other)} FROM ({self.rows})",
            unit_of_change(self.measured),
            *self._known,
            sign=Sign.CHANGE,
        )
