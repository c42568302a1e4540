"""What plans ask for and is told: values, names and differences, each a fact."""

from dataclasses import dataclass
from typing import Any

from deckgen.domain.facts import About, Fact, FactRelation, Sign
from deckgen.domain.formatting.display import PERCENT, Unit
from deckgen.domain.plans import (
    By,
    Group,
    Measured,
    Ratio,
    Span,
)
from deckgen.orchestrator.analyst.execution import grouped
from deckgen.orchestrator.analyst.execution.abouts import (
    End,
    about,
    about_part,
    about_rank,
    about_two,
    part_of,
)
from deckgen.orchestrator.analyst.execution.queries import Queries
from deckgen.orchestrator.analyst.execution.row_values import unit_of_change
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.profiling import timeline as time


@dataclass(frozen=True)
class Values(Queries):
    """The facts of an open table."""

    def label(self, measured: Measured, scope: Scope) -> str:
        """Returns the meaning of a value in words, made of what it was computed of."""
        parts = [measured.label]
        if scope.group:
            parts.append(str(scope.value))
        if scope.period:
            parts.append(self._period_name(scope))
        return ", ".join(parts)

    def _period_name(self, scope: Scope) -> str:
        assert scope.period is not None
        first = self.period(scope.period).display
        if not scope.is_stretch:
            return first
        return self.says("span", first=first, last=self.period(scope.period, last=True).display)

    def value(self, measured: Measured, scope: Scope, *, sign: Sign = Sign.PLAIN) -> Fact:
        """Returns the value of a measure over the rows of a scope, as a fact."""
        return self.book.query(
            self.label(measured, scope),
            self.sql(measured.measure, scope),
            measured.unit,
            *self.conditions(scope),
            sign=sign,
            groups=(str(scope.value),) if scope.group and scope.group.by is By.VALUE else (),
            about=self._about(measured, scope),
        )

    def _about(self, measured: Measured, scope: Scope) -> About:
        part = part_of(measured)
        if part is None or not isinstance(measured.measure, Ratio):
            return about(measured, scope)
        return about_part(measured, scope, part, self.label_of(measured.measure.per))

    def name(self, group: Group, value: Any) -> Fact:
        """Returns the name of a group, as a fact."""
        expression = f"min({self.compiler.group(group)})"
        unit = grouped.unit_of(group)
        return self.book.value(
            self.says("fact.name", group=self.column_label(group.column)),
            expression,
            unit,
            self.one_group(group, value),
        )

    def period(self, span: Span, *, last: bool = False) -> Fact:
        """Returns the name of a period, as a fact: of several the first or the last one."""
        return self.book.value(
            self.says(f"fact.period.{span.grain}"),
            f"{'max' if last else 'min'}({self.axis.bucket(span.grain)})",
            time.unit_of(span.grain),
            self.compiler.span(span),
        )

    def difference(
        self, measured: Measured, new: Fact, old: Fact, label: str, *, sign: Sign = Sign.CHANGE
    ) -> Fact:
        """Returns one value less another; of shares in points."""
        unit = unit_of_change(measured)
        return self.of_two(
            f"({new.sql}) - ({old.sql})", unit, label, new, old, sign, FactRelation.DIFFERENCE
        )

    def growth(self, new: Fact, old: Fact, label: str, *, sign: Sign = Sign.CHANGE) -> Fact:
        """Returns how much one value is above another, as a share of that."""
        return self.of_two(
            f"({new.sql}) / ({old.sql}) - 1", PERCENT, label, new, old, sign, FactRelation.GROWTH
        )

    def share(self, part: Fact, whole: Fact, label: str) -> Fact:
        """Returns one value as a share of another."""
        return self.of_two(
            f"({part.sql}) / ({whole.sql})", PERCENT, label, part, whole, Sign.PLAIN, FactRelation.SHARE
        )

    def of_two(
        self,
        expression: str,
        unit: Unit,
        label: str,
        first: Fact,
        second: Fact,
        sign: Sign,
        relation: FactRelation | None = FactRelation.DIFFERENCE,
    ) -> Fact:
        """Returns a value made of two others; it rests on the rows of both. Without a relation it says
        nothing of the measure that they are of: what a gap is worth is no change of it.
        """
        rests = [fact.where for fact in (first, second)]
        where = " OR ".join(f"({each})" for each in dict.fromkeys(rests)) if all(rests) else ""
        groups = tuple(dict.fromkeys([*first.groups, *second.groups]))
        return self.book.query(
            label,
            f"SELECT {expression}",
            unit,
            where,
            sign=sign,
            groups=groups,
            about=about_two(first, second, relation) if relation else None,
        )

    def placed(
        self, measured: Measured, group: Group, scope: Scope, place: int, *, lowest: bool = False
    ) -> tuple[Fact, Fact]:
        """Returns name and value of the group at a place from the top, or from the bottom (from 1)."""
        query = self.by_group([measured.measure], group, scope)
        order = "ASC" if lowest else "DESC"
        ranked = (
            f"FROM ({query}) WHERE v1 IS NOT NULL ORDER BY v1 {order}, g LIMIT 1 OFFSET {place - 1}"
        )
        end: End = "lowest" if lowest else "highest"
        at_end = "fact.end" if place == 1 else "fact.place"
        rank = self.says(f"{at_end}.{end}", place=str(place), measure=measured.label)
        conditions = self.conditions(scope)
        name = self.book.query(
            self.says("fact.with", group=self.column_label(group.column), rank=rank),
            f"SELECT g {ranked}",
            grouped.unit_of(group),
            *conditions,
            about=about_rank(measured, scope, end if place == 1 else None),
        )
        within = scope.of_group(group, name.value)
        value = self.book.query(
            f"{rank}, {name.display}",
            f"SELECT v1 {ranked}",
            measured.unit,
            *self.conditions(within),
            groups=(str(name.value),) if group.by is By.VALUE else (),
            about=about_rank(measured, within, end if place == 1 else None),
        )
        return name, value
