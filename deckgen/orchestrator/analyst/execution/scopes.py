"""Scopes: which rows of the table a value is about."""

from dataclasses import dataclass, replace
from typing import Any

from deckgen.domain.plans import Condition, Group, Plan, Span
from deckgen.orchestrator.analyst.profiling.timeline import shift


@dataclass(frozen=True)
class Scope:
    """Which rows: those that meet the conditions, in the period if there is one."""

    filters: tuple[Condition, ...] = ()
    period: Span | None = None
    group: Group | None = None  # of one group only
    value: Any = None  # that group

    @classmethod
    def of(cls, plan: Plan) -> "Scope":
        """Returns the rows that a plan is about."""
        return cls(tuple(plan.filters), plan.period)

    @property
    def is_stretch(self) -> bool:
        """True if it is about more than one period of a grain."""
        span = self.period
        return span is not None and span.end != shift(span.start, span.grain, 1)

    def within(self, period: Span | None) -> "Scope":
        """Returns those of the rows that lie in a period; of None all of them."""
        return replace(self, period=period)

    def also(self, *conditions: Condition) -> "Scope":
        """Returns those of the rows that meet further conditions."""
        return replace(self, filters=(*self.filters, *conditions))

    def of_group(self, group: Group, value: Any) -> "Scope":
        """Returns those of the rows that belong to one group."""
        return replace(self, group=group, value=value)

    def of_all(self) -> "Scope":
        """Returns the rows of all groups."""
        return replace(self, group=None, value=None)
