"""What a change of price comes to: units by their reaction in the past, and revenue."""

from dataclasses import dataclass

from deckgen.domain.facts import Fact, Sign
from deckgen.domain.language.phrasebook import Language
from deckgen.domain.plans import Group, Measured, Product, Total
from deckgen.orchestrator.analyst.execution import links
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.links import Link
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.sql import quoting


@dataclass(frozen=True)
class Pricing:
    """A price with the units sold at it, row by row, and a change of the price as a fraction."""

    execute: Executor
    price: Measured
    units: Measured
    revenue: Measured
    groups: list[Group]
    scope: Scope
    assumed: float

    @property
    def p(self) -> str | None:
        """SQL of a row's price; None if rows have none."""
        return links.number_of(self.execute, self.price)

    @property
    def u(self) -> str | None:
        """SQL of a row's units; None if rows have none."""
        return links.number_of(self.execute, self.units)

    def reaction(self) -> Link | None:
        """Returns how units react to the price, if they clearly do.

        More units at a higher price are growth or a better season, and no reaction to the price.
        """
        assert self.p is not None
        assert self.u is not None
        link = links.of(self.execute, self.p, self.u, self.groups, self.scope)
        return link if link is not None and link.is_clear and link.slope < 0 else None

    def _moved(self, link: Link | None) -> str:
        """Returns SQL for the change of a row's units."""
        return f"({link.slope_sql}) * {self.assumed!r} * ({self.p})" if link else "0"

    def _of_rows(self, expression: str) -> str:
        return f"(SELECT {expression} FROM data{quoting.where(*self.execute.conditions(self.scope))})"

    def new_revenue(self, link: Link | None, old: Fact) -> Fact:
        """Returns revenue after the change: each row at its new price, with its new units."""
        before, after = f"({self.p}) * ({self.u})", f"(({self.u}) + {self._moved(link)})"
        ratio = f"sum(({self.p}) * {1 + self.assumed!r} * {after}) / sum({before})"
        return self.execute.of_two(
            f"({old.sql}) * {self._of_rows(ratio)}", self.revenue.unit,
            self.execute.says("label.after_change", measure=self.revenue.label), old, old, Sign.PLAIN,
        )  # fmt: skip

    def new_units(self, link: Link, old: Fact) -> Fact:
        """Returns the units after the change: those of each row, and how they react."""
        moved = self._of_rows(f"sum({self._moved(link)})")
        return self.execute.of_two(
            f"({old.sql}) + {moved}",
            self.units.unit,
            self.execute.says("label.after_change", measure=self.units.label),
            old,
            old,
            Sign.PLAIN,
        )

    def slope(self, link: Link) -> Fact:
        """Returns the change of units where the price was higher by one."""
        label = self.execute.says("label.reaction", measure=self.units.label, other=self.price.label)
        conditions = self.execute.conditions(self.scope)
        return self.execute.book.query(
            label, link.slope_sql, self.units.unit, *conditions, sign=Sign.CHANGE
        )


def revenue_of(price: Measured, units: Measured, language: Language) -> Measured:
    """Returns revenue where no column holds it."""
    return price.model_copy(
        update={
            "measure": Total(of=Product(first=price.columns[0], second=units.columns[0])),
            "label": language.nouns.of("revenue"), "noun": language.nouns.of("revenue"),
            "columns": [*price.columns, *units.columns],
        }
    )  # fmt: skip
