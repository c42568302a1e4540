"""Measures over time as numbers: of all rows, or of each group, and the queries that they come from."""

import datetime
from dataclasses import dataclass
from typing import Any

from deckgen.domain.formatting.display import Grain
from deckgen.domain.plans import Group, Measured, Span
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.scopes import Scope

MOST_GROUPS = 12  # whose courses are looked at, those with the most rows first


@dataclass(frozen=True)
class Series:
    """A measure in each complete period that has one, in order; `query` yields them (period, value).

    `group` is the one group that it is of, if it is not of all rows.
    """

    measured: Measured
    grain: Grain
    scope: Scope
    query: str
    spans: list[Span]
    values: list[float]

    def __len__(self) -> int:
        return len(self.values)

    @property
    def group(self) -> Any:
        """The group that the series is of, if it is of one."""
        return self.scope.value

    @property
    def starts(self) -> list[datetime.date]:
        """The first day of each period."""
        return [span.start for span in self.spans]


def of(execute: Executor, measured: Measured, grain: Grain, scope: Scope) -> Series:
    """Returns the series of the rows of a scope; its query leaves out periods that are not complete."""
    return _of_course(execute, measured, grain, scope, execute.course(measured, grain, scope))


def _of_course(
    execute: Executor,
    measured: Measured,
    grain: Grain,
    scope: Scope,
    course: list[tuple[Span, float]],
) -> Series:
    spans = [span for span, _ in course]
    conditions = execute.conditions(scope)
    if spans:
        whole = Span(start=spans[0].start, end=spans[-1].end, grain=grain)
        conditions = (*conditions, execute.compiler.span(whole))
    measure, compiler = measured.measure, execute.compiler
    periods = execute.axis.by_period(
        grain, compiler.measure(measure), *conditions, rows=compiler.rows(measure)
    )
    query = f"SELECT period, value FROM ({periods}) WHERE value IS NOT NULL"
    return Series(measured, grain, scope, query, spans, [value for _, value in course])


def of_groups(
    execute: Executor, measured: Measured, group: Group, grain: Grain, scope: Scope
) -> list[Series]:
    """Returns the series of each group, those of most rows first, up to a number."""
    found = sorted(
        execute.groups(measured, group, scope), key=lambda each: (-each.rows, str(each.name))
    )
    names = [each.name for each in found[:MOST_GROUPS]]
    courses = execute.courses(measured, grain, group, names, scope)
    return [
        _of_course(execute, measured, grain, scope.of_group(group, name), course)
        for name, course in zip(names, courses, strict=True)
    ]
